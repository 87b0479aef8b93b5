-- The expression of a switch is evaluated once, and cases only until one matches.
-- expect: holds
-- states: 11
-- rules: 22
-- judge: rumur

var
  calls : 0..9;
  hit : 0..3;

function next() : 0..9;
begin
  calls := (calls + 1) % 10;
  return calls;
end;

startstate begin calls := 0; hit := 0 end;

rule "by expression"
begin
  switch next()
    case 1: hit := 1;
    case 2: hit := 2;
    else hit := 3;
  end;
end;

rule "by case"
begin
  calls := 0;
  switch 2
    case next(): hit := 1;
    case next(): hit := 2;
    case next(): hit := 3;
  end;
end;
