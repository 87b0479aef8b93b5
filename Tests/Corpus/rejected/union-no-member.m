-- A number is no member of a union of enums.
-- expect: rejected
-- judge: none, the reference tool builds no checker for unions

type
  colour : enum { red, green };
  light : enum { on, off };
var x : union { colour, light };
startstate begin x := red end;
rule "set" begin
  x := 3; -- ^ here
end;
