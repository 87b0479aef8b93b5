var x: 0..3;
rule "up" x < 3 ==> begin x := x + 1; end;
