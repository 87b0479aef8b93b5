import Foundation
import Testing

/// Files that are no files, or far too large, as each input that there is.
@Suite struct InputLimitTests {
  private static let layouts = Program.root.appendingPathComponent("Models/layouts").path

  /// Each command with an input that stands for `IN`.
  private static let inputs = [
    "check IN", "simulate IN", "lint IN", "format IN", "emit-c IN",
    "instantiate IN --from x", "instantiate \(model) --from IN", "check --scenarios IN",
    "check \(model) --layout IN", "fit IN", "verify-proof IN", "prove \(model) --with IN",
    "verify-proof \(Program.root.path)/Proofs/layouts/small-vm.smt2 --layout IN",
    "review IN \(model)", "review \(model) IN", "review \(model) --patch IN",
    "automaton IN --observe rules", "automaton \(model) --observe IN",
    "fit --map IN --kernel \(kernel) --memory 1GiB",
    "fit --map \(layouts)/small-vm.iomem.txt --kernel IN --memory 1GiB",
    "fit --map \(layouts)/small-vm.iomem.txt --kernel \(kernel) --memory 1GiB --initrd IN",
  ]
  private static let model = Program.root.appendingPathComponent("Models/regions.m").path
  private static let kernel = "kernel.elf"

  private static func run(_ command: String, _ input: String, in folder: URL) throws -> (
    errors: String, code: Int32
  ) {
    let line = command.replacingOccurrences(of: "IN", with: input)
    // Memory is limited: nothing is read before its size is looked at.
    let answer = try Program.shell("timeout 20 swapcheck \(line)", in: folder)
    return (answer.errors, answer.code)
  }

  @Test(arguments: inputs) func whatIsNoFileIsRefused(command: String) throws {
    try Program.inTemporaryFolder { folder throws in
      try LeastKernel.write(to: Self.kernel, in: folder)
      let setUp = try Program.shell(
        "mkfifo pipe; mkdir folder; truncate -s 20G large; ln -s loop loop", in: folder)
      #expect(setUp.code == 0)
      for input in ["pipe", "folder", "/dev/zero", "loop", "none"] {
        let (errors, code) = try Self.run(command, input, in: folder)
        #expect(code == 2, "\(command) \(input): \(code)")
        #expect(errors.contains("error"), "\(command) \(input): \(errors)")
      }
      // An initrd or a kernel may have any size: only its start is read.
      let (errors, code) = try Self.run(command, "large", in: folder)
      #expect(command.contains("--initrd IN") ? code < 3 : code == 2, "\(command): \(errors)")
    }
  }

  @Test func pipesWithSomethingInThemAreRead() throws {
    try Program.inTemporaryFolder { folder throws in
      for script in [
        "swapcheck check <(cat '\(Self.model)')",
        "cat '\(Self.model)' | swapcheck check /dev/stdin",
        "swapcheck check /dev/stdin < '\(Self.model)'",
        "mkfifo p; (sleep 1; cat '\(Self.model)' > p) & swapcheck check p",
        "mkfifo q; (exec > q; sleep 4; cat '\(Self.model)') & swapcheck check q",
        "swapcheck verify-proof <(cat \"$REPO\"/Proofs/layouts/small-vm.smt2)",
      ] {
        let answer = try Program.shell(script, in: folder)
        #expect(answer.code == 0, "\(script): \(answer.errors)")
      }
      let endless = try Program.shell("timeout 20 swapcheck check <(yes)", in: folder)
      #expect(endless.code == 2)
      #expect(endless.errors.contains("error[E0702]"))
    }
  }

  /// A writer that says nothing is waited for, but not beyond `--timeout` or an interrupt.
  @Test func silentPipesAreLeft() throws {
    try Program.inTemporaryFolder { folder throws in
      let late = try Program.shell(
        "timeout 20 swapcheck check <(exec sleep 30) --timeout 0.5", in: folder)
      #expect(late.code == 2)
      #expect(late.errors.contains("has not ended within 0.5 s"))
      let stopped = try Program.shell(
        "timeout --foreground -s INT 1 swapcheck check <(exec sleep 30)", in: folder)
      #expect(stopped.code == 124)
    }
  }

