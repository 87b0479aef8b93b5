var x: 0..3; bag: multiset [2] of 0..3;
startstate begin x := 0; end;
rule "up" begin liveness "zero again" x = 0; end;
choose member: bag do
  measure "members" x;
end;
