-- So it is before an invariant.
-- expect: error
-- judge: rumur
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

var a : array [0..3] of 0..3; i : 0..3; b : boolean;
startstate begin clear a; undefine i; b := false; end;
alias here : a[i] do
  invariant "it is 0" isundefined(i) | here = 0;
end;
rule "wait" begin b := false; end;
