const A, B: 0x10;
var x: 0..3;
startstate begin x := 0; end;
var log: 0..3;
function f(): 0..3; begin return x << 1; end;
rule "text
over lines" x == 0 && x ≤ 3 ==> begin x := f(); log := 017; end;
assert "small" x < 3;
cover x = 1;
measure "x" x;
