package import Diagnostics
import Foundation
import Patches
package import Testing

/// A Murphi file of the repository, or a variant of one.
package struct RepositoryModel: Sendable, CustomTestStringConvertible {
  /// From the repository's root.
  package let path: String
  /// The patch that makes the variant, from the repository's root; nil for the file itself.
  package let patch: String?

  package init(_ path: String, patch: String? = nil) {
    self.path = path
    self.patch = patch
  }

  package var testDescription: String { patch ?? path }

  /// It differs from its model by one step.
  package var isVariant: Bool { patch != nil }

  /// The text, with the patch applied.
  ///
  /// - Parameter name: What the text is to be called; nil for its path.
  package func source(named name: String? = nil) throws -> SourceText {
    let text = try Self.text(path)
    guard let patch else { return SourceText(path: name ?? path, bytes: text) }
    return try Patch(SourceText(path: patch, bytes: try Self.text(patch)))
      .applied(to: SourceText(path: name ?? path, bytes: text))
  }

  private static func text(_ path: String) throws -> [UInt8] {
    Array(try Data(contentsOf: Repository.root.appendingPathComponent(path)))
  }

  /// The models below some folders, by path.
  package static func models(below folders: String...) -> [RepositoryModel] {
    folders.flatMap { paths(below: $0, ending: ".m") }.sorted().map { RepositoryModel($0) }
  }

  /// The variants of the shipped models, by path.
  package static let variants: [RepositoryModel] = paths(below: "Models", ending: ".patch").sorted()
    .compactMap { path in
      guard let text = try? text(path),
        let patch = try? Patch(SourceText(path: path, bytes: text))
      else {
        Issue.record("\(path) is no patch")
        return nil
      }
      return RepositoryModel(patch.path, patch: path)
    }

  private static func paths(below folder: String, ending: String) -> [String] {
    let root = Repository.root.appendingPathComponent(folder).path
    let files = FileManager.default.enumerator(atPath: root)?.allObjects as? [String] ?? []
    let paths = files.filter { $0.hasSuffix(ending) }.map { "\(folder)/\($0)" }
    // A test of none of them would pass.
    if paths.isEmpty { Issue.record("there is no file below \(folder) that ends with \(ending)") }
    return paths
  }
}
