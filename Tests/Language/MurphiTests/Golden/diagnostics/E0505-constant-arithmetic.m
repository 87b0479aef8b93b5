const
  ZERO: 0;
  RATIO: 8 / ZERO;
  REST: 8 % ZERO;
  HUGE: 9223372036854775807 + 1;
var x: boolean;
startstate begin x := false; end;
