import Checkpoints
import Diagnostics
import Exploration
import Glibc
import Murphi
import Options
import UserCache

/// Of which model a checkpoint is, and what of the command line it depends on: what a search that goes
/// on has to have the same.
struct SavedCheck: Hashable {
  /// As it was named, from `folder`.
  var model: String
  var patches: [String]
  /// Values of `--set`.
  var constants: [String: Int64]
  /// Rules that it is checked without.
  var without: [String]
  /// Options that say what is found, as they were given: name and value.
  var options: [String: String]
  /// The folder that paths begin at.
  var folder: String
  /// Of the words of the text, patches applied. Comments and line breaks are no words: what they say
  /// may change.
  var words: String

  /// Options on which no result depends, but for where a search ends: another process may have others.
  private static let freely = Set(
    [CheckOption.executor, .threads, .maxStates, .maxDepth, .timeout, .memory].map(\.name))

  /// The options that another process has to have the same.
  static func meaning(of given: [(CheckOption, String?)]) -> [String: String] {
    var options: [String: String] = [:]
    for case (let option, let text?) in given where !isFree(option, text) {
      options[option.name] = text
    }
    return options
  }

  /// Whether another process may have another value. Of stores it may be another one that tells all states apart.
  private static func isFree(_ option: CheckOption, _ text: String) -> Bool {
    if option.name == CheckOption.store.name, let store = StoreKind(rawValue: text) {
      return store.isLossless
    }
    return freely.contains(option.name)
  }

  /// A fingerprint of the words of a text.
  static func words(of model: LoadedModel) -> String {
    var bytes: [UInt8] = []
    for token in Lexer.lex(model.source, rules: model.meaning.dialect.lexicalRules).tokens {
      bytes += model.source.bytes[token.span.start..<token.span.end]
      bytes.append(0x0A)
    }
    return ResultCache.key(bytes)
  }

  // MARK: - Going on

  /// Sees to it that what is given says nothing else than what is kept.
  ///
  /// - Parameter given: Of the command line; what is empty says nothing.
  func compare(with given: SavedCheck, _ checkpoint: String) throws(CommandFailure) {
    func refuse(_ what: DisplayText) -> CommandFailure {
      CommandFailure(
        DisplayText(checkpoint) + ": error: the checkpoint is of a search with " + what
          + ": leave that out, or begin anew with --checkpoint and another folder")
    }
    if !given.constants.isEmpty, given.constants != constants {
      let values = constants.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
      throw refuse(
        values.isEmpty ? "no --set" : "--set \(values.joined(separator: " --set "))")
    }
    if !given.patches.isEmpty, given.patches != patches {
      throw refuse(
        patches.isEmpty ? "no --patch" : "--patch \(patches.joined(separator: " --patch "))")
    }
    if !given.without.isEmpty, given.without != without {
      throw refuse(
        without.isEmpty ? "all rules" : "--without \(without.joined(separator: " --without "))")
    }
    for option in CheckOption.all {
      guard let text = given.options[option.name], try Self.value(text, option) != value(of: option)
      else { continue }
      throw refuse(
        options[option.name].map { "--\(option.name) \($0)" } ?? "the default of --\(option.name)")
    }
  }

  /// The value of an option that another one is compared with.
  private static func value(
    _ text: String?, _ option: CheckOption
  ) throws(CommandFailure) -> CheckSettings {
    var settings = CheckSettings()
    guard let text else { return settings }
    do throws(CheckOption.Failure) {
      option.apply(try option.value(of: text), to: &settings)
    } catch {
      throw CommandFailure("error: --\(option.name) \(error.message)")
    }
    return settings
  }

  private func value(of option: CheckOption) throws(CommandFailure) -> CheckSettings {
    try Self.value(options[option.name], option)
  }

  /// A path of it, from the folder that this process is in.
  func path(_ path: String) -> String {
    path.hasPrefix("/") || folder == Self.currentFolder ? path : folder + "/" + path
  }

  static var currentFolder: String {
    guard let path = getcwd(nil, 0) else { return "" }
    defer { Glibc.free(path) }
    return String(cString: path)
  }

  // MARK: - Bytes

  /// - Returns: Nil if there is no memory.
  var bytes: [UInt8]? {
    guard let buffer = BlockBuffer(capacity: 1 << 10) else { return nil }
    for text in [model, folder, words] { buffer.append(text) }
    buffer.append(patches) { buffer.append($0) }
    buffer.append(without) { buffer.append($0) }
    buffer.append(constants.sorted { $0.key < $1.key }) { constant in
      buffer.append(constant.key)
      buffer.append(constant.value)
    }
    buffer.append(options.sorted { $0.key < $1.key }) { option in
      buffer.append(option.key)
      buffer.append(option.value)
    }
    return buffer.isShort ? nil : buffer.bytes
  }

  private static func read(_ bytes: BlockBytes) throws(BlockBytes.Unexpected) -> SavedCheck {
    var bytes = bytes
    func text(_ bytes: inout BlockBytes) throws(BlockBytes.Unexpected) -> String {
      try bytes.text()
    }
    let (model, folder, words) = (try bytes.text(), try bytes.text(), try bytes.text())
    let patches = try bytes.list(text)
    let without = try bytes.list(text)
    let constants = try bytes.list { bytes throws(BlockBytes.Unexpected) in
      (try bytes.text(), try bytes.number(Int64.self))
    }
    let options = try bytes.list { bytes throws(BlockBytes.Unexpected) in
      (try bytes.text(), try bytes.text())
    }
    try bytes.end()
    return SavedCheck(
      model: model, patches: patches,
      constants: Dictionary(constants) { first, _ in first }, without: without,
      options: Dictionary(options) { first, _ in first }, folder: folder, words: words)
  }

  /// What the checkpoint of a folder is of.
  init(_ checkpoint: CheckpointFolder) throws(CommandFailure) {
    var saved: SavedCheck?
    checkpoint.description.withUnsafeBytes { saved = try? Self.read(BlockBytes($0)) }
    guard let saved else {
      let error = CheckpointError(
        checkpoint.path, .broken(file: "checkpoint", .hasOtherBytes))
      throw CommandFailure("\(error.folder): error: \(error.message)")
    }
    self = saved
  }

  init(
    model: String, patches: [String], constants: [String: Int64], without: [String],
    options: [String: String], folder: String = SavedCheck.currentFolder, words: String
  ) {
    self.model = model
    self.patches = patches
    self.constants = constants
    self.without = without
    self.options = options
    self.folder = folder
    self.words = words
  }
}
