import Diagnostics
import Foundation
import Patches
import Testing

/// Which functions a patch changes.
@Suite struct TouchedFunctionsTests {
  private static func functions(_ text: String) -> [String] {
    TouchedFunctions(SourceText(path: "p.patch", text: text)).functions.map {
      "\($0.path):\($0.name ?? "-")"
    }
  }

  private static func patch(_ heading: String, _ lines: [String], file: String = "a/b.c") -> String
  {
    let old = lines.count { !$0.hasPrefix("+") }
    let new = lines.count { !$0.hasPrefix("-") }
    return "--- a/\(file)\n+++ b/\(file)\n@@ -1,\(old) +1,\(new) @@ \(heading)\n"
      + lines.map { $0 + "\n" }.joined()
  }

  @Test(arguments: [
    // Git names the function that the hunk begins in.
    ("static int f(struct x *x)", [" \tint i;", "-\ti = 0;", "+\ti = 1;"], ["a/b.c:f"]),
    // Another one begins within the hunk.
    (
      "int f(void)",
      [" \treturn 0;", " }", " ", " void __init g(int a,", " \t\tint b)", " {", "+\th();"],
      ["a/b.c:g"]
    ),
    (
      "int f(void)", ["-\treturn 0;", " }", " ", "+int g(void)", "+{", "+}"],
      ["a/b.c:f", "a/b.c:g"]
    ),
    // Behind its end nothing is in a function.
    ("int f(void)", [" \treturn 0;", " }", " ", "+int x;"], ["a/b.c:-"]),
    ("struct s {", [" \tint a;", "+\tint b;"], ["a/b.c:-"]),
    (
      "int f(void)", [" }", " ", " static const struct ops o = {", "+\t.f = f,", " };"], ["a/b.c:-"]
    ),
    // A label and the preprocessor are within one.
    ("int f(void)", [" out:", "+\tg();", " #ifdef X", "+\th();"], ["a/b.c:f"]),
    (
      "SYSCALL_DEFINE4(kexec_load, unsigned long, entry)", [" {", "+\tg();"],
      ["a/b.c:sys_kexec_load"]
    ),
    // An empty line is no change of a function.
    ("int f(void)", [" \ti();", "+", " \tj();"], []),
    ("", ["+int x;", " int y;"], ["a/b.c:-"]),
  ])
  func functionsAreFound(heading: String, lines: [String], functions: [String]) {
    #expect(Self.functions(Self.patch(heading, lines)) == functions)
    #expect(
      Self.functions(Self.patch(heading, lines).replacingOccurrences(of: "\n", with: "\r\n"))
        == functions)
  }

  @Test func aSeriesHasSeveralFiles() {
    let mail = "From 1 Mon\nSubject: [PATCH] x\n\n--- \n a/b.c | 2 +-\n\n"
    let text =
      mail + Self.patch("int f(void)", ["+\tg();", " "]) + "-- \n2.1\n\n"
      + mail + Self.patch("int h(void)", ["-\tg();", " "], file: "c.c")
      + Self.patch("int f(void)", ["+\tk();", " "])
    #expect(Self.functions(text) == ["a/b.c:f", "c.c:h"])
  }

  @Test func aFileThatComesGoesOrIsRenamed() {
    let body = "@@ -0,0 +1,2 @@\n+int f(void)\n+{\n"
    #expect(Self.functions("--- /dev/null\n+++ b/x.c\n" + body) == ["x.c:f"])
    let gone = "@@ -1,2 +0,0 @@\n-int f(void)\n-{\n"
    #expect(Self.functions("--- a/x.c\n+++ /dev/null\n" + gone) == ["x.c:f"])
    let change = "@@ -1,2 +1,2 @@ int f(void)\n-\ta();\n+\tb();\n \n"
    #expect(Self.functions("--- a/x.c\n+++ b/y.c\n" + change) == ["x.c:f", "y.c:f"])
  }

  /// Lines of a hunk that look like heads are lines; a hunk that is cut off ends.
  @Test(arguments: [
    ("--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,1 @@ int f(void)\n--- a/y.c\n \n", ["x.c:f"]),
    ("--- a/x.c\n+++ b/x.c\n@@ -1,9 +1,9 @@ int f(void)\n+\tg();\n", ["x.c:f"]),
    ("@@ -1 +1 @@\n", []), ("@@ -x +1 @@ f(\n", []), ("", []), ("@@ \n+++ \n--- ", []),
  ])
  func whatIsOddIsNoTrouble(text: String, functions: [String]) {
    #expect(Self.functions(text) == functions)
  }
}
