-- Bits that leave the 64 are dropped, whatever is left of them.
-- expect: holds
-- states: 2
-- rules: 2
-- judge: none, the reference tool computes with as few bits as the model needs

var x : 0..1;

startstate begin x := 0 end;

rule "flip" 2 << (64 - x) = 0 & (1 << 62) > 0 & (5 << 62) = (1 << 62) ==> begin x := 1 - x end;
