-- Implications do not chain.
-- expect: rejected
-- judge: rumur

var a, b, c : boolean;
startstate begin a := true; b := true; c := true end;
rule "set"
  a -> b -> c ==> -- ^ here
begin
  a := false;
end;
