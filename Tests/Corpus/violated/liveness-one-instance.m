-- One instance of a liveness property in a ruleset fails.
-- expect: violated "stays reachable"
-- judge: rumur

var x : 0..2;

startstate begin x := 2 end;

rule "leave" x = 2 ==> begin x := 0 end;
rule "flip" x < 2 ==> begin x := 1 - x end;

ruleset i : 1..2 do
  liveness "stays reachable" x = i;
end;
