import Foundation
import SMT
import TestSupport

/// Another solver, as a program.
enum Program {
  static func path(of name: String) -> String? {
    ["/usr/bin", "/usr/local/bin"].map { "\($0)/\(name)" }.first {
      FileManager.default.isExecutableFile(atPath: $0)
    }
  }

  struct Unexpected: Error { let output: String }

  /// What it says of a script.
  static func answer(of path: String, to script: String) throws -> Answer {
    let file = NSTemporaryDirectory() + "swapcheck-\(UUID().uuidString).smt2"
    try script.write(toFile: file, atomically: false, encoding: .utf8)
    defer { try? FileManager.default.removeItem(atPath: file) }
    let output = try OtherProgram.run([path, file]).said
    switch output {
    case "sat\n": return .satisfiable
    case "unsat\n": return .unsatisfiable
    default: throw Unexpected(output: output)
    }
  }
}
