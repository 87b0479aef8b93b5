import Glibc
import Processes
import UserCache

/// A C compiler: tcc for what is to be there at once, the one that comes with the Swift toolchain
/// or the system's for everything else.
struct CCompiler {
  let path: String
  private let isTiny: Bool

  private init(path: String, isTiny: Bool = false) {
    self.path = path
    self.isTiny = isTiny
  }

  /// tcc for quick code, if it is on the path; else the clang beside `swift`, else `clang`, else
  /// `cc`; nil if there is none. Of the rules of Models/bproc.m, 89 kB of C, tcc makes code in 8 ms
  /// and clang at `-O0` in 80, and the code is as fast.
  static func find(_ effort: CompilationEffort) -> CCompiler? {
    // It has no sanitizers, nor most other flags.
    if effort == .quick, addedFlags.isEmpty, let tiny = ChildProcess.executable("tcc") {
      return CCompiler(path: tiny, isTiny: true)
    }
    if let swift = ChildProcess.executable("swift"), let real = resolved(swift),
      let slash = real.lastIndex(of: "/")
    {
      let clang = real[...slash] + "clang"
      if ChildProcess.isExecutable(String(clang)) { return CCompiler(path: String(clang)) }
    }
    for name in ["clang", "cc"] {
      if let path = ChildProcess.executable(name) { return CCompiler(path: path) }
    }
    return nil
  }

  /// What is compiled with. Signed arithmetic wraps, and objects may be read as others: the emitted
  /// code checks what has to be checked itself.
  private static let flags = [
    "-shared", "-fPIC", "-fwrapv", "-fno-strict-aliasing", "-fomit-frame-pointer", "-w",
    "-x", "c",
  ]

  /// Those of `SWAPCHECK_CFLAGS`, which the tests compile with sanitizers by.
  private static var addedFlags: [String] {
    (getenv("SWAPCHECK_CFLAGS").map { String(cString: $0) } ?? "").split(separator: " ").map(
      String.init)
  }

  /// The flags of an effort, and behind them those of the environment.
  func flags(_ effort: CompilationEffort) -> [String] {
    // Signed arithmetic of tcc always wraps, and it optimises nothing that would have to be
    // forbidden.
    isTiny ? ["-shared", "-w"] : effort.flags + Self.flags + Self.addedFlags
  }

  /// Compiles a file of C to a shared object.
  ///
  /// - Parameter scratch: A folder for what the compiler makes meanwhile, and leaves if it is ended.
  func compile(
    _ source: String, to object: String, log: String, scratch: String,
    _ effort: CompilationEffort, _ process: CompilerProcess
  ) throws(NativeCodeError) {
    var arguments = [path] + flags(effort)
    if path.hasSuffix("clang") { arguments.insert("-fbracket-depth=100000", at: 1) }
    arguments += [source, "-o", object]
    guard let status = Self.run(arguments, log: log, scratch: scratch, process) else {
      throw .noCompiler
    }
    guard status == 0 else { throw .compilerFailed("\(path): \(Self.firstError(in: log))") }
  }

  private static func run(
    _ arguments: [String], log: String, scratch: String, _ compiler: CompilerProcess
  ) -> Int32? {
    let variables = ChildProcess.environment.filter { !$0.hasPrefix("TMPDIR=") }
    let process = compiler.start {
      ChildProcess.start(
        arguments, environment: variables + ["TMPDIR=\(scratch)"], output: .file(log))
    }
    guard let process else { return nil }
    defer { compiler.hasEnded() }
    return ChildProcess.wait(for: process)
  }

  /// The first line that speaks of an error, or else the first one, of what a compiler has printed:
  /// that may be any number of bytes.
  private static func firstError(in path: String) -> String {
    let text = String(decoding: Files.read(path, atMost: 1 << 16) ?? [], as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline)
    let line = lines.first { $0.contains("error") } ?? lines.first
    return line.map { String($0.prefix(400)) } ?? "it says nothing"
  }

  private static func resolved(_ path: String) -> String? {
    guard let real = realpath(path, nil) else { return nil }
    defer { free(real) }
    return String(cString: real)
  }
}

/// What compiling may take. Measured on the rules of Benchmarks/swap.m with clang: 50 ms for code
/// that takes 2.6 times as long as that of 150 ms.
package enum CompilationEffort: Sendable {
  case quick
  case full

  var flags: [String] {
    switch self {
    case .quick: ["-O0"]
    case .full: ["-O2", "-DFULL"]
    }
  }
}
