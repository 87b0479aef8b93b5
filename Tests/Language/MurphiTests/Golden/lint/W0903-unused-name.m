const
  N: 2;
  M: 3;
type
  t: 0..N;
  u: 0..1;
var x: t;
function f(a: t; b: t): t;
  var c: t;
begin
  return a;
end;
procedure g();
begin
  x := 0;
end;
startstate begin x := 0; end;
rule "up" x < N ==>
  var y: t;
begin
  alias z: x do
    x := f(x, 1) + 1;
  end;
end;
ruleset i: t do
  rule "down" x > 0 ==> begin x := x - 1; end;
end;
