package import Murphi
package import Trace

/// A proof as a file: a file of lemmas, as `prove --with` reads it, whose comments say of which model it
/// is, and what it proves. Nothing that it says is believed: whoever checks it asks a solver anew.
package struct ProofFile: Sendable, Equatable {
  /// The path of the model, from the file's folder.
  package var model: String
  /// Of the model and the constants (`ModelHash`).
  package var hash: String
  package var dialect: Dialect
  package var constants: [Constant]
  package var deadlock: DeadlockMode
  /// What is proved, each as a line: `invariant "one at a time"`.
  package var claims: [String]
  /// Which sizes were asked about (`words(ofSizes:upTo:)`).
  package var sizes: String
  /// `Z3`, with its version where that is known. Whoever checks the file asks his own.
  package var solver: String
  /// How long it took then: `4.0 s`. No proof depends on it.
  package var time: String
  package var lemmaCount: Int
  /// The lemmas, as Murphi.
  package var lemmas: String

  package static let version = 1

  /// A constant of the model, with what the proof says of its value.
  package struct Constant: Sendable, Equatable {
    package let name: String
    package let value: Value

    package enum Value: Sendable, Equatable {
      case fixed(Int64)
      /// The size of a scalarset: this one, and all larger ones.
      case any(from: Int64)
    }

    var isOpen: Bool { if case .any = value { true } else { false } }

    package init(_ name: String, _ value: Value) { (self.name, self.value) = (name, value) }

    package var line: String {
      switch value {
      case .fixed(let number): "\(name) = \(number)"
      case .any(let least): "\(name) >= \(least)"
      }
    }
  }

  package init(
    model: String, hash: String, dialect: Dialect, constants: [Constant], deadlock: DeadlockMode,
    claims: [String], sizes: String, solver: String, time: String, lemmaCount: Int, lemmas: String
  ) {
    (self.model, self.hash, self.dialect, self.constants) = (model, hash, dialect, constants)
    (self.deadlock, self.claims, self.sizes, self.solver) = (deadlock, claims, sizes, solver)
    (self.time, self.lemmaCount, self.lemmas) = (time, lemmaCount, lemmas)
  }

  /// The smallest size of each scalarset that is left open; empty where all sizes are fixed.
  package var least: [String: Int64] {
    var found: [String: Int64] = [:]
    for constant in constants {
      if case .any(let least) = constant.value { found[constant.name] = least }
    }
    return found
  }

  /// Values of the others.
  package var fixed: [String: Int64] {
    var found: [String: Int64] = [:]
    for constant in constants {
      if case .fixed(let value) = constant.value { found[constant.name] = value }
    }
    return found
  }

  package var method: Method { least.isEmpty ? .induction : .inductionAtAllSizes }

  package enum Method: String, Sendable {
    case induction = "induction"
    case inductionAtAllSizes = "induction at sizes that stand for all"
  }

  /// What a proof says of the sizes that were asked about.
  ///
  /// - Parameter most: The largest, as `CPUS=4 PROCS=3`; nil where the constants say all sizes.
  package static func words(ofSizes count: Int, upTo most: String?) -> String {
    most.map { "\(count), up to \($0)" } ?? "as the constants say"
  }

  // MARK: - Text

  static let firstWords = "-- swapcheck proof "
  static let lastLine = "-- end of proof"

  package var text: String {
    var lines = [
      "\(Self.firstWords)\(Self.version)", "-- model: \(model)", "-- sha256: \(hash)",
      "-- dialect: \(dialect.rawValue)", "-- constants:",
    ]
    lines += constants.map { "--   \($0.line)" }
    lines += ["-- proves:"] + claims.map { "--   \($0)" }
    lines += [
      "-- deadlock: \(deadlock.rawValue)", "-- method: \(method.rawValue)", "-- sizes: \(sizes)",
      "-- solver: \(solver)", "-- time: \(time)", "-- lemmas: \(lemmaCount)", "",
    ]
    let trimmed = lemmas.split(separator: "\n", omittingEmptySubsequences: false)
      .drop { $0.isEmpty }
    lines += trimmed.map(String.init)
    while lines.last == "" { lines.removeLast() }
    return lines.joined(separator: "\n") + "\n\n\(Self.lastLine)\n"
  }
}
