import Diagnostics
import Murphi
import TestSupport
import Testing

/// What comments say of the code that rules stand for.
@Suite struct CodeReferenceTests {
  private static func read(_ text: String) -> CodeReferences {
    CodeReferences(SourceText(path: "m.m", text: text))
  }

  private static func model(_ comment: String, head: String = "") -> String {
    """
    type t: scalarset(2);
    var x: boolean;
    startstate begin x := false; end;
    -- What it is about.
    \(comment)
    \(head)
    rule "go" !x ==> begin x := true; end;
    rule x ==> begin x := false; end;

    """
  }

  @Test(arguments: [
    ("-- @code a/b.c:f", ["a/b.c:f"], [String]()),
    ("--   @code a/b.c:f , c.h:g_1", ["a/b.c:f", "c.h:g_1"], []),
    ("-- @code a/b.c:f @holds s->mutex, w(w)", ["a/b.c:f"], ["s->mutex", "w(w)"]),
    ("-- @code a/b.c:f\n-- @holds l\n-- and words", ["a/b.c:f"], ["l"]),
    (
      "-- @code a.c:f\n-- @code b.c:g\n-- @holds l, &m[i].lock", ["a.c:f", "b.c:g"],
      ["l", "&m[i].lock"]
    ),
    ("/* @code a.c:f */", ["a.c:f"], []),
    ("/* Words.\n * @code a-b/x.S:f\n * @holds l\n */", ["a-b/x.S:f"], ["l"]),
    ("-- @code a.c:f\r", ["a.c:f"], []),
  ])
  func itIsRead(comment: String, functions: [String], locks: [String]) throws {
    for head in ["", "ruleset i: t do"] {
      let end = head.isEmpty ? "" : "end;"
      let read = Self.read(Self.model(comment, head: head) + end)
      #expect(read.diagnostics.isEmpty)
      #expect(read.ruleCount == 2)
      let reference = try #require(read.references.first)
      #expect(read.references.count == 1)
      #expect(reference.rule == "go")
      #expect(reference.functions.map { "\($0.path):\($0.name)" } == functions)
      #expect(reference.locks == locks)
    }
  }

  /// Each is complained about at the word that it begins with.
  @Test(arguments: [
    "-- @code", "-- @code f", "-- @code a.c", "-- @code a.c:", "-- @code :f", "-- @code /a.c:f",
    "-- @code ../a.c:f", "-- @code a.c:f,", "-- @code a.c:f g", "-- @code a:f", "-- @code a.c:1f",
    "-- @code a.c:f:g", "-- @code a.c:f @holds", "-- @code a.c:f @holds l(",
    "-- @code a.c:f @holds ,l",
    "-- @holds l", "-- @cod a.c:f", "-- @Code a.c:f",
    // In front of no rule.
    "-- @code a.c:f\ninvariant \"i\" true;", "-- @code a.c:f\nvar y: boolean;",
  ])
  func whatIsWrongIsSaid(comment: String) throws {
    let text = Self.model(comment)
    let read = Self.read(text)
    let diagnostic = try #require(read.diagnostics.first)
    #expect(read.diagnostics.count == 1)
    #expect(diagnostic.code == .malformedCodeReference && diagnostic.hint != nil)
    let bytes = Array(text.utf8)
    #expect(bytes[diagnostic.span.start] == UInt8(ascii: "@"))
  }

  /// A mail address, or what does not begin its line, is none.
  @Test(arguments: ["-- by me@code.org", "-- see @code", "-- x @holds y"])
  func whatDoesNotBeginItsLineIsNone(comment: String) {
    let read = Self.read(Self.model(comment))
    #expect(read.references.isEmpty && read.diagnostics.isEmpty)
  }

  @Test func aRuleWithoutANameHasItsNumber() {
    let text = Self.model("") + "-- @code a.c:f\nrule x ==> begin end;\n"
    #expect(Self.read(text).references.map(\.rule) == ["rule 3"])
  }

  /// What the models of this repository say of code can be read, and those of today's kernel say it.
  @Test(arguments: RepositoryModel.models(below: "Models"))
  func theModelsNameCode(model: RepositoryModel) throws {
    let source = try model.source()
    let references = CodeReferences(source)
    #expect(references.diagnostics.isEmpty, "\(references.diagnostics)")
    // What users, hardware and firmware do has no function; a series that was not merged has no file.
    if Self.ofToday.contains(model.path) {
      #expect(2 * references.references.count > references.ruleCount)
    }
  }

  private static let ofToday = [
    "luo", "luo-files", "luo-flb", "luo-unwind", "kho", "cpuhp", "multikernel", "preserve",
    "doorbell", "overlay", "crash",
  ].map { "Models/\($0).m" }
}
