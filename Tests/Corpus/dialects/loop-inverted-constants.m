-- Constant bounds that run downwards need a negative step in Rumur, and are no round in CMurphi.
-- expect: rejected
-- judge: rumur
-- in CMurphi: holds 1 1
-- CMurphi 5.4.9: no error, 1 states, 1 rules fired
-- option: --deadlock off

var x : 0..3;
startstate begin x := 0; end;
rule "set" begin
  for i := 3 to 2 do x := i; end; -- ^ here
end;
