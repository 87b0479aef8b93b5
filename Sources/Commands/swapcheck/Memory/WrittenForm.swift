import ArgumentParser
import FitReports

/// The form in which `fit --write` writes a placement, and of several kernels which.
struct WrittenForm {
  private let format: WrittenFormat
  private let kernel: String?

  static let names = WrittenFormat.allCases.map(\.rawValue).joined(separator: ", ")

  /// Reads `memmap`, or `jailhouse:web-1`.
  ///
  /// - Parameter isAlone: Whether one layout is asked about.
  init(_ text: String, isAlone: Bool) throws {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    guard let format = WrittenFormat(rawValue: String(parts[0])) else {
      throw ValidationError("--write is one of \(Self.names), and not \(parts[0])")
    }
    guard isAlone else { throw ValidationError("--write writes one layout") }
    self.format = format
    kernel = parts.count > 1 ? String(parts[1]) : nil
  }

  func write(_ report: FitReport, of layout: String) throws(CommandFailure) {
    do throws(WritingFailure) {
      Console.write(program: try report.written(format, kernel: kernel))
    } catch {
      throw CommandFailure("\(layout): error: \(error.description)")
    }
  }
}
