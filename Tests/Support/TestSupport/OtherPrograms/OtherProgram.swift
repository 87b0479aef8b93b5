package import Foundation
import Processes

/// A program that is not ours: one that judges what ours writes, or makes what ours reads.
package struct OtherProgram {
  /// What it wrote on its standard output, and on its standard error.
  package let output: String
  package let errors: String
  /// How it ended; 128 and more where a signal ended it, as a shell says it.
  package let code: Int32

  /// All that it said, complaints last.
  package var said: String { output + errors }

  /// Runs a program to its end.
  ///
  /// - Parameters:
  ///   - command: Its name or path, and what it is called with.
  ///   - folder: Where it runs; else where the tests do.
  /// - Throws: `ProgramRun.Failure` where it takes an hour, or writes a gigabyte.
  package static func run(_ command: [String], in folder: URL? = nil) throws -> OtherProgram {
    let place = folder.map { ["--chdir=\($0.path)"] } ?? []
    let run = try ProgramRun.capture(
      ["/usr/bin/env"] + place + command, environment: ChildProcess.environment, limit: 1 << 30,
      seconds: 3_600)
    let signal = run.status & 0x7F
    return OtherProgram(
      output: String(decoding: run.output, as: UTF8.self), errors: run.errors,
      code: signal == 0 ? run.status >> 8 : 128 + signal)
  }
}
