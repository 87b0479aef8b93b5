const
  MASK: 0x;
  MODE: 0855;
  COUNT: 12cpus;
var x: 0..3;
startstate begin x := 0; end;
