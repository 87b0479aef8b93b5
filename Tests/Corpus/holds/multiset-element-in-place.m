-- A chosen element is a variable that can be changed where it is.
-- expect: holds
-- states: 3
-- rules: 6
-- judge: none, the reference tool builds no checker for multisets

-- Bags {0,0}, {0,1}, {1,1}; in each both elements can be flipped.

var bag : multiset [2] of 0..1;

startstate
var e : 0..1;
begin
  e := 0;
  multisetadd(e, bag);
  multisetadd(e, bag);
end;

choose i : bag do
  rule "flip" begin bag[i] := 1 - bag[i] end;
endchoose;
