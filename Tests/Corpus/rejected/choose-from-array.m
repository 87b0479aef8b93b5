-- Choose is for multisets.
-- expect: rejected
-- judge: none, the reference tool builds no checker for multisets

var a : array [0..1] of boolean;
startstate begin clear a end;
choose i : a do -- ^ here
  rule "set" begin clear a end;
end;
