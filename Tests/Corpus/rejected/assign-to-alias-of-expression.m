-- An alias of an expression cannot be assigned.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  alias y : x + 1 do
    y := 2; -- ^ here
  end;
end;
