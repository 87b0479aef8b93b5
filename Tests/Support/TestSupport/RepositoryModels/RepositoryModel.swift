package import Diagnostics
import Foundation
import Patches
import Testing

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

  /// Whether all variants are tried where a part of them is usually: `SWAPCHECK_ALL_VARIANTS` is set, as
  /// in the nightly run.
  package static let triesAllVariants =
    ProcessInfo.processInfo.environment["SWAPCHECK_ALL_VARIANTS"] != nil

  /// Some of the variants, for a comparison of two ways to search: a variant differs from its model by
  /// one step, so that a part of them has next to all of what the whole has.
  ///
  /// - Parameters:
  ///   - step: Every so many of them, in the order of their paths.
  ///   - start: The first of these; tests that begin elsewhere have other ones.
  package static func variants(every step: Int, from start: Int) -> [RepositoryModel] {
    if triesAllVariants { return variants }
    return stride(from: start, to: variants.count, by: step).map { variants[$0] }
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
