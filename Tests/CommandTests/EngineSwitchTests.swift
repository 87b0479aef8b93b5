import Foundation
import Testing

/// A search begins with the interpreter, goes on with rules that were compiled quickly, and ends
/// with rules that were compiled well; nothing that it reports shows where.
@Suite struct EngineSwitchTests {
  /// Large enough that the compiler is started twice. Its covers are counted by all three.
  private static let call = [
    "check", "Models/hotswap.m", "--set", "CPUS=4", "--set", "PROCS=9", "--symmetry", "off",
    "--format", "json",
  ]

  @Test(arguments: [1, 2])
  func movingOverChangesNothing(threadCount: Int) throws {
    let cache = FileManager.default.temporaryDirectory
      .appendingPathComponent("swapcheck-engines-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: cache, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: cache) }
    let arguments = Self.call + ["--threads", String(threadCount)]
    let environment = ["XDG_CACHE_HOME": cache.path]
    let moved = try Program.run(arguments, environment: environment)
    // Both were compiled, and are kept.
    let entries = try FileManager.default.contentsOfDirectory(
      atPath: cache.appendingPathComponent("swapcheck").path)
    #expect(entries.count == 2)
    let native = try Program.run(arguments + ["--engine", "native"], environment: environment)
    #expect(moved.code == 0, "\(moved.errors)")
    #expect(Self.comparable(moved.output) == Self.comparable(native.output))
  }

  /// A report without times and bytes.
  private static func comparable(_ report: String) -> [Substring] {
    report.split(separator: "\n").filter { line in
      !line.contains("econd") && !line.contains("\"memoryBytes\":")
    }
  }
}
