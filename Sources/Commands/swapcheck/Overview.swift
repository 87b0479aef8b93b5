import ArgumentParser
import Diagnostics

/// What the program says of itself: its commands on one screen of 24 lines.
///
/// The parser's own help has two lines for most of twenty commands, and options that nobody needs.
enum Overview {
  /// Whether arguments ask for nothing else.
  static func isWanted(by arguments: [String]) -> Bool {
    arguments.isEmpty || (arguments.count == 1 && ["help", "--help", "-h"].contains(arguments[0]))
  }

  static var text: DisplayText {
    let commands = Swapcheck.configuration.subcommands.map { command in
      (name: command._commandName, abstract: command.configuration.abstract)
    }
    let width = commands.map(\.name.count).max() ?? 0
    let lines =
      [
        "swapcheck COMMAND ...: \(lowercased(Swapcheck.configuration.abstract))",
        "Of each command `swapcheck COMMAND --help` says more, with examples.",
      ]
      + commands.map { name, abstract in
        "  \(DisplayText(name).padded(to: width))  \(lowercased(abstract))"
      } + [exitCodes]
    return lines.map { DisplayText($0) + "\n" }.joined()
  }

  private static let exitCodes =
    "Exit codes: 0 verified, 1 violated, 2 error, 3 inconclusive, 130 interrupted."

  private static func lowercased(_ sentence: String) -> String {
    sentence.prefix(1).lowercased() + sentence.dropFirst()
  }
}
