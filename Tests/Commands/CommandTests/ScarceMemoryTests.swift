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
      if isLoaderEnd(code, errors) { continue }
      if code != verdict, code != 3 {
        // Swift's runtime takes memory where it is loaded, and has no words for there being none. That is
        // so within less than 100 KiB behind the loader's end.
        let (_, errors, code) = try Program.run(
          arguments, in: folder, environment: ["SWAPCHECK_REQUIRE_COMPILED": ""],
          addressLimit: kibibytes - 128)
        if isLoaderEnd(code, errors) { continue }
      }
      #expect(
        code == verdict || code == 3, "\(kibibytes) KiB: \(code)\n\(output)\n\(errors)")
      if code == 3 { #expect((output + errors).contains("inconclusive: "), "\(output)\(errors)") }
      codes.append((kibibytes, code))
    }
    return codes
  }

  private func isLoaderEnd(_ code: Int32, _ errors: String) -> Bool {
    code == 127 && errors.contains("error while loading shared libraries")
  }

  @Test(arguments: ["interpreter", "native"], [1, 2])
  func aSearchEndsWithoutASignal(executor: String, threads: Int) throws {
    let codes = try codes(
      ["check", "Models/luo.m", "--executor", executor, "--threads", "\(threads)"], expecting: 0)
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

  /// What is left is enough for a model, and not for Z3: that is not a library that is missing.
  @Test func memoryThatZ3DoesNotGet() throws {
    let codes = try codes(["verify-proof", "Proofs/layouts/cluster.smt2"], expecting: 0)
    #expect(codes.contains { $0.code == 3 })
    #expect(codes.last?.code == 0)
    let symbolic = try self.codes(["check", "Models/regions.m"], expecting: 0)
    #expect(symbolic.contains { $0.code == 3 })
    #expect(symbolic.last?.code == 0)
  }

  /// Thousands of words, each of which has few values: pages for each would be 64 MiB.
  @Test func aWideStateTakesNoPageForEachWord() throws {
    let text = """
      var a: array [0..7999] of 0..1000000000; x: 0..2;
      startstate begin for i: 0..7999 do a[i] := 0; end; x := 0; end;
      rule "up" x < 2 ==> begin a[7] := 1000000000 - x; x := x + 1; end;
      """
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "swapcheck-wide-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try text.write(to: folder.appendingPathComponent("m.m"), atomically: true, encoding: .utf8)
    let (output, errors, code) = try Program.run(
      ["check", "m.m", "--executor", "interpreter", "--threads", "1", "--deadlock", "off"],
      in: folder, addressLimit: 160_000)
    #expect(code == 0, "\(output)\(errors)")
    #expect(output.contains(": all 3 states\n"), "\(output)")
  }

  /// The assumptions of a layout are read before there is a search that could say so.
  @Test func theTimeEndsWithinAnAssumption() throws {
    let (output, errors, code) = try Program.run(
      ["check", "Models/regions.m", "--timeout", "0.001"])
    #expect(code == 3, "\(output)\(errors)")
    #expect(output.contains("inconclusive: the limit of 0 s was reached"), "\(output)\(errors)")
  }
}
