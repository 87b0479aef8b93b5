-- A difference leaves 64 bits.
-- expect: error
-- judge: rumur

var x : -9223372036854775806..9223372036854775806;

startstate begin x := -9223372036854775806 end;

rule "subtract" begin x := (x - 100) / 2 end;
