-- Two parameters of one ruleset have different names.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
ruleset i : 0..1; i : 2..3 do -- ^ here
  rule "set" begin x := i end;
end;
