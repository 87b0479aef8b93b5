import Glibc

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
    if effort == .quick, addedFlags.isEmpty, let tiny = executable("tcc") {
      return CCompiler(path: tiny, isTiny: true)
    }
    if let swift = executable("swift"), let real = resolved(swift),
      let slash = real.lastIndex(of: "/")
    {
      let clang = real[...slash] + "clang"
      if isExecutable(String(clang)) { return CCompiler(path: String(clang)) }
    }
    for name in ["clang", "cc"] {
      if let path = executable(name) { return CCompiler(path: path) }
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
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // In a process group of its own: Ctrl-C is for us, and the search goes on to its result.
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    let words = Self.words(arguments)
    let variables = Self.words(environment(scratch: scratch))
    defer { for word in words + variables { free(word) } }
    let process = compiler.start {
      var process = pid_t()
      let error = posix_spawn(&process, arguments[0], &actions, &attributes, words, variables)
      return error == 0 ? process : nil
    }
    guard let process else { return nil }
    defer { compiler.hasEnded() }
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { if errno != EINTR { return nil } }
    return status
  }

  private static func words(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }

  /// The variables of this process, but for where temporary files are made.
  private static func environment(scratch: String) -> [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      let text = String(cString: variable)
      if !text.hasPrefix("TMPDIR=") { variables.append(text) }
      next += 1
    }
    return variables + ["TMPDIR=\(scratch)"]
  }

  /// The first line that speaks of an error, or else the first one, of what a compiler has printed:
  /// that may be any number of bytes.
  private static func firstError(in path: String) -> String {
    let text = String(decoding: Files.read(path, atMost: 1 << 16) ?? [], as: UTF8.self)
    let lines = text.split(whereSeparator: \.isNewline)
    let line = lines.first { $0.contains("error") } ?? lines.first
    return line.map { String($0.prefix(400)) } ?? "it says nothing"
  }

  private static func executable(_ name: String) -> String? {
    guard let path = getenv("PATH").map({ String(cString: $0) }) else { return nil }
    return path.split(separator: ":").map { "\($0)/\(name)" }.first(where: isExecutable)
  }

  /// Whether it is a file that can be run; a folder can be entered, which is the same permission.
  private static func isExecutable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && access(path, X_OK) == 0
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
