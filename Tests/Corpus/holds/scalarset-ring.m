-- Scalarset elements are only assigned and compared.
-- expect: holds
-- states: 21
-- rules: 48
-- judge: rumur

type
  node : scalarset(3);

var
  token : node;
  visited : array [node] of boolean;

ruleset i : node do
  startstate "any" begin token := i; clear visited end;
end;

ruleset i : node do
  rule "pass" token != i ==>
  begin
    visited[token] := true;
    token := i;
  end;
end;

rule "again" forall i : node do visited[i] | i = token end ==> begin clear visited end;
