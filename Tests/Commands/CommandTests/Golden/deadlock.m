-- Two locks taken in different orders.
var
  held: array [1..2] of 0..2;   -- by whom; 0: nobody
startstate
begin
  held[1] := 0;
  held[2] := 0;
end;
ruleset p: 1..2 do
  rule "first lock"
    held[p] = 0 & held[3 - p] != p
  ==>
  begin
    held[p] := p;
  end;
  rule "second lock"
    held[p] = p & held[3 - p] = 0
  ==>
  begin
    held[p] := 0;
  end;
end;
