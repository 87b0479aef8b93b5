-- Scalarsets of different sizes do not mix.
-- expect: rejected
-- judge: rumur

type
  node : scalarset(3);
  cpu : scalarset(2);
var n : node;
startstate begin undefine n end;
ruleset c : cpu do
  rule "set" begin
    n := c; -- ^ here
  end;
end;
