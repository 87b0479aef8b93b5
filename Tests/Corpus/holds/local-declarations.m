-- Rules, start states, functions and procedures may declare constants, types and variables.
-- expect: holds
-- states: 3
-- rules: 6
-- judge: rumur

var
  x : 0..9;

function five() : 0..9;
const
  k : 5;
type
  small : 0..k;
var
  l : small;
begin
  l := k;
  return l;
end;

startstate
const k : 7;
begin
  x := k;
end;

rule "function" begin x := five() end;

rule "rule"
type small : 0..2;
var l : small;
const two : 2;
begin
  l := two;
  x := l;
end;
