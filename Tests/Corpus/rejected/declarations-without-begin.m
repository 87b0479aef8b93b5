-- After declarations a rule needs its begin.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set"
  var y : 0..3;
  y := 1; -- ^ here
  x := y;
end;
