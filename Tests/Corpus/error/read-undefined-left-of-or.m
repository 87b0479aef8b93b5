-- The left side of an or is read first, even if the right side is true.
-- expect: error
-- judge: rumur

var x, y : 0..1;

startstate begin y := 0 end;

rule "flip" x = 0 | true ==> begin y := 1 - y end;
