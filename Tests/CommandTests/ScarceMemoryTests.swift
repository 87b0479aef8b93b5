import Foundation
import Testing

/// Whatever addresses the system gives, a command ends with a right verdict or with `inconclusive`:
/// never by a signal, and never with another reason.
@Suite struct ScarceMemoryTests {
  /// Kibibytes from where the loader finds no room for libraries to where there is enough.
  private static let limits = Array(stride(from: 70_000, through: 150_000, by: 4_000)) + [600_000]

  /// Runs a command under each limit.
  ///
  /// - Returns: The exit codes under which it came to run, by limit.
  private func codes(
    _ arguments: [String], expecting verdict: Int32, in folder: URL = Program.root
  ) throws -> [(kibibytes: Int, code: Int32)] {
    var codes: [(Int, Int32)] = []
    for kibibytes in Self.limits {
      let (output, errors, code) = try Program.run(
        arguments, in: folder, environment: ["SWAPCHECK_REQUIRE_COMPILED": ""],
        addressLimit: kibibytes)
      // That is the loader's end, before there is anything of ours.
      if code == 127, errors.contains("error while loading shared libraries") { continue }
      #expect(
        code == verdict || code == 3, "\(kibibytes) KiB: \(code)\n\(output)\n\(errors)")
      if code == 3 { #expect((output + errors).contains("inconclusive: "), "\(output)\(errors)") }
      codes.append((kibibytes, code))
    }
    return codes
  }

  @Test(arguments: ["interpreter", "native"], [1, 2])
  func aSearchEndsWithoutASignal(engine: String, threads: Int) throws {
    let codes = try codes(
      ["check", "Models/luo.m", "--engine", engine, "--threads", "\(threads)"], expecting: 0)
    #expect(codes.contains { $0.code == 3 })
    #expect(codes.last?.code == 0)
  }

  @Test(arguments: ["compact", "bitstate"])
  func aStoreThatMayMissStates(store: String) throws {
    _ = try codes(["check", "Models/cluster.m", "--store", store], expecting: 3)
  }

  @Test func aViolationIsShownOrNot() throws {
    let codes = try codes(
      ["check", "Tests/Corpus/violated/assert-in-guard.m", "--format", "json"], expecting: 1)
    #expect(codes.last?.code == 1)
  }

  @Test func aWalk() throws {
    let codes = try codes(["simulate", "Models/hotswap.m", "--steps", "10"], expecting: 0)
    #expect(codes.last?.code == 0)
  }
}
