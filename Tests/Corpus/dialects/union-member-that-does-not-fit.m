-- CMurphi stores a value of another member without a word; here it is an error in both meanings.
-- expect: error
-- judge: none, Rumur does not read it
-- in CMurphi: error
-- CMurphi 5.4.9: no error, 2 states, 2 rules fired
-- option: --deadlock off

type colour : enum { red, green };
  light : enum { on, off };
  any : union { colour, light };
var a : any; c : colour;
startstate begin a := on; c := red; end;
rule "take" begin c := a; end;
