/// The fenced blocks of a page, and the commands in them.
///
/// A fence's info string says what a block is: `murphi name=a.m` is a whole model, `yaml
/// part-of=path` or `murphi part-of=path` stands in that file word for word, and `console` has
/// commands after `$ `, each followed by what it prints. A line of `…` stands for any lines, and the
/// line of the model that a step ends with is not shown: it moves with every change of the model.
struct GuideText {
  struct Block {
    /// Line of the opening fence, from 1.
    let line: Int
    let info: [Substring]
    let text: String

    /// What stands after `name=` or `part-of=` in the info string.
    func value(of key: String) -> String? {
      info.dropFirst().first { $0.hasPrefix(key + "=") }.map { String($0.dropFirst(key.count + 1)) }
    }
  }

  struct Command {
    /// Line of the block that has it.
    let line: Int
    let arguments: [String]
    let output: [String]
  }

  let blocks: [Block]

  init(_ text: String) {
    var blocks: [Block] = []
    var start: Int?
    var info: [Substring] = []
    var lines: [Substring] = []
    for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
    {
      guard line.hasPrefix("```") else {
        if start != nil { lines.append(line) }
        continue
      }
      if let opened = start {
        let text = lines.map { $0 + "\n" }.joined()
        blocks.append(Block(line: opened, info: info, text: text))
        start = nil
        lines = []
      } else {
        start = index + 1
        info = line.dropFirst(3).split(separator: " ")
      }
    }
    self.blocks = blocks
  }

  /// The models, by the names that the page gives them.
  var models: [(name: String, text: String)] {
    blocks.compactMap { block in block.value(of: "name").map { ($0, block.text) } }
  }

  /// The commands in the order of the page.
  var commands: [Command] {
    var commands: [Command] = []
    for block in blocks where block.info.first == "console" {
      var lines = block.text.split(separator: "\n", omittingEmptySubsequences: false)[...]
      while let line = lines.popFirst() {
        guard line.hasPrefix("$ ") else { continue }
        let output = lines.prefix { !$0.hasPrefix("$ ") }
        lines = lines.dropFirst(output.count)
        let words = line.dropFirst(2).split(separator: " ").map(String.init)
        commands.append(
          Command(line: block.line, arguments: words, output: output.map(String.init)))
      }
    }
    return commands
  }

  /// Whether a page shows what a program printed; times and digests do not count.
  static func shows(_ shown: [String], what printed: [String]) -> Bool {
    matches(comparable(shown)[...], comparable(printed)[...])
  }

  private static func comparable(_ lines: [String]) -> [String] {
    var kept = lines.filter { !$0.hasPrefix("  time ") && !$0.hasPrefix("  digest ") }
      .map { $0.replacing(/, [0-9.,]+ s$/, with: "").replacing(/[ ]:[0-9]+$/, with: "") }
    while kept.last == "" { kept.removeLast() }
    return kept
  }

  private static func matches(_ shown: ArraySlice<String>, _ printed: ArraySlice<String>) -> Bool {
    guard let first = shown.first else { return printed.isEmpty }
    if first.allSatisfy({ $0 == " " || $0 == "…" }), first.contains("…") {
      return (printed.startIndex...printed.endIndex).contains {
        matches(shown.dropFirst(), printed[$0...])
      }
    }
    return printed.first == first && matches(shown.dropFirst(), printed.dropFirst())
  }
}
