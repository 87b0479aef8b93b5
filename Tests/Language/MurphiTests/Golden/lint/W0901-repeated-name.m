var x: 0..2;
startstate "s" begin x := 0; end;
rule "step" x < 2 ==> begin x := x + 1; end;
ruleset i: 0..1 do
  rule "step" x = i + 1 ==> begin x := i; end;
end;
invariant "small" x < 3;
cover "small" x = 2;
invariant x >= -1 | x = 2 "small";
