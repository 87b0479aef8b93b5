import ArgumentParser

/// The exit codes, declared once.
enum Exit {
  static let verified = ExitCode(0)
  static let violated = ExitCode(1)
  static let error = ExitCode(2)
  static let inconclusive = ExitCode(3)
  static let interrupted = ExitCode(130)

  /// What a command exits with that has done several things: an error outweighs a violation, that a
  /// verdict that is not known, and everything an interrupt.
  static func worse(_ left: ExitCode, _ right: ExitCode) -> ExitCode {
    let order = [verified, inconclusive, violated, error, interrupted]
    let leftRank = order.firstIndex(of: left) ?? 0
    let rightRank = order.firstIndex(of: right) ?? 0
    return leftRank >= rightRank ? left : right
  }

  /// Ends a command.
  ///
  /// - Throws: The code, unless all is well.
  static func end(with code: ExitCode) throws(ExitCode) {
    if code != verified { throw code }
  }
}
