-- A parameter that cannot be read is one mistake: the function goes on behind the parenthesis.
-- expect: rejected
-- judge: rumur

var n : 0..9;
function sum(a 0..3; var b : 0..9) : 0..9; -- ^ here
  var c : 0..9;
begin
  c := a + b;
  return c;
end;
startstate begin n := 0; end;
rule begin n := sum(1, n); end;
