import Foundation
import TestSupport
import Testing

/// What is looked at of a step, where that is something else than its rule.
@Suite struct ReviewObservationTests {
  private typealias Door = ReviewedDoor

  @Test func whatIsObservedCanBeChosen() throws {
    // Who looks at people alone does not see who opens the door.
    let renamed = Door.text.replacing("door: open", with: "wind: blow open")
      .replacing("door = SHUT ==>", with: "door != OPEN ==>")
    let people = try Door.review(Door.text, renamed, "--observe", "people")
    #expect(people.code == 1, "a rule is gone")
    #expect(
      Door.joined(people.output).contains(
        "Every run of one is a run of the other. Seen is what becomes of `people`"),
      "\(people.output)")
    let count = try Door.review(Door.text, Door.removing, "--observe", "people > 1")
    #expect(count.output.contains("the shortest run that is gone"), "\(count.output)")
    let never = try Door.review(Door.text, Door.removing, "--observe", "people > 2")
    #expect(never.output.contains("Every run of one is a run of the other."))
    for (text, words) in [
      ("nobody", "no name `nobody`"),
      ("people, nobody", "there is no variable `nobody` before the change"),
      ("people;", "--observe takes"), ("people) = (1", "takes"),
      ("messages", "no variable of both models is a multiset"), ("1 +", "before the change"),
    ] {
      let refused = try Door.review(Door.text, Door.adding, "--observe", text)
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
        let door = Door.text.replacing("people < 2", with: "people < ROOM")
        try Program.write("const ROOM: 2;\n" + door, to: "door.m", in: folder)
        try Program.write(lift, to: "lift.m", in: folder)
        let found = try Program.run(
          ["review", "door.m", "lift.m"] + words + options, in: folder)
        return Door.joined(found.output) + found.errors
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
      let refused = try Door.review(
        Door.text, Door.adding, "--observe", after, "--observe-against", before)
      #expect(refused.code == 2 && refused.errors.contains(words), "\(refused.errors)")
    }
    let alone = try Door.review(Door.text, Door.adding, "--observe-against", "people")
    #expect(alone.code != 0 && alone.errors.contains("take an expression each: rules"))
  }
}
