-- An assumption that fails in a function called by an invariant drops the state.
-- expect: holds
-- states: 2
-- rules: 4
-- judge: rumur

var x : 0..3;

function fine() : boolean;
begin
  assume "not two" x != 2;
  return true;
end;

startstate begin x := 0 end;

rule "up" x < 3 ==> begin x := x + 1 end;
rule "zero" begin x := 0 end;

invariant "fine" fine();
