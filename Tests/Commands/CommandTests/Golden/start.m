-- A start state that breaks an invariant itself, chosen by a ruleset.
var
  n: 0..3;
ruleset i: 1..3 do
  startstate "begin anywhere"
  begin
    n := i;
  end;
end;
rule "stay below"
  n > 0
==>
begin
  n := n - 1;
end;
invariant "below three"
  n < 3;
