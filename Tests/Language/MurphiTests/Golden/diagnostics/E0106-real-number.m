const RATE: 0.5;
var load: real(4, 2);
var x: 0..3;
startstate begin x := 0; end;
