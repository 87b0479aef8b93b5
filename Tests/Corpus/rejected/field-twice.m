-- Two fields of one name.
-- expect: rejected
-- judge: rumur

var r : record a : 0..3; a : boolean end; -- ^ here
startstate begin undefine r end;
rule "set" begin clear r end;
