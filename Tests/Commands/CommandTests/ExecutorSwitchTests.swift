import Foundation
import Testing

/// A search begins with the interpreter, goes on with rules that were compiled quickly, and ends
/// with rules that were compiled well; nothing that it reports shows where.
@Suite struct ExecutorSwitchTests {
  /// Large enough that the compiler is started twice. Its covers are counted by all three.
  private static let call = [
    "check", "Models/hotswap.m", "--set", "CPUS=4", "--set", "PROCS=9", "--symmetry", "off",
    "--format", "json",
  ]

  @Test(arguments: [1, 2])
  func movingOverChangesNothing(threadCount: Int) throws {
    let cache = FileManager.default.temporaryDirectory
      .appendingPathComponent("swapcheck-executors-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: cache) }
    let arguments = Self.call + ["--threads", String(threadCount)]
    let environment = ["XDG_CACHE_HOME": cache.path]
    var moved: [(output: String, errors: String, code: Int32)] = []
    var entries: [String] = []
    // A search that ends before a compiler does notes that, and the next one begins with it.
    while moved.count < 4, entries.count < 2 {
      moved.append(try Program.run(arguments, environment: environment))
      entries = try FileManager.default.contentsOfDirectory(
        atPath: cache.appendingPathComponent("swapcheck").path
      ).filter { !$0.hasSuffix(".unfinished") }
    }
    // Both were compiled, and are kept.
    #expect(entries.count == 2)
    let native = try Program.run(arguments + ["--executor", "native"], environment: environment)
    for found in moved {
      #expect(found.code == 0, "\(found.errors)")
      #expect(Self.comparable(found.output) == Self.comparable(native.output))
    }
  }

  /// A folder for the cache and temporary files, and one that is first on the path.
  private struct Place {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("swapcheck-executors-\(UUID().uuidString)")
    var cache: URL { root.appendingPathComponent("cache") }
    var temporary: URL { root.appendingPathComponent("temporary") }
    private var programs: URL { root.appendingPathComponent("bin") }

    init() throws {
      for folder in [cache, temporary, programs] {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      }
    }

    func remove() { try? FileManager.default.removeItem(at: root) }

    func addProgram(_ name: String, _ script: String) throws {
      let file = programs.appendingPathComponent(name)
      try Data(("#!/bin/sh\n" + script).utf8).write(to: file)
      #expect(chmod(file.path, 0o755) == 0)
    }

    var environment: [String: String] {
      let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
      return [
        "XDG_CACHE_HOME": cache.path, "TMPDIR": temporary.path,
        "PATH": "\(programs.path):\(path)",
      ]
    }

    /// All files, however deep.
    func files(_ folder: URL) -> [String] {
      (FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? [])
    }
  }

  /// tcc says nothing when the disk is full; what is loaded of half an object ends the process.
  @Test func halfAnObjectIsNotLoaded() throws {
    let place = try Place()
    defer { place.remove() }
    let script = """
      path="${PATH#*:}"
      PATH="$path" tcc "$@" || exit 1
      for object; do :; done
      size=$(wc -c < "$object")
      truncate -s $((size / 2)) "$object"

      """
    try place.addProgram("tcc", script)
    let call = [
      "check", "Models/hotswap.m", "--set", "CPUS=3", "--set", "PROCS=4", "--symmetry", "off",
      "--format", "json",
    ]
    let found = try Program.run(
      call, environment: place.environment.merging(Self.undemanding) { $1 })
    #expect(found.code == 0, "\(found.errors)")
    let plain = try Program.run(call + ["--executor", "interpreter"])
    let lines = Self.comparable(found.output)
    for line in Self.comparable(plain.output) where !line.contains("\"compilationFailure\"") {
      #expect(lines.contains(line))
    }
  }

  /// A compilation that fails is not to make the search fail.
  private static let undemanding = ["SWAPCHECK_REQUIRE_COMPILED": ""]

  /// Scripts in the place of compilers, and what the warning says of each.
  private static let broken = [
    ("echo rules.c:7: error: no such thing; exit 1", "rules.c:7: error: no such thing"),
    ("kill -KILL $$", "it says nothing"),
    ("echo nothing of note; exit 0", "it wrote a part of the object"),
    ("yes 'error: of many lines' | head -c 9000000; exit 1", "error: of many lines"),
  ]

  @Test(arguments: broken)
  func aFailureIsSaid(script: String, reason: String) throws {
    let place = try Place()
    defer { place.remove() }
    for name in ["tcc", "swift", "clang", "cc"] { try place.addProgram(name, script + "\n") }
    let call = [
      "check", "Models/hotswap.m", "--set", "CPUS=3", "--set", "PROCS=4", "--symmetry", "off",
      "--format", "json",
    ]
    let found = try Program.run(
      call, environment: place.environment.merging(Self.undemanding) { $1 })
    #expect(found.code == 0, "\(found.errors)")
    #expect(found.errors.contains("warning: the rules could not be compiled"), "\(found.errors)")
    #expect(found.errors.contains(reason), "\(found.errors)")
    #expect(found.errors.utf8.count < 2_000)
    #expect(found.output.contains("\"interpreted\": true"), "\(found.output.prefix(2_000))")
    #expect(!place.files(place.cache).contains { $0.contains("new-") })
    // Tests are to notice, whatever the search itself finds.
    let demanding = try Program.run(
      call, environment: place.environment.merging(["SWAPCHECK_REQUIRE_COMPILED": "1"]) { $1 })
    #expect(demanding.code == 3, "\(demanding.output.prefix(2_000))")
  }

  /// The other compiler's code does as well, but a mistake in the C is to be found.
  @Test func aQuickFailureAloneIsSaidToo() throws {
    let place = try Place()
    defer { place.remove() }
    try place.addProgram("tcc", "echo error: of tcc alone; exit 1\n")
    let call = [
      "check", "Models/hotswap.m", "--set", "CPUS=4", "--set", "PROCS=8", "--symmetry", "off",
      "--format", "json",
    ]
    let found = try Program.run(
      call, environment: place.environment.merging(Self.undemanding) { $1 })
    #expect(found.code == 0, "\(found.errors)")
    #expect(found.errors.contains("error: of tcc alone"), "\(found.errors)")
    #expect(found.output.contains("\"interpreted\": false"), "\(found.output.prefix(2_000))")
    // With nothing in the cache yet.
    let other = try Place()
    defer { other.remove() }
    try other.addProgram("tcc", "echo error: of tcc alone; exit 1\n")
    let demanding = try Program.run(
      call, environment: other.environment.merging(["SWAPCHECK_REQUIRE_COMPILED": "1"]) { $1 })
    #expect(demanding.code == 3, "\(demanding.output.prefix(2_000))")
  }

  /// The search ends while the second compiler runs, whose own files go with it.
  @Test func aCompilerThatIsEndedLeavesNothing() throws {
    let place = try Place()
    defer { place.remove() }
    let call = ["check", "Models/hotswap.m", "--set", "CPUS=4", "--set", "PROCS=7"]
    for _ in 0..<3 {
      let found = try Program.run(
        call + ["--symmetry", "off"], environment: place.environment)
      #expect(found.code == 0, "\(found.errors)")
    }
    #expect(place.files(place.temporary).isEmpty)
    #expect(!place.files(place.cache).contains { $0.contains("new-") })
  }

  /// Neither into a cache nor into a temporary folder in which others could exchange it.
  @Test(arguments: [("777", false), ("1777", true)])
  func codeIsCompiledWhereItIsSafe(mode: String, isUsed: Bool) throws {
    let place = try Place()
    defer { place.remove() }
    let log = place.root.appendingPathComponent("log")
    try place.addProgram(
      "tcc", "echo \"$@\" >> \(log.path); PATH=\"${PATH#*:}\" exec tcc \"$@\"\n")
    let bits = try #require(mode_t(mode, radix: 8))
    #expect(chmod(place.cache.path, 0o777) == 0)
    #expect(chmod(place.temporary.path, bits) == 0)
    let found = try Program.run(
      ["check", "Models/hotswap.m", "--set", "CPUS=3", "--set", "PROCS=4", "--symmetry", "off"],
      environment: place.environment)
    #expect(found.code == 0, "\(found.errors)")
    let calls = try String(contentsOf: log, encoding: .utf8)
    #expect(!calls.contains(place.cache.path))
    #expect(calls.contains(place.temporary.path + "/new-") == isUsed)
  }

  @Test func aCompilerThatHangsIsNotWaitedFor() throws {
    let place = try Place()
    defer { place.remove() }
    // A toolchain whose clang does nothing.
    for name in ["swift", "clang"] { try place.addProgram(name, "exec sleep 2000\n") }
    let call = ["check", "Models/hotswap.m", "--executor", "native"]
    let start = ContinuousClock.now
    let late = try Program.run(call + ["--timeout", "1"], environment: place.environment)
    #expect(late.code == 3, "\(late.output)\(late.errors)")
    let interrupted = try Program.run(
      call, environment: place.environment, interruptedAfter: 2)
    #expect(interrupted.code == 130, "\(interrupted.output)\(interrupted.errors)")
    // Far less than the compiler, and far more than a busy machine takes.
    #expect(ContinuousClock.now - start < .seconds(1_000))
    #expect(!place.files(place.cache).contains { $0.contains("new-") })
  }

  /// A report without times and bytes.
  private static func comparable(_ report: String) -> [Substring] {
    report.split(separator: "\n").filter { line in
      !line.contains("econd") && !line.contains("\"memoryBytes\":")
    }
  }
}
