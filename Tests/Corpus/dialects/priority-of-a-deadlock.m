-- Where the rules that go before change nothing, the state is a deadlock.
-- expect: deadlock
-- judge: none, Rumur does not read it
-- in CMurphi: deadlock
-- CMurphi 5.4.9: deadlock
-- option: --deadlock stuttering

var a : 0..3;
startstate begin a := 0; end;
rule 1 "stay" begin a := a; end;
rule 2 "go on" a < 3 ==> begin a := a + 1; end;
