-- Where no plain quote follows, a curly one closes what a plain one has opened, as in Rumur.
-- expect: holds
-- states: 3
-- rules: 3
-- judge: rumur

var n : 0..2;
startstate begin n := 0; end;
rule "next” begin n := (n + 1) % 3; end;
