import Checking

/// Something that may be said of how a model is checked: the flag `--NAME` of a command, and the key
/// `NAME` of a scenario.
package struct CheckOption: Sendable, CustomStringConvertible {
  package let name: String
  package let values: Values
  /// What it is, as a sentence without its full stop.
  package let doc: String
  /// What holds where nothing is said.
  package let byDefault: String
  private let set: @Sendable (inout CheckSettings, Value) -> Void

  /// What may be given.
  package enum Values: Sendable, Hashable {
    case words([String])
    case count(ClosedRange<Int>)
    /// Above 0.
    case seconds
    /// A number of bytes, such as `512MiB` or `8GiB`, and the least one.
    case bytes(atLeast: Int)
  }

  /// What was given.
  package enum Value: Sendable, Hashable {
    case word(String)
    case count(Int)
    case seconds(Double)
    case bytes(Int)
  }

  /// A text that is no value of an option.
  package struct Failure: Error, Hashable {
    /// What the value has to be, to be written behind the option's name.
    package let message: String

    package init(message: String) { self.message = message }
  }

  init(
    _ name: String, _ values: Values, _ doc: String, byDefault: String,
    set: @escaping @Sendable (inout CheckSettings, Value) -> Void
  ) {
    (self.name, self.values, self.doc, self.byDefault, self.set) =
      (name, values, doc, byDefault, set)
  }

  /// Notes a value in settings.
  ///
  /// - Precondition: The value is one of `values`.
  package func apply(_ value: Value, to settings: inout CheckSettings) { set(&settings, value) }

  /// Reads a value as it is written on a command line.
  package func value(of text: String) throws(Failure) -> Value {
    let value: Value? =
      switch values {
      case .words(let words): words.contains(text) ? .word(text) : nil
      case .count(let range): Int(text).flatMap { range.contains($0) ? .count($0) : nil }
      case .seconds: Double(text).flatMap { $0 > 0 && $0.isFinite ? .seconds($0) : nil }
      case .bytes(let least): ByteCount.read(text).flatMap { $0 >= least ? .bytes($0) : nil }
      }
    guard let value else {
      throw Failure(message: "\(requirement), and not `\(text)`\(Self.hint(text, besides: name))")
    }
    return value
  }

  /// Where else the text would be a value.
  private static func hint(_ text: String, besides name: String) -> String {
    let other = all.first { option in
      if case .words(let words) = option.values { words.contains(text) } else { false }
    }
    guard let other, other.name != name else { return "" }
    return "; `\(other.name)` may be that"
  }

  /// What a value is: `is a whole number from 1 to 1024`.
  package var requirement: String {
    switch values {
    case .words(let words): "is one of \(words.map { "`\($0)`" }.joined(separator: ", "))"
    case .count(let range):
      range.upperBound == .max
        ? "is a whole number, at least \(range.lowerBound)"
        : "is a whole number from \(range.lowerBound) to \(range.upperBound)"
    case .seconds: "is a number of seconds above 0"
    case .bytes(let least): "is a number of bytes from \(least >> 10)KiB on, such as 512MiB or 8GiB"
    }
  }

  package var description: String { name }

  /// As a command's help says it.
  package var help: String {
    let words =
      if case .words(let words) = values { words.joined(separator: ", ") + "; " } else { "" }
    let plain = byDefault.filter { $0 != "`" }
    return doc.prefix(1).uppercased() + doc.dropFirst() + " (\(words)default: \(plain))."
  }

  /// As a row of a page's table says it: name, values with what it is, and default.
  package var row: String {
    let choices =
      if case .words(let words) = values {
        words.map { "`\($0)`" }.joined(separator: ", ") + ": "
      } else {
        ""
      }
    return "| `\(name)` | \(choices)\(doc) | \(byDefault) |"
  }
}

/// A number of bytes as users write it.
package enum ByteCount {
  private static let units = [
    ("kib", 1 << 10), ("mib", 1 << 20), ("gib", 1 << 30), ("k", 1 << 10), ("m", 1 << 20),
    ("g", 1 << 30),
  ]

  /// `1000`, `64KiB`, `512MiB` or `8GiB`; nil for what is none, is 0, or has more than 63 bits.
  package static func read(_ text: String) -> Int? {
    let unit = units.first { text.lowercased().hasSuffix($0.0) }
    guard let number = Int(text.dropLast(unit?.0.count ?? 0)), number > 0 else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit?.1 ?? 1)
    return overflow ? nil : bytes
  }
}
