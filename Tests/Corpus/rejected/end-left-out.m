-- Where one `end` is left out, the long forms further out close their own blocks.
-- expect: rejected
-- judge: rumur

var n : 0..9;
startstate begin n := 0; endstartstate;
ruleset i : 1..2 do
  rule n < 7 ==>
  begin
    if i = 1 then
      alias m : n do
        m := m + i;
    else -- ^ here
      n := n + 2;
    endif;
  endrule;
endruleset;
rule begin n := 0; endrule;
