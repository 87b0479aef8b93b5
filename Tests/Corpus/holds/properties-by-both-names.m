-- Assert at the top is an invariant, invariant in a body is an assertion, messages stand on either side.
-- expect: holds
-- states: 3
-- rules: 3
-- judge: rumur

var x : 0..2;

startstate begin x := 0; invariant "zero" x = 0; assert x = 0 "zero" end;

rule "next" begin x := (x + 1) % 3; assert "small" x < 3; assert x < 3; end;

assert "top" x < 3;
assert x < 3 "top";
invariant x < 3 "top";
invariant "top" x < 3;
