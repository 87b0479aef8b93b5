import ArgumentParser
import Diagnostics
import Options

/// Options that say which instance of a model is meant.
struct ModelOptions: ParsableArguments {
  @Option(
    name: .customLong("set"),
    help: ArgumentHelp("Gives a constant a value; may be repeated.", valueName: "NAME=VALUE"))
  var settings: [String] = []

  @OptionGroup var patching: PatchOptions

  @Option(.dialect) var dialect: String?

  func validate() throws { try Given.check([(.dialect, dialect)]) }

  /// The values of `--set`.
  func overrides() throws -> [String: Int64] { try Self.overrides(settings, flag: "--set") }

  /// The values that are given as `NAME=VALUE`.
  static func overrides(_ settings: [String], flag: DisplayText) throws -> [String: Int64] {
    var overrides: [String: Int64] = [:]
    for setting in settings {
      guard let equals = setting.firstIndex(of: "="), equals != setting.startIndex,
        let value = value(of: setting[setting.index(after: equals)...])
      else {
        throw ValidationError(
          "\(flag) takes NAME=VALUE with a whole number, true or false: \(DisplayText(setting))")
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
