import ArgumentParser
import Diagnostics
import FoundationEssentials
import Murphi
import TransitionSystem

/// The exit codes, declared once.
enum Exit {
  static let verified = ExitCode(0)
  static let violated = ExitCode(1)
  static let error = ExitCode(2)
  static let inconclusive = ExitCode(3)
  static let interrupted = ExitCode(130)
}

/// Options that say which instance of a model is meant.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Gives a constant a value; may be repeated.", valueName: "NAME=VALUE"))
  var settings: [String] = []

  /// The values of `--set`.
  func overrides() throws -> [String: Int64] {
    var overrides: [String: Int64] = [:]
    for setting in settings {
      guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex,
        let value = Self.value(of: setting[setting.index(after: equals)...])
      else {
        throw ValidationError(
          "--set takes NAME=VALUE with a whole number, true or false: \(setting)")
      }
      overrides[String(setting[..<equals])] = value
    }
    return overrides
  }

  private static func value(of text: Substring) -> Int64? {
    switch text.lowercased() {
    case "true": 1
    case "false": 0
    default:
      text.lowercased().hasPrefix("0x") ? Int64(text.dropFirst(2), radix: 16) : Int64(text)
    }
  }
}

/// Reads files and says what is wrong with them.
enum ModelFile {
  /// The bytes of a file, or an error on standard error.
  static func read(_ path: String) -> SourceText? {
    do {
      let data = try Data(contentsOf: URL(filePath: path))
      guard data.count <= Parser.maximumByteCount else {
        Console.error(
          "\(path): error[E0702]: the file has \(data.count) bytes; a model may have "
            + "\(Parser.maximumByteCount)")
        return nil
      }
      return SourceText(path: path, bytes: Array(data))
    } catch {
      Console.error("\(path): error: the file cannot be read: \(Self.reason(error))")
      return nil
    }
  }

  /// Writes a file, or an error on standard error. Returns whether it is written.
  static func write(_ text: String, to path: String) -> Bool {
    do {
      try Data(text.utf8).write(to: URL(filePath: path), options: .atomic)
      return true
    } catch {
      Console.error("\(path): error: the file cannot be written: \(Self.reason(error))")
      return false
    }
  }

  /// Why a file cannot be read or written, in words.
  static func reason(_ error: any Error) -> String {
    guard let error = error as? CocoaError else { return "\(error)" }
    switch error.code {
    case .fileReadNoSuchFile, .fileNoSuchFile: return "there is no such file"
    case .fileReadNoPermission, .fileWriteNoPermission: return "permission denied"
    case .fileWriteOutOfSpace: return "no space is left on the device"
    case .fileWriteVolumeReadOnly: return "the file system is read-only"
    default: return "\(error.code)"
    }
  }

  /// Loads a model, its diagnostics going to standard error.
  static func load(
    _ path: String, overrides: [String: Int64]
  ) -> (system: TransitionSystem, source: SourceText)? {
    guard let source = read(path) else { return nil }
    let (system, diagnostics) = MurphiModel.load(source, overrides: overrides)
    if !diagnostics.isEmpty {
      let renderer = DiagnosticRenderer(usesColor: Console.errorUsesColor)
      Console.error(renderer.render(diagnostics, of: source))
    }
    return system.map { ($0, source) }
  }
}
