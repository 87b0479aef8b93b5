-- A number that is too large is one message; what is declared by it follows from that.
-- expect: rejected

const N : 99999999999999999999; -- ^ here
var a : array [5..N] of 0..2; n : 0..2;
startstate begin n := 0; end;
rule begin for i := 3 to N do n := a[i]; end; end;
