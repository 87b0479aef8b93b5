import Diagnostics

/// What a file says that it proves of a model: of this text, with these constants. Whether it does is
/// found out by checking the file, and not here.
package struct ProofClaim: Sendable, Equatable {
  /// Of the file.
  let path: String
  /// The constants that say sizes, each with the smallest one that the proof is of.
  let least: [(name: String, value: Int64)]
  let claims: [String]

  package init(path: String, least: [(name: String, value: Int64)], claims: [String]) {
    (self.path, self.least, self.claims) = (path, least, claims)
  }

  package static func == (left: ProofClaim, right: ProofClaim) -> Bool {
    left.path == right.path && left.json == right.json
  }

  var text: DisplayText {
    let names = least.map { $0.value == 1 ? $0.name : "\($0.name) from \($0.value) on" }
    return
      "for any number of \(names.joined(separator: " and of ")): \(path) claims to prove the invariants;"
      + " swapcheck verify-proof \(path) checks that"
  }

  var json: JSONValue {
    .object([
      ("path", .string(path)),
      ("least", .object(least.map { ($0.name, .number(Int($0.value))) })),
      ("claims", .array(claims.map { .string($0) })),
    ])
  }
}
