import SMT

/// A folder that questions are written to, one file each: `0001.smt2`, …
final class QueryFolder: @unchecked Sendable {
  private let path: String
  private var count = 0
  /// Whether a question could not be written; none is after that.
  private(set) var hasFailed = false

  /// Makes the folder if there is none.
  init(_ path: String) throws(CommandFailure) {
    self.path = path
    try OutputFile.makeFolder(path)
  }

  /// Called by one thread at a time.
  func write(_ query: Query) {
    guard !hasFailed else { return }
    count += 1
    let digits = String(count)
    let name = String(repeating: "0", count: max(0, 4 - digits.count)) + digits + ".smt2"
    do throws(CommandFailure) {
      try OutputFile.write(query.script, to: path + "/" + name, .inFolder)
    } catch {
      error.say()
      hasFailed = true
    }
  }
}
