-- A loop may run from one element of a scalarset to another: they count as their numbers.
-- expect: holds
-- states: 9
-- rules: 27
-- judge: rumur

type
  id : scalarset(3);
  place : 0..2;
var
  element : array [place] of id;
  first, last : place;

startstate
begin
  for p : id do
    for k := p to p do element[k] := p; end;
  end;
  first := 0;
  last := 0;
end;

rule "further" begin last := (last + 1) % 3; end;
rule "first too" begin first := (first + 1) % 3; end;
rule "to the same" first < last ==>
begin
  for k := element[first] to element[last] do
    assert k >= first & k <= last;
    assert element[k] = element[k];
  end;
end;
rule "count" first >= last ==>
  var rounds : 0..3;
begin
  rounds := 0;
  for k := element[last] to element[first] do rounds := rounds + 1; end;
  assert rounds = first - last + 1;
end;
