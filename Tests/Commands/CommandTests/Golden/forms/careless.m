-- What is probably not meant.
const
  MOST: 3;

var
  age:    0 .. MOST;
  unused: boolean;

function older(a: 0 .. MOST; b: 0 .. MOST): 0 .. MOST;
begin
  return a;
end;

startstate
begin
  age := 0;
end;

rule "grow"
  age < MOST
==>
begin
  age := age + 1;
end;

rule "grow"
  age <= MOST
==>
begin
  age := older(0, age);
end;

invariant "never too old"
  age <= MOST;
