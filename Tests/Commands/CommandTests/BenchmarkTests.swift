import Foundation
import TestSupport
import Testing

/// That the benchmark of searches beside each other still measures the same searches. What it takes is not
/// looked at: the machine has other work.
@Suite struct BenchmarkTests {
  private static let hasPython = FileManager.default.isExecutableFile(atPath: "/usr/bin/python3")

  @Test(.enabled(if: hasPython))
  func pairsOfSearchesAgree() throws {
    let run = try OtherProgram.run([
      "python3", Repository.root.appendingPathComponent("Benchmarks/bench.py").path, "--quick",
      "--pairs",
    ])
    let said = run.said
    #expect(run.code == 0, "\(said)")
    // Counts of models as they are, which others find too (swapcheck.yml, Benchmarks/results.md).
    for row in [
      "| with liveness | 54,284 |", "| on disk, 9MiB | 1,562,756 |", "| on disk, 1MiB | 54,284 |",
    ] {
      #expect(said.contains(row), "\(said)")
    }
  }
}
