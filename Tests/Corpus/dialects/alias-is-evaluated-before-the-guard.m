-- An alias around a rule is evaluated before the guard is, whether or not that asks for it.
-- expect: error
-- judge: rumur
-- in CMurphi: error
-- CMurphi 5.4.9: an error, 1 states, 0 rules fired
-- option: --deadlock off

var a : array [0..3] of 0..3; i : 0..3; b : boolean;
startstate begin clear a; undefine i; b := false; end;
alias here : a[i] do
  rule "use it" !isundefined(i) & here = 0 ==> begin here := 1; end;
end;
rule "wait" begin b := false; end;
