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

  @Test func propertiesAreCompared() throws {
    let weaker = Self.door.replacing("door = SHUT -> people = 0", with: "people <= 2")
    let found = try Self.review(Self.door, weaker)
    #expect(found.code == 0, "both are true in all reachable states")
    #expect(
      Self.joined(found.output).contains(
        "has another text, and is true in the same reachable states"),
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
    #expect(try review(Self.breaking) == ("HEAD~1..HEAD: no model has changed", 0))
    // A file that is gone.
    try repository.remove("models/door.m")
    try repository.commit("no door")
    let gone = try Program.run(["review", "HEAD~1..HEAD"], in: repository.root)
    #expect(gone.output == "models/door.m: worse, it is gone\n" && gone.code == 1)
    let unknown = try Program.run(["review", "nowhere..HEAD"], in: repository.root)
    #expect(unknown.code == 2 && unknown.errors.contains("nowhere"))
  }
}
