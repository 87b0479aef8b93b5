-- A switch takes lists, expressions and enums as cases, the first match wins, nothing falls through.
-- expect: holds
-- states: 180
-- rules: 600
-- judge: rumur

type
  colour : enum { red, green, blue };

var
  x, y, out : 0..5;
  c : colour;

startstate begin x := 0; y := 3; out := 0; c := red end;

rule "switch"
begin
  switch x
    case 0, 1: out := 1;
    case y: out := 2;
    case 3, 4: out := 3;
    case 2:
    else out := 5;
  endswitch;
  switch c
    case red: c := green;
    case green: c := blue;
  end;
  switch x end;
  switch x else out := out end;
end;

rule "x" begin x := (x + 1) % 6 end;
rule "y" begin y := 7 - y end;
rule "c" c = blue ==> begin c := red end;
