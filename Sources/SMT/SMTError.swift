/// What can go wrong beside an answer. That a question was not decided is no error but an answer:
/// `Answer.unknown`.
public enum SMTError: Error, Sendable, Equatable, CustomStringConvertible {
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
  public var description: String {
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
public struct Z3ErrorCode: RawRepresentable, Sendable, Hashable, CustomStringConvertible {
  public let rawValue: UInt32
  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public static let ok = Z3ErrorCode(rawValue: 0)
  public static let sortError = Z3ErrorCode(rawValue: 1)
  public static let indexOutOfBounds = Z3ErrorCode(rawValue: 2)
  public static let invalidArgument = Z3ErrorCode(rawValue: 3)
  public static let parserError = Z3ErrorCode(rawValue: 4)
  public static let noParser = Z3ErrorCode(rawValue: 5)
  public static let invalidPattern = Z3ErrorCode(rawValue: 6)
  public static let outOfMemory = Z3ErrorCode(rawValue: 7)
  public static let fileAccessError = Z3ErrorCode(rawValue: 8)
  public static let internalFatal = Z3ErrorCode(rawValue: 9)
  public static let invalidUsage = Z3ErrorCode(rawValue: 10)
  public static let referenceError = Z3ErrorCode(rawValue: 11)
  public static let exception = Z3ErrorCode(rawValue: 12)

  public var description: String { "code \(rawValue)" }
}
