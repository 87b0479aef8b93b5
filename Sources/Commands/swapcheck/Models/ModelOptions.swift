import ArgumentParser
import Diagnostics
import MemoryLayout
import Murphi
import Patches
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

  @OptionGroup var patching: PatchOptions

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
          "--set takes NAME=VALUE with a whole number, true or false: \(DisplayText(setting))")
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

/// Which variant of a model is meant.
struct PatchOptions: ParsableArguments {
  @Option(
    name: .customLong("patch"),
    help: ArgumentHelp(
      "Changes the model by a patch as `git diff` writes it, in memory; may be repeated.",
      valueName: "FILE"),
    completion: .file(extensions: ["patch", "diff"]))
  var patches: [String] = []
}

/// The end was wanted before a model was read: nothing is known of it.
struct ReadingStopped: Error {}

/// Reads files and says what is wrong with them.
enum ModelFile {
  /// What may be read from, and how long a pipe is waited for.
  struct Source {
    var kinds = InputFile.Kinds.filesAndPipes
    var timeoutSeconds: Double?

    /// A file that the user names: a model may come from a terminal, too.
    static func named(timeoutSeconds: Double? = nil) -> Source {
      Source(kinds: .all, timeoutSeconds: timeoutSeconds)
    }
  }

  /// The text of a file, or an error on standard error.
  ///
  /// - Parameter limit: The most bytes that it may have.
  static func read(
    _ path: String, _ source: Source = Source(), limit: Int = Parser.maximumByteCount
  ) -> SourceText? {
    do throws(InputFileError) {
      let patience = InputFile.Patience(seconds: source.timeoutSeconds) {
        UserInterrupt.isRequested
      }
      return SourceText(
        path: path,
        bytes: try InputFile.bytes(
          ofFile: path, limit: limit, kinds: source.kinds, patience: patience))
    } catch .tooLarge {
      Console.error(
        "\(path): error[E0702]: the file has more than \(limit) bytes, and such a file may not")
    } catch {
      Console.error("\(path): error: the file cannot be read: \(error)")
    }
    return nil
  }

  /// The text of a model with patches applied, or an error on standard error.
  static func read(
    _ path: String, patches: [String], _ from: Source = .named()
  ) -> SourceText? {
    guard let text = read(path, from), let patches = readPatches(patches, from) else { return nil }
    return applied(patches, to: text)
  }

  /// Patches, or an error on standard error.
  static func readPatches(_ paths: [String], _ from: Source = .named()) -> [Patch]? {
    var patches: [Patch] = []
    for path in paths {
      guard let source = read(path, from, limit: Patch.maximumByteCount) else { return nil }
      do throws(PatchError) {
        patches.append(try Patch(source))
      } catch {
        Console.error(error.rendered(usesColor: Console.errorUsesColor))
        return nil
      }
    }
    return patches
  }

  /// A text changed by patches, one after the other, or an error on standard error.
  static func applied(_ patches: [Patch], to text: SourceText) -> SourceText? {
    var text = text
    for patch in patches {
      do throws(PatchError) {
        text = try patch.applied(to: text)
      } catch {
        Console.error(error.rendered(usesColor: Console.errorUsesColor))
        return nil
      }
    }
    return text
  }

  /// Loads a model, its diagnostics going to standard error.
  ///
  /// - Parameter stop: When no more is wanted.
  /// - Returns: nil after a message.
  static func load(
    _ path: String, patches: [String] = [], overrides: [String: Int64], dialect: DialectChoice,
    _ from: Source = .named(), stop: StopCondition
  ) throws(ReadingStopped) -> LoadedModel? {
    guard let source = read(path, patches: patches, from) else { return nil }
    return try load(source, overrides: overrides, dialect: dialect, stop: stop)
  }

  /// Loads a model whose text is at hand, its diagnostics going to standard error.
  ///
  /// - Parameter stop: When no more is wanted.
  /// - Returns: nil after a message.
  static func load(
    _ source: SourceText, overrides: [String: Int64], dialect: DialectChoice, stop: StopCondition
  ) throws(ReadingStopped) -> LoadedModel? {
    let loaded = MurphiModel.load(
      source, overrides: overrides, dialect: dialect.dialect, stop: stop)
    if loaded.isStopped { throw ReadingStopped() }
    if !loaded.diagnostics.isEmpty {
      let renderer = DiagnosticRenderer(usesColor: Console.errorUsesColor)
      Console.error(renderer.render(loaded.diagnostics, of: source))
    }
    return loaded.system.map {
      LoadedModel(system: $0, source: source, meaning: loaded.meaning)
    }
  }
}
