import Foundation
import Testing

/// Which proof `swapcheck check` says that there is of what it explored.
@Suite struct NamedProofTests {
  /// The report of a search names the proof that is of the same text and constants, and no other.
  @Test func aCheckNamesTheProofOfItsModel() throws {
    try Program.inTemporaryFolder { folder in
      let text = try LockServer.writeProof(in: folder)
      let proofs = folder.appendingPathComponent("Proofs")
      try FileManager.default.createDirectory(at: proofs, withIntermediateDirectories: true)
      func check(_ arguments: [String] = []) throws -> String {
        try Program.run(["check", "lock.m"] + arguments, in: folder).output
          .split { $0.isWhitespace }.joined(separator: " ")
      }
      let words =
        "for any number of CLIENTS: Proofs/lock.proof claims to prove the invariants; swapcheck"
        + " verify-proof Proofs/lock.proof checks that"
      #expect(!(try check().contains("proof")))
      try Program.write(text, to: "lock.proof", in: proofs)
      #expect(try check().contains(words))
      #expect(try check(["--set", "CLIENTS=2"]).contains(words))
      #expect(try check(["--format", "json"]).contains("\"path\": \"Proofs/lock.proof\""))
      // Another constant, rules left out, and what is cut, changed or of another text.
      #expect(!(try check(["--set", "FAULTS=1", "--deadlock", "off"]).contains("proof")))
      #expect(!(try check(["--without", "hear", "--deadlock", "off"]).contains("proof")))
      for wrong in [
        String(text.dropLast(3)), text.replacing("CLIENTS >= 1", with: "CLIENTS >= 2"),
        text.replacing("invariant \"one at a time\"\n", with: "invariant \"nothing\"\n"), "",
      ] {
        try Program.write(wrong, to: "lock.proof", in: proofs)
        #expect(!(try check().contains("proof")), "\(wrong)")
      }
      try Program.write(text, to: "lock.proof", in: proofs)
      try Program.write(LockServer.model + "invariant \"more\" true;", to: "lock.m", in: folder)
      #expect(!(try check().contains("proof")))
    }
  }

  /// Of several proofs of a model the one counts that is of its constants and leaves most open; what a file is
  /// called says nothing.
  @Test func aCheckNamesTheProofThatFits() throws {
    try Program.inTemporaryFolder { folder in
      let text = try LockServer.writeProof(in: folder)
      let proofs = folder.appendingPathComponent("Proofs")
      try FileManager.default.createDirectory(at: proofs, withIntermediateDirectories: true)
      func named(_ arguments: [String] = []) throws -> String? {
        let words = try Program.run(
          ["check", "lock.m", "--deadlock", "off"] + arguments, in: folder
        )
        .output.split { $0.isWhitespace }
        return words.first { $0.hasPrefix("Proofs/") }.map(String.init)
      }
      try Program.write(text, to: "anything.proof", in: proofs)
      #expect(try named() == "Proofs/anything.proof")
      // The model's name alone makes none of it.
      try Program.write(
        text.replacing("model: lock.m", with: "model: key.m"), to: "lock.proof", in: proofs)
      #expect(try named() == "Proofs/anything.proof")
      let faulty = try LockServer.prove(["--any-size", "--set", "FAULTS=1"], in: folder)
      try Program.write(faulty, to: "lock-faults.proof", in: proofs)
      #expect(try named(["--set", "FAULTS=1"]) == "Proofs/lock-faults.proof")
      #expect(try named() == "Proofs/anything.proof")
      #expect(try named(["--set", "FAULTS=2"]) == nil)
      // From larger sizes on is less, though its name comes first.
      let large = try LockServer.prove(["--any-size", "--least", "CLIENTS=2"], in: folder)
      try Program.write(large, to: "a.proof", in: proofs)
      #expect(try named() == "Proofs/anything.proof")
      try FileManager.default.removeItem(at: proofs.appendingPathComponent("anything.proof"))
      #expect(try named() == "Proofs/a.proof")
      #expect(try named(["--set", "CLIENTS=1"]) == nil)
      // One that nobody writes to, and a file that is too large, are left alone.
      try FileManager.default.removeItem(at: proofs.appendingPathComponent("a.proof"))
      #expect(mkfifo(proofs.appendingPathComponent("lock-pipe.proof").path, 0o600) == 0)
      #expect(try named() == nil)
    }
  }
}
