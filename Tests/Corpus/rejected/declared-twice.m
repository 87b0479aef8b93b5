-- Two variables of one name in one scope.
-- expect: rejected
-- judge: rumur

var
  x : 0..3;
  x : boolean; -- ^ here
startstate begin x := 0 end;
rule "set" begin x := 1 end;
