-- A ruleset over a union runs over the values of all its members.
-- expect: holds
-- states: 3
-- rules: 6
-- judge: none, the reference tool builds no checker for unions

-- Three values (two nodes and Home); in each state two others can take over.

type
  node : scalarset(2);
  home : enum { Home };
  any : union { node, home };

var owner : any;

startstate begin owner := Home end;

ruleset i : any do
  rule "take" owner != i ==> begin owner := i end;
end;
