-- One choose inside another pairs the elements of two multisets.
-- expect: holds
-- states: 2
-- rules: 4
-- judge: none, the reference tool builds no checker for multisets

-- a = {1}, b = {0,1} and a = {0}, b = {1,1}; in each the element of a can be swapped with either of b.

var
  a : multiset [1] of 0..1;
  b : multiset [2] of 0..1;

startstate
var e : 0..1;
begin
  e := 1;
  multisetadd(e, a);
  multisetadd(e, b);
  e := 0;
  multisetadd(e, b);
end;

choose i : a do
  choose j : b do
    rule "swap"
    var t : 0..1;
    begin
      t := a[i];
      a[i] := b[j];
      b[j] := t;
    end;
  end;
end;
