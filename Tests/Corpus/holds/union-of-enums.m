-- A union holds the values of its members, and ismember tells which.
-- expect: holds
-- states: 5
-- rules: 13
-- judge: none, the reference tool builds no checker for unions

-- x is red only at first: (red,red), (on,red), (green,red), (green,green), (on,green).
-- "on" and "green" fire in all 5 states, "take" in the 3 where x is a colour.

type
  colour : enum { red, green };
  light : enum { on, off };
  both : union { colour, light };

var
  x : both;
  c : colour;

startstate begin x := red; c := red end;

rule "on" begin x := on end;
rule "green" begin x := green end;
rule "take" ismember(x, colour) ==> begin c := x end;

invariant "never off" x != off;
