import Foundation
import Testing

/// `swapcheck prove --any-size`.
@Suite struct AnySizeProofTests {
  private static let lock = LockServer.model

  private static func prove(
    _ text: String, _ arguments: [String] = []
  ) throws -> (output: String, errors: String, code: Int32) {
    try Program.inTemporaryFolder { folder in
      try Program.write(text, to: "m.m", in: folder)
      return try Program.run(
        ["prove", "m.m", "--any-size", "--timeout", "60"] + arguments, in: folder)
    }
  }

  /// Lemmas are found, hold in all states that a search reaches at larger sizes, and are proved once more
  /// where somebody proposes them. With one of them missing they are no proof, but a beginning of one.
  @Test func lemmasAreFoundAndKept() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.lock, to: "m.m", in: folder)
      let found = try Program.run(
        ["prove", "m.m", "--any-size", "--write", "lemmas.m"], in: folder)
      #expect(found.code == 0, "\(found.output)\(found.errors)")
      #expect(found.output.contains("proved for all sizes, CLIENTS>=1"))
      let lemmas = try String(
        contentsOf: folder.appendingPathComponent("lemmas.m"), encoding: .utf8)
      #expect(lemmas.contains("forall any_client1: client_t do"))
      try Program.write(Self.lock + lemmas, to: "both.m", in: folder)
      for size in 2...5 {
        let checked = try Program.run(
          ["check", "both.m", "--set", "CLIENTS=\(size)", "--quiet"], in: folder)
        #expect(checked.code == 0, "\(size): \(checked.output)")
      }
      let again = try Program.run(
        ["prove", "m.m", "--any-size", "--with", "lemmas.m", "--write", "more.m"], in: folder)
      #expect(again.code == 0)
      // Nothing was looked for.
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("more.m").path))
      // Of a beginning and what is found behind it, one file is the whole.
      let parts = lemmas.components(separatedBy: "invariant ")
      try Program.write("invariant " + parts[1], to: "few.m", in: folder)
      let more = try Program.run(
        ["prove", "m.m", "--any-size", "--with", "few.m", "--write", "more.m"], in: folder)
      #expect(more.code == 0, "\(more.output)\(more.errors)")
      let whole = try Program.run(
        ["prove", "m.m", "--any-size", "--with", "more.m", "--write", "none.m"], in: folder)
      #expect(whole.code == 0, "\(whole.output)\(whole.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("none.m").path))
      let finite = try Program.run(
        ["prove", "m.m", "--with", "lemmas.m", "--deadlock", "off"], in: folder)
      #expect(finite.code == 0, "\(finite.output)")
    }
  }

  /// None of the lemmas that are found can be missing: without any of them the others are no proof.
  @Test func noLemmaIsTooMany() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.lock, to: "m.m", in: folder)
      let made = try Program.run(
        ["prove", "m.m", "--any-size", "--proof", "m.proof"], in: folder)
      try #require(made.code == 0)
      let text = try String(contentsOf: folder.appendingPathComponent("m.proof"), encoding: .utf8)
      let parts = text.components(separatedBy: "invariant \"lemma ")
      let count = parts.count - 1
      #expect(count > 2 && text.contains("-- lemmas: \(count)\n"))
      for missing in 1...count {
        var left = parts.enumerated().filter { $0.offset != missing }.map(\.element)
        if missing == count { left[count - 1] += "\n-- end of proof\n" }
        let without = left.joined(separator: "invariant \"lemma ")
          .replacing("-- lemmas: \(count)\n", with: "-- lemmas: \(count - 1)\n")
        try Program.write(without, to: "m.proof", in: folder)
        let found = try Program.run(["verify-proof", "m.proof"], in: folder)
        #expect(found.code == 1, "\(missing): \(found)")
      }
    }
  }

  @Test func whatGoesWrongIsSaid() throws {
    let broken = Self.lock.replacing("free := false; granted", with: "granted")
    let (output, _, code) = try Self.prove(broken)
    #expect(code == 1)
    #expect(output.contains("violated for CLIENTS="))
    #expect(output.contains("swapcheck check m.m --set CLIENTS="))
  }

  /// The command that is named shows what was found: of the patched model.
  @Test func theRunOfAPatchedModelIsFoundAgain() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.lock, to: "m.m", in: folder)
      let broken = Self.lock.replacing("free := false; granted", with: "granted")
      try Program.write(broken, to: "broken.m", in: folder)
      let patch = try Program.shell(
        "diff -u --label a/m.m --label b/m.m m.m broken.m", in: folder)
      try Program.write("Forgotten.\n\n" + patch.output, to: "it's.patch", in: folder)
      let (output, errors, code) = try Program.run(
        ["prove", "m.m", "--any-size", "--patch", "it's.patch"], in: folder)
      #expect(code == 1, "\(output)\(errors)")
      let line = output.replacing(/\n +/, with: " ")
      let command = try #require(line.firstMatch(of: /`(swapcheck check [^`]+)`/))
      let shown = try Program.shell(String(command.1), in: folder)
      #expect(shown.code == 1 && shown.output.contains("violated"), "\(line)\(shown.errors)")
    }
  }

  /// Models in which nothing goes wrong at sizes up to 3, 4 or 6, of which a lemma could be learnt that is
  /// true of no larger ones.
  @Test(arguments: [4, 5, 7])
  func whatFailsAtLargerSizesIsNeverProved(size: Int) throws {
    let count = """
      const N: 2;
      type p_t: scalarset(N);
      var x: 0 .. 9; done: array [p_t] of boolean;
      startstate begin x := 0; for p: p_t do done[p] := false; end; end;
      ruleset p: p_t do rule "go" !done[p] ==> begin done[p] := true; x := x < 9 ? x + 1 : x; end; end;
      rule "again" forall p: p_t do done[p] end ==>
        begin x := 0; for p: p_t do done[p] := false; end; end;
      invariant "few" x < \(size);
      """
    // Each step of a chain needs somebody who has not been at it.
    let chain = """
      const N: 2;
      type p_t: scalarset(N);
      var at: 0 .. \(size); was: array [p_t] of boolean; last: p_t;
      ruleset p: p_t do
        startstate begin
          at := 1; last := p; for q: p_t do was[q] := q = p; end;
        end;
        rule "next" !was[p] & at < \(size) ==> begin was[p] := true; last := p; at := at + 1; end;
        rule "back" p = last ==> begin at := 1; for q: p_t do was[q] := q = p; end; end;
      end;
      invariant "the end is not reached" at != \(size);
      """
    for text in [count, chain] {
      for smaller in 1..<size {
        let checked = try Self.check(text, size: smaller)
        #expect(checked == 0, "at \(smaller) nothing goes wrong")
      }
      #expect(try Self.check(text, size: size) == 1, "at \(size) something goes wrong")
      let (output, _, code) = try Self.prove(text, ["--timeout", "20"])
      #expect(code != 0 && !output.contains("proved"), "\(output)")
    }
  }

  private static func check(_ text: String, size: Int) throws -> Int32 {
    try Program.inTemporaryFolder { folder in
      try Program.write(text, to: "m.m", in: folder)
      return try Program.run(
        ["check", "m.m", "--quiet", "--deadlock", "off", "--set", "N=\(size)"], in: folder
      ).code
    }
  }

  @Test(arguments: [
    (
      "CLIENTS: 3;", "CLIENTS: 3; MORE: CLIENTS + 1;",
      "1:25: error: CLIENTS says more here than how many"
    ),
    ("scalarset(CLIENTS)", "0 .. CLIENTS", "has no scalarset"),
    ("scalarset(CLIENTS);", "scalarset(CLIENTS); q_t: scalarset(CLIENTS);", ""),
    ("scalarset(CLIENTS);", "scalarset(2);", "has no constant for its size"),
    (
      "free := true;\n",
      "free := true; for c: client_t do if holds[c] then free := false; end; end;\n",
      "what a round of a loop over elements leaves here"
    ),
  ])
  func whatHasNoCutoffIsRefused(old: String, new: String, words: String) throws {
    let (output, errors, code) = try Self.prove(Self.lock.replacing(old, with: new))
    let said = errors.split(separator: "\n").joined(separator: " ")
    // A scalarset that nothing has is none that has to be left open.
    #expect(code == (words.isEmpty ? 0 : 2), "\(output)\(errors)")
    #expect(words.isEmpty || said.contains(words), "\(errors)")
  }

  /// Where a lemma is what has no cutoff, its place is in the file of lemmas.
  @Test func lemmasHavePlacesOfTheirOwn() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.lock, to: "m.m", in: folder)
      try Program.write(
        "\n\ninvariant \"each has another\"\n"
          + "  forall a: client_t do exists b: client_t do\n"
          + "    (exists n: 0 .. 99 do n = 1 & holds[b] end) | true end end;\n",
        to: "lemmas.m", in: folder)
      let (_, errors, code) = try Program.run(
        ["prove", "m.m", "--any-size", "--with", "lemmas.m"], in: folder)
      #expect(code == 2 && errors.contains("lemmas.m:5:"), "\(errors)")
    }
  }

  /// Where nothing is checked, nothing is proved.
  @Test(arguments: [
    ("invariant \"one", "assume \"never\" false;\ninvariant \"one"),
    ("begin\n  free := true;", "begin\n  assume false; free := true;"),
  ])
  func withoutStartStateNothingIsProved(old: String, new: String) throws {
    let text = Self.lock.replacing(old, with: new)
    try #require(text != Self.lock)
    try Program.inTemporaryFolder { folder in
      try Program.write(text, to: "m.m", in: folder)
      for arguments in [["--any-size"], ["--deadlock", "off"]] {
        let found = try Program.run(
          ["prove", "m.m", "--proof", "m.proof"] + arguments, in: folder)
        #expect(found.code == 2 && !found.output.contains("proved"), "\(found)")
        #expect(found.errors.contains("E0603") && found.errors.contains("nothing was checked"))
        #expect(
          !FileManager.default.fileExists(atPath: folder.appendingPathComponent("m.proof").path))
      }
    }
  }

  /// Start states may begin at some size: here two clients have to be there.
  @Test func smallSizesMayHaveNoStartState() throws {
    let text = Self.lock
      .replacing(
        "startstate \"the lock is free\"\nbegin\n",
        with: "ruleset a: client_t; b: client_t do startstate begin\n  assume a != b;\n"
      ).replacing("returned[c] := false; end;\nend;", with: "returned[c] := false; end;\nend; end;")
    try #require(text != Self.lock)
    let (output, errors, code) = try Self.prove(text)
    #expect(code == 0 && output.contains("proved for all sizes"), "\(output)\(errors)")
  }

  /// A lemma that does not hold says nothing of the model.
  @Test func aFalseLemmaIsNoViolation() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.lock, to: "m.m", in: folder)
      try Program.write("invariant \"always\" free;\n", to: "lemmas.m", in: folder)
      let (output, errors, code) = try Program.run(
        ["prove", "m.m", "--any-size", "--with", "lemmas.m"], in: folder)
      #expect(code == 3 && output.contains("a lemma that was proposed does not hold"), "\(errors)")
      #expect(!output.contains("violated"))
    }
  }

  /// A lemma may say that a variable names somebody, whom ever: no choice of elements says that.
  @Test func lemmasSayThatSomebodyIsNamed() throws {
    let (output, errors, code) = try Self.prove(
      """
      const N: 3;
      type n_t: scalarset(N);
      var owner: n_t; busy: boolean; served: array [n_t] of boolean;
      startstate begin
        undefine owner;
        busy := false;
        for c: n_t do served[c] := false; end;
      end;
      ruleset c: n_t do
        rule "take" !busy & !served[c] ==> begin owner := c; busy := true; end;
      end;
      rule "serve" busy ==> begin
        served[owner] := true;
        undefine owner;
        busy := false;
      end;
      invariant "nobody is served twice"
        forall c: n_t do isundefined(owner) | owner != c | !served[c] end;
      """)
    #expect(code == 0 && output.contains("proved for all sizes"), "\(output)\(errors)")
  }

  /// What a solver cannot be told is refused as such: nobody has chosen an engine.
  @Test func aModelWithoutTermsIsRefusedWithoutAnEngine() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(
        """
        const A: 2; B: 2;
        type a_t: scalarset(A); b_t: scalarset(B); u_t: union { a_t, b_t };
        var x: u_t;
        startstate begin undefine x; end;
        ruleset a: a_t do rule isundefined(x) ==> begin x := a; end; end;
        rule !isundefined(x) & ismember(x, a_t) ==> begin undefine x; end;
        invariant "one of them" isundefined(x) | ismember(x, a_t);
        """, to: "m.m", in: folder)
      for arguments in [["--any-size"], ["--deadlock", "off"]] {
        let found = try Program.run(["prove", "m.m"] + arguments, in: folder)
        #expect(found.code == 2 && !found.errors.contains("--engine"), "\(found)")
        #expect(found.errors.contains("m.m: error: the model cannot be said to a solver"))
      }
    }
  }

  @Test func optionsThatDoNotGoTogetherAreRefused() throws {
    for arguments in [["--least", "CLIENTS=2"], ["--write", "x.m"]] {
      try Program.inTemporaryFolder { folder in
        try Program.write(Self.lock, to: "m.m", in: folder)
        #expect(try Program.run(["prove", "m.m"] + arguments, in: folder).code == 2)
      }
    }
    #expect(try Self.prove(Self.lock, ["--least", "FREE=2"]).code == 2)
    #expect(try Self.prove(Self.lock, ["--least", "CLIENTS=0"]).code == 2)
    // What is left open has no value.
    #expect(try Self.prove(Self.lock, ["--set", "CLIENTS=3"]).code == 2)
    #expect(try Self.prove(Self.lock, ["--deadlock", "off"]).code == 2)
    let (output, _, code) = try Self.prove(Self.lock, ["--least", "CLIENTS=2"])
    #expect(code == 0 && output.contains("CLIENTS>=2"))
  }

  /// A model of the collection, which no search has looked at beyond a few processes.
  @Test func aShippedModelIsProved() throws {
    let (output, errors, code) = try Program.run([
      "prove", "Models/checkpoint.m", "--any-size", "--timeout", "300",
    ])
    #expect(code == 0, "\(output)\(errors)")
    #expect(output.contains("PROCS>=1"))
  }
}
