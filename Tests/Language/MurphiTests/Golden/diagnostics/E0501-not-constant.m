var x: 0..3;
var y: 0..x;
startstate begin x := 0; end;
ruleset i := 0 to x do
  rule "r" begin x := 0; end;
end;
