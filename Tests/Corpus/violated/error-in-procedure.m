-- The error statement in a recursive procedure.
-- expect: violated "deep inside"
-- judge: rumur

var x : 0..3;

procedure dig(n : 0..3);
begin
  if n = 0 then
    error "deep inside";
  end;
  x := n;
  dig(n - 1);
end;

startstate begin x := 0 end;

rule "dig" begin dig(3) end;
