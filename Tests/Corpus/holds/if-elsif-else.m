-- If takes elsif and else parts, and any body may be empty.
-- expect: holds
-- states: 4
-- rules: 8
-- judge: rumur

var
  x : 0..5;

startstate begin x := 0 end;

rule "choose"
begin
  if x = 0 then x := 3
  elsif x = 1 then
  elsif x = 3 then x := 5;
  else x := 1;
  endif;
  if x = 9 then else end;
end;

rule "zero" begin x := 0 end;
