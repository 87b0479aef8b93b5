var x: 0..3;
startstate begin x := 0; end;
ruleset i: 0..9999999999999 do
  rule "one" begin x := 0; end;
end;
ruleset i: 0..4000000; j: 0..4000000 do
  rule "two" begin x := 0; end;
end;
ruleset i: 0..4000; j: 0..4000 do
  invariant "small" x + i + j >= 0;
end;
