-- Words that only other checkers reserve, and our own contextual words, are ordinary names.
-- expect: holds
-- states: 16
-- rules: 64
-- judge: rumur

var
  symbolic, measure, fair, strong, in, log, sin, program, until, next, real_time, interleaved : 0..1;

startstate
begin
  symbolic := 0;
  measure := 0;
  fair := 0;
  strong := 0;
  in := 0;
  log := 0;
  sin := 0;
  program := 0;
  until := 0;
  next := 0;
  real_time := 0;
  interleaved := 0;
end;

rule "measure" begin measure := 1 - measure end;
rule "symbolic" begin symbolic := 1 - symbolic end;
rule "fair" begin fair := 1 - fair end;
rule "in" begin in := 1 - in; log := sin + program end;
