import Exploration
import Foundation
import Trace

/// A model of Rumur's test suite. Its first lines say how Rumur's `tests.py` runs it and what is
/// expected: `-- rumur_flags: ['--bound', '3']`, `-- checker_exit_code: 1`.
struct RumurSuiteModel: Sendable {
  enum Verdict: Sendable, Equatable {
    case rejected, violated, holds
  }

  let name: String
  let text: String
  /// What the header says; with a solver, where the model is run with one.
  let expected: Verdict
  /// Whether the model is run with a solver that simplifies it, an option that we have not.
  let needsSolver: Bool
  /// States, hits of covers by their names, and the name of what is violated, as far as the header
  /// has them.
  let states: Int?
  let coverHits: [String: Int]
  let violated: String?
  let options: ExplorationOptions
  /// Whether an option has a value that it cannot have.
  let hasIllegalOption: Bool
  /// Options that mean nothing to us and are not known to mean nothing.
  let unknownFlags: [String]

  /// The folder with Rumur's tests, if there is one.
  static let folder = ProcessInfo.processInfo.environment["SWAPCHECK_RUMUR_SUITE"]

  /// The models of a folder, by name.
  static func all(in folder: String) throws -> [RumurSuiteModel] {
    try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".m") }
      .sorted().map { name in
        let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
        return RumurSuiteModel(name: name, text: text)
      }
  }

  private init(name: String, text: String) {
    self.name = name
    self.text = text
    let header = Self.header(of: text)
    let flags = Self.flags(header["rumur_flags"] ?? "")
    needsSolver = header["rumur_flags"]?.lowercased().contains("smt") ?? false
    var options = ExplorationOptions()
    var unknown: [String] = []
    var isIllegal = false
    for (flag, value) in flags {
      switch flag {
      case "--deadlock-detection":
        if let mode = DeadlockMode(rawValue: value) {
          options.deadlock = mode
        } else {
          isIllegal = true
        }
      case "--bound":
        options.maximumDepth = Int(value)
        if options.maximumDepth == nil { isIllegal = true }
      case _ where Self.flagsWithoutEffect.contains(flag): break
      default: unknown.append(flag)
      }
    }
    self.options = options
    hasIllegalOption = isIllegal
    unknownFlags = unknown
    expected =
      header["rumur_exit_code"] ?? "0" != "0"
      ? .rejected : header["checker_exit_code"] ?? "0" != "0" ? .violated : .holds
    let output = header["checker_output"] ?? ""
    states = output.firstMatch(of: #/\\b(\d+) states/#).flatMap { Int($0.1) }
    var hits: [String: Int] = [:]
    for match in output.matches(of: #/cover "([^"]*)" hit (\d+) times/#) {
      hits[String(match.1)] = Int(match.2)
    }
    coverHits = hits
    violated =
      output.firstMatch(
        of: #/(?:invariant|cover|liveness property) "([^"]*)" (?:failed|not hit|violated)/#
      )
      .map { String($0.1) }
  }

  /// What concerns Rumur's memory, threads and output. Values are computed in 64 bits whatever
  /// `--value-type` says.
  private static let flagsWithoutEffect: Set<String> = [
    "--counterexample-trace", "--max-errors", "--pack-state", "--sandbox", "--scalarset-schedules",
    "--threads", "--value-type",
  ]

  /// `-- key: value` of the first lines.
  private static func header(of text: String) -> [String: String] {
    var header: [String: String] = [:]
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      guard let match = line.firstMatch(of: #/^\s*--\s*([a-zA-Z_]\w*)\s*:(.*)$/#) else { break }
      header[String(match.1)] = match.2.trimmingCharacters(in: .whitespaces)
    }
    return header
  }

  /// The pairs of a Python list such as `['--bound', '3', '--threads=1']`.
  private static func flags(_ list: String) -> [(String, String)] {
    let words = list.matches(of: #/'([^']*)'/#).flatMap { match in
      match.1.split(separator: "=", maxSplits: 1).map(String.init)
    }
    return stride(from: 0, to: words.count, by: 2).map { position in
      (words[position], position + 1 < words.count ? words[position + 1] : "")
    }
  }
}
