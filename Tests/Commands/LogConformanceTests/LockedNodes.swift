/// Nodes with a lock, and work that nobody sees.
let lockedNodes = """
  const NODES: 3;
  type node_t: scalarset(NODES); count_t: 0 .. 3; mode_t: enum { OFF, ON };
  var holder: node_t; done: count_t; mode: array [node_t] of mode_t; first: node_t;
  ruleset n: node_t do startstate begin
    undefine holder; done := 0; first := n; for m: node_t do mode[m] := OFF; end;
  end; end;
  ruleset n: node_t do
    rule "switch on" mode[n] = OFF ==> begin mode[n] := ON; end;
    rule "take" isundefined(holder) & mode[n] = ON ==> begin holder := n; end;
    rule "give" !isundefined(holder) & holder = n ==> begin undefine holder; end;
  end;
  rule "work" !isundefined(holder) & done < 3 ==> begin done := done + 1; end;
  """
