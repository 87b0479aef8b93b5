import Foundation
import TestSupport

/// A door that closes by itself once nobody stands in it, with changes of it that reviews are tested by.
enum ReviewedDoor {
  static let text = """
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

  static let harmless = text.replacing("type door_t", with: "-- The door.\n  type door_t")
  static let adding =
    text + "rule \"guest: look in\" door = OPEN & people = 0 ==> begin door := SHUT; end;\n"
  static let removing = text.replacing("people < 2", with: "people < 1")
  static let breaking = text.replacing("door = OPEN & people = 0", with: "door = OPEN")

  /// What `review` says of two texts.
  static func review(
    _ base: String, _ head: String, _ options: String...
  ) throws -> (output: String, errors: String, code: Int32) {
    try Program.inTemporaryFolder { folder in
      try Program.write(base, to: "base.m", in: folder)
      try Program.write(head, to: "head.m", in: folder)
      return try Program.run(["review", "base.m", "head.m"] + options, in: folder)
    }
  }

  static func firstLine(_ text: String) -> Substring {
    text.split(separator: "\n", omittingEmptySubsequences: false).first ?? ""
  }

  /// The text without the breaks of its lines.
  static func joined(_ text: String) -> String {
    text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
  }

  static func scenarios(_ entries: String) -> String {
    "version: 1\nscenarios:\n" + entries
  }
}
