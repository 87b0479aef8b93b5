import Foundation
import Testing

/// Whatever the limit, a search ends with what it has found.
@Suite struct LimitTests {
  private func withModel(_ text: String, _ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "swapcheck-limits-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try text.write(
      to: folder.appendingPathComponent("m.m"), atomically: true, encoding: .utf8)
    try body(folder)
  }

  /// A million states and more, of which each takes some bytes.
  private static let many = """
    var a: array [0..8] of 0..9;
    startstate begin clear a; end;
    ruleset i: 0..8 do rule "up" a[i] < 9 ==> begin a[i] := a[i] + 1; end; end;
    rule "stay" begin end;
    """

  @Test(arguments: ["exact", "compact", "bitstate"], [1, 2])
  func memoryBeyondWhatTheProcessMayHave(store: String, threads: Int) throws {
    try withModel(Self.many) { folder in
      let (output, errors, code) = try Program.run(
        [
          "check", "m.m", "--memory", "100GiB", "--store", store, "--threads", "\(threads)",
          "--timeout", "60",
        ], in: folder, addressLimit: 400_000)
      #expect(code == 3, "\(output)\(errors)")
      #expect(output.hasPrefix("m.m: inconclusive: "), "\(output)\(errors)")
      #expect(errors.contains("note: --memory is "))
    }
  }

  /// Whatever a word of the state takes, there are thousands of words.
  @Test(arguments: ["interpreter", "native"])
  func aWideStateTakesFewBytesBesideItsWords(executor: String) throws {
    let wide = """
      var a: array [0..7999] of 0..1000000000; x: 0..2;
      startstate begin for i: 0..7999 do a[i] := 0; end; x := 0; end;
      rule "up" x < 2 ==> begin a[7] := 1000000000 - x; x := x + 1; end;
      """
    try withModel(wide) { folder in
      for kibibytes in [450_000, 520_000] {
        let (output, errors, code) = try Program.run(
          ["check", "m.m", "--executor", executor, "--threads", "1", "--deadlock", "off"],
          in: folder, addressLimit: kibibytes)
        #expect(code == 0, "\(output)\(errors)")
        #expect(output.contains(": all 3 states\n"), "\(output)")
      }
    }
  }

  private static let deep = """
    var x: 0..1;
    function down(n: 0..2000): 0..1;
    begin
      if n = 0 then return 0; end;
      if true then if true then if true then if true then if true then if true then
      if true then if true then if true then if true then
      return down(n - 1);
      end; end; end; end; end; end; end; end; end; end;
    end;
    startstate begin x := 0; end;
    rule begin x := down(998); end;
    """

  /// With little stack it is not found out what deep calls do: that is no violation, and no crash.
  @Test(arguments: ["interpreter", "native", "auto"], [150_000, 500_000])
  func callsThatAreTooDeepForTheStack(executor: String, kibibytes: Int) throws {
    try withModel(Self.deep) { folder in
      let (output, errors, code) = try Program.run(
        ["check", "m.m", "--executor", executor, "--deadlock", "off"], in: folder,
        addressLimit: kibibytes)
      #expect(code == 0 || code == 3, "\(output)\(errors)")
      if code == 3 {
        // Lines break between words.
        let words = output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(words.contains("deep take more stack than the system gives"), "\(output)")
      }
      // Enough for ten thousand levels.
      if kibibytes == 500_000 { #expect(code == 0, "\(output)") }
    }
  }

  /// A step, a guard, a start state and a property, each of which takes far longer than the time.
  private static let endless = [
    "step": "startstate begin x := 0; end; rule begin for i: 0..99 do x := f(18); end; end;",
    "guard": """
    startstate begin x := 0; end;
    ruleset i: 0..9999 do rule "g" i + f(18) = 99999 ==> begin x := 1; end; end;
    """,
    "start": "ruleset i: 0..9999 do startstate begin x := f(18); end; end; rule begin end;",
    "property": """
    startstate begin x := 0; end;
    rule begin x := 1 - x; end;
    ruleset i: 0..9999 do invariant "i" f(18) = 0; end;
    """,
  ]

  private static func model(_ rules: String) -> String {
    """
    var x: 0..1;
    function f(n: 0..30): 0..1;
    begin if n = 0 then return 0; end; return (f(n - 1) + f(n - 1)) % 2; end;
    \(rules)
    """
  }

  @Test(arguments: endless.keys.sorted(), ["interpreter", "native"])
  func theTimeEnds(_ part: String, executor: String) throws {
    try withModel(Self.model(Self.endless[part] ?? "")) { folder in
      let (output, errors, code) = try Program.run(
        ["check", "m.m", "--executor", executor, "--timeout", "0.5"], in: folder)
      #expect(code == 3, "\(output)\(errors)")
      #expect(output.hasPrefix("m.m: inconclusive: the limit of 0.5 s was reached\n"), "\(output)")
    }
  }

  /// A walk ends as a search does, with its steps.
  @Test(arguments: endless.keys.sorted().filter { $0 != "property" }, [nil, 0.8])
  func aWalkEnds(_ part: String, interruptedAfter seconds: Double?) throws {
    try withModel(Self.model(Self.endless[part] ?? "")) { folder in
      let (output, errors, code) = try Program.run(
        ["simulate", "m.m"] + (seconds == nil ? ["--timeout", "0.5"] : []), in: folder,
        interruptedAfter: seconds)
      let reason = seconds == nil ? "the limit of 0.5 s was reached" : "interrupted"
      #expect(code == (seconds == nil ? 3 : 130), "\(output)\(errors)")
      #expect(output.hasSuffix("inconclusive: \(reason)\n"), "\(output)")
      #expect(part == "start" || output.contains("1. startstate 1"), "\(output)")
    }
  }

  @Test func aWalkOfManyStepsEnds() throws {
    let text = "var x: 0..1; startstate begin x := 0; end; rule \"turn\" begin x := 1 - x; end;\n"
    try withModel(text) { folder in
      let arguments = ["simulate", "m.m", "--steps", "\(Int.max)", "--timeout", "0.1"]
      let (output, errors, code) = try Program.run(arguments, in: folder)
      #expect(code == 3, "\(errors)")
      #expect(output.contains("2. turn :1\n"), "\(output.prefix(400))")
      #expect(output.hasSuffix("inconclusive: the limit of 0.1 s was reached\n"))
      let (json, _, other) = try Program.run(arguments + ["--format", "json"], in: folder)
      #expect(other == 3)
      #expect(json.contains("\"end\": \"limit\""), "\(json.prefix(400))")
    }
  }

  /// Members that come in another order than they are kept in, and more than insertion sort is for.
  @Test func multisetsAreTheSameWithAllExecutors() throws {
    let text = """
      type r: record k: 0..16; l: 0..16; end;
      var m: multiset [200] of r; x: 0..3;
      startstate begin x := 0; end;
      rule "fill" x = 0 ==> var e: r; begin
        for i := 0 to 199 do e.k := (i * 7) % 17; e.l := (400 - i) % 13; multisetadd(e, m); end;
        x := 1;
      end;
      ruleset p: 0..5 do
        rule "remove" x > 0 & x < 3 ==> begin
          multisetremovepred(i: m, m[i].k % 6 = p);
          x := x + 1;
        end;
      end;
      rule "turn" x > 0 & x < 3 ==> var e: r; begin
        multisetremovepred(i: m, m[i].k < 9);
        for i := 150 to 1 by -1 do
          if multisetcount(j: m, true) < 199 then
            e.k := i % 16; e.l := (i * 5) % 17; multisetadd(e, m);
          end;
        end;
        x := x + 1;
      end;
      invariant "count" multisetcount(i: m, m[i].k > 16) = 0;
      """
    try withModel(text) { folder in
      let digests = try ["interpreter", "native"].map { executor in
        let (output, errors, code) = try Program.run(
          ["check", "m.m", "--executor", executor, "--deadlock", "off", "--verbose"], in: folder)
        #expect(code == 0, "\(output)\(errors)")
        return output.split(separator: "\n").filter {
          $0.contains("digest") || $0.contains("states ")
        }
      }
      #expect(digests[0] == digests[1])
      #expect(digests[0].count == 2)
    }
  }

  /// Far more rules than could be tried; the first condition leaves none of most.
  @Test(arguments: ["interpreter", "native"]) func instancesThatAreLeftOutMayBeMany(
    _ executor: String
  ) throws {
    let text = """
      type d: 0..999;
      var x: 0..2;
      startstate begin x := 0; end;
      ruleset a: d; b: d; c: d; e: d; f: d; g: d do
        rule "one" a = 3 & b = x & c = 5 & e = 6 & f = 7 & g = 8 & x < 2 ==> begin x := x + 1; end;
      end;
      rule "again" x = 2 ==> begin x := 0; end;
      """
    try withModel(text) { folder in
      let (output, errors, code) = try Program.run(
        ["check", "m.m", "--executor", executor, "--timeout", "120", "--verbose"], in: folder)
      #expect(code == 0, "\(output)\(errors)")
      #expect(output.contains("states 3, rules fired 3, depth 2"), "\(output)")
    }
  }

  @Test(arguments: endless.keys.sorted(), ["interpreter", "native"])
  func anInterruptEnds(_ part: String, executor: String) throws {
    try withModel(Self.model(Self.endless[part] ?? "")) { folder in
      let (output, errors, code) = try Program.run(
        ["check", "m.m", "--executor", executor], in: folder, interruptedAfter: 0.8)
      #expect(code == 130, "\(output)\(errors)")
      #expect(output.hasPrefix("m.m: inconclusive: interrupted\n"), "\(output)")
    }
  }

  /// Of states of thousands of words, and a million instances of which one is enabled.
  @Test func successorsTakeNoMemoryUntilThereAreSome() throws {
    let text = """
      type idx: 0..3999; ten: 0..9;
      var a: array [idx] of 0..1000000000; x: 0..2;
      startstate begin clear a; x := 0; end;
      rule "fill" x = 0 ==> begin a[7] := 999999993; x := 1; end;
      ruleset p: ten; q: ten; r: ten; s: ten; t: ten; u: ten do
        rule "pick" x = 1 & p + q + r + s + t + u = 0 ==> begin x := 2; end;
      end;
      rule "again" x = 2 ==> begin x := 0; a[7] := 0; end;
      """
    try withModel(text) { folder in
      let (output, errors, code) = try Program.run(
        ["check", "m.m", "--threads", "2", "--verbose"], in: folder, addressLimit: 1_500_000)
      #expect(code == 0, "\(output)\(errors)")
      #expect(output.contains("states 3, rules fired 3, depth 2"), "\(output)")
    }
  }
}
