/// Why the oracle has no answer. None of these says anything about the model's properties.
package enum OracleError: Error, Equatable, CustomStringConvertible {
  /// One of the three steps of a check.
  package enum Step: String, Sendable {
    /// Murphi to C, by Rumur.
    case translate
    /// C to a program.
    case compile
    /// The program enumerates the states.
    case explore
  }

  /// A command is not installed.
  case missing(command: String, install: String)
  case timedOut(Step, seconds: Int)
  /// The step ended by a signal, or in a way that Rumur does not document; with what it printed.
  /// A failed assertion of Rumur itself ends up here, as does C code that does not compile.
  case crashed(Step, output: String)
  /// The operating system refused something; with the name of the call and the error's number.
  case system(call: String, errorNumber: Int32)

  package var description: String {
    switch self {
    case .missing(let command, let install): "\(command) is missing; install it with: \(install)"
    case .timedOut(let step, let seconds): "\(step.rawValue) took more than \(seconds) s"
    case .crashed(let step, let output): "\(step.rawValue) crashed:\n\(output)"
    case .system(let call, let number): "\(call) failed with error number \(number)"
    }
  }
}
