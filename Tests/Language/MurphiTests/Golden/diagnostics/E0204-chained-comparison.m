var x: 0..3;
startstate begin x := 0; end;
rule "up" 0 <= x < 3 ==> begin x := x + 1; end;
invariant "arrows" x = 1 -> x = 2 -> x = 3;
rule "choice" begin x := x = 0 ? 1 : x = 1 ? 2 : 3; end;
