-- A declaration that is missing is one mistake, however often its name is used.
-- expect: rejected
-- judge: rumur

var n : 0..9;
startstate begin n := 0; missing := 1; end; -- ^ here
rule missing < 9 ==> begin missing := missing + 1; n := missing; end;
invariant missing = n;
