package import Foundation

/// Where the files are that tests read.
package enum Repository {
  package static let root = (0..<5).reduce(URL(fileURLWithPath: #filePath)) { path, _ in
    path.deletingLastPathComponent()
  }
}
