var x: 0..3; a: array [0..1] of 0..3;
startstate begin x := 0; x.first := 1; end;
rule "index" x[0] = 1 ==> begin x := a + 1; end;
rule "undefined" x = undefined | isundefined(a) ==> begin x := 0; end;
rule "fields" (x + 1).first = 0 ==> begin multisetadd(1, a); end;
