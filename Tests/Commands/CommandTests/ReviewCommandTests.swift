import Foundation
import TestSupport
import Testing

/// Changes of models as reviewers see them.
@Suite struct ReviewCommandTests {
  /// A door that closes by itself once nobody stands in it.
  private static let door = """
    type door_t: enum { OPEN, SHUT };
    var door: door_t; people: 0 .. 2;
    startstate "start" begin door := OPEN; people := 0; end;
    rule "guest: come in" door = OPEN & people < 2 ==> begin people := people + 1; end;
    rule "guest: leave" people > 0 ==> begin people := people - 1; end;
    rule "door: shut" door = OPEN & people = 0 ==> begin door := SHUT; end;
    rule "door: open" door = SHUT ==> begin door := OPEN; end;
    invariant "nobody is locked in" door = SHUT -> people = 0;
    measure "people inside" people;

    """

  private static let harmless = door.replacing("type door_t", with: "-- The door.\n  type door_t")
  private static let adding =
    door + "rule \"guest: look in\" door = OPEN & people = 0 ==> begin door := SHUT; end;\n"
  private static let removing = door.replacing("people < 2", with: "people < 1")
  private static let breaking = door.replacing("door = OPEN & people = 0", with: "door = OPEN")

  /// What `review` says of two texts.
  private static func review(
    _ base: String, _ head: String, _ options: String...
  ) throws -> (output: String, errors: String, code: Int32) {
    try Program.inTemporaryFolder { folder in
      try Program.write(base, to: "base.m", in: folder)
      try Program.write(head, to: "head.m", in: folder)
      return try Program.run(["review", "base.m", "head.m"] + options, in: folder)
    }
  }

  private static func firstLine(_ text: String) -> Substring {
    text.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
  }

  /// The text without the breaks of its lines.
  private static func joined(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  private static let kinds = [
    ("harmless", harmless, "head.m: nothing changed but comments and layout", 0),
    ("adding", adding, "head.m: only adds behaviour", 0),
    (
      "breaking", breaking,
      "head.m: worse, violated: invariant \"nobody is locked in\" does not hold, was", 1
    ),
  ]

  @Test(arguments: kinds.map { ($0.0, $0.1, $0.2, Int32($0.3)) })
  func theFirstLineSaysIt(name: String, head: String, line: String, code: Int32) throws {
    let found = try Self.review(Self.door, head)
    #expect(Self.firstLine(found.output) == line, "\(name): \(found.output)")
    #expect(found.code == code && found.errors.isEmpty, "\(name): \(found.errors)")
    for line in found.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
  }

  /// Less can happen, and a measure does not go further than before.
  @Test func whatIsGoneIsShown() throws {
    let found = try Self.review(Self.door, Self.removing)
    #expect(found.code == 0)
    #expect(Self.firstLine(found.output) == "head.m: only removes behaviour")
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
    let back = try Self.review(Self.removing, Self.door)
    #expect(back.code == 1)
    #expect(
      Self.firstLine(back.output) == "head.m: worse, \"people inside\" is 0 to 2, was 0 to 1")
  }

  /// The door shuts on whoever stands in it, and may be looked at: that is new sooner.
  private static let breakingLater =
    breaking + "rule \"guest: knock\" door = OPEN & people = 0 ==> begin people := 0; end;\n"

