import Diagnostics
import Foundation
import TestSupport
import Testing

/// A model below `Golden/` with the text that is expected of it beside it.
struct GoldenFile: CustomTestStringConvertible, Sendable {
  let path: String

  var testDescription: String { URL(fileURLWithPath: path).lastPathComponent }

  /// All golden files in a folder below `Golden/`, by path.
  static func all(in folder: String) -> [GoldenFile] {
    RepositoryModel.models(below: "Tests/Language/MurphiTests/Golden/" + folder).map {
      GoldenFile(path: Repository.root.appendingPathComponent($0.path).path)
    }
  }

  /// The model, under a name that does not depend on where the repository is.
  var source: SourceText {
    get throws { SourceText(path: "m", text: try String(contentsOfFile: path, encoding: .utf8)) }
  }

  /// The values of `-- option: --set NAME=VALUE` in the model.
  var overrides: [String: Int64] {
    get throws {
      let mark = "-- option: --set "
      let settings = try source.lines.filter { $0.hasPrefix(mark) }.map {
        $0.dropFirst(mark.count).split(separator: "=")
      }
      return try Dictionary(
        uniqueKeysWithValues: settings.map { (String($0[0]), try #require(Int64($0[1]))) })
    }
  }

  var expectedText: String {
    get throws { try String(contentsOfFile: expectedPath, encoding: .utf8) }
  }

  private var expectedPath: String { path.dropLast(2) + ".expected" }

  /// Compares what came out with the file; `SWAPCHECK_REFRESH_GOLDEN=1` writes the file first.
  func expect(_ text: String) throws {
    if ProcessInfo.processInfo.environment["SWAPCHECK_REFRESH_GOLDEN"] != nil {
      try text.write(toFile: expectedPath, atomically: true, encoding: .utf8)
    }
    #expect(text == (try expectedText))
  }
}

extension SourceText {
  /// The lines of the text, without their line breaks.
  fileprivate var lines: [String] { (1...lineCount).map(line) }
}
