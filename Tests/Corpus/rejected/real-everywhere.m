-- That a model computes with real numbers is one thing to say, where the first stands.
-- expect: rejected
-- judge: rumur

type speed : real(6, 10); -- ^ here
const PI : 3.14;
var
  v : speed;
  w : array [0..2] of real(3, 4);
  n : 0..9;
  r : record a : speed; b : 0..3; end;
function twice(x : speed) : speed;
begin
  return x * 2.0 + sqrt(PI);
end;
startstate begin v := 1.5; w[0] := twice(v); n := 0; r.b := 1; r.a := v; end;
rule v > 1.0 ==> begin v := v - 0.5; n := floor(v); if v = PI then n := 1; end; end;
invariant v < 10.0;
