-- The doubled operators of C are accepted, and single bar binds tighter than double ampersand.
-- expect: holds
-- states: 4
-- rules: 11
-- judge: rumur

var
  x : 0..3;
  b : boolean;

startstate begin x := 0; b := true end;

rule "a" x == 0 && b || x == 3 ==> begin x := 3 - x end;
rule "b" begin b := b | x != 0 && !b end;
rule "c" begin b := true || b && x == 0 end;

invariant "or first" (true | false && false) == false;
invariant "and first" (true || false && false) == true;
