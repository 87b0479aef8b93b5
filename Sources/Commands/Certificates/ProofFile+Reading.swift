import Diagnostics
import Murphi
import Trace

/// Why a text is no proof: a line, from 1, and what is wrong there.
package struct ProofFileError: Error, Sendable, Equatable {
  package let line: Int
  package let message: String
}

extension ProofFile {
  /// Whether a text begins as one.
  package static func isOne(_ bytes: [UInt8]) -> Bool { bytes.starts(with: firstWords.utf8) }

  /// Reads a text. That its lemmas can be read is looked at by whoever has the model.
  package static func read(_ bytes: [UInt8]) throws(ProofFileError) -> ProofFile {
    var reader = ProofReader(bytes)
    return try reader.proof()
  }

  /// The lemmas of a text, without what a file of a proof says above and below them.
  package static func lemmas(in text: String) -> String {
    guard text.hasPrefix(firstWords) else { return text }
    // As one character, a carriage return with a line feed is no line feed.
    let lines = text.replacing("\r\n", with: "\n")
      .split(separator: "\n", omittingEmptySubsequences: false)
    return lines.drop { $0.hasPrefix("--") }.filter { $0 != lastLine }.joined(separator: "\n")
  }
}

/// Goes through the lines of a text.
private struct ProofReader {
  private let lines: [String]
  private var number = 0
  private var values: [String: String] = [:]
  private var lists: [String: [(line: Int, text: String)]] = [:]
  private var places: [String: Int] = [:]

  private static let keys: Set = [
    "model", "sha256", "dialect", "deadlock", "method", "sizes", "solver", "time", "lemmas",
  ]
  private static let listKeys: Set = ["constants", "proves"]

  init(_ bytes: [UInt8]) {
    lines = bytes.split(separator: 0x0A, omittingEmptySubsequences: false).map { line in
      String(decoding: line.last == 0x0D ? line.dropLast() : line, as: UTF8.self)
    }
  }

  mutating func proof() throws(ProofFileError) -> ProofFile {
    try readFirstLine()
    try readHead()
    let end = lines.lastIndex { !$0.isEmpty } ?? 0
    guard end >= number, lines[end] == ProofFile.lastLine, lines.last == "" else {
      throw ProofFileError(
        line: lines.count,
        message: "the last line of a proof is `\(ProofFile.lastLine)`: something is missing here")
    }
    let deadlock = try value("deadlock")
    let dialect = try value("dialect")
    guard let mode = DeadlockMode(rawValue: deadlock) else {
      throw failure("deadlock", "there is no such kind of deadlock")
    }
    let constants = try constants()
    guard mode == .off || !constants.contains(where: { $0.isOpen }) else {
      throw failure("deadlock", "a proof for all sizes says nothing of deadlocks")
    }
    guard let whose = Dialect(rawValue: dialect) else {
      throw failure("dialect", "there is no such dialect")
    }
    guard let count = Int(try value("lemmas")), count >= 0 else {
      throw failure("lemmas", "it is a number")
    }
    let hash = try value("sha256")
    guard hash.utf8.count == 64, hash.allSatisfy({ $0.isHexDigit && !$0.isUppercase }) else {
      throw failure("sha256", "a hash has 64 hexadecimal digits")
    }
    let proof = ProofFile(
      model: try value("model"), hash: hash, dialect: whose, constants: constants,
      deadlock: mode, claims: try list("proves").map(\.text), sizes: try value("sizes"),
      solver: try value("solver"), time: try value("time"), lemmaCount: count,
      lemmas: lines[number..<end].joined(separator: "\n") + "\n")
    guard proof.solver.isSolver else {
      throw failure("solver", "it is `Z3`, with its version or without")
    }
    guard proof.time.isSeconds else { throw failure("time", "it is a number of seconds: `4.0 s`") }
    guard try value("method") == proof.method.rawValue else {
      throw failure(
        "method", "a proof with these constants is by \(proof.method.rawValue), and by nothing else"
      )
    }
    return proof
  }

