-- The operator ! takes the whole comparison.
-- expect: violated "not of an equality"
-- judge: rumur

var x, y : boolean;

startstate begin x := false; y := false end;

rule "flip" begin y := !y end;

invariant "not of an equality" !x = y | y;
