import Foundation
import TestSupport
import Testing

/// Documents for programs keep to the schemas in docs/schemas, as Python's jsonschema judges it.
@Suite struct SchemaTests {
  /// What the judge says of a document; empty where it keeps to the schema.
  static func complaints(_ document: String, _ schema: String) throws -> String {
    try Program.inTemporaryFolder { folder in
      try Program.write(document, to: "document.json", in: folder)
      return try Python.output([
        "-W", "ignore", "-m", "jsonschema", "-i",
        folder.appendingPathComponent("document.json").path,
        Repository.root.appendingPathComponent("docs/schemas/\(schema)").path,
      ])
    }
  }

  private static let reviewSchema = "review-1.schema.json"

  private static let lamp = """
    var lit: boolean; count: 0 .. 3;
    startstate "start" begin lit := false; count := 0; end;
    rule "hand: press" count < 2 ==> begin lit := !lit; count := count + 1; end;
    rule "hand: reset" count > 0 & !lit ==> begin count := 0; end;
    invariant "counted" count <= 2;
    cover "twice" count = 2;
    measure "presses" count;

    """

  /// Each a change of the lamp.
  private static let changes: [(String, String, String)] = [
    ("comments", "var lit", "-- A lamp.\nvar lit"),
    ("more", "count < 2", "count < 3"),
    ("less", "count < 2", "count < 1"),
    ("fails", "count + 1; end", "count + 4; end"),
    ("otherValues", "lit := !lit;", "lit := lit;"),
    ("weaker", "count <= 2", "count <= 3 | lit"),
    ("violated", "count <= 2", "count <= 1"),
    ("renamed", "hand: reset", "hand: clear"),
    ("unreadable", "startstate", "start"),
    ("gone", "cover \"twice\" count = 2;", ""),
  ]

  @Test(arguments: changes.indices) func reviewsKeepToTheSchema(number: Int) throws {
    let (name, old, new) = Self.changes[number]
    let document = try Program.inTemporaryFolder { folder in
      try Program.write(Self.lamp, to: "base.m", in: folder)
      try Program.write(Self.lamp.replacing(old, with: new), to: "head.m", in: folder)
      return try Program.run(["review", "base.m", "head.m", "--format", "json"], in: folder).output
    }
    #expect(try Self.complaints(document, Self.reviewSchema) == "", "\(name): \(document)")
  }

  @Test(arguments: [["rules"], ["rules", "--hide", "hand: press"], ["actors"]])
  func automataKeepToTheSchema(observed: [String]) throws {
    let document = try Program.inTemporaryFolder { folder in
      try Program.write(Self.lamp, to: "lamp.m", in: folder)
      return try Program.run(
        ["automaton", "lamp.m", "--format", "json", "--observe"] + observed, in: folder
      ).output
    }
    #expect(document.contains("\"states\": ["), "\(document)")
    #expect(try Self.complaints(document, "automaton-1.schema.json") == "", "\(document)")
  }

  /// The judge has to be able to say no.
  @Test func whatDoesNotKeepToTheSchemaIsSeen() throws {
    let document =
      "{\"format\": \"swapcheck-review\", \"version\": 1, \"subject\": 3, \"models\": []}"
    #expect(try Self.complaints(document, Self.reviewSchema).contains("3 is not of type 'string'"))
  }

  @Test func reviewsOfARangeKeepToTheSchema() throws {
    let repository = try TemporaryRepository()
    try repository.write(Self.lamp, to: "lamp.m")
    try repository.write(
      "version: 1\nscenarios:\n  - { name: lamp, model: lamp.m, expect: holds, states: 5 }\n",
      to: "swapcheck.yml")
    try repository.commit("the lamp")
    try repository.write(Self.lamp.replacing("count < 2", with: "count < 1"), to: "lamp.m")
    try repository.write(
      "version: 1\nscenarios:\n  - { name: lamp, model: lamp.m, expect: holds }\n",
      to: "swapcheck.yml")
    try repository.write("", to: "new.m")
    try repository.write("rule", to: "broken.m")
    try repository.commit("a change")
    let found = try Program.run(
      ["review", "HEAD~1..HEAD", "--format", "json"], in: repository.root)
    #expect(found.output.contains("\"conclusion\": \"worse\""), "\(found.output)")
    #expect(try Self.complaints(found.output, Self.reviewSchema) == "", "\(found.output)")
  }

  // MARK: - lint

  private static let lintSchema = "lint-1.schema.json"

  /// The shipped models and a variant, what is not meant, errors with notes and hints, and a name that
  /// is anything.
  @Test func lintReportsKeepToTheSchema() throws {
    let shipped = RepositoryModel.models(below: "Models").map(\.path)
    try #require(shipped.count > 20)
    let all = try Program.run(["lint", "--format", "json"] + shipped)
    #expect(all.output.contains("\"takes\": true") && all.output.contains("\"takes\": false"))
    #expect(try Self.complaints(all.output, Self.lintSchema) == "")
    let variant = try Program.run([
      "lint", "Models/hotswap.m", "--patch", "Models/hotswap/early-free.patch", "--format", "json",
    ])
    #expect(try Self.complaints(variant.output, Self.lintSchema) == "")
    try Program.inTemporaryFolder { folder in
      try Program.write(
        Self.lamp + "rule \"hand: press\" false ==> begin end;", to: "a.m", in: folder)
      try Program.write("startstate begin age++; end; rule \"a", to: "b.m", in: folder)
      try Program.write(
        "type t: enum { A }; var \\x: t; startstate begin if true then end;", to: "c \"\u{1B}.m",
        in: folder)
      try Program.write("", to: "d.m", in: folder)
      let found = try Program.run(
        ["lint", "--format", "json", "a.m", "b.m", "c \"\u{1B}.m", "d.m", "nowhere.m"], in: folder)
      #expect(found.code == 2 && found.errors.contains("nowhere.m"))
      for severity in ["error", "warning"] {
        #expect(found.output.contains("\"severity\": \"\(severity)\""), "\(found.output)")
      }
      #expect(found.output.contains("\"hint\": \""), "\(found.output)")
      #expect(try Self.complaints(found.output, Self.lintSchema) == "", "\(found.output)")
    }
  }

  /// The schema says no to what `lint` never writes.
  @Test(
    arguments: [
      ("\"version\": 1", "\"version\": 2", "1 was expected"),
      ("\"takes\": false", "\"takes\": true", "[{"),
      ("\"dialect\": \"rumur\"", "\"dialect\": \"spin\"", "'spin' is not one of"),
      ("\"line\": ", "\"row\": ", "'line' is a required property"),
      ("\"severity\": \"warning\"", "\"severity\": \"bad\"", "'bad' is not one of"),
    ])
  func lintReportsThatAreWrongAreSeen(old: String, new: String, complaint: String) throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(
        Self.lamp + "rule \"hand: press\" lit ==> begin lit := false; end;\n", to: "lamp.m",
        in: folder)
      let (output, _, _) = try Program.run(["lint", "lamp.m", "--format", "json"], in: folder)
      let wrong = output.replacing(old, with: new)
      try #require(wrong != output, "\(output)")
      #expect(try Self.complaints(wrong, Self.lintSchema).contains(complaint))
    }
  }
}
