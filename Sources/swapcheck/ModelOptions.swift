import ArgumentParser
import Diagnostics
import FoundationEssentials
import Glibc
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

  @Option(help: "Whose meaning the model has where the two differ: auto, rumur or cmurphi.")
  var dialect = DialectChoice.auto

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
    let kind = kind(of: path)
    guard kind != S_IFDIR else {
      Console.error("\(path): error: the file cannot be read: it is a folder")
      return nil
    }
    do {
      let data =
        kind == nil || kind == S_IFREG
        ? try Data(contentsOf: URL(filePath: path)) : try stream(from: path)
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

  /// What comes from a pipe or another device, which has no size: to its end, or until it is more than
  /// a model may have.
  private static func stream(from path: String) throws -> Data {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { throw SystemFailure(code: errno) }
    defer { close(descriptor) }
    var data = Data()
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while data.count <= Parser.maximumByteCount {
      let count = Glibc.read(descriptor, &buffer, buffer.count)
      if count < 0, errno == EINTR { continue }
      guard count >= 0 else { throw SystemFailure(code: errno) }
      if count == 0 { break }
      data.append(contentsOf: buffer[..<count])
    }
    return data
  }

  /// Makes a folder with those that it lies in, or writes an error on standard error. Returns
  /// whether it is there.
  static func makeFolder(_ path: String) -> Bool {
    do {
      try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      return true
    } catch {
      Console.error("\(path): error: the folder cannot be made: \(Self.reason(error))")
      return false
    }
  }

  /// Writes a file, or an error on standard error. Returns whether it is written.
  ///
  /// A file is there as a whole or not at all. What is none, such as /dev/stdout, is written to and
  /// not replaced, and neither is a link: what it leads to is.
  static func write(_ text: String, to path: String) -> Bool {
    do {
      let kind = kind(of: path)
      guard kind != S_IFDIR else {
        Console.error("\(path): error: the file cannot be written: it is a folder")
        return false
      }
      guard kind == nil || kind == S_IFREG else {
        return try write(text, toDevice: path)
      }
      let file = kind == nil ? path : target(of: path)
      try Data(text.utf8).write(to: URL(filePath: file), options: .atomic)
      return true
    } catch {
      Console.error("\(path): error: the file cannot be written: \(Self.reason(error))")
      return false
    }
  }

  /// The path without links; the path itself if it cannot be followed.
  private static func target(of path: String) -> String {
    guard let resolved = realpath(path, nil) else { return path }
    defer { free(resolved) }
    return String(cString: resolved)
  }

  /// What stands at a path, by the names of stat(2); nil if nothing does.
  private static func kind(of path: String) -> mode_t? {
    var status = stat()
    return stat(path, &status) == 0 ? status.st_mode & S_IFMT : nil
  }

  private static func write(_ text: String, toDevice path: String) throws -> Bool {
    let descriptor = open(path, O_WRONLY)
    guard descriptor >= 0 else { throw SystemFailure(code: errno) }
    defer { close(descriptor) }
    var bytes = Array(text.utf8)[...]
    while !bytes.isEmpty {
      let written = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if written < 0 {
        guard errno == EINTR else { throw SystemFailure(code: errno) }
      } else {
        bytes = bytes.dropFirst(written)
      }
    }
    return true
  }

  private struct SystemFailure: Error, CustomStringConvertible {
    let code: Int32

    var description: String { String(cString: strerror(code)) }
  }

  /// Why a file cannot be read or written, in words.
  static func reason(_ error: any Error) -> String {
    guard let error = error as? CocoaError else { return "\(error)" }
    switch error.code {
    case .fileReadNoSuchFile, .fileNoSuchFile: return "there is no such file"
    case .fileReadNoPermission, .fileWriteNoPermission: return "permission denied"
    case .fileWriteFileExists: return "something of this name is there already"
    case .fileWriteOutOfSpace: return "no space is left on the device"
    case .fileWriteVolumeReadOnly: return "the file system is read-only"
    default:
      // The code is a number of Foundation's; below it lies what the system said.
      guard let cause = error.userInfo["NSUnderlyingError"] as? POSIXError else {
        return "error \(error.code.rawValue)"
      }
      return SystemFailure(code: cause.code.rawValue).description
    }
  }

  /// Loads a model, its diagnostics going to standard error.
  static func load(
    _ path: String, overrides: [String: Int64], dialect: DialectChoice
  ) -> LoadedModel? {
    guard let source = read(path) else { return nil }
    let loaded = MurphiModel.load(source, overrides: overrides, dialect: dialect.dialect)
    if !loaded.diagnostics.isEmpty {
      let renderer = DiagnosticRenderer(usesColor: Console.errorUsesColor)
      Console.error(renderer.render(loaded.diagnostics, of: source))
    }
    return loaded.system.map {
      LoadedModel(system: $0, source: source, meaning: loaded.meaning)
    }
  }
}
