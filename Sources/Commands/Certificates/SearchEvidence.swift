package import Diagnostics
import FoundationEssentials
package import Murphi

/// What a search of all states has come to, as a document that another search is compared with.
package struct SearchEvidence: Sendable, Equatable {
  /// Paths of the model and of patches, from the file's folder.
  package var model: String
  package var patches: [String]
  /// Of the model with its patches and constants (`ModelHash`).
  package var hash: String
  package var dialect: Dialect
  package var constants: [String: Int64]
  /// Rules that it was searched without.
  package var without: [String]
  /// What the result depends on: `deadlock`, `symmetry`, `reduction` and `ask`, as options have them.
  package var options: [String: String]
  /// How it was searched: no result depends on it.
  package var executor: String
  package var result: Result

  package static let version = 1
  package static let format = "swapcheck-evidence"

  /// What was found.
  package struct Result: Sendable, Equatable, Codable {
    package var verdict: String
    package var reason: String
    package var states: Int
    package var rulesFired: Int
    package var depth: Int
    package var digest: String
    /// Null where it was not asked for.
    package var stepDigest: String?

    package init(
      verdict: String, reason: String, states: Int, rulesFired: Int, depth: Int, digest: String,
      stepDigest: String?
    ) {
      (self.verdict, self.reason, self.states) = (verdict, reason, states)
      (self.rulesFired, self.depth) = (rulesFired, depth)
      (self.digest, self.stepDigest) = (digest, stepDigest)
    }

    /// What another result has otherwise, in words.
    package func differences(from other: Result) -> [String] {
      [
        ("verdict", verdict, other.verdict), ("reason", reason, other.reason),
        ("states", "\(states)", "\(other.states)"),
        ("rules fired", "\(rulesFired)", "\(other.rulesFired)"),
        ("depth", "\(depth)", "\(other.depth)"), ("digest", digest, other.digest),
        ("digest of steps", stepDigest ?? "none", other.stepDigest ?? "none"),
      ].filter { $0.1 != $0.2 }.map { "\($0.0): \($0.2), and the file says \($0.1)" }
    }
  }

  package init(
    model: String, patches: [String], hash: String, dialect: Dialect, constants: [String: Int64],
    without: [String], options: [String: String], executor: String, result: Result
  ) {
    (self.model, self.patches, self.hash, self.dialect) = (model, patches, hash, dialect)
    (self.constants, self.without, self.options) = (constants, without, options)
    (self.executor, self.result) = (executor, result)
  }

  package var json: JSONValue {
    func sorted(_ values: [String: String]) -> JSONValue {
      .object(values.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })
    }
    return .document(
      "evidence", version: Self.version,
      [
        ("model", .string(model)), ("patches", .array(patches.map { .string($0) })),
        ("sha256", .string(hash)), ("dialect", .string(dialect.rawValue)),
        (
          "constants",
          .object(constants.sorted { $0.key < $1.key }.map { ($0.key, .number(Int($0.value))) })
        ),
        ("without", .array(without.map { .string($0) })), ("options", sorted(options)),
        ("executor", .string(executor)), ("verdict", .string(result.verdict)),
        ("reason", .string(result.reason)), ("states", .number(result.states)),
        ("rulesFired", .number(result.rulesFired)), ("depth", .number(result.depth)),
        ("digest", .string(result.digest)),
        ("stepDigest", result.stepDigest.map { .string($0) } ?? .null),
      ])
  }

  // MARK: - Reading

  /// Why a document is none.
  package struct Unreadable: Error, Sendable, Equatable { package let message: String }

  package static func read(_ bytes: [UInt8]) throws(Unreadable) -> SearchEvidence {
    let data = Data(bytes)
    do {
      let head = try JSONDecoder().decode(Head.self, from: data)
      guard head.format == format else {
        throw Unreadable(message: "it is a document of format \(head.format)")
      }
      guard head.version == version else {
        throw Unreadable(
          message: "it is of version \(head.version); this release reads version \(version)")
      }
      let members = try JSONDecoder().decode(Members.self, from: data)
      guard let dialect = Dialect(rawValue: members.dialect) else {
        throw Unreadable(message: "there is no dialect \(members.dialect)")
      }
      return SearchEvidence(
        model: members.model, patches: members.patches, hash: members.sha256, dialect: dialect,
        constants: members.constants, without: members.without, options: members.options,
        executor: members.executor, result: try JSONDecoder().decode(Result.self, from: data))
    } catch let error as Unreadable {
      throw error
    } catch DecodingError.keyNotFound(let key, _) {
      throw Unreadable(message: "there is no `\(key.stringValue)`")
    } catch DecodingError.typeMismatch(_, let context) {
      throw Unreadable(message: "`\(Self.place(context))` is of another type")
    } catch DecodingError.valueNotFound(_, let context) {
      throw Unreadable(message: "`\(Self.place(context))` is null")
    } catch {
      throw Unreadable(message: "it is not JSON")
    }
  }

  private static func place(_ context: DecodingError.Context) -> String {
    context.codingPath.map(\.stringValue).joined(separator: ".")
  }

  private struct Head: Decodable {
    let format: String
    let version: Int
  }

  private struct Members: Decodable {
    let model: String
    let patches: [String]
    let sha256: String
    let dialect: String
    let constants: [String: Int64]
    let without: [String]
    let options: [String: String]
    let executor: String
  }
}
