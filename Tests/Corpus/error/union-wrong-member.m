-- A value of one member does not fit a variable of another.
-- expect: error
-- judge: none, the reference tool builds no checker for unions

type
  colour : enum { red, green };
  light : enum { on, off };

var
  x : union { colour, light };
  c : colour;

startstate begin x := on; c := red end;

rule "take" begin c := x end;
