-- Values of different enums do not mix.
-- expect: rejected
-- judge: rumur

var
  x : enum { red, green };
  y : enum { on, off };
startstate begin x := red; y := on end;
rule "set" begin
  x := y; -- ^ here
end;
