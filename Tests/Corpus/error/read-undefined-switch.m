-- An undefined value is switched on.
-- expect: error
-- judge: rumur

var x, y : 0..1;

startstate begin y := 0 end;

rule "switch" begin switch x case 0: y := 1; end end;
