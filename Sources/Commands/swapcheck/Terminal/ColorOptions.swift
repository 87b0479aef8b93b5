import ArgumentParser

/// When to use the colours of a terminal.
enum ColorChoice: String, ExpressibleByArgument, CaseIterable {
  /// At a terminal, unless NO_COLOR is set.
  case auto
  case always
  case never
}

/// What every command has that may colour what it says.
struct ColorOptions: ParsableArguments {
  @Option(help: "When to use colours; auto: at a terminal, unless NO_COLOR is set and not empty.")
  var color = ColorChoice.auto

  /// Here, because a command's first words may be about its own arguments.
  func validate() { Console.use(color) }
}
