-- A product leaves 64 bits.
-- expect: error
-- judge: rumur

var x : -9223372036854775806..9223372036854775806;

startstate begin x := 4294967296 end;

rule "multiply" begin x := x * x * x end;
