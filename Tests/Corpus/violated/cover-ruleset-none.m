-- A cover in a ruleset that no instance reaches.
-- expect: violated "none of them"
-- judge: rumur

var x : 0..1;

startstate begin x := 0 end;

rule "flip" begin x := 1 - x end;

ruleset i : 2..3 do
  cover "none of them" x = i;
end;
