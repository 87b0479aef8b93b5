import Foundation
import TestSupport
import Testing

/// Ranges of git as reviewers see them: models, and what else they touch.
@Suite struct ReviewRangeTests {
  private typealias Door = ReviewedDoor

  @Test func aRangeOfGitIsReviewed() throws {
    let repository = try TemporaryRepository()
    try repository.write(Door.text, to: "models/door.m")
    try repository.write("other\n", to: "notes.txt")
    try repository.commit("the door")
    func review(_ head: String, _ range: String = "HEAD~1..HEAD") throws -> (String, Int32) {
      try repository.write(head, to: "models/door.m")
      try repository.commit("a change")
      let found = try Program.run(["review", range], in: repository.root)
      #expect(found.errors.isEmpty)
      return (String(Door.firstLine(found.output)), found.code)
    }
    #expect(
      try review(Door.harmless)
        == ("models/door.m: nothing changed but comments and layout", 0))
    #expect(try review(Door.adding) == ("models/door.m: only adds behaviour", 0))
    #expect(
      try review(Door.text) == (
        "models/door.m: worse, rule \"guest: look in\" never fires any more", 1
      ))
    #expect(try review(Door.breaking).1 == 1)
    #expect(
      try review(Door.breaking) == (
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

  @Test func linksInARangeAreFollowedWithinIt() throws {
    let repository = try TemporaryRepository()
    func link(_ name: String, to target: String) throws {
      let path = repository.root.path + "/" + name
      try? FileManager.default.removeItem(atPath: path)
      try FileManager.default.createSymbolicLink(atPath: path, withDestinationPath: target)
    }
    try repository.write(Door.text, to: "doors/wooden.m")
    try repository.write(Door.adding, to: "doors/glass.m")
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
      Door.scenarios("  - { name: small, layout: layout.yml, expect: fits }\n"), to: "doors/s.yml")
    try link("swapcheck.yml", to: "doors/s.yml")
    _ = try Self.lastCommit(repository)
    try repository.write(
      Self.layout.replacing("initrd: 20MiB", with: "initrd: 8000MiB"), to: "real.yml")
    try repository.write(
      Door.scenarios("  - { name: large, layout: layout.yml, expect: fits }\n"), to: "doors/s.yml")
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
    return (Door.joined(found.output), found.code)
  }

  private static let doorScenario =
    "  - { name: door, model: door.m, expect: holds, measure: { people inside: 0..2 } }\n"

  @Test func whatScenariosAskIsReviewed() throws {
    let repository = try TemporaryRepository()
    let model = Door.text.replacing("var door", with: "const MOST: 2;\n  var door")
      .replacing("people < 2", with: "people < MOST").replacing("0 .. 2;", with: "0 .. 9;")
    try repository.write(model, to: "door.m")
    try repository.write(Door.scenarios(Self.doorScenario), to: "swapcheck.yml")
    try repository.commit("the door")
    func review(_ entries: String) throws -> (output: String, code: Int32) {
      try repository.write(Door.scenarios(entries), to: "swapcheck.yml")
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
      Door.scenarios("  - { name: small, layout: memory/small.yml, expect: fits }\n"),
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
    try repository.write(Door.text, to: "door.m")
    try repository.write(Self.layout, to: "memory/small.yml")
    try repository.write("00100000-ffffffff : System RAM\n", to: "memory/machine.txt")
    let layout = "  - { name: small, layout: memory/small.yml, expect: fits }\n"
    try repository.write(Door.scenarios(Self.doorScenario + layout), to: "swapcheck.yml")
    try repository.commit("a machine")
    try repository.write("00100000-03ffffff : System RAM\n", to: "memory/machine.txt")
    try repository.write(
      Door.scenarios(Self.doorScenario.replacing("0..2", with: "0..5") + layout),
      to: "swapcheck.yml")
    try repository.write(Door.text + "rule", to: "door.m")
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
      for line in lines { #expect(text.output.contains(Door.joined(line)), "\(line)") }
    }
  }

  @Test func variantsThatComeAndGoAreSaid() throws {
    let repository = try TemporaryRepository()
    try repository.write(Door.text, to: "door.m")
    try repository.commit("the door")
    try repository.write(Door.breaking, to: "door.m")
    let patch = try repository.git("diff")
    try repository.write(Door.text, to: "door.m")
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
      Door.text.replacing("door = OPEN & people = 0", with: "door = OPEN & (people = 0)"),
      to: "door.m")
    let behind = try Self.lastCommit(repository)
    #expect(behind.code == 1)
    #expect(
      behind.output.contains("the variant does not fit the model any more"), "\(behind.output)")
  }
}
