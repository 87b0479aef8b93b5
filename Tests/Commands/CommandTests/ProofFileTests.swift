import Foundation
import TestSupport
import Testing

/// `swapcheck prove --proof`, and what `swapcheck verify-proof` says of such files.
@Suite struct ProofFileTests {
  private static let lock = LockServer.model
  private static let lemmas = LockServer.lemmas

  private typealias Result = (output: String, errors: String, code: Int32)

  private static func prove(
    _ arguments: [String], of model: String = lock, in folder: URL
  ) throws -> String {
    try LockServer.prove(arguments, of: model, in: folder)
  }

  /// The model and its proof for all sizes.
  private static func prove(in folder: URL) throws -> String {
    try LockServer.writeProof(in: folder)
  }

  private static func verify(
    _ text: String, _ arguments: [String] = [], in folder: URL
  ) throws -> Result {
    try Program.write(text, to: "lock.proof", in: folder)
    let found = try Program.run(["verify-proof", "lock.proof"] + arguments, in: folder)
    func line(_ text: String) -> String {
      text.split { $0.isWhitespace }.joined(separator: " ")
    }
    return (line(found.output), line(found.errors), found.code)
  }

  /// Lines may end with a carriage return, too; and neither model is written over.
  @Test func lemmasAreKept() throws {
    try Program.inTemporaryFolder { folder in
      let text = try Self.prove(in: folder)
      try Program.write(text.replacing("\n", with: "\r\n"), to: "lock.proof", in: folder)
      let again = try Program.run(
        ["prove", "lock.m", "--any-size", "--with", "lock.proof", "--proof", "again.proof"],
        in: folder)
      #expect(again.code == 0, "\(again)")
      let written = try String(
        contentsOf: folder.appendingPathComponent("again.proof"), encoding: .utf8)
      #expect(written.contains("invariant \"in one form\""), "\(written)")
      let over = try Program.run(
        ["prove", "lock.m", "--any-size", "--with", "lemmas.m", "--proof", "lock.m"], in: folder)
      #expect(over.code == 2 && over.errors.contains("written over the model"), "\(over)")
      let kept = try String(contentsOf: folder.appendingPathComponent("lock.m"), encoding: .utf8)
      #expect(kept.contains("startstate"))
    }
  }

