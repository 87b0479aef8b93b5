import Diagnostics
import MemoryLayout
import Murphi
import Patches
import Report

/// The end was wanted before a model was read: nothing is known of it.
struct ReadingStopped: Error {}

/// Reads files.
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

  /// The text of a file; `-` that the user names is standard input.
  ///
  /// - Parameter limit: The most bytes that it may have.
  static func read(
    _ path: String, _ source: Source = Source(), limit: Int = Parser.maximumByteCount
  ) throws(CommandFailure) -> SourceText {
    let isInput = path == "-" && source.kinds == .all
    do throws(InputFileError) {
      let patience = InputFile.Patience(seconds: source.timeoutSeconds) {
        UserInterrupt.isRequested
      }
      return SourceText(
        path: isInput ? "<stdin>" : path,
        bytes: try InputFile.bytes(
          ofFile: isInput ? "/dev/stdin" : path, limit: limit, kinds: source.kinds,
          patience: patience))
    } catch .tooLarge {
      throw CommandFailure(
        "\(path): error[E0702]: the file has more than \(Wording.byteCount(limit)), which is the most"
          + " that is read")
    } catch {
      throw CommandFailure("\(path): error: the file cannot be read: \(error)")
    }
  }

  /// The text of a model with patches applied.
  static func read(
    _ path: String, patches: [String], _ from: Source = .named()
  ) throws(CommandFailure) -> SourceText {
    let base = try read(path, from)
    return try applied(try readPatches(patches, from), to: base)
  }

  static func readPatches(
    _ paths: [String], _ from: Source = .named()
  ) throws(CommandFailure) -> [Patch] {
    var patches: [Patch] = []
    for path in paths {
      let source = try read(path, from, limit: Patch.maximumByteCount)
      do throws(PatchError) {
        patches.append(try Patch(source))
      } catch {
        throw CommandFailure(error)
      }
    }
    return patches
  }

  /// A text changed by patches, one after the other.
  static func applied(
    _ patches: [Patch], to text: SourceText
  ) throws(CommandFailure) -> SourceText {
    var text = text
    for patch in patches {
      do throws(PatchError) {
        text = try patch.applied(to: text)
      } catch {
        throw CommandFailure(error)
      }
    }
    return text
  }

  /// Loads a model, its warnings going to standard error.
  ///
  /// - Parameter stop: When no more is wanted.
  /// - Throws: `CommandFailure`, `ReadingStopped`.
  static func load(
    _ path: String, patches: [String] = [], overrides: [String: Int64], dialect: Dialect?,
    _ from: Source = .named(), stop: StopCondition
  ) throws -> LoadedModel {
    try load(
      try read(path, patches: patches, from), overrides: overrides, dialect: dialect, stop: stop)
  }

  /// Loads a model whose text is at hand, its warnings going to standard error.
  ///
  /// - Parameter stop: When no more is wanted.
  /// - Throws: `CommandFailure`, `ReadingStopped`.
  static func load(
    _ source: SourceText, overrides: [String: Int64], dialect: Dialect?, stop: StopCondition
  ) throws -> LoadedModel {
    let loaded = MurphiModel.load(source, overrides: overrides, dialect: dialect, stop: stop)
    if loaded.isStopped { throw ReadingStopped() }
    let renderer = Console.errorRenderer
    let diagnostics = renderer.render(loaded.diagnostics, of: source)
    guard let system = loaded.system else {
      throw CommandFailure(diagnostics, loaded.diagnostics, of: source)
    }
    if !loaded.diagnostics.isEmpty { Console.error(diagnostics) }
    return LoadedModel(system: system, source: source, meaning: loaded.meaning)
  }
}

extension CommandFailure {
  /// Of a patch that does not fit.
  fileprivate init(_ error: PatchError) {
    self.init(
      error.rendered(by: Console.errorRenderer), [error.diagnostic], of: error.patch)
  }
}