  private mutating func readFirstLine() throws(ProofFileError) {
    guard let first = lines.first, first.hasPrefix(ProofFile.firstWords) else {
      throw ProofFileError(
        line: 1, message: "a proof begins with `\(ProofFile.firstWords)\(ProofFile.version)`")
    }
    guard let version = Int(first.dropFirst(ProofFile.firstWords.count)), version > 0 else {
      throw ProofFileError(line: 1, message: "the version of a proof is a number")
    }
    guard version <= ProofFile.version else {
      throw ProofFileError(
        line: 1,
        message: "it is of version \(version); this release reads version \(ProofFile.version)")
    }
    number = 1
  }

  private mutating func readHead() throws(ProofFileError) {
    var listed: String?
    while number < lines.count, lines[number].hasPrefix("--"), lines[number] != ProofFile.lastLine {
      let line = lines[number]
      number += 1
      if line.hasPrefix("--   "), let key = listed {
        lists[key, default: []].append((number, String(line.dropFirst(5))))
        continue
      }
      guard line.hasPrefix("-- "), let colon = line.firstIndex(of: ":") else {
        throw ProofFileError(line: number, message: "this says nothing of a proof")
      }
      let key = String(line[line.index(line.startIndex, offsetBy: 3)..<colon])
      let rest = line[line.index(after: colon)...].drop { $0 == " " }
      guard places[key] == nil else {
        throw ProofFileError(line: number, message: "`\(key)` is said twice")
      }
      places[key] = number
      if Self.listKeys.contains(key), rest.isEmpty {
        (listed, lists[key]) = (key, [])
      } else if Self.keys.contains(key), !rest.isEmpty {
        (listed, values[key]) = (nil, String(rest))
      } else {
        throw ProofFileError(line: number, message: "a proof does not say this of `\(key)`")
      }
    }
  }

  private func constants() throws(ProofFileError) -> [ProofFile.Constant] {
    var found: [ProofFile.Constant] = []
    for (line, text) in try list("constants") {
      let words = text.split(separator: " ", omittingEmptySubsequences: false)
      guard words.count == 3, ["=", ">="].contains(words[1]), let number = Int64(words[2]),
        !found.contains(where: { $0.name == words[0] })
      else {
        throw ProofFileError(line: line, message: "a constant is `NAME = VALUE` or `NAME >= SIZE`")
      }
      found.append(
        ProofFile.Constant(
          String(words[0]), words[1] == "=" ? .fixed(number) : .any(from: number)))
    }
    return found
  }

  private func value(_ key: String) throws(ProofFileError) -> String {
    guard let value = values[key] else { throw missing(key) }
    return value
  }

  private func list(_ key: String) throws(ProofFileError) -> [(line: Int, text: String)] {
    guard let list = lists[key] else { throw missing(key) }
    return list
  }

  private func missing(_ key: String) -> ProofFileError {
    ProofFileError(line: number, message: "`\(key)` is missing above")
  }

  private func failure(_ key: String, _ message: String) -> ProofFileError {
    ProofFileError(line: places[key] ?? 1, message: message)
  }
}

extension String {
  /// `Z3`, or `Z3 4.8.12`.
  fileprivate var isSolver: Bool {
    if self == "Z3" { return true }
    let numbers = dropFirst(3).split(separator: ".", omittingEmptySubsequences: false)
    return hasPrefix("Z3 ") && (2...4).contains(numbers.count)
      && numbers.allSatisfy { UInt32($0) != nil }
  }

  /// `4.0 s`.
  fileprivate var isSeconds: Bool {
    let numbers = dropLast(2).split(separator: ".", omittingEmptySubsequences: false)
    return hasSuffix(" s") && numbers.count == 2 && numbers.allSatisfy { UInt32($0) != nil }
  }
}
