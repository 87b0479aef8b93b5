import Foundation
import TestSupport
import Testing

/// What `swapcheck review` says of the proof of a model that has changed.
@Suite struct ReviewedProofTests {
  /// Somebody writes what nobody reads; the flag is down while somebody is in.
  private static let model = """
    const N: 2;
    type p_t: scalarset(N);
    var open: boolean; inside: array [p_t] of boolean; seen: boolean;
    startstate begin
      open := true; seen := false;
      for p: p_t do inside[p] := false; end;
    end;
    ruleset p: p_t do
      rule "enter" open ==> begin open := false; inside[p] := true; end;
      rule "leave" inside[p] ==> begin inside[p] := false; open := true; end;
    end;
    invariant "one at a time"
      forall a: p_t do forall b: p_t do inside[a] & inside[b] -> a = b end end;

    """
  private static let lemma = """
    invariant "nobody is in while it is open" open -> forall p: p_t do !inside[p] end;

    """

  private static func prepare(in folder: URL) throws {
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("Proofs"), withIntermediateDirectories: true)
    try Program.write(model, to: "door.m", in: folder)
    try Program.write(lemma, to: "lemmas.m", in: folder)
    let made = try Program.run(
      [
        "prove", "door.m", "--any-size", "--with", "lemmas.m", "--proof", "Proofs/door.proof",
      ], in: folder)
    try #require(made.code == 0, "\(made.output)\(made.errors)")
  }

  private static func words(_ text: String) -> String {
    text.split { $0.isWhitespace }.joined(separator: " ")
  }

  /// Each a change, and what becomes of the proof; nil where nothing is said of it.
  @Test(arguments: [
    ("seen := false;", "seen := true;", "it still holds, for all sizes, N>=1"),
    // Two may be where it is open, if only nobody were inside: no run of the model gets there.
    (
      "rule \"leave\"",
      "rule \"look\" seen & open ==> begin open := true; inside[p] := true; end;\n  rule \"leave\"",
      "it does not hold any more"
    ),
    ("seen: boolean", "seen: boolean; inside_count: 0 .. 1", "it still holds"),
    ("open", "isopen", "it is none of the model as it is now"),
    ("open := false; inside", "inside", nil),
    ("const N", "-- Doors.\nconst N", nil),
  ])
  func theProofIsTriedOnTheChange(old: String, new: String, words: String?) throws {
    try Program.inTemporaryFolder { folder in
      try Self.prepare(in: folder)
      let changed = Self.model.replacing(old, with: new)
      try #require(changed != Self.model)
      try Program.write(changed, to: "new.m", in: folder)
      let found = try Program.run(["review", "door.m", "new.m"], in: folder)
      let said = Self.words(found.output)
      if let words {
        #expect(said.contains("Proofs/door.proof: " + words), "\(said)\(found.errors)")
      } else {
        #expect(!said.contains("proof"), "\(said)")
      }
      let document = try Program.run(
        ["review", "door.m", "new.m", "--format", "json"], in: folder)
      #expect(try SchemaTests.complaints(document.output, "review-1.schema.json") == "")
    }
  }

  /// In a range it is the proof as it was before.
  @Test func aRangeHasItsOwnProof() throws {
    let repository = try TemporaryRepository()
    try Self.prepare(in: repository.root)
    try repository.commit("a door")
    try Program.write(
      Self.model.replacing("seen := false;", with: "seen := true;"), to: "door.m",
      in: repository.root)
    try repository.remove("Proofs/door.proof")
    try repository.commit("a change")
    let found = try Program.run(["review", "HEAD~1..HEAD"], in: repository.root)
    #expect(
      Self.words(found.output).contains("Proofs/door.proof: it still holds, for all sizes, N>=1"),
      "\(found.output)\(found.errors)")
    // What is not of the model before is of no interest.
    try Program.write("-- swapcheck proof 1\n", to: "Proofs/door.proof", in: repository.root)
    try repository.commit("no proof")
    try Program.write(Self.model, to: "door.m", in: repository.root)
    try repository.commit("back")
    let back = try Program.run(["review", "HEAD~1..HEAD"], in: repository.root)
    #expect(!back.output.contains("proof"), "\(back.output)")
  }

  /// Each proof of the model before the change is tried, whatever it is called.
  @Test func allItsProofsAreTried() throws {
    try Program.inTemporaryFolder { folder in
      try Self.prepare(in: folder)
      let second = try Program.run(
        [
          "prove", "door.m", "--any-size", "--with", "lemmas.m", "--least", "N=2", "--proof",
          "Proofs/from-two-on.proof",
        ], in: folder)
      try #require(second.code == 0)
      try Program.write(
        Self.model.replacing("seen := false;", with: "seen := true;"), to: "new.m", in: folder)
      let found = try Program.run(["review", "door.m", "new.m"], in: folder)
      let said = Self.words(found.output)
      #expect(said.contains("Proofs/door.proof: it still holds, for all sizes, N>=1"), "\(said)")
      #expect(
        said.contains("Proofs/from-two-on.proof: it still holds, for all sizes, N>=2"), "\(said)")
    }
  }
}
