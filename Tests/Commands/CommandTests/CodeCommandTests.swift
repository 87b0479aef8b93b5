import Foundation
import Testing

/// `swapcheck code`, as users call it.
@Suite struct CodeCommandTests {
  private static let model = """
    var x: boolean;
    startstate begin x := false; end;

    -- @code kernel/a.c:freeze, kernel/a.c:freeze_one @holds rwsem(w), session->mutex
    rule "kernel: freeze" !x ==> begin x := true; end;

    -- @code kernel/b.c:thaw
    rule "kernel: thaw" x ==> begin x := false; end;

    rule "user: wait" true ==> begin end;

    """

  private static let patch = """
    From 1 Mon Sep 17 00:00:00 2001
    Subject: [PATCH] b: thaw later

    diff --git a/kernel/b.c b/kernel/b.c
    --- a/kernel/b.c
    +++ b/kernel/b.c
    @@ -1,3 +1,4 @@ int thaw(void)
     	int i;
    +	wait();
     	return 0;
     }
    @@ -9,2 +10,3 @@ int other(void)
     	int i;
    +	wait();
     	return 0;

    """

  private static func withFiles(
    _ model: String = model, _ run: (URL) throws -> Void
  ) throws {
    try Program.inTemporaryFolder { folder throws in
      try Program.write(model, to: "m.m", in: folder)
      try Program.write(patch, to: "change.patch", in: folder)
      try run(folder)
    }
  }

  @Test func rulesAreListedByTheirFunctions() throws {
    try Self.withFiles { folder in
      let (output, errors, code) = try Program.run(["code", "m.m"], in: folder)
      #expect(code == 0 && errors.isEmpty)
      #expect(
        output == """
          kernel/a.c
            freeze
              rule "kernel: freeze", line 5; holds rwsem(w), session->mutex
            freeze_one
              rule "kernel: freeze", line 5; holds rwsem(w), session->mutex
          kernel/b.c
            thaw
              rule "kernel: thaw", line 8
          m.m: 2 of 3 rules name 3 functions of the code

          """)
    }
  }

  @Test func aPatchNamesItsRules() throws {
    try Self.withFiles { folder in
      let (output, errors, code) = try Program.run(
        ["code", "m.m", "--patch", "change.patch"], in: folder)
      #expect(code == 0 && errors.isEmpty)
      #expect(
        output == """
          kernel/b.c
            thaw
              rule "kernel: thaw", line 8
          changed, and named by no rule: other (kernel/b.c)
          m.m: the patch changes 1 function that 1 of 3 rules names

          """)
    }
  }

  private struct Document: Decodable {
    struct Function: Decodable, Equatable {
      let path: String
      let function: String?
    }
    struct Rule: Decodable {
      let rule: String
      let line: Int
      let functions: [Function]
      let holds: [String]
    }
    let format: String
    let version, ruleCount: Int
    let rules: [Rule]
    let changedAndNamedByNoRule: [Function]?
  }

  @Test func theDocumentSaysTheSame() throws {
    try Self.withFiles { folder in
      func document(_ more: [String]) throws -> Document {
        let output = try Program.run(["code", "m.m", "--format", "json"] + more, in: folder).output
        return try JSONDecoder().decode(Document.self, from: Data(output.utf8))
      }
      let all = try document([])
      #expect(all.format == "swapcheck-code" && all.version == 1 && all.ruleCount == 3)
      #expect(all.rules.map(\.rule) == ["kernel: freeze", "kernel: thaw"])
      #expect(all.rules.map(\.line) == [5, 8])
      #expect(all.rules[0].holds == ["rwsem(w)", "session->mutex"])
      #expect(all.rules[0].functions.map(\.function) == ["freeze", "freeze_one"])
      #expect(all.changedAndNamedByNoRule == nil)
      let changed = try document(["--patch", "change.patch"])
      #expect(changed.rules.map(\.rule) == ["kernel: thaw"])
      #expect(
        changed.changedAndNamedByNoRule == [.init(path: "kernel/b.c", function: "other")])
    }
  }

  @Test func whatIsWrongHasItsPlace() throws {
    try Self.withFiles(Self.model.replacingOccurrences(of: "kernel/b.c:thaw", with: "thaw")) {
      folder in
      let (output, errors, code) = try Program.run(["code", "m.m"], in: folder)
      #expect(code == 2 && output.isEmpty)
      #expect(errors.contains("m.m:7:4: error[E0705]: `thaw` is no function of a file"))
    }
    try Self.withFiles { folder in
      let none = try Program.run(["code", "none.m"], in: folder)
      #expect(none.code == 2 && none.errors.contains("none.m: error: the file cannot be read"))
      let noPatch = try Program.run(["code", "m.m", "--patch", "m.m"], in: folder)
      #expect(noPatch.code == 2 && noPatch.errors.contains("m.m: error: there is no hunk"))
      #expect(noPatch.errors.contains("\nhint: "))
    }
  }
}
