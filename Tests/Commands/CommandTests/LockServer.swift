import Foundation
import Testing

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

  /// Each is needed: without the first two clients may hold it, without the second one may have it twice,
  /// without the third it is granted while somebody has it.
  static let lemmas = [
    """
    invariant "in one place"
      forall a: client_t do forall b: client_t do
        (granted[a] | holds[a] | returned[a]) & (granted[b] | holds[b] | returned[b]) -> a = b
      end end;
    """,
    """
    invariant "in one form"
      forall c: client_t do
        !(granted[c] & holds[c]) & !(granted[c] & returned[c]) & !(holds[c] & returned[c])
      end;
    """,
    """
    invariant "a free lock is nowhere else"
      free -> forall c: client_t do !granted[c] & !holds[c] & !returned[c] end;
    """,
  ]

  /// Writes a model and its proof to a folder.
  ///
  /// - Returns: The proof.
  static func prove(
    _ arguments: [String], of model: String = model, in folder: URL
  ) throws -> String {
    try Program.write(model, to: "lock.m", in: folder)
    try Program.write(lemmas.joined(separator: "\n"), to: "lemmas.m", in: folder)
    let made = try Program.run(
      ["prove", "lock.m", "--with", "lemmas.m", "--proof", "lock.proof"] + arguments, in: folder)
    try #require(made.code == 0, "\(made.output)\(made.errors)")
    return try String(contentsOf: folder.appendingPathComponent("lock.proof"), encoding: .utf8)
  }

  /// Made once.
  private static let proofOfAllSizes = Result {
    try Program.inTemporaryFolder { try prove(["--any-size"], in: $0) }
  }

  /// Writes the model and its lemmas to a folder.
  ///
  /// - Returns: Their proof for all sizes.
  static func writeProof(in folder: URL) throws -> String {
    try Program.write(model, to: "lock.m", in: folder)
    try Program.write(lemmas.joined(separator: "\n"), to: "lemmas.m", in: folder)
    return try proofOfAllSizes.get()
  }
}
