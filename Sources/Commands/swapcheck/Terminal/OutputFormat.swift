import ArgumentParser

/// How a command writes what it has found.
enum OutputFormat: String, ExpressibleByArgument, CaseIterable {
  case text
  case json
}
