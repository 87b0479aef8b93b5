-- Records of different fields do not mix.
-- expect: rejected
-- judge: rumur

var
  x : record a : 0..3 end;
  y : record b : 0..3 end;
startstate begin clear x; clear y end;
rule "set" begin
  x := y; -- ^ here
end;
