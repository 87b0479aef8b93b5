const LIMIT: 3;
var x: 0..3;
procedure reset(value: 0..3); begin value := 0; end;
procedure zero(var place: 0..3); begin place := 0; end;
startstate begin LIMIT := 2; zero(1 + 1); end;
