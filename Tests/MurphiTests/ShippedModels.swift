import Foundation

/// All Murphi files of the repository.
enum ShippedModels {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// Paths of the files below a folder of the repository.
  static func paths(below folder: String) -> [String] {
    let url = root.appendingPathComponent(folder)
    let files = FileManager.default.enumerator(at: url, includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "m" }.map(\.path)
      .sorted()
  }
}
