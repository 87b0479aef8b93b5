import Checking
import Diagnostics
import Exploration
import Foundation
import Murphi
import NativeCode
import TestSupport
import Testing
import TransitionSystem

/// What holds of the C of every model, whoever compiles it.
@Suite struct EmittedCTests {
  // MARK: - Models

  /// The models of the repository, with a part of their variants.
  private static let files =
    RepositoryModel.models(below: "Models", "Benchmarks", "Tests")
    + RepositoryModel.variants(every: 12, from: 3)

  /// The C of a model with its elements told apart and not; none for a model that is refused.
  private func emitted(_ path: String, _ text: String) throws -> [String] {
    try emitted(SourceText(path: path, text: text))
  }

  private func emitted(_ source: SourceText) throws -> [String] {
    guard let system = MurphiModel.load(source).system else { return [] }
    let texts = try SearchSpace.Symmetry.allCases.map { symmetry in
      var request = CheckRequest(system)
      request.symmetry = symmetry
      return try CheckPlan.make(request).space().emittedRules().text
    }
    return Set(texts).sorted()
  }

  // MARK: - Names

  /// The families of names that are made for a model, and how each is known.
  private static let families: [String: String] = [
    "local": "t[0-9]+_[a-z]+",
    "position": "k[0-9]+(_[a-z]+)?",
    "parameter": "p[0-9]+",
    "variable": "v_[A-Za-z0-9_]+",
    "shifts": "SHIFTS_[0-9]+",
    "part":
      "(function|recalled|renewed|rule|property|antecedent|step_assumption|done|discard)_[0-9]+",
  ]

  /// Words that the rest of the C consists of: C's own, the compilers', and ours.
  private static let words: Set<String> = {
    let keywords = """
      auto break case char const continue default do double else enum extern float for goto if inline
      int long register restrict return short signed sizeof static struct switch typedef union
      unsigned void volatile while _Alignas _Alignof _Atomic _Bool _Complex _Generic _Imaginary
      _Noreturn _Static_assert _Thread_local asm typeof define undef ifdef ifndef endif pragma
      include clang loop unroll full
      __attribute__ always_inline unused noinline cold noreturn returns_twice
      """
    // Predefined by gcc on one machine or the other, and built-in functions of short names.
    let predefined = """
      unix linux i386 i486 i586 i686 arm mips sparc vax sun hpux pic m68k
      j0 j1 jn y0 y1 yn exp log pow sin cos abs labs index rindex
      """
    return Set((keywords + " " + predefined).split(whereSeparator: \.isWhitespace).map(String.init))
  }()

  /// Names that the emitter itself gives, beside the families.
  private static let own: Set<String> = [
    "no_variable", "WORD", "swapcheck_expand", "swapcheck_inspect", "least", "greatest", "low",
    "high", "result",
    "is_assumed", "has_held",
  ]

  /// Identifiers of C text, comments left out.
  private static func identifiers(_ text: String) -> Set<String> {
    var found: Set<String> = []
    var rest = text[...]
    var code = ""
    while let start = rest.range(of: "/*") {
      code += rest[..<start.lowerBound] + " "
      rest = rest[start.upperBound...]
      rest = rest.range(of: "*/").map { rest[$0.upperBound...] } ?? ""
    }
    code += rest
    for word in code.split(whereSeparator: {
      !($0 == "_" || $0.isASCII && ($0.isLetter || $0.isNumber))
    })
    where word.first?.isNumber == false {
      found.insert(String(word))
    }
    return found
  }

  private static func families(of name: String) -> [String] {
    families.filter {
      name.range(of: "^(\($0.value))$", options: .regularExpression) != nil
    }.map(\.key)
  }

  /// What is there whatever the model: the runtime, with and without symbolic constants.
  private func runtime() throws -> Set<String> {
    let plain = "var x: 0..1; startstate begin x := 0; end; rule begin x := 1 - x; end;"
    let symbolic = try #require(SymbolicModels.all.values.first)
    var names: Set<String> = []
    for text in try emitted("plain.m", plain) + emitted("symbolic.m", symbolic) {
      names.formUnion(Self.identifiers(text))
    }
    return names.filter { Self.families(of: $0).isEmpty }
  }

  @Test func noFixedWordIsOfAFamily() throws {
    for word in Self.words.union(Self.own).union(try runtime()) {
      #expect(Self.families(of: word) == [], "\(word)")
    }
  }

  private func expectDisjoint(_ text: String, _ model: String, _ runtime: Set<String>) {
    for name in Self.identifiers(text) {
      let families = Self.families(of: name)
      let isFixed =
        Self.words.contains(name) || Self.own.contains(name) || runtime.contains(name)
        || name == "ULL" || name == "LL"
      #expect(families.count + (isFixed ? 1 : 0) == 1, "\(model): \(name) is of \(families)")
    }
    // Within a function no local name is declared twice.
    var declared: Set<Substring> = []
    for line in text.split(separator: "\n") {
      if line.hasPrefix("}") { declared = [] }
      let words = line.split { " (;".contains($0) }
      for (position, word) in words.dropLast(2).enumerated()
      where ["i64", "u64", "ref"].contains(word) && words[position + 2] == "=" {
        let name = words[position + 1]
        guard name.hasPrefix("t"), name.dropFirst().first?.isNumber == true else { continue }
        #expect(declared.insert(name).inserted, "\(model): \(name) is declared twice")
      }
    }
  }

