var x: 0..3;
externfun random(): 0..3 "random.h";
startstate begin x := 0; end;
probrule "drop" 0.5 x = 1 ==> begin x := 0; end;
