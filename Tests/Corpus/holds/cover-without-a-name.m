-- A cover needs no name.
-- expect: holds
-- states: 2
-- rules: 2
-- judge: none, version 2022.08 of the reference tool emits C that does not compile

-- x is 0 or 1 and flips.

var x : 0..1;

startstate begin x := 0 end;

rule "flip" begin x := 1 - x; cover x = 0 end;

cover x = 1;
