-- A boolean of a field is read, as a number is.
-- expect: error
-- judge: rumur
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

var r : record yes : boolean; end; b : boolean;
startstate begin undefine r; b := false; end;
rule "copy" begin b := r.yes; end;
