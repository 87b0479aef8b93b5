-- One name in two enums.
-- expect: rejected
-- judge: rumur

type
  colour : enum { red, green };
  light : enum { on, green }; -- ^ here
var x : colour;
startstate begin x := red end;
rule "set" begin x := red end;
