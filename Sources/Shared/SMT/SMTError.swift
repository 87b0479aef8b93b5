/// What can go wrong beside an answer. That a question was not decided is no error but an answer:
/// `Answer.unknown`.
package enum SMTError: Error, Sendable, Equatable, CustomStringConvertible {
  /// Z3's library cannot be loaded; the loader's own words.
  case missing(String)
  /// There is not the memory for Z3, or Z3 has used up what there was. That says nothing of the
  /// question.
  case noMemory
  /// Z3's library is older than the oldest that works.
  case tooOld(Z3Version)
  /// A name that SMT-LIB cannot write: empty, or with `|`, `\` or anything but printable ASCII.
  case unusableName(String)
  /// One name for an integer and for a truth value.
  case nameOfTwoSorts(String)
  /// Two assertions of one query with the same name: a core could not tell them apart.
  case duplicateAssertionName(String)
  /// A model is asked for, and the last answer was not `satisfiable`.
  case noModel
  /// A core is asked for, and the last answer was not `unsatisfiable`.
  case noCore
  /// A scope is closed that was not opened.
  case noScope
  /// A value beyond 128 bits in arithmetic on values.
  case valueTooLarge
  /// A script that is not of the form that `Query.script` has.
  case unreadableScript(line: Int, String)
  /// A query without an expectation is to be verified.
  case noExpectation
  /// Z3 refused a call.
  case refused(Z3ErrorCode, String)

  /// The error as one line. Where Z3 is missing or too old it has the command that installs it.
  package var description: String {
    switch self {
    case .missing(let reason):
      "Z3 is missing: \(reason); install it with: apt-get install libz3-dev"
    case .noMemory: "the system gave Z3 no more memory"
    case .tooOld(let version):
      "Z3 \(version) is too old, \(Z3Version.oldest) or later is needed; "
        + "install it with: apt-get install libz3-dev"
    case .unusableName(let name):
      "\"\(name)\" cannot be a name in SMT-LIB: names are printable ASCII without | and \\"
    case .nameOfTwoSorts(let name):
      "`\(name)` is used as an integer and as a truth value"
    case .duplicateAssertionName(let name):
      "two assertions are named \"\(name)\""
    case .noModel: "there is no model: the last answer was not `satisfiable`"
    case .noCore: "there is no core: the last answer was not `unsatisfiable`"
    case .noScope: "a scope is closed that was not opened"
    case .valueTooLarge: "a value does not fit into 128 bits"
    case .unreadableScript(let line, let reason): "line \(line): \(reason)"
    case .noExpectation: "it does not say what the answer has to be"
    case .refused(let code, let message): "Z3 refused a call (\(code)): \(message)"
    }
  }
}

/// The result code of a call of Z3's C API.
///
/// See [Z3_error_code](https://z3prover.github.io/api/html/group__capi.html).
package struct Z3ErrorCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  package let rawValue: UInt32
  package init(rawValue: UInt32) { self.rawValue = rawValue }

  package static let ok = Z3ErrorCode(rawValue: 0)
  package static let sortError = Z3ErrorCode(rawValue: 1)
  package static let indexOutOfBounds = Z3ErrorCode(rawValue: 2)
  package static let invalidArgument = Z3ErrorCode(rawValue: 3)
  package static let parserError = Z3ErrorCode(rawValue: 4)
  package static let noParser = Z3ErrorCode(rawValue: 5)
  package static let invalidPattern = Z3ErrorCode(rawValue: 6)
  package static let outOfMemory = Z3ErrorCode(rawValue: 7)
  package static let fileAccessError = Z3ErrorCode(rawValue: 8)
  package static let internalFatal = Z3ErrorCode(rawValue: 9)
  package static let invalidUsage = Z3ErrorCode(rawValue: 10)
  package static let referenceError = Z3ErrorCode(rawValue: 11)
  package static let exception = Z3ErrorCode(rawValue: 12)

  package var description: String { "code \(rawValue)" }
}
