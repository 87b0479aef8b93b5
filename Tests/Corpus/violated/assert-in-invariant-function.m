-- An assertion in a function called by an invariant fails with its own message.
-- expect: violated "inner message"
-- judge: rumur

var x : 0..3;

function fine() : boolean;
begin
  assert "inner message" x != 2;
  return true;
end;

startstate begin x := 0 end;

rule "up" x < 3 ==> begin x := x + 1 end;
rule "zero" begin x := 0 end;

invariant "outer" fine();
