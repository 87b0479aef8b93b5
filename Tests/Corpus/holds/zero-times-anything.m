-- Where a constant is needed, 0 times, divided by, shifted by or combined with anything is 0, whatever
-- it is: as in Rumur since 2025, and not in 2022.08. Elsewhere the call is made.
-- expect: holds
-- states: 2
-- rules: 4

var calls : 0..1;
function f() : 1..2; begin calls := 1; return 2; end;

const none : 0 * f();
var
  x : 0 / f() .. 1 + 0 % f();
  y : 0 << f() .. 2 - (0 >> f());
  z : (0 & f()) + 3 .. (false & f() = 1) ? 1 : 4;

startstate begin calls := 0; x := none; y := 2; z := 3; end;
rule "called" begin x := 0 * f(); end;
rule "not called" begin x := none; calls := 0; end;
