-- An index that is out of range at first sight is found when it is used.
-- expect: error
-- judge: rumur

var a : array [0..2] of boolean;

startstate begin clear a end;

rule "set" begin a[3] := true end;
