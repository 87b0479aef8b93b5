import Foundation
import TestSupport
import Testing

/// Changes of models as reviewers see them.
@Suite struct ReviewCommandTests {
  private typealias Door = ReviewedDoor

  private static let kinds = [
    ("harmless", Door.harmless, "head.m: nothing changed but comments and layout", 0),
    ("adding", Door.adding, "head.m: only adds behaviour", 0),
    (
      "breaking", Door.breaking,
      "head.m: worse, violated: invariant \"nobody is locked in\" does not hold, was", 1
    ),
  ]

  /// Of thirteen sizes some are not looked at in the time: these are named, with the limit that was given, and what
  /// the text says stands there all the same.
  @Test func whatTheTimeDoesNotLastForIsNamed() throws {
    let (output, errors, code) = try Program.run([
      "review", "Models/hotswap.m", "--patch", "Models/hotswap/abort-keeps-quiet.patch",
      "--timeout",
      "0.01",
    ])
    #expect([1, 3].contains(code), "\(errors)")
    let text = output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(
      text.contains(
        "Behaviours at 3x3-two-faults-orbits are not decided: the limit of 0.01 s was reached."),
      "\(output)")
    #expect(!text.contains("interrupted") && text.contains("gained `let_devices_go()`"))
  }

  @Test(arguments: kinds.map { ($0.0, $0.1, $0.2, Int32($0.3)) })
  func theFirstLineSaysIt(name: String, head: String, line: String, code: Int32) throws {
    let found = try Door.review(Door.text, head)
    #expect(Door.firstLine(found.output) == line, "\(name): \(found.output)")
    #expect(found.code == code && found.errors.isEmpty, "\(name): \(found.errors)")
    for line in found.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  /// Less can happen, and a measure does not go further than before.
  @Test func whatIsGoneIsShown() throws {
    let found = try Door.review(Door.text, Door.removing)
    #expect(found.code == 0)
    #expect(Door.firstLine(found.output) == "head.m: only removes behaviour")
    #expect(
      found.output.contains(
        """
          the shortest run that is gone:
            1. start
            2. guest: come in
                 people = 1
            3. guest: come in
                 people = 2
            After the change `people < 1` keeps the last step from being taken.
        """), "\(found.output)")
    #expect(found.output.contains("measure \"people inside\" is 0 to 1, was 0 to 2"))
    #expect(found.output.contains("guard lost the conjunct `people < 2`"))
    #expect(found.output.contains("guard gained the conjunct `people < 1`"))
    #expect(found.output.contains("`people` can be 2 no more"))
    // The other way round a measure goes where it did not go.
    let back = try Door.review(Door.removing, Door.text)
    #expect(back.code == 1)
    #expect(
      Door.firstLine(back.output) == "head.m: worse, \"people inside\" is 0 to 2, was 0 to 1")
  }

  /// The door shuts on whoever stands in it, and may be looked at: that is new sooner.
  private static let breakingLater =
    Door.breaking + "rule \"guest: knock\" door = OPEN & people = 0 ==> begin people := 0; end;\n"

  /// Of a report that is longer than the screen the verdict stands last, too.
  @Test func theVerdictIsNotOffTheScreen() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Door.text, to: "base.m", in: folder)
      try Program.write(Self.breakingLater, to: "head.m", in: folder)
      let shown = try Program.runAtTerminal(["review", "base.m", "head.m"], in: folder, rows: 15)
      let lines = shown.split(separator: "\n")
      #expect(lines.count > 15, "\(shown)")
      let title = try #require(lines.first)
      #expect(title.hasPrefix("head.m: worse, violated: ") && lines.count { $0 == title } == 2)
      #expect(lines.suffix(4).contains(title), "\(shown)")
    }
  }

  @Test func theRunToAViolationIsShownBesideTheShortestNewRun() throws {
    let found = try Door.review(Door.text, Self.breakingLater)
    #expect(found.code == 1)
    #expect(
      found.output.contains(
        """
          the shortest run that is new:
            1. start
            2. guest: knock
        """), "\(found.output)")
    #expect(
      found.output.contains(
        """
        the run to the violation:
          1. start
          2. guest: come in
               people = 1
          3. door: shut
               door = SHUT
          violated: invariant "nobody is locked in" does not hold.
        """), "\(found.output)")
    // Where it is the shortest new one, it is shown once.
    let same = try Door.review(Door.text, Door.breaking)
    #expect(
      same.output.contains("the shortest run that is new, and the run to the violation:"),
      "\(same.output)")
    #expect(same.output.ranges(of: "door = SHUT\n").count == 1)
    let json = try Door.review(Door.text, Self.breakingLater, "--format", "json")
    let size = try Self.sizes(json.output).first
    let steps = (size?["violation"] as? [String: Any])?["steps"] as? [[String: Any]]
    #expect(
      steps?.map { $0["rule"] as? String } == ["start", "guest: come in", "door: shut"],
      "\(json.output)")
    #expect(size?["repaired"] as? Bool == false)
  }

  @Test func aRunToOtherValuesThatAreWrongIsShownOnce() throws {
    let before = """
      var x: 0..2;
      startstate "start" begin x := 0; end;
      rule "a: go" x = 0 ==> begin x := 1; end;
      rule "b: come back" x > 0 ==> begin x := 0; end;
      invariant "small" x < 2;
      """
    let found = try Door.review(before, before.replacing("x := 1", with: "x := 2"))
    #expect(found.code == 1)
    #expect(
      found.output.contains(
        "after the shortest run with other values, and the run to the violation:"),
      "\(found.output)")
    #expect(found.output.ranges(of: "a: go\n").count == 1, "\(found.output)")
  }

  private static func sizes(_ output: String) throws -> [[String: Any]] {
    let document = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    let model = (document?["models"] as? [[String: Any]])?.first
    return model?["sizes"] as? [[String: Any]] ?? []
  }

  @Test func aRepairIsSaidFirst() throws {
    let found = try Door.review(Door.breaking, Door.text)
    #expect(found.code == 0)
    let words = Door.joined(found.output)
    #expect(
      words.hasPrefix(
        "head.m: repaired, was violated: invariant \"nobody is locked in\" does not hold; only removes"
          + " behaviour"), "\(found.output)")
    #expect(!words.contains("the run to the violation"))
    let json = try Door.review(Door.breaking, Door.text, "--format", "json")
    #expect(try Self.sizes(json.output).first?["repaired"] as? Bool == true)
    // What is worse beside it goes first.
    let worse = try Door.review(
      Door.breaking, Door.text.replacing("measure \"people", with: "measure \"persons"))
    #expect(worse.code == 1)
    #expect(
      Door.joined(worse.output).hasPrefix(
        "head.m: worse, measure \"people inside\" is gone; repaired: was violated: invariant"),
      "\(worse.output)")
  }

  @Test func documentsAreForMachinesAndMerges() throws {
    let json = try Door.review(Door.text, Door.adding, "--format", "json")
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let model = (document?["models"] as? [[String: Any]])?.first
    #expect(model?["conclusion"] as? String == "added")
    let size = (model?["sizes"] as? [[String: Any]])?.first
    let steps = (size?["added"] as? [String: Any])?["steps"] as? [[String: Any]]
    #expect(steps?.map { $0["rule"] as? String } == ["start", "guest: look in"])
    #expect(steps?.last?["actor"] as? String == "guest")
    #expect((size?["removed"] as? [String: Any])?["answer"] as? String == "none")
    let markdown = try Door.review(Door.text, Door.breaking, "--format", "markdown").output
    #expect(markdown.hasPrefix("## head.m: worse, violated: "))
    #expect(markdown.contains("| size | verdict | states |"))
    #expect(markdown.contains("```text\n1. start\n"))
    let mail = try Door.review(Door.text, Door.breaking, "--format", "mail").output
    for line in mail.split(separator: "\n") { #expect(line.count <= 72, "\(line)") }
  }

  /// Values of constants, and patches.
  @Test func valuesAndPatchesAreChanges() throws {
    let twoValues = try Program.run(
      ["review", "Models/handover.m", "--set", "FAULTS=0", "--against", "FAULTS=1"])
    #expect(twoValues.output.contains("the shortest run that is gone"), "\(twoValues.output)")
    let patched = try Program.run(
      ["review", "Models/hotswap.m", "--patch", "Models/hotswap/early-free.patch"])
    #expect(patched.code == 1)
    #expect(
      patched.output.replacing("\n", with: " ").contains(
        "violated: invariant \"no CPU executes from memory that was given back\""))
  }

  /// A size with other constants than its scenario's is another one.
  @Test func sizesAreCalledWhatTheyAre() throws {
    try Program.inTemporaryFolder { folder in
      let model = Door.text.replacing("var door", with: "const MOST: 2; LAMPS: 1; var door")
        .replacing("people < 2", with: "people < MOST")
      try Program.write(model, to: "door.m", in: folder)
      try Program.write(
        "version: 1\nscenarios:\n  - name: door\n    model: door.m\n    expect: holds\n    sizes:\n"
          + "      - { name: one, set: { MOST: 1 } }\n      - { name: two, set: { MOST: 2 } }\n",
        to: "swapcheck.yml", in: folder)
      func rows(_ options: String...) throws -> [String] {
        let found = try Program.run(["review", "door.m"] + options, in: folder)
        let lines = found.output.split(separator: "\n").map(String.init)
        let head = try #require(lines.firstIndex { $0.hasPrefix("  size ") }, "\(found.output)")
        return lines[(head + 1)...].prefix { $0.contains("verified") }.map {
          $0.split(separator: "  ").first.map(String.init) ?? ""
        }
      }
      #expect(try rows("--set", "MOST=1", "--against", "MOST=2") == ["door-one with MOST=2 > 1"])
      #expect(
        try rows("--against", "LAMPS=0") == ["one with LAMPS=0 > 1", "two with LAMPS=0 > 1"])
      #expect(
        try rows("--set", "MOST=2", "--against", "LAMPS=0")
          == ["door-two with LAMPS=0 > 1"])
      try Program.write(
        Door.scenarios("  - { name: other, model: other.m, expect: holds }\n"), to: "other.yml",
        in: folder)
      let none = try rows("--scenarios", "other.yml", "--set", "MOST=1", "--against", "MOST=2")
      #expect(none == ["MOST=2 > 1"])
    }
  }

  @Test func aRenameThatIsGivenIsNoGuess() throws {
    let renamed = Door.text.replacing("door: open", with: "wind: blow open")
    let guessed = try Door.review(Door.text, renamed)
    #expect(Door.joined(guessed.output).contains("(guessed from the rest of its text)"))
    let given = try Door.review(
      Door.text, renamed, "--rename", "door: open=wind: blow open")
    #expect(given.output.contains("was called \"door: open\""), "\(given.output)")
    #expect(!given.output.contains("guessed"))
  }

  /// The product of models whose variables have one name is compiled, as any model is.
  @Test func productsAreCompiled() throws {
    let found = try Program.inTemporaryFolder { folder in
      try Program.write(Door.text, to: "base.m", in: folder)
      try Program.write(Door.adding, to: "head.m", in: folder)
      return try Program.run(
        ["review", "base.m", "head.m", "--executor", "native"], in: folder,
        environment: ["SWAPCHECK_REQUIRE_COMPILED": "1"])
    }
    #expect(Door.firstLine(found.output) == "head.m: only adds behaviour", "\(found.output)")
  }

  // MARK: - What is wrong

  @Test func whatCannotBeComparedIsSaid() throws {
    // An error that goes is no change for the worse, one that comes is.
    let repaired = try Door.review(Door.text + "rule", Door.text)
    #expect(repaired.code == 0)
    #expect(Door.firstLine(repaired.output) == "head.m: it could not be read before")
    let broken = try Door.review(Door.text, Door.text + "rule")
    #expect(broken.code == 1)
    #expect(Door.firstLine(broken.output) == "head.m: worse, it cannot be read any more")
    #expect(broken.output.contains("head.m:10:"), "\(broken.output)")
    let both = try Door.review(Door.text + "rule", Door.text + "rule rule")
    #expect(both.code == 2)
    let other = try Door.review(
      Door.text,
      "var x: boolean; startstate \"start\" begin x := false; end;"
        + "rule \"flip\" begin x := !x; end;")
    #expect(other.code == 1)
    #expect(other.output.contains("rule \"flip\" is new and fires"), "\(other.output)")
    for call in [["review", "a.m"], ["review", "a.m", "b.m", "c.m"], ["review"]] {
      #expect(try Program.run(call).code == 2)
    }
    #expect(try Program.run(["review", "gone.m", "Models/hotswap.m"]).code == 2)
    // A limit.
    let limited = try Door.review(Door.text, Door.adding, "--max-states", "2")
    #expect(limited.code == 3, "\(limited.output)")
    #expect(Door.firstLine(limited.output) == "head.m: undecided")
  }

  @Test func wrongNamesAreSaid() throws {
    for options in [
      ["--ignore", "nobody"], ["--rename", "nobody=guest: leave"],
      ["--rename", "guest: leave=nobody"],
    ] {
      let found = try Door.review(Door.text, Door.adding, options[0], options[1])
      #expect(found.code == 2 && found.errors.contains("nobody"), "\(options): \(found.errors)")
    }
    let constant = try Program.run(["review", "Models/handover.m", "--against", "NOPE=1"])
    #expect(constant.code == 2 && constant.errors.contains("NOPE"), "\(constant.errors)")
  }

  /// A path without blanks is one word, and has a line alone.
  @Test func whateverIsSaidHasLinesOfEightyColumns() throws {
    func expectShort(_ found: (output: String, errors: String, code: Int32)) {
      for line in (found.output + found.errors).split(separator: "\n") {
        #expect(line.count <= 80, "\(line)")
      }
    }
    let repository = try TemporaryRepository()
    let path = "models/of a door/that people who come late find closed in front of them, often.m"
    try repository.write(Door.text, to: path)
    try repository.write(Door.text, to: "other.m")
    try repository.write(Door.text, to: "third.m")
    try repository.commit("the door")
    try repository.write(Door.breaking, to: path)
    try repository.write(Door.breaking, to: "other.m")
    try repository.commit("a change")
    let range = try Program.run(["review", "HEAD~1..HEAD"], in: repository.root)
    #expect(range.code == 1)
    expectShort(range)
    for call in [
      ["nowhere..HEAD"], ["a.m"], ["other.m", "--rename", "guest: leave=nobody in this house"],
      ["other.m", "gone.m"],
      ["third.m", path, "--ignore", "nobody in this house, or in another one"],
    ] {
      let found = try Program.run(["review"] + call, in: repository.root)
      #expect(found.code == 2)
      expectShort(found)
    }
    try Program.inTemporaryFolder { folder in
      let outside = try Program.run(["review", "HEAD~1..HEAD"], in: folder)
      #expect(outside.code == 2)
      #expect(
        Door.joined(outside.errors).contains("(or any of the parent directories): .git hint:"))
      expectShort(outside)
    }
    // A size with a long name.
    try repository.write(
      "version: 1\nscenarios:\n  - name: door\n    model: other.m\n    expect: holds\n    sizes:\n"
        + "      - { name: \(String(repeating: "with people ", count: 6)), tags: quick }\n"
        + "      - { name: few, symmetry: off, tags: quick }\n", to: "swapcheck.yml")
    try repository.write(Door.adding, to: "other.m")
    let sized = try Program.run(["review", path, "other.m"], in: repository.root)
    #expect(sized.output.contains("rules fired"), "\(sized.output)")
    expectShort(sized)
    // What is wrong with a model, but for its lines.
    try repository.write(
      Door.text + "rule \"an\" nobody_who_lives_in_this_house_and_has_a_key = 1 ==> begin end;",
      to: path)
    try repository.commit("an error")
    let unread = try Program.run(["review", "HEAD~1..HEAD"], in: repository.root)
    #expect(unread.code == 1)
    let message = unread.output.split(separator: "\n").filter { !$0.contains("| ") }
    #expect(message.contains { $0.contains("error[E") }, "\(unread.output)")
    for line in message { #expect(line.count <= 80, "\(line)") }
  }
}
