-- Messages in a multiset, and an error statement.
type
  message_t: enum { HELLO, BYE };
var
  net: multiset [2] of message_t;
startstate
begin
  undefine net;
end;
ruleset m: message_t do
  rule "send"
    multisetcount(i: net, net[i] = m) = 0
  ==>
  var copy: message_t;
  begin
    copy := m;
    multisetadd(copy, net);
  end;
end;
choose i: net do
  rule "receive"
    net[i] = BYE & multisetcount(j: net, true) = 2
  ==>
  begin
    error "received in any order";
  end;
end;
