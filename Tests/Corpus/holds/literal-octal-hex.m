-- A leading zero is octal and 0x is hexadecimal, in either case.
-- expect: holds
-- states: 5
-- rules: 20
-- judge: rumur

const
  eight : 010;
  fifteen : 0017;
  hex : 0x1F;
  upper : 0XaB;

var
  x : 0..255;

startstate begin x := eight end;

rule "a" begin x := fifteen end;
rule "b" begin x := hex end;
rule "c" begin x := upper end;
rule "d" begin x := 00 end;

invariant "values" x = 8 | x = 15 | x = 31 | x = 171 | x = 0;