  @Test func filesOfTheKernelAreRead() throws {
    // Its size is 0.
    let answer = try Program.run(["check", "/proc/version"])
    #expect(answer.code == 2)
    #expect(answer.errors.contains("Linux"))
  }

  @Test func pathsWithAZeroByteAreNotCut() throws {
    try Program.inTemporaryFolder { folder throws in
      try Program.write(
        "version: 1\nscenarios: [{ name: a, model: \"\(Self.model)\\0.m\", expect: holds }]\n",
        to: "s.yml", in: folder)
      let answer = try Program.run(["check", "--scenarios", "s.yml"], in: folder)
      #expect(answer.code == 2)
      #expect(answer.errors.contains("regions.m\\u{0}.m: error: the file cannot be read"))
    }
  }

  /// Whatever stands for what an alias names, however often.
  @Test func aliasesAreNotWrittenOut() throws {
    try Program.inTemporaryFolder { folder throws in
      var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
      for level in 1..<30 {
        let list = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
        text += "a\(level): &a\(level) [\(list)]\n"
      }
      for end in ["? *a29\n: x\n", "<<: *a29\n", "tags: *a29\n", "? {*a29: *a29}\n: *a29\n"] {
        try Program.write("version: 1\n" + text + end, to: "a.yml", in: folder)
        for command in ["fit IN", "check --scenarios IN"] {
          let (errors, code) = try Self.run(command, "a.yml", in: folder)
          #expect(code == 2)
          #expect(errors.contains("a.yml:6:"), "\(errors)")
        }
      }
      for text in [
        String(repeating: "[", count: 100_000), String(repeating: "{a: ", count: 100_000),
        String(repeating: "- ", count: 100_000),
        (0..<2_000).map { String(repeating: " ", count: $0) + "a:\n" }.joined(),
        "a: [" + String(repeating: "x, ", count: 100_001) + "]",
      ] {
        try Program.write(text, to: "a.yml", in: folder)
        #expect(try Self.run("fit IN", "a.yml", in: folder).code == 2)
      }
    }
  }
}

/// Paths of scenarios begin at the file's folder, but for those that begin at the root.
@Suite struct ScenarioPathTests {
  @Test func pathsOfScenariosAreFound() throws {
    try Program.inTemporaryFolder { folder throws in
      let model = "var x: 0..1;\nstartstate begin x := 0; end;\nrule begin x := 1 - x; end;\n"
      let setUp = try Program.shell(
        """
        mkdir d e; cp "$REPO"/Tests/Commands/CommandTests/Golden/fit-unique.yml e/l.yml
        cp "$REPO"/Tests/Commands/CommandTests/Golden/fit.iomem.txt e
        """, in: folder)
      #expect(setUp.code == 0)
      try Program.write(model, to: "e/abs.m", in: folder)
      try Program.write(
        """
        version: 1
        scenarios:
          - { name: a, model: \(folder.path)/e/abs.m, expect: holds, tags: quick }
          - { name: b, model: ../e/abs.m, expect: holds, tags: quick }
          - { name: c, layout: \(folder.path)/e/l.yml, expect: fits }
          - { name: d, layout: ../e/l.yml, expect: fits }
          - { name: e, model: none.m, expect: holds, tags: nightly }
        """, to: "d/s.yml", in: folder)
      let all = try Program.run(["check", "--scenarios", "d/s.yml"], in: folder)
      #expect(all.code == 0, "\(all.output)\(all.errors)")
      #expect(all.output.contains("4 of 4 scenarios"))
      let tagged = try Program.run(
        ["check", "--scenarios", "d/s.yml", "--tag", "quick"], in: folder)
      #expect(tagged.output.contains("2 of 2 scenarios"))
    }
  }
}
