-- Constants are made of constants: numbers, booleans, enum members, conditions, shifts.
-- expect: holds
-- states: 2
-- rules: 2
-- judge: rumur

type
  colour : enum { red, green };

const
  n : 3;
  m : n * 2 + 1;
  yes : true;
  no : !yes & n = 3;
  first : red;
  chosen : n > 2 ? 10 : 20;
  bits : 1 << n | 1;
  a, b : 4;

var
  v : array [0..m - 1] of n..bits;
  c : colour;

startstate begin clear v; c := first end;

rule "use" begin v[a] := v[b] = bits ? n : bits; c := c = first ? green : first end;
rule "no" no ==> begin v[m - 1] := 4 end;

invariant "values" m = 7 & yes & !no & chosen = 10 & bits = 9;
