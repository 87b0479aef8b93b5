var x: 0..3;
function sum(a, b: 0..3): 0..3; begin return a + b; end;
procedure reset(var place: 0..3); begin place := 0; end;
startstate begin x := sum(1); reset(x, x); end;
