-- option: --set CPU=3
-- option: --set SWAPS=2
const
  CPUS: 2;
  SWAPS: false;
var x: 0..CPUS;
startstate begin x := 0; end;