  @Test func theRunToAViolationIsShownBesideTheShortestNewRun() throws {
    let found = try Self.review(Self.door, Self.breakingLater)
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
    let same = try Self.review(Self.door, Self.breaking)
    #expect(
      same.output.contains("the shortest run that is new, and the run to the violation:"),
      "\(same.output)")
    #expect(same.output.ranges(of: "door = SHUT\n").count == 1)
    let json = try Self.review(Self.door, Self.breakingLater, "--format", "json")
    let size = try Self.sizes(json.output).first
    let steps = (size?["violation"] as? [String: Any])?["steps"] as? [[String: Any]]
    #expect(
      steps?.map { $0["rule"] as? String } == ["start", "guest: come in", "door: shut"],
      "\(json.output)")
    #expect(size?["repaired"] as? Bool == false)
  }

  private static func sizes(_ output: String) throws -> [[String: Any]] {
    let document = try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any]
    let model = (document?["models"] as? [[String: Any]])?.first
    return model?["sizes"] as? [[String: Any]] ?? []
  }

  @Test func aRepairIsSaidFirst() throws {
    let found = try Self.review(Self.breaking, Self.door)
    #expect(found.code == 0)
    let words = Self.joined(found.output)
    #expect(
      words.hasPrefix(
        "head.m: repaired, was violated: invariant \"nobody is locked in\" does not hold; only removes"
          + " behaviour"), "\(found.output)")
    #expect(!words.contains("the run to the violation"))
    let json = try Self.review(Self.breaking, Self.door, "--format", "json")
    #expect(try Self.sizes(json.output).first?["repaired"] as? Bool == true)
    // What is worse beside it goes first.
    let worse = try Self.review(
      Self.breaking, Self.door.replacing("measure \"people", with: "measure \"persons"))
    #expect(worse.code == 1)
    #expect(
      Self.joined(worse.output).hasPrefix(
        "head.m: worse, measure \"people inside\" is gone; repaired: was violated: invariant"),
      "\(worse.output)")
  }

  @Test func propertiesAreCompared() throws {
    let weaker = Self.door.replacing("door = SHUT -> people = 0", with: "people <= 2")
    let found = try Self.review(Self.door, weaker)
    #expect(found.code == 1, "true in all reachable states, as it was, and asks nothing any more")
    #expect(
      Self.firstLine(found.output).contains(
        "worse, invariant \"nobody is locked in\" says something else"),
      "\(found.output)")
    let gone = Self.door.replacing("invariant \"nobody", with: "cover \"nobody")
    let removed = try Self.review(Self.door, gone)
    #expect(removed.code == 1)
    #expect(removed.output.contains("invariant \"nobody is locked in\" is gone"))
    #expect(removed.output.contains("cover \"nobody is locked in\" is new"))
    let stronger = try Self.review(
      Self.door, Self.door.replacing("door = SHUT -> people = 0", with: "people = 0"))
    #expect(stronger.output.contains("\"nobody is locked in\" is stronger"), "\(stronger.output)")
    #expect(stronger.code == 1)
  }

  @Test func documentsAreForMachinesAndMerges() throws {
    let json = try Self.review(Self.door, Self.adding, "--format", "json")
    let document = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any]
    let model = (document?["models"] as? [[String: Any]])?.first
    #expect(model?["conclusion"] as? String == "added")
    let size = (model?["sizes"] as? [[String: Any]])?.first
    let steps = (size?["added"] as? [String: Any])?["steps"] as? [[String: Any]]
    #expect(steps?.map { $0["rule"] as? String } == ["start", "guest: look in"])
    #expect(steps?.last?["actor"] as? String == "guest")
    #expect((size?["removed"] as? [String: Any])?["answer"] as? String == "none")
    let markdown = try Self.review(Self.door, Self.breaking, "--format", "markdown").output
    #expect(markdown.hasPrefix("## head.m: worse, violated: "))
    #expect(markdown.contains("| size | verdict | states |"))
    #expect(markdown.contains("```text\n1. start\n"))
    let mail = try Self.review(Self.door, Self.breaking, "--format", "mail").output
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
      let model = Self.door.replacing("var door", with: "const MOST: 2; LAMPS: 1; var door")
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
        Self.scenarios("  - { name: other, model: other.m, expect: holds }\n"), to: "other.yml",
        in: folder)
      let none = try rows("--scenarios", "other.yml", "--set", "MOST=1", "--against", "MOST=2")
      #expect(none == ["MOST=2 > 1"])
    }
  }

  // MARK: - What is wrong

  @Test func whatCannotBeComparedIsSaid() throws {
    // An error that goes is no change for the worse, one that comes is.
    let repaired = try Self.review(Self.door + "rule", Self.door)
    #expect(repaired.code == 0)
    #expect(Self.firstLine(repaired.output) == "head.m: it could not be read before")
    let broken = try Self.review(Self.door, Self.door + "rule")
    #expect(broken.code == 1)
    #expect(Self.firstLine(broken.output) == "head.m: worse, it cannot be read any more")
    #expect(broken.output.contains("head.m:10:"), "\(broken.output)")
    let both = try Self.review(Self.door + "rule", Self.door + "rule rule")
    #expect(both.code == 2)
    let other = try Self.review(
      Self.door,
      "var x: boolean; startstate \"start\" begin x := false; end;"
        + "rule \"flip\" begin x := !x; end;")
    #expect(other.code == 1)
    #expect(other.output.contains("rule \"flip\" is new and fires"), "\(other.output)")
    for call in [["review", "a.m"], ["review", "a.m", "b.m", "c.m"], ["review"]] {
      #expect(try Program.run(call).code == 2)
    }
    #expect(try Program.run(["review", "gone.m", "Models/hotswap.m"]).code == 2)
    // A limit.
    let limited = try Self.review(Self.door, Self.adding, "--max-states", "2")
    #expect(limited.code == 3, "\(limited.output)")
    #expect(Self.firstLine(limited.output) == "head.m: undecided")
  }

  // MARK: - Ranges of git

  @Test func aRangeOfGitIsReviewed() throws {
    let repository = try TemporaryRepository()
    try repository.write(Self.door, to: "models/door.m")
    try repository.write("other\n", to: "notes.txt")
    try repository.commit("the door")
    func review(_ head: String, _ range: String = "HEAD~1..HEAD") throws -> (String, Int32) {
      try repository.write(head, to: "models/door.m")
      try repository.commit("a change")
      let found = try Program.run(["review", range], in: repository.root)
      #expect(found.errors.isEmpty)
      return (String(Self.firstLine(found.output)), found.code)
    }
    #expect(
      try review(Self.harmless)
        == ("models/door.m: nothing changed but comments and layout", 0))
    #expect(try review(Self.adding) == ("models/door.m: only adds behaviour", 0))
    #expect(
      try review(Self.door) == (
        "models/door.m: worse, rule \"guest: look in\" never fires any more", 1
      ))
    #expect(try review(Self.breaking).1 == 1)
    #expect(
      try review(Self.breaking) == (
        "HEAD~1..HEAD: no model, variant, layout or scenario has changed", 0
      ))
    // A file that is gone.
    try repository.remove("models/door.m")
    try repository.commit("no door")
    let gone = try Program.run(["review", "HEAD~1..HEAD"], in: repository.root)
    #expect(gone.output == "models/door.m: worse, it is gone\n" && gone.code == 1)
    let unknown = try Program.run(["review", "nowhere..HEAD"], in: repository.root)
    #expect(unknown.code == 2 && unknown.errors.contains("nowhere"))
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
    try repository.write(Self.door, to: path)
    try repository.write(Self.door, to: "other.m")
    try repository.write(Self.door, to: "third.m")
    try repository.commit("the door")
    try repository.write(Self.breaking, to: path)
    try repository.write(Self.breaking, to: "other.m")
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
        Self.joined(outside.errors).contains("(or any of the parent directories): .git hint:"))
      expectShort(outside)
    }
    // A size with a long name.
    try repository.write(
      "version: 1\nscenarios:\n  - name: door\n    model: other.m\n    expect: holds\n    sizes:\n"
        + "      - { name: \(String(repeating: "with people ", count: 6)), tags: quick }\n"
        + "      - { name: few, symmetry: off, tags: quick }\n", to: "swapcheck.yml")
    try repository.write(Self.adding, to: "other.m")
    let sized = try Program.run(["review", path, "other.m"], in: repository.root)
    #expect(sized.output.contains("rules fired"), "\(sized.output)")
    expectShort(sized)
    // What is wrong with a model, but for its lines.
    try repository.write(
      Self.door + "rule \"an\" nobody_who_lives_in_this_house_and_has_a_key = 1 ==> begin end;",
      to: path)
    try repository.commit("an error")
    let unread = try Program.run(["review", "HEAD~1..HEAD"], in: repository.root)
    #expect(unread.code == 1)
    let message = unread.output.split(separator: "\n").filter { !$0.contains("| ") }
    #expect(message.contains { $0.contains("error[E") }, "\(unread.output)")
    for line in message { #expect(line.count <= 80, "\(line)") }
  }

  @Test func linksInARangeAreFollowedWithinIt() throws {
    let repository = try TemporaryRepository()
    func link(_ name: String, to target: String) throws {
      let path = repository.root.path + "/" + name
      try? FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }
    try repository.write(Self.door, to: "doors/wooden.m")
    try repository.write(Self.adding, to: "doors/glass.m")
    try link("door.m", to: "doors/wooden.m")
    try repository.commit("the door")
    // A link to another model is another model.
    try link("door.m", to: "doors/glass.m")
    let other = try Self.lastCommit(repository)
    #expect(other.output.hasPrefix("door.m: only adds behaviour") && other.code == 0)
    // What cannot be followed any more is not there any more.
    try link("door.m", to: "/etc/passwd")
    try link("new.m", to: "nothing.m")
    try link("old.patch", to: "../outside.patch")
    let gone = try Self.lastCommit(repository)
    #expect(gone.code == 1)
    for words in [
      "door.m: worse, it cannot be read any more: door.m is a link that leads out of the repository",
      "new.m: not looked at: a link that leads to nothing",
      "old.patch: not looked at: a link that leads out of the repository",
    ] {
      #expect(gone.output.contains(words), "\(gone.output)")
    }
    #expect(!gone.output.contains("root"))
    // Neither before nor after.
    try link("door.m", to: "/etc/hostname")
    let neither = try Self.lastCommit(repository)
    #expect(
      neither.output == "door.m: not looked at: a link that leads out of the repository"
        && neither.code == 0, "\(neither.output)")
    try link("door.m", to: "doors/wooden.m")
    let back = try Self.lastCommit(repository)
    #expect(
      back.output.hasPrefix("door.m: it could not be read before") && back.code == 0,
      "\(back.output)")
    // The file of scenarios, and a layout.
    try repository.write(Self.layout, to: "real.yml")
    try repository.write(
      "00001000-0009ffff : System RAM\n00100000-ffffffff : System RAM\n", to: "machine.txt")
    try link("layout.yml", to: "real.yml")
    try repository.write(
      Self.scenarios("  - { name: small, layout: layout.yml, expect: fits }\n"), to: "doors/s.yml")
    try link("swapcheck.yml", to: "doors/s.yml")
    _ = try Self.lastCommit(repository)
    try repository.write(
      Self.layout.replacing("initrd: 20MiB", with: "initrd: 8000MiB"), to: "real.yml")
    try repository.write(
      Self.scenarios("  - { name: large, layout: layout.yml, expect: fits }\n"), to: "doors/s.yml")
    let layout = try Self.lastCommit(repository)
    #expect(layout.code == 1)
    #expect(layout.output.contains("layout.yml: worse, it does not fit"), "\(layout.output)")
    #expect(layout.output.contains("worse: `small` is gone"), "\(layout.output)")
    try link("swapcheck.yml", to: "/etc/passwd")
    let broken = try Self.lastCommit(repository)
    #expect(broken.code == 1)
    #expect(
      broken.output.contains("swapcheck.yml: worse, it cannot be read any more"),
      "\(broken.output)")
  }

  // MARK: - What else a range touches

  /// The sections of a review of the last commit, by what they are about, and its exit code.
  private static func lastCommit(
    _ repository: TemporaryRepository, _ options: String...
  ) throws -> (output: String, code: Int32) {
    try repository.commit("a change")
    let found = try Program.run(["review", "HEAD~1..HEAD"] + options, in: repository.root)
    #expect(found.errors.isEmpty, "\(found.errors)")
    for line in found.output.split(separator: "\n") { #expect(line.count <= 80, "\(line)") }
    return (joined(found.output), found.code)
  }

  private static func scenarios(_ entries: String) -> String {
    "version: 1\nscenarios:\n" + entries
  }

  private static let doorScenario =
    "  - { name: door, model: door.m, expect: holds, measure: { people inside: 0..2 } }\n"

  @Test func whatScenariosAskIsReviewed() throws {
    let repository = try TemporaryRepository()
    let model = Self.door.replacing("var door", with: "const MOST: 2;\n  var door")
      .replacing("people < 2", with: "people < MOST").replacing("0 .. 2;", with: "0 .. 9;")
    try repository.write(model, to: "door.m")
    try repository.write(Self.scenarios(Self.doorScenario), to: "swapcheck.yml")
    try repository.commit("the door")
    func review(_ entries: String) throws -> (output: String, code: Int32) {
      try repository.write(Self.scenarios(entries), to: "swapcheck.yml")
      return try Self.lastCommit(repository)
    }
    // Less is asked.
    let wider = try review(Self.doorScenario.replacing("0..2", with: "0..5"))
    #expect(wider.code == 1)
    #expect(wider.output.contains("worse: `door` expects measure \"people inside\" 0..5, was 0..2"))
    // More is asked.
    let narrower = try review(Self.doorScenario)
    #expect(narrower.code == 0, "\(narrower.output)")
    #expect(narrower.output.hasPrefix("swapcheck.yml: 1 change, none of which asks less"))
    let more = try review(Self.doorScenario + Self.doorScenario.replacing("door,", with: "again,"))
    #expect(more.output.contains("`again` is new") && more.code == 0)
    let gone = try review(Self.doorScenario)
    #expect(gone.output.contains("worse: `again` is gone") && gone.code == 1)
    let other = try review(Self.doorScenario.replacing("holds", with: "deadlock"))
    #expect(other.output.contains("worse: `door` expects deadlock, expected holds"))
    #expect(other.code == 1)
    for (change, words) in [
      ("expect: holds, without: \"guest: leave\"", "is looked at without the rule"),
      ("expect: holds, deadlock: \"off\"", "is checked with deadlock off, was stuttering"),
    ] {
      _ = try review(Self.doorScenario)
      let less = try review(Self.doorScenario.replacing("expect: holds", with: change))
      #expect(less.code == 1 && less.output.contains("worse: `door` \(words)"), "\(less.output)")
    }
    _ = try review(Self.doorScenario + "min-scores: { door.m: 50 }\n")
    let lower = try review(Self.doorScenario + "min-scores: { door.m: 5 }\n")
    #expect(lower.code == 1)
    #expect(lower.output.contains("`door.m` is to have the score 5.0, was 50.0"), "\(lower.output)")
    _ = try review(Self.doorScenario)
    // Another size is looked at.
    let larger = try review(Self.doorScenario.replacing("expect", with: "set: { MOST: 3 }, expect"))
    #expect(larger.output.contains("`door` sets `MOST` to 3, was what the model says"))
    #expect(larger.output.contains("door.m, scenario `door`:"), "\(larger.output)")
    #expect(larger.output.contains("measure \"people inside\" is 0 to 3, was 0 to 2"))
    #expect(larger.code == 1)
    // What cannot be read any more.
    let broken = try review("  - { nme: door }\n")
    #expect(broken.output.contains("swapcheck.yml: worse, it cannot be read any more"))
    #expect(broken.code == 1)
  }

  private static let layout = """
    version: 1
    map: machine.txt
    kernel: { architecture: x86_64, size: 64MiB, alignment: 2MiB, address: 0x1000000 }
    initrd: 20MiB
    unpacked-initrd: 60MiB
    memory: 1GiB
    processors: 2

    """

  @Test func layoutsInARangeAreDecidedAsTheyWereAndAsTheyAre() throws {
    let repository = try TemporaryRepository()
    try repository.write(Self.layout, to: "memory/small.yml")
    try repository.write(
      "00001000-0009ffff : System RAM\n00100000-ffffffff : System RAM\n", to: "memory/machine.txt")
    try repository.write(
      Self.scenarios("  - { name: small, layout: memory/small.yml, expect: fits }\n"),
      to: "swapcheck.yml")
    try repository.commit("a machine")
    // The map alone changes.
    try repository.write(
      "00001000-0009ffff : System RAM\n00100000-03ffffff : System RAM\n", to: "memory/machine.txt")
    let smaller = try Self.lastCommit(repository)
    #expect(
      smaller.output.hasPrefix(
        "memory/small.yml: worse, it does not fit, before the change it fits"), "\(smaller.output)")
    #expect(smaller.code == 1)
    // The layout alone does, in a way that does not matter.
    try repository.write("# Small.\n" + Self.layout, to: "memory/small.yml")
    let same = try Self.lastCommit(repository)
    #expect(same.output == "memory/small.yml: as before, it does not fit" && same.code == 0)
    try repository.write(
      "00001000-0009ffff : System RAM\n00100000-ffffffff : System RAM\n", to: "memory/machine.txt")
    #expect(
      try Self.lastCommit(repository).output.hasPrefix(
        "memory/small.yml: it fits, before the change it does not fit"))
    try repository.remove("memory/machine.txt")
    let unread = try Self.lastCommit(repository)
    #expect(unread.output.hasPrefix("memory/small.yml: worse, it cannot be decided any more"))
    #expect(unread.code == 1)
    #expect(!unread.output.contains("/swapcheck-"), "\(unread.output)")
    func commit(_ name: String) throws -> String {
      String(try repository.git("rev-parse", "--short=12", name).dropLast())
    }
    let unreadHead = try commit("HEAD")
    #expect(
      unread.output.contains("\(unreadHead):memory/machine.txt: cannot be read"),
      "\(unread.output)")
    // It was not to be decided before, and what it says is no layout.
    try repository.write(Self.layout + "nonsense: 1\n", to: "memory/small.yml")
    let still = try Self.lastCommit(repository)
    #expect(still.output.hasPrefix("memory/small.yml: it cannot be decided, as before"))
    #expect(still.output.contains("\(try commit("HEAD")):memory/small.yml:"), "\(still.output)")
    #expect(still.code == 3)
    try repository.write(Self.layout, to: "memory/small.yml")
    try repository.write(
      "00001000-0009ffff : System RAM\n00100000-ffffffff : System RAM\n", to: "memory/machine.txt")
    let again = try Self.lastCommit(repository)
    #expect(again.output.hasPrefix("memory/small.yml: it fits; it could not be decided before"))
    #expect(again.output.contains("\(try commit("HEAD~1")):memory/small.yml:"), "\(again.output)")
    #expect(again.code == 0)
    try repository.remove("memory/small.yml")
    #expect(try Self.lastCommit(repository).output == "memory/small.yml: worse, it is gone")
  }

  /// Programs are told what people are told.
  @Test func theDocumentOfARangeSaysWhatTheTextSays() throws {
    let repository = try TemporaryRepository()
    try repository.write(Self.door, to: "door.m")
    try repository.write(Self.layout, to: "memory/small.yml")
    try repository.write("00100000-ffffffff : System RAM\n", to: "memory/machine.txt")
    let layout = "  - { name: small, layout: memory/small.yml, expect: fits }\n"
    try repository.write(Self.scenarios(Self.doorScenario + layout), to: "swapcheck.yml")
    try repository.commit("a machine")
    try repository.write("00100000-03ffffff : System RAM\n", to: "memory/machine.txt")
    try repository.write(
      Self.scenarios(Self.doorScenario.replacing("0..2", with: "0..5") + layout),
      to: "swapcheck.yml")
    try repository.write(Self.door + "rule", to: "door.m")
    let text = try Self.lastCommit(repository)
    let found = try Program.run(
      ["review", "HEAD~1..HEAD", "--format", "json"], in: repository.root)
    let document = try JSONSerialization.jsonObject(with: Data(found.output.utf8)) as? [String: Any]
    let entries = document?["models"] as? [[String: Any]] ?? []
    func entry(_ name: String) -> [String: Any]? {
      entries.first { $0["model"] as? String == name }
    }
    let change = (entry("swapcheck.yml")?["changes"] as? [[String: Any]])?.first
    #expect(change?["name"] as? String == "door" && change?["worse"] as? Bool == true)
    #expect(
      change?["change"] as? String == "expects measure \"people inside\" 0..5, was 0..2")
    for name in ["memory/small.yml", "door.m"] {
      let lines = entry(name)?["lines"] as? [String] ?? []
      #expect(!lines.isEmpty, "\(found.output)")
      for line in lines { #expect(text.output.contains(Self.joined(line)), "\(line)") }
    }
  }

  @Test func variantsThatComeAndGoAreSaid() throws {
    let repository = try TemporaryRepository()
    try repository.write(Self.door, to: "door.m")
    try repository.commit("the door")
    try repository.write(Self.breaking, to: "door.m")
    let patch = try repository.git("diff")
    try repository.write(Self.door, to: "door.m")
    try repository.write(patch, to: "door/crush.patch")
    try repository.write("no patch\n", to: "door/notes.patch")
    let new = try Self.lastCommit(repository)
    #expect(new.output == "door/crush.patch: a new variant" && new.code == 0)
    try repository.remove("door/crush.patch")
    let gone = try Self.lastCommit(repository)
    #expect(gone.output.hasPrefix("door/crush.patch: worse, the variant is gone"))
    #expect(gone.code == 1)
    try repository.write("Violates: deadlock\n\n" + patch, to: "door/crush.patch")
    _ = try Self.lastCommit(repository)
    try repository.write("Expect: holds\n\n" + patch, to: "door/crush.patch")
    let other = try Self.lastCommit(repository)
    #expect(other.code == 1)
    #expect(
      other.output.contains("expects holds, expected deadlock"), "\(other.output)")
    // The model goes on, and leaves it behind.
    try repository.write(
      Self.door.replacing("door = OPEN & people = 0", with: "door = OPEN & (people = 0)"),
      to: "door.m")
    let behind = try Self.lastCommit(repository)
    #expect(behind.code == 1)
    #expect(
      behind.output.contains("the variant does not fit the model any more"), "\(behind.output)")
  }

  @Test func aRenameThatIsGivenIsNoGuess() throws {
    let renamed = Self.door.replacing("door: open", with: "wind: blow open")
    let guessed = try Self.review(Self.door, renamed)
    #expect(Self.joined(guessed.output).contains("(guessed from the rest of its text)"))
    let given = try Self.review(
      Self.door, renamed, "--rename", "door: open=wind: blow open")
    #expect(given.output.contains("was called \"door: open\""), "\(given.output)")
    #expect(!given.output.contains("guessed"))
  }

  // MARK: - What is looked at

  @Test func whatIsObservedCanBeChosen() throws {
    // Who looks at people alone does not see who opens the door.
    let renamed = Self.door.replacing("door: open", with: "wind: blow open")
      .replacing("door = SHUT ==>", with: "door != OPEN ==>")
    let people = try Self.review(Self.door, renamed, "--observe", "people")
    #expect(people.code == 1, "a rule is gone")
    #expect(
      Self.joined(people.output).contains(
        "Every run of one is a run of the other. Seen is what becomes of `people`"),
      "\(people.output)")
    let count = try Self.review(Self.door, Self.removing, "--observe", "people > 1")
    #expect(count.output.contains("the shortest run that is gone"), "\(count.output)")
    let never = try Self.review(Self.door, Self.removing, "--observe", "people > 2")
    #expect(never.output.contains("Every run of one is a run of the other."))
    for (text, words) in [
      ("nobody", "no name `nobody`"),
      ("people, nobody", "there is no variable `nobody` before the change"),
      ("people;", "--observe takes"), ("people) = (1", "takes"),
      ("messages", "no variable of both models is a multiset"), ("1 +", "before the change"),
    ] {
      let refused = try Self.review(Self.door, Self.adding, "--observe", text)
      #expect(refused.code == 2 && refused.errors.contains(words), "\(text): \(refused.errors)")
    }
  }

  /// Models that are no versions of each other have other names for the same, and other constants.
  @Test func eachModelMayBeLookedAtInItsOwnWords() throws {
    let lift = """
      const ROOM: 1;
      var inside: 0 .. 4; isOpen: boolean;
      startstate "start" begin inside := 0; isOpen := false; end;
      rule "open or shut" inside = 0 ==> begin isOpen := !isOpen; end;
      rule "come in" isOpen & inside < ROOM ==> begin inside := inside + 1; end;
      rule "go" inside > 0 ==> begin inside := inside - 1; end;

      """
    let words = ["--observe", "2 * inside", "--observe-against", "people + people"]
    func compared(_ options: String...) throws -> String {
      try Program.inTemporaryFolder { folder in
        let door = Self.door.replacing("people < 2", with: "people < ROOM")
        try Program.write("const ROOM: 2;\n" + door, to: "door.m", in: folder)
        try Program.write(lift, to: "lift.m", in: folder)
        let found = try Program.run(
          ["review", "door.m", "lift.m"] + words + options, in: folder)
        return Self.joined(found.output) + found.errors
      }
    }
    let small = try compared("--set", "ROOM=1", "--against", "ROOM=2")
    #expect(
      small.contains("the shortest run that is gone")
        && !small.contains("the shortest run that is new"), "\(small)")
    let same = try compared("--set", "ROOM=2")
    #expect(
      same.contains("Every run of one is a run of the other. Seen is what becomes of")
        && same.contains("`people + people`, `2 * inside`"), "\(same)")
    let large = try compared("--set", "ROOM=3", "--against", "ROOM=2")
    #expect(
      large.contains("the shortest run that is new")
        && !large.contains("the shortest run that is gone"), "\(large)")
    let unknown = try compared("--set", "ROOM=2", "--against", "NOPE=1")
    #expect(unknown.contains("NOPE"), "\(unknown)")
  }

  @Test func whatIsObservedInEachModelIsAnExpression() throws {
    for (after, before, words) in [
      ("actors", "people", "take an expression each: actors"),
      ("people", "messages", "take an expression each: messages"),
      ("people", "people) = (1", "take an expression each: people) = (1"),
      ("people", "nobody", "--observe-against nobody: no name `nobody`"),
      ("nobody", "people", "--observe nobody: no name `nobody`"),
    ] {
      let refused = try Self.review(
        Self.door, Self.adding, "--observe", after, "--observe-against", before)
      #expect(refused.code == 2 && refused.errors.contains(words), "\(refused.errors)")
    }
    let alone = try Self.review(Self.door, Self.adding, "--observe-against", "people")
    #expect(alone.code != 0 && alone.errors.contains("take an expression each: rules"))
  }

  /// Over all states that the types allow, and over those that are reached.
  @Test func strengthIsSaidOfTypedStatesToo() throws {
    let equal = try Self.review(
      Self.door,
      Self.door.replacing("door = SHUT -> people = 0", with: "!(door = SHUT & people > 0)"))
    #expect(
      Self.joined(equal.output).contains("is true in the same states of all there could be"),
      "\(equal.output)")
    let weaker = try Self.review(
      Self.door, Self.door.replacing("door = SHUT -> people = 0", with: "door = SHUT -> people < 2")
    )
    #expect(
      Self.joined(weaker.output).contains(
        "is weaker in states that could be, and true in the same of those that are reached"),
      "\(weaker.output)")
    #expect(weaker.code == 1)
    // Another variable does not hide it.
    let hidden = try Self.review(
      Self.door,
      Self.door.replacing("door = SHUT -> people = 0", with: "true")
        .replacing("var door", with: "var lamp: boolean; door"))
    #expect(hidden.code == 1, "\(hidden.output)")
    #expect(hidden.output.contains("\"nobody is locked in\" is weaker"), "\(hidden.output)")
    // What Z3 is not asked is not known, and said so.
    let unknown = try Self.review(
      Self.door, Self.door.replacing("door = SHUT -> people = 0", with: "people * people <= 4"))
    #expect(unknown.code == 3, "\(unknown.output)")
  }

  /// What Z3 is not asked may be told by the text, and is left to a person where it is not.
  @Test(arguments: [
    // In another order, with other names of what is bound, and apart.
    (
      "A(p) & B() & (forall i: 0..1 do C(i) end)", "(forall k: 0..1 do C(k) end) & B() & A(p)", 0,
      "says the same in other words, or in another order"
    ),
    (
      "p >= 0 -> (A(p) & B())", "(p >= 0 -> B()) & (p >= 0 -> A(p))", 0,
      "says the same in other words, or in another order"
    ),
    (
      "A(p)", "B() & A(p)", 0,
      "asks in any state for what it asked for, and for `B()` besides"
    ),
    // Less, something else, and what an error could keep from being evaluated.
    ("A(p) & B()", "B()", 3, "see whether it asks for less, without `A(p)`"),
    ("A(p)", "A(p) | B()", 3, "see whether it asks for less, with `A(p) | B()` for `A(p)`"),
    ("A(p) | B()", "B() | A(p)", 3, "see whether it asks for less"),
    ("!(A(p) & B()) -> p < 0", "!(B() & A(p)) -> p < 0", 3, "see whether it asks for less"),
    (
      "forall i: 0..1 do C(i) end", "forall i: 0..0 do C(i) end", 3,
      "see whether it asks for less"
    ),
  ])
  func textTellsWhatZ3IsNotAsked(_ old: String, _ new: String, _ code: Int32, _ words: String)
    throws
  {
    // All are true in all states; loops without a known end are not for Z3.
    let model = Self.door.replacing(
      "startstate",
      with: """
        function A(n: 0 .. 2): boolean; var m: 0 .. 3; begin
          m := 0;
          while m < n do m := m + 1; end;
          return m = n;
        end;
        function B(): boolean; begin return A(people); end;
        function C(n: 0 .. 1): boolean; begin return A(n); end;
        startstate
        """
    ).replacing("invariant", with: "invariant \"loops\" OLD;\ninvariant")
    let (base, head) = (old, new)
    let found = try Self.review(
      model.replacing("OLD", with: base.replacing("p", with: "people")),
      model.replacing("OLD", with: head.replacing("p", with: "people")))
    #expect(found.code == code, "\(found.output)")
    #expect(
      Self.joined(found.output).contains(words.replacing("p)", with: "people)")),
      "\(found.output)")
  }

  /// What a function says that a property calls is a part of it.
  @Test func whatIsCalledIsLookedAtToo() throws {
    func model(_ bound: String) -> String {
      Self.door.replacing(
        "startstate",
        with:
          "function A(): boolean; var m: 0 .. 3; begin m := 0; while m < \(bound) do m := m + 1; "
          + "end; return m >= people; end; startstate"
      ).replacing("invariant", with: "invariant \"loops\" A();\ninvariant")
    }
    let found = try Self.review(model("2"), model("3"))
    #expect(found.code == 3)
    #expect(
      Self.joined(found.output).contains("see whether it asks for less, in what it calls"),
      "\(found.output)")
    // Z3 is asked where there is no such loop.
    let plain = Self.door.replacing(
      "startstate",
      with: "function B(): boolean; begin return people < 2 | door = OPEN; end; startstate"
    ).replacing("invariant", with: "invariant \"calls\" B();\ninvariant")
    let weaker = try Self.review(plain, plain.replacing("people < 2 |", with: "people < 3 |"))
    #expect(weaker.code == 1 && weaker.output.contains("\"calls\" is weaker"), "\(weaker.output)")
    // In other words.
    let same = try Self.review(model("2"), model("(2)"))
    #expect(same.code == 0, "\(same.output)")
    #expect(same.output.contains("says the same in other words"), "\(same.output)")
  }

  /// The product of models whose variables have one name is compiled, as any model is.
  @Test func productsAreCompiled() throws {
    let found = try Program.inTemporaryFolder { folder in
      try Program.write(Self.door, to: "base.m", in: folder)
      try Program.write(Self.adding, to: "head.m", in: folder)
      return try Program.run(
        ["review", "base.m", "head.m", "--executor", "native"], in: folder,
        environment: ["SWAPCHECK_REQUIRE_COMPILED": "1"])
    }
    #expect(Self.firstLine(found.output) == "head.m: only adds behaviour", "\(found.output)")
  }

  @Test func wrongNamesAreSaid() throws {
    for options in [
      ["--ignore", "nobody"], ["--rename", "nobody=guest: leave"],
      ["--rename", "guest: leave=nobody"],
    ] {
      let found = try Self.review(Self.door, Self.adding, options[0], options[1])
      #expect(found.code == 2 && found.errors.contains("nobody"), "\(options): \(found.errors)")
    }
    let constant = try Program.run(["review", "Models/handover.m", "--against", "NOPE=1"])
    #expect(constant.code == 2 && constant.errors.contains("NOPE"), "\(constant.errors)")
  }
}
