-- A switch without a match goes to else.
-- expect: violated "fell to else"
-- judge: rumur

var x : 0..3;

startstate begin x := 0 end;

rule "switch"
begin
  switch x
    case 0: x := 1;
    case 1: x := 2;
    else error "fell to else";
  end;
end;
