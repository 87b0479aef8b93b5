import Diagnostics
import Patches
import Testing

/// What a patch may be, where it fits, and what is said where it does not.
@Suite struct PatchTests {
  private static let model = (1...12).map { "line \($0)\n" }.joined()

  static func patched(_ model: String, by patches: String...) throws -> SourceText {
    var text = SourceText(path: "dir/m.m", text: model)
    for (number, patch) in patches.enumerated() {
      text = try Patch(SourceText(path: "\(number + 1).patch", text: patch)).applied(to: text)
    }
    return text
  }

  /// What is said of a patch that is refused.
  static func refusal(_ model: String, by patch: String) -> String {
    do {
      let result = try patched(model, by: patch)
      return "taken: \(String(decoding: result.bytes, as: UTF8.self))"
    } catch let error as PatchError {
      return error.rendered().description
    } catch {
      return "\(error)"
    }
  }

  private static func diff(_ hunks: String) -> String { "--- a/m.m\n+++ b/m.m\n" + hunks }

  private static let change = diff(
    """
    @@ -4,3 +4,4 @@ rule
     line 4
    -line 5
    +other 5
    +more
     line 6

    """)

  @Test func aChangeIsMade() throws {
    let result = try Self.patched(Self.model, by: "Why.\n\nViolates: deadlock\n\n" + Self.change)
    let lines = String(decoding: result.bytes, as: UTF8.self).split(separator: "\n")
    #expect(lines.count == 13)
    #expect(lines[3...6] == ["line 4", "other 5", "more", "line 6"])
    #expect(result.path == "dir/m.m")
    #expect(result.patches == ["1.patch"])
    #expect(result.patchOfLine == [5: 0, 6: 0])
  }

  @Test func theMessageIsWhatStandsInFront() throws {
    let patch = try Patch(SourceText(path: "p", text: "Why.\n\nViolates: deadlock\n" + Self.change))
    #expect(patch.messageLines == ["Why.", "", "Violates: deadlock"])
    #expect(patch.path == "m.m")
  }

  @Test func linesKeepTheirPatchThroughALaterOne() throws {
    let second = Self.diff("@@ -1,2 +1,3 @@\n line 1\n+first\n line 2\n")
    let result = try Self.patched(Self.model, by: Self.change, second)
    #expect(result.patches == ["1.patch", "2.patch"])
    #expect(result.patchOfLine == [2: 1, 6: 0, 7: 0])
  }

