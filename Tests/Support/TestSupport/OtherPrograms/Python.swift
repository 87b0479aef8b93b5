/// Python, whose libraries judge what is written here.
package enum Python {
  /// What it prints on both of its streams until its end.
  package static func output(_ arguments: [String]) throws -> String {
    try OtherProgram.run(["python3"] + arguments).said
  }
}
