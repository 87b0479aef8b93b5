-- Two processes and Peterson's algorithm, as a small whole.
-- expect: holds
-- states: 10
-- rules: 16
-- judge: rumur

type
  process : 0..1;
  place : enum { idle, waiting, critical };

var
  at : array [process] of place;
  flag : array [process] of boolean;
  turn : process;

startstate begin clear at; clear flag; turn := 0 end;

ruleset i : process do
  alias j : 1 - i do
    rule "ask" at[i] = idle ==> begin flag[i] := true; turn := j; at[i] := waiting end;
    rule "enter" at[i] = waiting & (!flag[j] | turn = i) ==> begin at[i] := critical end;
    rule "leave" at[i] = critical ==> begin flag[i] := false; at[i] := idle end;
  end;
  liveness "can get in" at[i] = critical;
end;

invariant "one at a time" !(at[0] = critical & at[1] = critical);
