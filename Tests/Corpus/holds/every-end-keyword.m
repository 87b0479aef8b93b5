-- Every construct has an end keyword of its own, and plain end for all.
-- expect: holds
-- states: 2
-- rules: 6
-- judge: rumur

var
  x : 0..1;
  r : record a : 0..1 endrecord;

procedure p(); begin endprocedure;
procedure q(); begin endfunction;
function f() : boolean; begin return true; endfunction;
function g() : boolean; begin return true; endprocedure;

startstate
begin
  x := 0;
  r.a := 0;
  for i : 0..1 do endfor;
  while false do endwhile;
  if f() then endif;
  switch x endswitch;
  alias b : x do endalias;
endstartstate;

ruleset i : 0..1 do
  rule "z" forall j : 0..1 do j >= 0 endforall & exists j : 0..1 do j = i endexists ==>
  begin
    x := i;
  endrule;
endruleset;

alias w : x do
  rule "y" begin w := 1 - w; endrule;
endalias;
