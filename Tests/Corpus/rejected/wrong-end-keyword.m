-- An if ends with end or endif.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
rule "set" begin
  if x = 0 then x := 1; endfor; -- ^ here
end;
