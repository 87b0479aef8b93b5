import Diagnostics
import Fitting
import Scenarios

/// Reads layouts for commands.
enum LayoutReading {
  /// A layout's file; nil after a message.
  static func read(_ path: String) -> LayoutDescription? {
    guard let source = ModelFile.read(path) else { return nil }
    do throws(LayoutFileError) {
      return try LayoutFile.read(String(decoding: source.bytes, as: UTF8.self), path: path)
    } catch {
      let line = error.line.map { ":\($0)" } ?? ""
      Console.error("\(path)\(line): error: \(error.message)")
      return nil
    }
  }
}
