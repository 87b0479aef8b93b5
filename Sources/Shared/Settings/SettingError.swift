package import Yams

/// What is wrong in a file of settings, `swapcheck.yml` or `layout.yml`.
package struct SettingError: Error, Sendable, Hashable {
  /// Line from 1, if the place is known.
  package let line: Int?
  /// Column from 1, if it is known; it counts characters.
  package let column: Int?
  /// What is wrong, without the place.
  package let message: String

  /// An error at a line and column, each from 1, as far as they are known.
  package init(line: Int?, column: Int? = nil, _ message: String) {
    self.line = line
    self.column = column
    self.message = message
  }

  /// An error at a value.
  package init(_ node: Node?, _ message: String) {
    self.init(line: node?.mark?.line, column: node?.mark?.column, message)
  }

  /// `:line:column` as far as it is known, to be written behind a path.
  package var place: String {
    line.map { line in ":\(line)" + (column.map { ":\($0)" } ?? "") } ?? ""
  }
}
