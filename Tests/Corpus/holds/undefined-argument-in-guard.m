-- A slot that nothing is assigned to is undefined, whatever rule used the frame before.
-- expect: holds
-- states: 4
-- rules: 6
-- option: --deadlock off
var
  x: 0..3;
  done: boolean;

function is_undefined(y: 0..3): boolean;
begin
  return isundefined(y);
end;

startstate
begin
  x := 0;
  done := false;
end;

rule "leaves 2 where the next guard's argument lies"
  x = 0
==>
var l: 0..3;
begin
  l := 2;
  x := l;
end;

rule "its argument is undefined"
  is_undefined(undefined)
==>
begin
  done := true;
end;

rule "never enabled"
  !is_undefined(undefined)
==>
begin
  error "a local variable shows through";
end;

invariant "of a property too"
  is_undefined(undefined);
