import ArgumentParser
import Diagnostics

/// Which command the first words of the arguments name.
struct CalledCommand {
  /// As it is called: `swapcheck hook install`.
  private(set) var name: String

  /// - Throws: `CommandFailure` for the name of a command that is not there, with one that may be meant.
  init(_ arguments: [String], of root: any ParsableCommand.Type) throws(CommandFailure) {
    var command = root
    name = root._commandName
    let words = arguments.first == "help" ? arguments.dropFirst() : arguments[...]
    for word in words {
      let subcommands = command.configuration.subcommands
      guard !subcommands.isEmpty, !word.hasPrefix("-") else { return }
      guard let next = subcommands.first(where: { $0._commandName == word }) else {
        let names = Set(subcommands.map { $0._commandName }).union(["help"])
        let hint = didYouMean(word, among: names).map { "hint: \($0)" }
        throw CommandFailure(
          lines: ["error: \(name) has no command `\(word)`"]
            + [
              hint ?? Self.hint(forFile: word, name) ?? "hint: \(name) --help names all of them"
            ])
      }
      command = next
      name += " \(word)"
    }
  }

  /// Whoever names a model wants it checked.
  private static func hint(forFile word: String, _ name: String) -> String? {
    word.hasSuffix(".m") ? "hint: did you mean `\(name) check \(word)`?" : nil
  }
}
