var x: 0..3;
procedure reset(); begin x := 0; return 1; end;
function zero(): 0..3; begin return; end;
startstate begin x := reset(); return 2; end;
