-- Rulesets nest, and inner ones see the outer parameters.
-- expect: holds
-- states: 81
-- rules: 702
-- judge: rumur

var
  a : array [0..1] of array [boolean] of 0..2;

startstate begin clear a end;

ruleset i : 0..1 do
  ruleset j : boolean do
    rule "up" a[i][j] < 2 ==> begin a[i][j] := a[i][j] + 1 end;
    ruleset k : boolean do
      rule "copy" j != k ==> begin a[i][j] := a[1 - i][k] end;
    end;
  end;
  rule "zero" begin clear a[i] end;
end;
