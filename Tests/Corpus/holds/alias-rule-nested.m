-- Alias rules, nested in a ruleset and in each other, cover rules and invariants.
-- expect: holds
-- states: 125
-- rules: 375
-- judge: rumur

var
  a : array [0..2] of record n : 0..2; busy : boolean end;

startstate
begin
  clear a;
end;

ruleset i : 0..2 do
  alias r : a[i] do
    alias count : r.n; flag : r.busy do
      rule "take" !flag & count < 2 ==>
      begin
        flag := true;
        count := count + 1;
      end;

      rule "give back" flag ==> begin flag := false end;

      rule "forget" count = 2 & !flag ==> begin clear r end;

      invariant "busy has counted" flag -> count > 0;
    end;
  end;
end;
