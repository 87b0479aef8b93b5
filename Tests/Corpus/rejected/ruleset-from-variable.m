-- The bounds of a ruleset are constants.
-- expect: rejected
-- judge: rumur

var x : 0..3;
startstate begin x := 0 end;
ruleset i := 0 to x do -- ^ here
  rule "set" begin x := i end;
end;
