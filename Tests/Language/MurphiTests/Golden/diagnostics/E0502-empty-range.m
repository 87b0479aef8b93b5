var x: 3..0;
startstate begin end;
