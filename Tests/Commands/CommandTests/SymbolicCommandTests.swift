import Foundation
import TestSupport
import Testing

/// Models with symbolic constants by command.
@Suite struct SymbolicCommandTests {
  private static let model = """
    const
      PROCS : 2;
    type
      proc_t : 1..PROCS;
    symbolic
      size : address;
      need : array [proc_t] of address;
    var
      moved : array [proc_t] of boolean;

    function bytes() : address;
      var sum : address;
    begin
      sum := 0;
      for p : proc_t do
        if moved[p] then sum := sum + need[p]; end;
      end;
      return sum;
    end;

    assume "size" size >= 16MiB & size % 4KiB = 0;
    ruleset p : proc_t do
      assume "need" need[p] >= 4KiB;
    end;

    startstate
      for p : proc_t do moved[p] := false; end;
    end;

    ruleset p : proc_t do
      rule "new: take a process"
        !moved[p]
      ==>
        moved[p] := true;
      end;
    end;

    invariant "what has moved fits" bytes() <= size;

    """

  /// Runs `body` with a folder that has the model as `model.m`.
  private func withModel(_ text: String = model, _ body: (URL) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("swapcheck-symbolic-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(text.utf8).write(to: folder.appendingPathComponent("model.m"))
    try body(folder)
  }

  /// Whatever contradicts what, nothing is verified without a state.
  @Test(arguments: [
    ("const SIZE : 4KiB;", "SIZE >= 8KiB", "no layout keeps to this assumption\n"),
    ("", "false", "no layout keeps to this assumption\n"),
    ("", "!b & x > 10", "no start state keeps to the assumptions, for any layout"),
    ("", "x > 10 | b", "no start state keeps to the assumptions, for any layout"),
  ])
  func noStateIsAnError(declaration: String, assumption: String, words: String) throws {
    let text = """
      \(declaration)
      symbolic x : address;
      var b : boolean;
      assume "small" x <= 5;
      assume "room" \(assumption);
      startstate b := false; end;
      rule true ==> b := !b; end;
      invariant "never" false;

      """
    try withModel(text) { folder in
      let (output, errors, code) = try Program.run(["check", "model.m"], in: folder)
      #expect(code == 2, "\(output)")
      #expect(!output.contains("verified"))
      #expect(errors.contains(words) && errors.contains("model.m:5:15: \"room\""), "\(errors)")
    }
  }

  /// A verdict about no state is none, whoever is asked for it.
  @Test(arguments: [["check"], ["check", "--format", "json"], ["simulate"]])
  func noStateOfAPlainModelIsAnError(command: [String]) throws {
    let text = """
      var x : 0..9; b : boolean;
      assume "slip" x = 3 & b;
      ruleset i : 0..9 do startstate x := i; b := i > 5; end; end;
      rule true ==> end;
      """
    try withModel(text) { folder in
      let (output, errors, code) = try Program.run(command + ["model.m"], in: folder)
      #expect(code == 2)
      #expect(!output.contains("verified"))
      #expect(
        errors == """
          model.m: error[E0603]: no start state keeps to the assumptions: nothing was checked
            model.m:2:15: "slip" rules out 10 start states; in "startstate 1 (i = 0)", x = 0

          """)
    }
  }

