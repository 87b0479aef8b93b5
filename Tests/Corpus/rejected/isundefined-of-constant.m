-- `isundefined` asks about variables; a constant is none.
-- expect: rejected
-- judge: rumur

const N : 3;
var b : boolean;
startstate begin b := true; end;
rule begin b := isundefined(N); end; -- ^ here