  /// What another solver says of a script.
  private static func answer(of script: URL) throws -> String {
    try OtherProgram.run(["cvc5", script.path]).output
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  private static func scripts(in folder: URL) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.pathExtension == "smt2" }.sorted { $0.path < $1.path }
  }

  // MARK: - What is right

  /// A proof is confirmed from itself and the model, is a file of lemmas, and asks what another solver
  /// answers as well.
  @Test func aProofIsConfirmed() throws {
    try Program.inTemporaryFolder { folder in
      let text = try Self.prove(in: folder)
      for words in [
        "-- swapcheck proof 1\n", "-- model: lock.m\n", "--   CLIENTS >= 1\n", "--   FAULTS = 0\n",
        "--   invariant \"one at a time\"\n", "-- lemmas: 3\n", "invariant \"in one form\"\n",
      ] {
        #expect(text.contains(words), "\(text)")
      }
      let found = try Self.verify(text, ["--smt", "asked"], in: folder)
      #expect(found.code == 0, "\(found)")
      #expect(
        found.output.contains(
          "lock.proof: confirmed: lock.m for all sizes, CLIENTS>=1, with FAULTS=0"))
      // A search has one state for each orbit: free, granted, held, returned.
      #expect(found.output.contains("a search agrees: for CLIENTS=2 all hold in all 4 states"))
      // With two clients: of seven truth values, free or one of six.
      #expect(found.output.contains("for CLIENTS=2 of 128 typed states 8 have all lemmas"))
      let scripts = try Self.scripts(in: folder.appendingPathComponent("asked"))
      // All sizes up to the cutoff at once: start, step, safety.
      #expect(
        scripts.map(\.lastPathComponent) == [
          "CLIENTS=3.consecution.smt2", "CLIENTS=3.initiation.smt2", "CLIENTS=3.safety.smt2",
        ])
      for script in scripts {
        let text = try String(contentsOf: script, encoding: .utf8)
        #expect(text.contains("(set-logic QF_UF)") && text.contains("(set-info :status unsat)"))
        #expect(try Self.answer(of: script) == "unsat", "\(script.lastPathComponent)")
      }
      let again = try Program.run(
        ["prove", "lock.m", "--any-size", "--with", "lock.proof", "--proof", "again.proof"],
        in: folder)
      #expect(again.code == 0)
      let written = try String(
        contentsOf: folder.appendingPathComponent("again.proof"), encoding: .utf8)
      func lasting(_ text: String) -> [Substring] {
        text.split(separator: "\n").filter { !$0.hasPrefix("-- time") }
      }
      #expect(lasting(written) == lasting(text))
    }
  }

  /// Where a lemma is missing, what is asked has an answer, in the eyes of the other solver as well.
  @Test func scriptsTellAWrongProof() throws {
    try Program.inTemporaryFolder { folder in
      let text = try Self.prove(in: folder)
      let without = text.replacing(Self.lemmas[2], with: "").replacing(
        "lemmas: 3", with: "lemmas: 2")
      let found = try Self.verify(without, ["--smt", "asked"], in: folder)
      #expect(found.code == 1)
      let scripts = try Self.scripts(in: folder.appendingPathComponent("asked"))
      #expect(!scripts.isEmpty)
      let answers = try scripts.map { script in
        // With it cvc5 complains instead of answering.
        let text = try String(contentsOf: script, encoding: .utf8)
        try Data(text.replacing("(set-info :status unsat)\n", with: "").utf8).write(to: script)
        return try Self.answer(of: script)
      }
      #expect(answers.contains("sat") && answers.contains("unsat"), "\(answers)")
    }
  }

  @Test func aProofOfOneSizeIsConfirmed() throws {
    try Program.inTemporaryFolder { folder in
      let text = try Self.prove(["--deadlock", "off", "--set", "CLIENTS=2"], in: folder)
      #expect(text.contains("--   CLIENTS = 2\n"))
      let found = try Self.verify(text, in: folder)
      #expect(found.code == 0 && found.output.contains("lock.m for CLIENTS=2"), "\(found)")
      #expect(found.output.contains("of 128 typed states 8 have all lemmas"))
      // A deadlock is another question: without a fourth lemma nobody knows that the lock is not lost.
      let more = try Self.verify(
        text.replacing("deadlock: off", with: "deadlock: stuttering").replacing(
          "  that no rule goes wrong\n",
          with: "  that no rule goes wrong\n--   that no deadlock is reached\n"), in: folder)
      #expect(more.code == 1 && more.output.contains("that nothing else goes wrong"), "\(more)")
    }
  }

  /// Comments and layout are no part of a model; a proof is found wherever it is called from.
  @Test func whatSaysTheSameIsTheSameModel() throws {
    try Program.inTemporaryFolder { folder in
      let text = try Self.prove(in: folder)
      try Program.write(
        "-- More.\n" + Self.lock.replacing(" ==>", with: "\n==>"), to: "lock.m", in: folder)
      #expect(try Self.verify(text, in: folder).code == 0)
      let file = folder.appendingPathComponent("lock.proof").path
      #expect(try Program.run(["verify-proof", file]).code == 0)
    }
  }

  // MARK: - What is wrong

  /// Each by itself is what the others lean on.
  @Test(arguments: 0..<3) func aMissingOrWeakenedLemmaIsRefused(number: Int) throws {
    try Program.inTemporaryFolder { folder in
      let text = try Self.prove(in: folder)
      let lemma = Self.lemmas[number]
      #expect(text.contains(lemma))
      let missing = try Self.verify(text.replacing(lemma, with: ""), in: folder)
      #expect(missing.code == 2)
      #expect(missing.errors.contains("it says that it has 3 lemmas, and has 2"))
      let counted = try Self.verify(
        text.replacing(lemma, with: "").replacing("lemmas: 3", with: "lemmas: 2"), in: folder)
      #expect(counted.code == 1)
      #expect(counted.output.contains("refuted for CLIENTS="), "\(counted)")
      #expect(counted.output.contains("is not kept by a step"), "\(counted)")
      let quote = lemma.index(after: lemma.lastIndex(of: "\"") ?? lemma.startIndex)
      let weak = lemma[..<quote] + " true | (" + lemma[quote...].dropLast() + ");"
      #expect(try Self.verify(text.replacing(lemma, with: weak), in: folder).code == 1)
    }
  }

  @Test(arguments: [
    // Another hash than the model's.
    ("sha256: ", "sha256: 0000000000000000", 3, "its hash is not that of lock.m"),
    // Of other sizes, and of other values.
    ("CLIENTS >= 1", "CLIENTS >= 2", 3, "its hash is not that of lock.m"),
    ("FAULTS = 0", "FAULTS = 1", 3, "its hash is not that of lock.m"),
    ("CLIENTS >= 1", "CLIENTS = 3", 2, "is by induction, and by nothing else"),
    ("FAULTS = 0", "FAULTS >= 0", 2, "--least FAULTS: this is not the size of a scalarset"),
    ("CLIENTS >= 1", "CLIENTS >= -1", 2, "a size is at least 1"),
    // Another property, one more, and none.
    ("\"one at a time\"\n--", "\"nobody waits\"\n--", 2, "it does not claim invariant \"one at a"),
    (
      "  that no rule", "  invariant \"nobody waits\"\n--   that no rule", 2,
      "\"nobody waits\", which is"
    ),
    ("--   invariant \"one at a time\"\n", "", 2, "it does not claim invariant \"one at a time\""),
    // Deadlocks are not asked about at all sizes.
    ("deadlock: off", "deadlock: stuttering", 2, "says nothing of deadlocks"),
    // What does more than to say what holds.
    ("invariant \"in one form\"\n", "invariant \"in one form\" sets() &\n", 2, "changes the state"),
    ("invariant \"in one form\"\n", "invariant \"in one form\" discards() &\n", 2, "an assumption"),
    (
      "-- end of proof", "rule \"more\" true ==> begin free := true; end;\n-- end of proof", 2,
      "has invariants, and nothing else"
    ),
    (
      "invariant \"in one form\"\n", "assume \"in one form\"\n", 2,
      "has invariants, and nothing else"
    ),
    ("holds[c] & returned[c]", "holds[c] & retruned[c]", 2, "lock.proof:"),
    // No file of this form.
    (
      "swapcheck proof 1", "swapcheck proof 2", 2,
      "it is of version 2; this release reads version 1"
    ),
    ("swapcheck proof 1", "swapcheck proof x", 2, "the version of a proof is a number"),
    ("-- swapcheck proof 1", "-- a letter", 2, "a proof begins with"),
    ("-- solver", "-- model: a.m\n-- solver", 2, "`model` is said twice"),
    ("-- solver", "-- believe: me\n-- solver", 2, "does not say this of `believe`"),
    ("-- solver", "-- swear\n-- solver", 2, "this says nothing of a proof"),
    ("-- dialect: rumur", "-- dialect: spin", 2, "there is no such dialect"),
    ("-- lemmas: 3", "-- lemmas: -3", 2, "it is a number"),
    ("-- lemmas: 3", "-- lemmas: 0", 2, "it says that it has no lemmas, and has some"),
    ("FAULTS = 0", "FAULTS = many", 2, "a constant is `NAME = VALUE`"),
    ("-- model: lock.m", "-- model: no-such.m", 2, "the file cannot be read"),
    ("-- sha256: ", "-- sha256: Z", 2, "a hash has 64 hexadecimal digits"),
    // What is said of how it was proved: fewer sizes, larger ones, and more than there are.
    ("3, up to CLIENTS=3", "2, up to CLIENTS=3", 2, "this proof takes `3, up to CLIENTS=3`"),
    ("3, up to CLIENTS=3", "3, up to CLIENTS=4", 2, "this proof takes `3, up to CLIENTS=3`"),
    ("3, up to CLIENTS=3", "as the constants say", 2, "this proof takes `3, up to CLIENTS=3`"),
    ("-- solver: Z3", "-- solver: an oracle", 2, "it is `Z3`, with its version or without"),
    ("-- solver: Z3", "-- solver: Z3 4.8.12 and cvc5", 2, "it is `Z3`, with its version"),
    ("-- time: ", "-- time: less than ", 2, "it is a number of seconds"),
  ])
  func aWrongFileIsRefused(old: String, new: String, code: Int32, words: String) throws {
    try Program.inTemporaryFolder { folder in
      let text = try Self.prove(in: folder)
      var changed = text.replacing(old, with: new, maxReplacements: 1)
      if new.hasSuffix("0000"), let start = text.firstRange(of: old)?.upperBound {
        changed = text.replacingCharacters(
          in: start..<text.index(start, offsetBy: 16), with: "0000000000000000")
      }
      try #require(changed != text)
      let found = try Self.verify(changed, in: folder)
      #expect(found.code == code, "\(found)")
      #expect(!found.output.contains("confirmed"))
      #expect((found.output + found.errors).contains(words), "\(found)")
    }
  }

  /// A file that is cut anywhere is no proof.
  @Test func aFileThatIsCutIsRefused() throws {
    try Program.inTemporaryFolder { folder in
      let text = try Self.prove(in: folder)
      for tenth in 0..<10 {
        let found = try Self.verify(String(text.prefix(text.count * tenth / 10)), in: folder)
        #expect(found.code == 2 && found.output.isEmpty, "\(tenth): \(found)")
      }
      let cut = try Self.verify(String(text.dropLast(2)), in: folder)
      #expect(cut.code == 2 && cut.errors.contains("something is missing here"), "\(cut)")
    }
  }

  /// What a solver does not answer in time is neither confirmed nor refuted.
  @Test func whatIsNotAnsweredIsNotConfirmed() throws {
    try Program.inTemporaryFolder { folder in
      let found = try Self.verify(try Self.prove(in: folder), ["--timeout", "0"], in: folder)
      #expect(found.code == 3, "\(found)")
      #expect(found.output.contains("inconclusive"))
    }
  }

  /// The proof of one model is not one of another: neither where names are missing, nor where the lemmas
  /// do not hold; and where they do, it is said that they do.
  @Test func ofAnotherModel() throws {
    try Program.inTemporaryFolder { folder in
      let text = try Self.prove(in: folder)
      try Program.write("var x: boolean; startstate begin x := true; end;", to: "a.m", in: folder)
      #expect(try Self.verify(text, ["a.m"], in: folder).code == 2)
      try Program.write(
        Self.lock.replacing("free := false; granted", with: "granted"), to: "b.m", in: folder)
      let broken = try Self.verify(text, ["b.m"], in: folder)
      #expect(broken.code == 1 && broken.output.contains("refuted"), "\(broken)")
      try Program.write(
        Self.lock.replacing("rule \"hear\" returned", with: "rule \"hear\" !free & returned"),
        to: "c.m",
        in: folder)
      let changed = try Self.verify(text, ["c.m"], in: folder)
      #expect(
        changed.code == 3 && changed.output.contains("it holds for this one: c.m"), "\(changed)")
      try Program.write(
        Self.lock
          + "invariant \"nobody holds it while it is free\" free -> forall c: client_t do !holds[c] end;",
        to: "d.m", in: folder)
      let more = try Self.verify(text, ["d.m"], in: folder)
      #expect(more.code == 3)
      #expect(more.output.contains("it does not claim invariant \"nobody holds it"), "\(more)")
    }
  }

  /// A proof of one size does not become one of all by saying so: no size stands for all of this model.
  @Test func whatHasNoCutoffIsNotProvedForAllSizes() throws {
    let chain =
      Self.lock.replacing("var\n", with: "var\n  next: array [client_t] of client_t;\n").replacing(
        "  free := true;\n", with: "  free := true; for c: client_t do next[c] := c; end;\n")
        + """
        invariant "each leads to somebody"
          forall c: client_t do exists d: client_t do !isundefined(next[c]) & next[c] = d end end;

        """
    try Program.inTemporaryFolder { folder in
      let text = try Self.prove(["--deadlock", "off", "--set", "CLIENTS=2"], of: chain, in: folder)
      #expect(try Self.verify(text, in: folder).code == 0)
      let claimed = text.replacing("CLIENTS = 2", with: "CLIENTS >= 1").replacing(
        "method: induction", with: "method: induction at sizes that stand for all")
      let found = try Self.verify(claimed, in: folder)
      #expect(found.code == 2, "\(found)")
      #expect(found.errors.contains("no size of client_t stands for all larger ones"), "\(found)")
    }
  }

  @Test func whatCannotBeWrittenIsSaid() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(try Self.prove(in: folder), to: "lock.proof", in: folder)
      let made = try Program.run(
        ["prove", "lock.m", "--any-size", "--with", "lemmas.m", "--proof", "nowhere/lock.proof"],
        in: folder)
      #expect(made.code == 2 && made.output.isEmpty, "\(made)")
      let asked = try Program.run(
        ["verify-proof", "lock.proof", "--smt", "lock.m/asked"], in: folder)
      #expect(asked.code == 2 && asked.output.isEmpty, "\(asked)")
      #expect(asked.errors.contains("lock.m/asked"), "\(asked)")
      for arguments in [["-"], ["lock.m", "--patch", "x.patch"]] {
        #expect(
          try Program.run(["prove"] + arguments + ["--proof", "x.proof"], in: folder).code == 2)
      }
      let several = ["verify-proof", "lock.proof", "lock.proof", "--smt", "asked"]
      #expect(try Program.run(several, in: folder).code == 2)
    }
  }

  /// What a model calls its properties is shown so that no terminal acts on it, and is one line.
  @Test func namesThatAreAnything() throws {
    let name = HostileText.name.filter { $0 != "\"" }
    let model = Self.lock.replacing("one at a time", with: name)
    try Program.inTemporaryFolder { folder in
      let text = try Self.prove(["--any-size"], of: model, in: folder)
      #expect(HostileText.isSafe(text))
      let found = try Self.verify(text, ["--smt", "asked"], in: folder)
      #expect(found.code == 0, "\(found)")
      for script in try Self.scripts(in: folder.appendingPathComponent("asked")) {
        #expect(HostileText.isSafe(try String(contentsOf: script, encoding: .utf8)))
        #expect(try Self.answer(of: script) == "unsat")
      }
      let wrong = try Self.verify(
        text.replacing("that no rule goes wrong", with: "that \u{1B}[31mall is well"), in: folder)
      #expect(wrong.code == 2 && HostileText.isSafe(wrong.errors), "\(wrong)")
      try Program.write(Self.lock, to: "a\u{1B}.m", in: folder)
      let path = try Program.run(
        ["prove", "a\u{1B}.m", "--any-size", "--with", "lemmas.m", "--proof", "a.proof"], in: folder
      )
      #expect(path.code == 2 && path.errors.contains("characters that are not seen"), "\(path)")
    }
  }

  /// What is said to be done with a proof of another text does it.
  @Test func howToWriteItAnewIsSaid() throws {
    try Program.inTemporaryFolder { folder in
      for (arguments, options) in [
        (["--any-size", "--least", "CLIENTS=2"], " --any-size --least CLIENTS=2"),
        (
          ["--deadlock", "off", "--set", "CLIENTS=2"], " --deadlock off --set CLIENTS=2"
        ),
        (["--any-size"], " --any-size"),
      ] {
        let text = try Self.prove(arguments, in: folder)
        try Program.write(
          Self.lock.replacing("rule \"hear\" returned", with: "rule \"hear\" !free & returned"),
          to: "lock.m", in: folder)
        let changed = try Self.verify(text, in: folder)
        let command = "prove lock.m\(options) --with lock.proof --proof lock.proof"
        #expect(
          changed.code == 3 && changed.output.contains("`swapcheck \(command)`"), "\(changed)")
        let made = try Program.run(
          command.split(separator: " ").map(String.init), in: folder)
        #expect(made.code == 0, "\(made)")
        let again = try Program.run(["verify-proof", "lock.proof"], in: folder)
        #expect(again.code == 0, "\(again)")
      }
    }
  }

  // MARK: - What is shipped

  private static let shipped =
    (try? FileManager.default.contentsOfDirectory(
      atPath: Repository.root.appendingPathComponent("Proofs").path))?
    .filter { $0.hasSuffix(".proof") }.sorted() ?? []

  /// Each is confirmed by Z3, and each question has the same answer of cvc5.
  @Test(arguments: shipped) func shippedProofsAreConfirmedByBothSolvers(name: String) throws {
    try Program.inTemporaryFolder { folder in
      let asked = folder.appendingPathComponent("asked")
      let found = try Program.run(["verify-proof", "Proofs/\(name)", "--smt", asked.path])
      #expect(found.code == 0, "\(found.output)\(found.errors)")
      let scripts = try Self.scripts(in: asked)
      #expect(scripts.count >= 3)
      for script in scripts {
        #expect(try Self.answer(of: script) == "unsat", "\(script.lastPathComponent)")
      }
    }
  }

  @Test func someAreShipped() { #expect(Self.shipped.count >= 5) }
}
