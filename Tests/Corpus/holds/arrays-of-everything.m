-- Arrays are indexed by booleans, enums, ranges and scalarsets, and nest.
-- expect: holds
-- states: 81
-- rules: 729
-- judge: rumur

type
  node : scalarset(2);

var
  a : array [boolean] of array [node] of array [enum { north, south }] of array [-1..0] of 0..1;

startstate begin clear a end;

ruleset i : boolean; n : node do
  rule "set" begin a[i][n][north][-1] := 1 end;
  rule "move" begin a[i][n][south][0] := a[i][n][north][-1] end;
end;

rule "clear one side" begin clear a[false] end;
