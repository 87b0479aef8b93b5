-- A string must end.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule begin
  x := 3 - x;
  put "no end; -- ^ here
end;
