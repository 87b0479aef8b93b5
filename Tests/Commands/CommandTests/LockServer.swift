/// A server that lends one lock, as a model for proofs.
enum LockServer {
  static let model = """
    const CLIENTS: 3; FAULTS: 0;
    type client_t: scalarset(CLIENTS);
    var
      free: boolean;
      granted, holds, returned: array [client_t] of boolean;
    function sets(): boolean; begin free := false; return true; end;
    function discards(): boolean; begin assume free; return true; end;
    startstate "the lock is free"
    begin
      free := true;
      for c: client_t do granted[c] := false; holds[c] := false; returned[c] := false; end;
    end;
    ruleset c: client_t do
      rule "grant" free ==> begin free := false; granted[c] := true; end;
      rule "take" granted[c] ==> begin granted[c] := false; holds[c] := true; end;
      rule "give back" holds[c] ==> begin holds[c] := false; returned[c] := true; end;
      rule "hear" returned[c] ==> begin returned[c] := false; free := FAULTS = 0; end;
    end;
    invariant "one at a time"
      forall a: client_t do forall b: client_t do holds[a] & holds[b] -> a = b end end;

    """
}
