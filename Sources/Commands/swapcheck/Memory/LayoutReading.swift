import Diagnostics
import Fitting
import LayoutFiles
import Settings

/// Reads layouts for commands.
enum LayoutReading {
  /// Of a file of settings; people write them.
  static let maximumByteCount = 4 << 20

  /// A layout's file; nil after a message.
  static func read(_ path: String) -> LayoutDescription? {
    guard let source = ModelFile.read(path, limit: maximumByteCount) else { return nil }
    do throws(SettingError) {
      return try LayoutFile.read(String(decoding: source.bytes, as: UTF8.self), path: path)
    } catch {
      Console.error("\(path)\(error.place): error: \(error.message)")
      return nil
    }
  }

  /// The question that a layout's file asks; nil after a message.
  static func question(_ path: String) -> LayoutQuestion? {
    guard let description = read(path) else { return nil }
    do throws(LayoutError) {
      return try description.question()
    } catch {
      Console.error("\(path): error: \(DisplayText(lines: error.lines))")
      return nil
    }
  }
}
