-- CMurphi's functions of real numbers are named once.
-- expect: rejected
-- judge: rumur

var n : 0..9;
startstate begin n := 0; end;
rule begin
  n := floor(sqrt(n)); -- ^ here
  n := floor(pow(n, 2));
end;
