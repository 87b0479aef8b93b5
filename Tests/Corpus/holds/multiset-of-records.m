-- Messages in a multiset, with an alias for the chosen one.
-- expect: holds
-- states: 4
-- rules: 4
-- judge: none, the reference tool builds no checker for multisets

-- One message: (0,ping), (1,pong), (1,ping), (0,pong) and round again, one rule in each.

type
  message : record dst : 0..1; kind : enum { ping, pong } end;

var
  net : multiset [2] of message;

startstate
var m : message;
begin
  m.dst := 0;
  m.kind := ping;
  multisetadd(m, net);
end;

choose i : net do
  alias m : net[i] do
    rule "answer" m.kind = ping ==> begin m.kind := pong; m.dst := 1 - m.dst end;
    rule "ask" m.kind = pong ==> begin m.kind := ping end;
  end;
end;

invariant "one message" multisetcount(i : net, true) = 1;
