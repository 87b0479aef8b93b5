-- Of many cases the first that has the value is the one: cases that name a value twice, several values
-- in one case, a case within a case, none that fits, and a long chain of `elsif` that is the same.
-- expect: holds
-- states: 31
-- rules: 31
-- judge: rumur

var x: 0..15; y: 0..7; z: 0..7; up: boolean;
startstate begin x := 0; y := 0; z := 0; up := true; end;
rule "step" begin
  switch x
  case 0: y := 1;
  case 1, 2, 0: y := 2;
  case 3: y := 3;
  case 4:
    switch y
    case 0: y := 7;
    case 1: y := 6;
    case 2: y := 5;
    case 3: y := 4;
    case 4: y := 3;
    case 5: y := 2;
    case 6: y := 1;
    case 7: y := 0;
    end;
  case 5: y := 5;
  case 3, 6: y := 6;
  case 7: y := x % 8;
  case 8, 9: y := 0;
  case 12: y := 4;
  else y := 7 - y;
  end;
  if x = 0 then z := 1;
  elsif x = 1 | x = 2 | x = 0 then z := 2;
  elsif 3 = x then z := 3;
  elsif x = 4 then z := y;
  elsif x = 5 then z := 5;
  elsif x = 3 | x = 6 then z := 6;
  elsif x = 7 then z := 7;
  elsif x = 8 | x = 9 then z := 0;
  elsif x = 12 then z := 4;
  elsif x = 13 then z := (z + 1) % 8;
  else z := 7 - z;
  end;
  if x = 15 then up := false; elsif x = 0 then up := true; end;
  x := up ? x + 1 : x - 1;
end;
