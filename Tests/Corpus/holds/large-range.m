-- Values beyond 32 bits are kept exactly.
-- expect: holds
-- states: 41
-- rules: 41
-- judge: rumur

var
  x : 0..1099511627776;

startstate begin x := 1099511627776 end;

rule "halve" x > 1 ==> begin x := x / 2 end;
rule "restart" x = 1 ==> begin x := 1099511627776 end;
