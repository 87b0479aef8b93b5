-- Elements of a scalarset are compared as they are, undefined ones too.
-- expect: error
-- judge: rumur
-- in CMurphi: holds 2 2
-- CMurphi 5.4.9: no error, 2 states, 2 rules fired
-- option: --deadlock off

type node : scalarset(2);
var owner, wanted : node; same : boolean;
startstate begin undefine owner; undefine wanted; same := false; end;
rule "compare" begin same := owner = wanted; assert same; end;
