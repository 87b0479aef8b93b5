-- Within plain quotes, curly ones are text; a string that begins with “ ends with ”.
-- expect: holds
-- states: 4
-- rules: 8
-- judge: rumur

var n : 0..3;

startstate "the “first” one" begin n := 0; end;

rule "say ”next“" begin n := (n + 1) % 4; put "a \”" end;
rule "“" begin n := (n + 3) % 4; end;
invariant “not \” yet” n < 4;
