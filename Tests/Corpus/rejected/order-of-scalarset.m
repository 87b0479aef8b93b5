-- Scalarsets have no order.
-- expect: rejected
-- judge: rumur

type node : scalarset(2);
var n : node;
startstate begin undefine n end;
ruleset i : node; j : node do
  rule "set"
    i < j ==> -- ^ here
  begin
    n := i;
  end;
end;
