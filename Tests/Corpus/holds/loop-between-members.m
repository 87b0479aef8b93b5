-- The bounds of a loop may be members of an enumeration or booleans, which count as numbers.
-- expect: holds
-- states: 10
-- rules: 10
-- judge: rumur

type colour : enum { RED, GREEN, BLUE };
var
  n : 0..9;
  last : colour;

startstate begin n := 0; last := BLUE; end;

rule begin
  for i := RED to last do
    for b := false to i > 1 do
      if b = 0 & i = 2 then n := (n + 1) % 10; end;
    end;
  end;
end;

invariant exists i := GREEN to last do i = 2 end;
