-- What is left of a rule without `rule` is one message.
-- expect: rejected
-- judge: rumur

var n : 0..9;
startstate begin n := 0; end;
n < 3 ==> begin n := n + 1; n := n; n := 2; end; -- ^ here
rule begin n := 0; end;
