type
  cpu_t: scalarset(0);
  bag_t: multiset [-1] of boolean;
  flag_t: scalarset(true);
var x: boolean;
startstate begin x := false; end;
