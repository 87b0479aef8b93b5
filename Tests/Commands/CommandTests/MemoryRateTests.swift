import Foundation
import TestSupport
import Testing

/// What is said of the memory that a search would take.
@Suite struct MemoryRateTests {
  private static let swap = ["check", "Benchmarks/swap.m", "--set", "PROCS=9", "--threads", "1"]

  private func run(_ arguments: [String]) throws -> (output: String, code: Int32) {
    let (output, _, code) = try Program.run(arguments, in: Repository.root)
    return (output, code)
  }

  /// What 1 GiB holds is what was found in the memory there was, in proportion.
  @Test func aSearchThatMemoryEndedSaysItsRate() throws {
    let (output, code) = try run(Self.swap + ["--memory", "40MiB", "--verbose"])
    #expect(code == 3)
    let states = try #require(Self.number(in: output, #/states ([\d,]+), rules fired/#))
    let mebibytes = try #require(Self.number(in: output, #/memory ([\d.]+) MiB/#))
    let millions = try #require(
      Self.number(in: output, #/  at this rate 1 GiB holds ([\d.]+) million states/#))
    let expected = states / mebibytes * 1024 / 1e6
    // Two digits, cut off; the memory is shown with two digits behind the point.
    #expect(millions <= expected * 1.001)
    #expect(millions >= expected * 0.9)
  }

  @Test func otherSearchesPromiseNothing() throws {
    let (verified, code) = try run(
      ["check", "Models/hotswap.m", "--verbose", "--threads", "1"])
    #expect(code == 0)
    #expect(!verified.contains("at this rate"))
    let (shallow, _) = try run(Self.swap + ["--max-depth", "20", "--verbose"])
    #expect(shallow.contains("inconclusive"))
    #expect(!shallow.contains("at this rate"))
  }

  private static func number(in text: String, _ pattern: Regex<(Substring, Substring)>)
    -> Double?
  {
    text.firstMatch(of: pattern).flatMap {
      Double($0.output.1.replacingOccurrences(of: ",", with: ""))
    }
  }
}
