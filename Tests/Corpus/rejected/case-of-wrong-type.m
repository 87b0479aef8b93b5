-- A case has the type of its switch.
-- expect: rejected
-- judge: rumur

var x : enum { red, green };
startstate begin x := red end;
rule "set" begin
  switch x
    case 1: x := green; -- ^ here
  end;
end;
