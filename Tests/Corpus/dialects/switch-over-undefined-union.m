-- An undefined value of a union is no case of a `switch`.
-- expect: holds
-- states: 2
-- rules: 2
-- judge: none, Rumur does not read it
-- in CMurphi: holds 2 2
-- CMurphi 5.4.9: no error, 2 states, 2 rules fired
-- option: --deadlock off

type node : scalarset(2);
  place : union { node, enum { home } };
var a : place; taken : boolean;
startstate begin undefine a; taken := false; end;
rule "choose" begin
  switch a
  case home: error "home";
  else taken := true;
  end;
  assert taken;
end;
