var x: 0..3;
startstate begin
  for i := 0 to 3 by 0 do x := i; end;
  for i := 3 to 0 do x := i; end;
end;
ruleset i := 0 to 3 by 0 do
  rule "r" begin x := i; end;
end;