  @Test(arguments: GrowingModels.all.keys.sorted())
  func familiesAreDisjointInLargeModels(kind: String) throws {
    let model = try #require(GrowingModels.all[kind])
    let runtime = try runtime()
    for text in try emitted("\(kind).m", model(1_000)) { expectDisjoint(text, kind, runtime) }
  }

  @Test func familiesAreDisjointInAllModels() throws {
    let runtime = try runtime()
    for file in Self.files {
      for text in try emitted(try file.source(named: "model.m")) {
        expectDisjoint(text, file.testDescription, runtime)
      }
    }
  }

  /// Names of C, of its library and of the emitted C itself, as names of a model.
  @Test func everyNameCanBeAModels() throws {
    let names = [
      "i64", "u64", "int", "state", "ref", "context", "v_x", "t1_v", "k0", "p0", "rule_0", "main",
      "copy", "load", "WORDS", "UNDEFINED", "longjmp", "unix", "linux", "y1", "NULL", "c", "s", "f",
      "r", "p", "next",
    ]
    let declared = names.map { "\($0): 0..3;\n" }.joined()
    let begun = names.map { "\($0) := 0;\n" }.joined()
    let counted = names.map { "\($0) := (\($0) + 1) % 4;\n" }.joined()
    let text = "var \(declared) startstate begin \(begun) end;\nrule begin \(counted) end;"
    for text in try emitted("names.m", text) {
      for compiler in Compiler.all {
        #expect(try compiler.complaints(text) == "", "\(compiler.name)")
      }
    }
  }

  // MARK: - Compilers

  /// A C compiler with the warnings that speak of a mistake in the C.
  private struct Compiler {
    let name: String
    let flags: [String]
    /// Whether it has no way to write no object. Not to /dev/null: tcc removes what is there, and root
    /// may.
    var writes = false

    private static let mistakes = [
      "implicit-function-declaration", "implicit-int", "incompatible-pointer-types",
      "int-conversion", "return-type", "uninitialized",
    ]

    static let all = [
      Compiler(name: "tcc", flags: ["-c"], writes: true),
      Compiler(
        name: "gcc",
        flags: ["-fsyntax-only", "-Werror=builtin-declaration-mismatch"] + errors),
      Compiler(
        name: "clang",
        flags: ["-fsyntax-only", "-DFULL", "-fbracket-depth=100000"] + errors
          // A model may compare a variable with itself, and everything is in brackets.
          + ["-Wno-parentheses-equality", "-Wno-tautological-compare"]),
    ]

    private static let errors = mistakes.map { "-Werror=\($0)" }

    /// All that it says of some C, and of its own end.
    func complaints(_ text: String) throws -> String {
      let file = FileManager.default.temporaryDirectory
        .appendingPathComponent("swapcheck-emitted-\(UUID().uuidString).c")
      let object = file.deletingPathExtension().appendingPathExtension("o")
      try Data(text.utf8).write(to: file)
      defer {
        try? FileManager.default.removeItem(at: file)
        try? FileManager.default.removeItem(at: object)
      }
      let run = try OtherProgram.run(
        [name] + flags + (writes ? ["-o", object.path] : []) + [file.path])
      return run.code == 0 ? run.said : "ends with \(run.code): \(run.said)"
    }
  }

  private func expectCompiled(_ text: String, _ model: String) throws {
    for compiler in Compiler.all {
      let said = try compiler.complaints(text)
      #expect(said == "", "\(compiler.name) says of \(model): \(said.prefix(2_000))")
    }
  }

  @Test(arguments: files)
  func allCompilersReadAllModels(file: RepositoryModel) throws {
    for text in try emitted(try file.source(named: "model.m")) {
      try expectCompiled(text, file.testDescription)
    }
  }

  @Test(arguments: 0..<300)
  func allCompilersReadRandomModels(seed: Int) throws {
    let model = RandomModel(seed: 91_000 + UInt64(seed), size: 2 + seed % 8)
    for text in try emitted("random.m", model.text) { try expectCompiled(text, "random \(seed)") }
  }

  @Test(arguments: GrowingModels.all.keys.sorted())
  func allCompilersReadLargeModels(kind: String) throws {
    let model = try #require(GrowingModels.all[kind])
    for text in try emitted("\(kind).m", model(1_000)) { try expectCompiled(text, kind) }
  }

  // MARK: - Deep expressions

  /// Operands of a chain and levels of nesting, up to what models may have. tcc has room for few.
  @Test(arguments: [10, 60, 90, 900])
  func deepExpressionsAreCompiled(depth: Int) throws {
    let chain =
      "x := (" + Array(repeating: "(x * 3)", count: depth).joined(separator: " + ") + ") % 8;"
    var nested = "x"
    var indices = "x"
    for _ in 0..<min(depth, 90) {
      nested = "(1 + \(nested)) % 8"
      indices = "a[\(indices)]"
    }
    let text = """
      var a: array [0..7] of 0..7; x: 0..7;
      startstate begin for i: 0..7 do a[i] := 7 - i; end; x := 0; end;
      rule begin \(chain) x := \(nested); x := \(indices); x := (x + 1) % 8; end;
      """
    let loaded = MurphiModel.load(SourceText(path: "deep.m", text: text))
    let (system, diagnostics) = (loaded.system, loaded.diagnostics)
    let space = SearchSpace(try #require(system, "\(diagnostics)"))
    var options = ExplorationOptions()
    options.executor = .native
    for effort in [true, false] {
      options.nativeEffort = effort ? .quick : .full
      let result = Explorer.explore(space, options: options)
      #expect(result.compilationFailure == nil, "\(depth)")
      guard case .inconclusive = result.verdict else { continue }
      Issue.record("\(result.verdict)")
    }
  }
}
