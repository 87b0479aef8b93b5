type pair_t: record first, second: boolean; end;
var
  a: array [pair_t] of boolean;
  u: union { boolean, pair_t };
startstate begin
  for p: pair_t do end;
end;
