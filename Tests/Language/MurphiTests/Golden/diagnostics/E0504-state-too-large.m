var
  memory: array [0..2000000] of 0..255;
startstate begin end;
