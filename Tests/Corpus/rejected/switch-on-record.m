-- A switch is on a simple value.
-- expect: rejected
-- judge: rumur

var r : record a : 0..3 end;
startstate begin clear r end;
rule "set" begin
  switch r case r: clear r; end; -- ^ here
end;
