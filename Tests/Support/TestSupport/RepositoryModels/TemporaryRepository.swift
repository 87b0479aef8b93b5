package import Foundation
import Testing

/// A git repository that is gone afterwards.
package final class TemporaryRepository {
  package let root: URL

  package init() throws {
    root = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
      .resolvingSymlinksInPath()
    try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
    try git("init", "--quiet", "--initial-branch=main")
  }

  deinit { try? FileManager.default.removeItem(at: root) }

  package func write(_ text: String, to name: String) throws {
    let file = root.appendingPathComponent(name)
    try FileManager.default.createDirectory(
      at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: file)
  }

  package func remove(_ name: String) throws {
    try FileManager.default.removeItem(at: root.appendingPathComponent(name))
  }

  /// Commits all that is there.
  package func commit(_ message: String) throws {
    try git("add", "--all")
    try git("commit", "--quiet", "--allow-empty", "-m", message)
  }

  @discardableResult
  package func git(_ arguments: String..., in folder: URL? = nil) throws -> String {
    let identity = ["-c", "user.name=Test", "-c", "user.email=test@example.org"]
    let run = try OtherProgram.run(
      ["git"] + identity + ["-c", "protocol.file.allow=always"] + arguments, in: folder ?? root)
    try #require(run.code == 0, "git \(arguments): \(run.errors)")
    return run.output
  }
}