  /// A hunk that moved is found where it stands once; the next one is counted on from there.
  @Test func aHunkIsFoundFurtherDown() throws {
    let model = "a\nb\n" + Self.model
    let result = try Self.patched(model, by: Self.change)
    #expect(String(decoding: result.bytes, as: UTF8.self).contains("line 4\nother 5\nmore\nline 6"))
    let twice = "x\nsame\ny\n" + "a\nb\nc\nsame\nd\nsame\n"
    // The first hunk is one line further down than it says, and so the second is the first `same`
    // behind it: by itself it would be two.
    let patch = Self.diff("@@ -3,2 +3,2 @@\n a\n-b\n+B\n@@ -6 +6 @@\n-same\n+SAME\n")
    let shifted = try Self.patched(twice, by: patch)
    #expect(
      String(decoding: shifted.bytes, as: UTF8.self) == "x\nsame\ny\na\nB\nc\nSAME\nd\nsame\n")
  }

  /// Where a hunk fits as its head says, it is not looked for elsewhere.
  @Test func thePlaceThatIsStatedCounts() throws {
    let model = String(repeating: "same\n", count: 5)
    let result = try Self.patched(model, by: Self.diff("@@ -3 +3 @@\n-same\n+SAME\n"))
    #expect(String(decoding: result.bytes, as: UTF8.self) == "same\nsame\nSAME\nsame\nsame\n")
  }

  @Test func aPlaceThatIsNotUniqueIsAnError() {
    let model = "x\nsame\ny\nsame\nz\n"
    let text = Self.refusal(model, by: Self.diff("@@ -3 +3 @@\n-same\n+SAME\n"))
    #expect(text.contains("1.patch:3:1: error[E0704]"))
    #expect(text.contains("line 2 and at line 4"))
  }

  /// What stands in the model instead is shown with its place.
  @Test func aHunkThatDoesNotFitNamesTheLine() {
    let model = Self.model.replacing("line 6\n", with: "line six\n")
    let text = Self.refusal(model, by: Self.change)
    #expect(text.contains("1.patch:8:1: error[E0704]: the hunk does not fit"))
    #expect(text.contains("dir/m.m:6:1 has\n6 | line six"))
    #expect(!text.contains("the patch is of"))
    let other = Self.refusal(
      model, by: Self.change.replacing("a/m.m", with: "a/n.m").replacing("b/m.m", with: "b/n.m"))
    #expect(other.contains("hint: the patch is of n.m"))
  }

  /// The model grew above the place, and the line that matters changed: the place is found by the
  /// lines that are still there.
  @Test func theLikeliestPlaceIsShown() {
    let model =
      (1...40).map { "new \($0)\n" }.joined()
      + Self.model.replacing("line 5\n", with: "line five\n")
    let text = Self.refusal(model, by: Self.change)
    #expect(text.contains("dir/m.m:45:1 has\n45 | line five"))
  }

  /// Each hunk is elsewhere, and the model is long: that would take hours.
  @Test func notEveryHunkIsLookedFor() {
    let count = 30_000
    let model = (0..<count).map { "\($0)\n" + String(repeating: "x\n", count: $0 % 7) }.joined()
    let hunks = (0..<count).map { "@@ -1 +1 @@\n-\($0)\n+y\n" }.joined()
    let text = Self.refusal(model, by: Self.diff(hunks))
    #expect(text.contains("too many hunks in front of this one"))
  }

  @Test func aModelThatEndsTooEarlyIsSaid() {
    let text = Self.refusal("line 4\nline 5\n", by: Self.change)
    #expect(text.contains("the model ends in front of this line"))
    #expect(Self.refusal("", by: Self.change).contains("the model ends in front of this line"))
  }

  @Test func lineBreaksAreCompared() throws {
    let carriage = Self.model.replacing("\n", with: "\r\n")
    let text = Self.refusal(carriage, by: Self.change)
    #expect(text.contains("CR-LF in the model, and in LF in the patch"))
    let mailed = Self.change.replacing("\n", with: "\r\n")
    #expect(Self.refusal(Self.model, by: mailed).contains("CR-LF in the patch, and in LF in the"))
    // Where both have them, it fits, as what `git diff` writes of such a file does.
    let both = try Self.patched(carriage, by: mailed)
    #expect(
      String(decoding: both.bytes, as: UTF8.self).contains("line 4\r\nother 5\r\nmore\r\nline 6"))
    let ofGit = "--- a/m.m\n+++ b/m.m\n@@ -5 +5 @@\n-line 5\r\n+other\r\n"
    #expect(
      String(decoding: try Self.patched(carriage, by: ofGit).bytes, as: UTF8.self)
        .contains("line 4\r\nother\r\nline 6"))
  }

  private static let mark = "\\ No newline at end of file\n"

  @Test func aMissingLastBreakIsKeptGivenAndTaken() throws {
    let head = "@@ -1,2 +1,2 @@\n a\n"
    func result(_ model: String, _ lines: String) throws -> String {
      String(
        decoding: try Self.patched(model, by: Self.diff(head + lines)).bytes, as: UTF8.self)
    }
    let mark = Self.mark
    #expect(try result("a\nb", "-b\n\(mark)+c\n\(mark)") == "a\nc")
    #expect(try result("a\nb", "-b\n\(mark)+c\n") == "a\nc\n")
    #expect(try result("a\nb\n", "-b\n+c\n\(mark)") == "a\nc")
    let lacks = Self.refusal("a\nb", by: Self.diff(head + "-b\n+c\n"))
    #expect(lacks.contains("ends in a line break in the patch, and in none in the model"))
    let has = Self.refusal("a\nb\n", by: Self.diff(head + "-b\n\(mark)+c\n"))
    #expect(has.contains("ends in a line break in the model, and in none in the patch"))
    // It would glue two lines together.
    let glued = Self.refusal("a\nb\nd\n", by: Self.diff(head + "-b\n+c\n\(mark)"))
    #expect(glued.contains("others follow it"))
  }

  @Test(arguments: [
    ("", "no change in this patch"),
    ("Only words.\n", "no change in this patch"),
    ("@@ -1 +1 @@\n-a\n+b\n", "without `---` and `+++`"),
    ("diff --git a/m.m b/m.m\n", "`---` and `+++` with the file's name are missing"),
    (
      "diff --git a/m.m b/m.m\nold mode 100644\nnew mode 100755\n",
      "`---` and `+++` with the file's name are missing"
    ),
    ("--- a/m.m\n+++ b/m.m\n", "no hunk"),
    ("--- /dev/null\n+++ b/m.m\n@@ -0,0 +1 @@\n+a\n", "makes a new file"),
    ("--- a/m.m\n+++ /dev/null\n@@ -1 +0,0 @@\n-a\n", "removes the file"),
    (
      "diff --git a/m.m b/m.m\nnew file mode 100644\n--- /dev/null\n+++ b/m.m\n@@ -0,0 +1 @@\n+a\n",
      "makes a new file"
    ),
    ("diff --git a/m.m b/n.m\nsimilarity index 90%\nrename from m.m\n", "renames"),
    ("diff --git a/m.m b/m.m\nindex 1..2\nBinary files a/m.m and b/m.m differ\n", "binary"),
    ("diff --git a/m.m b/m.m\nindex 1..2\nGIT binary patch\nliteral 3\n", "binary"),
    ("diff --cc m.m\nindex 1,2..3\n--- a/m.m\n+++ b/m.m\n@@@ -1 -1 +1 @@@\n", "merge"),
    ("--- a/m.m\n+++ b/m.m\n@@@ -1 -1 +1 @@@\n", "merge"),
    ("--- a/m.m\n+++ b/m.m\n@@ -1 @@\n-a\n", "the head of a hunk"),
    ("--- a/m.m\n+++ b/m.m\n@@ -x,1 +1 @@\n-a\n", "the head of a hunk"),
    ("--- a/m.m\n+++ b/m.m\n@@ -1,99999999999999999999 +1 @@\n-a\n", "the head of a hunk"),
    ("--- a/m.m\n+++ b/m.m\n@@ -1,2 +1 @@\n-a\n", "ends too early"),
    ("--- a/m.m\n+++ b/m.m\n@@ -1,2 +1,2 @@\n-a\nb\n", "ends too early"),
    ("--- a/m.m\n+++ b/m.m\n@@ -1 +1 @@\n-a\n+b\n+c\n", "more lines than its head says"),
    ("--- a/m.m\n+++ b/m.m\n@@ -1,2 +1 @@\n+a\n+b\n", "more lines than its head says"),
    ("--- a/m.m\n+++ b/m.m\n@@ -1,0 +2 @@\n+b\n", "no line of the model in it"),
    ("--- a/m.m\n+++ b/m.m\n@@ -1 +1 @@\n a\n", "changes nothing"),
    ("--- a/m.m\n+++ b/m.m\n@@ -1 +1 @@\n-a\n+b\nwords\n", "belongs to no hunk"),
    (
      "--- a/m.m\n+++ b/m.m\n@@ -1 +1 @@\n-a\n+b\n--- a/n.m\n+++ b/n.m\n@@ -1 +1 @@\n-a\n+b\n",
      "second file"
    ),
    ("--- a/m.m\n+++ b/m.m\n@@ -1 +1 @@\n-a\n+b\nFrom 0123 Mon\n", "second file"),
    ("--- a/m.m\n+++ b/m.m\n@@ -0 +0 @@\n-b\n+c\n", "does not fit"),
    (
      "--- a/m.m\n+++ b/m.m\n@@ -9223372036854775807 +1 @@\n-b\n+c\n", "does not fit"
    ),
    // Hunks out of their order.
    (
      "--- a/m.m\n+++ b/m.m\n@@ -1 +1 @@\n-a\n+b\n@@ -1 +1 @@\n-a\n+b\n", "does not fit"
    ),
  ])
  func whatIsNoPatchIsRefused(patch: String, words: String) {
    let text = Self.refusal("a\n", by: patch)
    #expect(text.contains(words), "\(text)")
    #expect(text.contains("1.patch") && text.contains("error[E070"), "\(text)")
  }

  /// A mail has more around the diff.
  @Test func aMailIsTaken() throws {
    let mail = """
      From 3f1c Mon Sep 17 00:00:00 2001
      From: A <a@b>
      Subject: [PATCH] Change five

      Violates: deadlock
      ---
       m.m | 2 +-
       1 file changed, 1 insertion(+), 1 deletion(-)

      diff --git a/m.m b/m.m
      index 1111111..2222222 100644
      --- a/m.m
      +++ b/m.m
      @@ -5 +5 @@ line 4
      -line 5
      +other 5
      --\u{20}
      2.39.5

      """
    let result = try Self.patched(Self.model, by: mail)
    #expect(String(decoding: result.bytes, as: UTF8.self).contains("line 4\nother 5\nline 6"))
  }

  /// An empty line of context may have lost its blank, and the last line its break.
  @Test func whatMailsLoseIsNotMissed() throws {
    let patch = "--- a/m.m\n+++ b/m.m\n@@ -1,3 +1,3 @@\n a\n\n-b\n+c"
    #expect(try Self.patched("a\n\nb\n", by: patch).bytes == Array("a\n\nc\n".utf8))
  }

  /// A line that looks like a head is a line where a hunk has one.
  @Test func linesOfAHunkAreNoHeads() throws {
    let patch = "--- a/m.m\n+++ b/m.m\n@@ -1,2 +1,2 @@\n--- a\n+++ b\n c\n"
    #expect(try Self.patched("-- a\nc\n", by: patch).bytes == Array("++ b\nc\n".utf8))
  }

  /// A line that a patch brought is shown as such.
  @Test func whatAPatchBroughtIsShown() throws {
    let text = try Self.patched(Self.model, by: Self.change)
    let start = text.lineRange(6).lowerBound
    let diagnostic = Diagnostic(
      .unknownName, "what is that", at: SourceSpan(start: start, end: start + 4))
    #expect(
      DiagnosticRenderer().render(diagnostic, of: text).description == """
        dir/m.m:6:1: error[E0301]: what is that
        6 + more
          | ^^^^
          = line 6 comes from 1.patch

        """)
  }
}
