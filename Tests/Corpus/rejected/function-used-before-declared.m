-- A function must be declared before it is called, so functions cannot call each other in turn.
-- expect: rejected
-- judge: rumur

var x : boolean;
function odd(n : 0..9) : boolean;
begin
  return n = 0 ? false : even(n - 1); -- ^ here
end;
function even(n : 0..9) : boolean;
begin
  return n = 0 ? true : odd(n - 1);
end;
startstate begin x := even(4) end;
rule "set" begin x := !x end;
