-- A function in C has one message, whatever its declaration holds; its calls have none.
-- expect: rejected
-- judge: rumur

externfun f(a : 0..3; var b : 0..2) : 0..9 "f.h"; -- ^ here
var n : 0..9;
startstate begin n := 0; end;
rule begin n := f(1, n); f(2, n); end;
