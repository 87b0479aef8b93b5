-- A rule may assign its parameter, for itself alone.
-- expect: holds
-- states: 4
-- rules: 16
-- judge: rumur

var
  x : 0..3;

startstate begin x := 0 end;

ruleset i : 0..3 do
  rule "twice"
  begin
    i := 3 - i;
    x := i;
  end;
end;
