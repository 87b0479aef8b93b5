var x: 0..3;
startstate begin x := 0; end;
/* The rule is switched off.
rule "up" x < 3 ==> begin x := x + 1; end;
