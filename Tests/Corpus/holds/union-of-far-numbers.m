-- The numbers of a union may lie at either end of 64 bits, where counting its values from 0 overflows.
-- Nine values of `low` beside the one of `high` that each rule sets, and those of the start.
-- expect: holds
-- states: 10
-- rules: 100

type
  low_t : union { enum { A }, -9223372036854775807..-9223372036854775800 };
  high_t : union { enum { B }, 9223372036854775800..9223372036854775807 };
var
  low : low_t;
  high : high_t;

startstate begin low := A; high := B; end;

ruleset i : low_t do
  rule begin low := i; high := 9223372036854775807; end;
end;
rule begin low := -9223372036854775807; high := 9223372036854775807; end;

invariant ismember(low, -9223372036854775807..-9223372036854775800) | low = A;
invariant high = B | high = 9223372036854775807;
