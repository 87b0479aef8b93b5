import Diagnostics
import Fitting
import LayoutFiles
import Settings

/// Reads layouts for commands.
enum LayoutReading {
  /// Of a file of settings; people write them.
  static let maximumByteCount = 4 << 20

  /// How long a pipe may take to its end.
  private static let pipeSeconds = 60.0

  /// A layout's file.
  static func read(_ path: String) throws(CommandFailure) -> LayoutDescription {
    let source = try ModelFile.read(
      path, ModelFile.Source(timeoutSeconds: pipeSeconds), limit: maximumByteCount)
    do throws(SettingError) {
      return try LayoutFile.read(String(decoding: source.bytes, as: UTF8.self), path: path)
    } catch {
      throw CommandFailure("\(path)\(error.place): error: \(error.message)")
    }
  }

  /// The question that a layout's file asks.
  static func question(_ path: String) throws(CommandFailure) -> LayoutQuestion {
    let description = try read(path)
    do throws(LayoutError) {
      return try description.question()
    } catch {
      throw failure(error, path)
    }
  }

  /// What is wrong with a layout, as a command says it.
  static func failure(_ error: LayoutError, _ path: String) -> CommandFailure {
    var lines = error.lines
    lines[0] = "\(path): error: \(lines[0])"
    return CommandFailure(lines: lines)
  }
}
