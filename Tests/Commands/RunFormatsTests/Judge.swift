import Foundation
import TestSupport

/// Judges documents by programs of Python, which read them by libraries of their own.
enum Judge {
  /// What a program prints that finds the document in the file that it is called with; empty where it
  /// has nothing to complain of.
  static func complaints(_ program: String, _ document: String) throws -> String {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("swapcheck-judge-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (script, file) = (
      folder.appendingPathComponent("judge.py"), folder.appendingPathComponent("document")
    )
    try Data(program.utf8).write(to: script)
    try Data(document.utf8).write(to: file)
    return try Python.output([script.path, file.path])
  }

  /// Reads JSON in which no name appears twice in an object.
  static let readJSON = """
    import json, sys
    def pairs(list):
        names = [name for name, _ in list]
        if len(set(names)) != len(names): print("a name appears twice:", sorted(names))
        return dict(list)
    with open(sys.argv[1], encoding="utf-8") as file:
        document = json.load(file, object_pairs_hook=pairs)

    """
}
