-- Covers at the top, in rulesets and in rules, all reached.
-- expect: holds
-- states: 4
-- rules: 7
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "up" x < 3 ==>
begin
  x := x + 1;
  cover "came to two" x = 2;
end;

rule "zero" begin x := 0; cover "zeroed" true end;

ruleset i : 0..9 do
  cover "one for all i" x = i;
end;
cover x = 3 "message after";
