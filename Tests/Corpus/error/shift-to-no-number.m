-- What is left of the shifted bits is -2^63, which stands for no value at all.
-- expect: error
-- judge: none, the reference tool computes with as few bits as the model needs

var x : 0..1;

startstate begin x := 0 end;

rule "flip" 1 << (63 - x) = 0 | true ==> begin x := 1 - x end;