  @Test func aViolationIsShownForOneLayout() throws {
    try withModel { folder in
      let (output, _, code) = try Program.run(
        ["check", "model.m", "--deadlock", "off", "--verbose"], in: folder)
      #expect(code == 1)
      // 16 MiB and a byte do not fit; the next rounder number is 18 MiB. The other need is the
      // least.
      #expect(
        output.hasPrefix(
          """
          model.m: violated: invariant "what has moved fits" does not hold
            at model.m:38:33
          38 | invariant "what has moved fits" bytes() <= size;
             |                                 ^^^^^^^^^^^^^^^
            `size` is 16777216

            for the layout
              size = 0x1000000 (16 MiB)
              need[1] = 0x1200000 (18 MiB)
              need[2] = 0x1000 (4 KiB)
             1. startstate 1 :26
                moved[*] = false
             2. new  take a process (p = 1) :31
                     *moved[1]: false -> true

          """), "\(output)")
      #expect(output.contains("  3 symbolic constants: path conditions "))
    }
  }

  @Test func anInstanceIsCheckedLikeAnyModel() throws {
    try withModel { folder in
      let (trace, _, _) = try Program.run(
        ["check", "model.m", "--format", "json", "--set", "PROCS=3"], in: folder)
      try Data(trace.utf8).write(to: folder.appendingPathComponent("trace.json"))
      let (instance, errors, code) = try Program.run(
        ["instantiate", "model.m", "--from", "trace.json"], in: folder)
      #expect(code == 0, "\(errors)")
      #expect(instance.contains("PROCS : 3;"))
      try Data(instance.utf8).write(to: folder.appendingPathComponent("instance.m"))
      let (output, _, verdict) = try Program.run(["check", "instance.m"], in: folder)
      #expect(verdict == 1)
      #expect(output.contains("invariant \"what has moved fits\" does not hold"))
      #expect(!output.contains("symbolic"))
    }
  }

  @Test func dumpedQuestionsHaveTheirAnswers() throws {
    try withModel { folder in
      _ = try Program.run(["check", "model.m", "--dump-smt", "queries"], in: folder)
      let queries = folder.appendingPathComponent("queries")
      let names = try FileManager.default.contentsOfDirectory(atPath: queries.path)
      #expect(names.count > 10)
      for name in names {
        let (output, _, code) = try Program.run(["verify-proof", "queries/" + name], in: folder)
        #expect(code == 0, "\(name): \(output)")
      }
    }
  }

  @Test func contradictoryAssumptionsAreAnError() throws {
    let text = Self.model.replacingOccurrences(
      of: "startstate", with: "assume \"tiny\" size < 1MiB;\n\nstartstate")
    try withModel(text) { folder in
      let (output, errors, code) = try Program.run(["check", "model.m"], in: folder)
      #expect(code == 2)
      #expect(output.isEmpty)
      #expect(
        errors == """
          model.m: error: no layout keeps to these 2 assumptions together; each of them is needed \
          for that
            model.m:21:15: "size"
            model.m:26:15: "tiny"

          """)
    }
  }

  /// With a second to search in, there is no verdict, and that is the reason: Z3's own limit, which is
  /// half a minute for a question, would be another.
  private func expectNoVerdict(_ model: String, _ executor: String, _ reason: String) throws {
    try withModel(model) { folder in
      let (output, errors, code) = try Program.run(
        ["check", "model.m", "--timeout", "1", "--executor", executor], in: folder)
      #expect(code == 3, "\(output)\(errors)")
      #expect(output.contains("inconclusive: \(reason)"), "\(output)\(errors)")
    }
  }

  /// A run of this model asks 1,000 questions in its first state, which took half a minute.
  @Test(arguments: ["interpreter", "native"])
  func theTimeIsUpWithinAState(executor: String) throws {
    let text = """
      symbolic
        x : address;
      var
        done : boolean;
      function rounds(t : address) : boolean;
        var i : 0..1000;
      begin
        i := 0;
        while i < t do
          i := i + 1;
        end;
        return true;
      end;
      assume "positive" x >= 1;
      startstate done := false; end;
      rule "go" !done ==> done := true; end;
      invariant "it ends" rounds(x);

      """
    try expectNoVerdict(text, executor, "the limit of 1 s was reached")
  }

  /// Rumur 2022.08 refuses a rule without a guard that begins with a name, and a byte order mark.
  @Test func rumurAcceptsAnInstance() throws {
    let text = """
      \u{FEFF}symbolic
        x : address;
      var
        n : 0..3;
      assume "some" x >= 1 & x <= 2;
      startstate n := 0; end;
      rule "up" n := (n + 1) % 4; end;
      invariant "low" n <= x;

      """
    try withModel(text) { folder in
      let (trace, _, code) = try Program.run(["check", "model.m", "--format", "json"], in: folder)
      #expect(code == 1)
      try Data(trace.utf8).write(to: folder.appendingPathComponent("trace.json"))
      let (instance, errors, _) = try Program.run(
        ["instantiate", "model.m", "--from", "trace.json"], in: folder)
      let plain = instance.replacingOccurrences(of: "begin n := (n", with: "n := (n")
      #expect(plain != instance, "\(instance)\(errors)")
      let oracle = RumurOracle()
      guard case .rejected = try oracle.check(text: plain).verdict else {
        Issue.record("it is accepted without `begin`")
        return
      }
      if case .rejected(let message) = try oracle.check(text: instance).verdict {
        Issue.record("\(message)\n\(instance)")
      }
    }
  }

  /// Residues of which Z3 does not find in half a minute whether they go together.
  private static let residues = """
    (x * 1000003 + y * 998244353 + z * 7) % 1000000007 = 12345
      & (x * 15485863 + y * 32452843 + z) % 49979687 = 777
      & (x + y * 86028121 + 3 * z) % 67867967 = 4242
      & (x * 122949823 + y) % 141650939 = 99
      & (x * 160481183 + y * 179424673 - z) % 198491317 = 1
      & (x / 1000 + y / 777 + z / 31) % 17977 = 3
    """
  private static let bounds =
    "x > 1 & y > 1 & z > 0 & x < 1000000000000 & y < 1000000000000 & z < 1000000000000"

  @Test(arguments: ["interpreter", "native", "auto"])
  func assumptionsThatAreNotDecidedAreInconclusive(executor: String) throws {
    let text = """
      symbolic
        x, y, z : address;
      assume "hard" \(Self.bounds) & \(Self.residues);
      var
        b : boolean;
      startstate b := false; end;
      rule "other" b := !b; end;
      invariant "small" b -> x < 5;
      liveness "on" b & x > 7;
      measure "x" x;

      """
    try expectNoVerdict(text, executor, "the limit of 1 s was reached")
  }

  @Test(arguments: [
    ("true", residues, "inconclusive: interrupted"),
    (residues, "true", "inconclusive: interrupted"),
  ])
  func anInterruptEndsAQuestion(assumption: String, condition: String, words: String) throws {
    let text = """
      symbolic
        x, y, z : address;
      assume "bounds" \(Self.bounds);
      assume "more" \(assumption);
      var
        b : boolean;
      startstate b := false; end;
      rule "other" b := !b; end;
      invariant "hard" b -> !(\(condition));

      """
    try withModel(text) { folder in
      let (output, errors, code) = try Program.run(
        ["check", "model.m"], in: folder, interruptedAfter: 4)
      #expect(code == 130, "\(output)\(errors)")
      #expect(output.contains(words), "\(output)\(errors)")
    }
  }

  @Test func aMissingZ3IsOneLineAndOtherModelsNeedNone() throws {
    try withModel { folder in
      for name in ["libz3.so", "libz3.so.4"] {
        try Data().write(to: folder.appendingPathComponent(name))
      }
      let environment = ["LD_LIBRARY_PATH": folder.path]
      let (_, errors, code) = try Program.run(
        ["check", "model.m"], in: folder, environment: environment)
      #expect(code == 2)
      #expect(errors.hasSuffix("install it with: apt-get install libz3-dev\n"), "\(errors)")
      #expect(errors.split(separator: "\n").count == 1)
      let plain =
        "var x : boolean; startstate begin x := true; end; rule true ==> begin x := !x; end;"
      try Data(plain.utf8).write(to: folder.appendingPathComponent("plain.m"))
      let (_, _, verdict) = try Program.run(
        ["check", "plain.m"], in: folder, environment: environment)
      #expect(verdict == 0)
    }
  }

  @Test func theirRulesAreCompiled() throws {
    try withModel { folder in
      /// The report without times.
      func report(_ executor: String) throws -> String {
        let (output, errors, code) = try Program.run(
          ["check", "model.m", "--deadlock", "off", "--executor", executor], in: folder)
        #expect(code == 1, "\(errors)")
        return output.split(separator: "\n").filter { !$0.hasPrefix("  time ") }
          .joined(separator: "\n")
      }
      #expect(try report("native") == report("interpreter"))
      let (source, errors, code) = try Program.run(["emit-c", "model.m"], in: folder)
      #expect(code == 0, "\(errors)")
      #expect(source.contains("void swapcheck_expand(context *c) {"))
      #expect(source.contains("compare(c, LESS_OR_EQUAL, "))
    }
  }

  @Test func whatDoesNotGoWithThem() throws {
    try withModel { folder in
      for options in [["--store", "compact"], ["--store", "bitstate"]] {
        let (_, errors, code) = try Program.run(["check", "model.m"] + options, in: folder)
        #expect(code == 2)
        #expect(errors.contains("a model with symbolic constants"))
      }
      let (_, _, formatted) = try Program.run(["format", "--check", "model.m"], in: folder)
      #expect(formatted == 0)
    }
  }

  /// What holds in every placement of Models/layouts/small-vm.yml, and not for all addresses.
  private static let placed = """
    symbolic
      kernel_base, kernel_size, trampoline_base : address;
    assume "sizes" kernel_base >= 0 & kernel_size >= 0 & trampoline_base >= 0;
    var
      done : boolean;

    startstate
      done := false;
    end;

    rule "place"
      done := !done;
    end;

    invariant "aligned" kernel_base % 2MiB = 0;
    invariant "within the machine" kernel_base + kernel_size <= 1GiB;
    invariant "the trampoline is low" trampoline_base + 4KiB <= 1MiB;
    """

  @Test func aLayoutIsKeptTo() throws {
    let path = FileManager.default.temporaryDirectory
      .appendingPathComponent("placed-\(UUID().uuidString).m").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    try Self.placed.write(toFile: path, atomically: true, encoding: .utf8)
    let layout = ["--layout", "Models/layouts/small-vm.yml"]
    #expect(try Program.run(["check", path]).code == 1)
    let held = try Program.run(["check", path] + layout)
    #expect(held.code == 0, "\(held.output)\(held.errors)")
    // An error names the item: there are two trampolines, each below 1 MiB.
    let high = Self.placed.replacingOccurrences(
      of: "assume \"sizes\"", with: "assume \"high\" trampoline_base >= 1MiB;\nassume \"sizes\"")
    try high.write(toFile: path, atomically: true, encoding: .utf8)
    let refused = try Program.run(["check", path, path] + layout)
    #expect(refused.code == 2)
    #expect(refused.errors.contains("below 1 MiB: `trampoline`: below 1 MiB"), "\(refused.errors)")
    #expect(refused.errors.components(separatedBy: "error:").count == 2, "\(refused.errors)")
    // The crash kernel's room and the running kernel take a part of the machine.
    let tight = Self.placed.replacingOccurrences(of: "<= 1GiB", with: "<= 256MiB")
    try tight.write(toFile: path, atomically: true, encoding: .utf8)
    #expect(try Program.run(["check", path] + layout).code == 1)
    let plain = try Program.run(["check", "Models/hotswap.m"] + layout)
    #expect(plain.code == 2 && plain.errors.contains("no symbolic constants"))
    let other = Self.placed.replacingOccurrences(of: "kernel_", with: "new_")
      .replacingOccurrences(of: "trampoline_", with: "start_")
    try other.write(toFile: path, atomically: true, encoding: .utf8)
    let unnamed = try Program.run(["check", path] + layout)
    #expect(unnamed.code == 2 && unnamed.errors.contains("kernel_base"), "\(unnamed.errors)")
  }
}
