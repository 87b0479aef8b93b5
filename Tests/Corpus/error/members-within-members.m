-- Counting the members of a multiset for each member of it, and so on, eight deep.
-- expect: error
-- judge: none, the reference tool has no multisets

var
  bag : multiset [40] of 0..1;
  x : 0..1;

startstate begin
  x := 0;
  undefine bag;
  for i : 0..39 do multisetadd(1, bag) end
end;

rule "spin"
  multisetcount(a : bag, multisetcount(b : bag, multisetcount(c : bag, multisetcount(d : bag,
    multisetcount(e : bag, multisetcount(f : bag, multisetcount(g : bag, multisetcount(h : bag,
      bag[h] = 0) = 1) = 1) = 1) = 1) = 1) = 1) = 1) = 1
==> begin x := 1 - x end;
