var x: 0..3;
startstate begin x := 0; end;
ruleset i: 0..9223372036854775806 do
  rule "one" begin x := 0; end;
end;
ruleset i: 0..4000000000; j: 0..4000000000 do
  rule "two" begin x := 0; end;
end;
ruleset i: 0..4000; j: 0..4000 do
  invariant "small" x + i + j >= 0;
end;
