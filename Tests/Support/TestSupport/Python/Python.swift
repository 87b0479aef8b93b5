import Foundation

/// Python, whose libraries judge what is written here.
package enum Python {
  /// What it prints on both of its streams until its end.
  package static func output(_ arguments: [String]) throws -> String {
    let python = Process()
    python.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    python.arguments = ["python3"] + arguments
    let output = Pipe()
    python.standardOutput = output
    python.standardError = output
    try python.run()
    let said = output.fileHandleForReading.readDataToEndOfFile()
    python.waitUntilExit()
    return String(decoding: said, as: UTF8.self)
  }
}
