-- A model without rules has its start states.
-- expect: holds
-- states: 4
-- rules: 0
-- option: --deadlock off
-- judge: rumur

var x : 0..3;

ruleset i : 0..3 do startstate begin x := i end end;
