-- A ruleset takes a step, downwards too.
-- expect: holds
-- states: 6
-- rules: 36
-- judge: none, version 2022.08 of the reference tool crashes

-- x is 0, 2 or 4 from the first ruleset and 9, 7 or 5 from the second: 6 states, 6 instances in each.

var x : 0..9;

startstate begin x := 0 end;

ruleset i := 0 to 4 by 2 do
  rule "even" begin x := i end;
end;

ruleset i := 9 to 5 by -2 do
  rule "odd" begin x := i end;
end;
