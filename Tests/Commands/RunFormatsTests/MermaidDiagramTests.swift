import RunFormats
import Runs
import Testing

@Suite struct MermaidDiagramTests {
  private static func lines(_ run: ShownRun) -> [String] {
    RunFormat.mermaid.write(run).split(separator: "\n").map(String.init)
  }

  @Test func aRunIsASequence() {
    #expect(
      Self.lines(SampleRun.run) == [
        "sequenceDiagram", "  participant L0 as old", "  participant L1 as new",
        "  Note over L0,L1: swap.m with wrong.patch<br/>1. start<br/>exec[*] = RUNS_OLD",
        "  Note over L0: 2. give a CPU (c = …) (c = cpu_t_1)<br/>"
          + "exec[cpu_t_1]#58; RUNS_OLD → RUNS_NEW<br/>put#58; given<br/>put#58; \"twice\"",
        "  L0->>L1: GO",
        "  Note over L1: 3. take it<br/>fails",
        "  Note over L0,L1: assertion \"never\" does not hold<br/>exec[c] = RUNS_OLD<br/>"
          + "exec[c] = RUNS_NEW",
      ])
  }

  /// The text behind a statement, with what Mermaid makes of it; nil where it is no text.
  ///
  /// From its grammar: `;` and `#` end a text but in `#NUMBER;`, `%%` begins a comment, and `style`
  /// with a colon behind it is taken for another statement before the grammar reads it.
  static func text(_ raw: Substring) -> String? {
    var text = ""
    var rest = raw.replacing("<br/>", with: "\n")[...]
    while let character = rest.popFirst() {
      switch character {
      case "#":
        let digits = rest.prefix { $0.isNumber }
        rest = rest.dropFirst(digits.count)
        guard rest.popFirst() == ";", let scalar = UInt32(digits).flatMap(Unicode.Scalar.init)
        else { return nil }
        text.unicodeScalars.append(scalar)
      case ";", "%", ":", "{", "}", "<", ">", "&", "$", "`", "\\", "~", "@": return nil
      default: text.append(character)
      }
    }
    return text
  }

  @Test(arguments: [HostileRun.run, HostileRun.empty, HostileRun.failed])
  func everyLineIsAStatement(run: ShownRun) {
    let lines = Self.lines(run)
    #expect(lines.first == "sequenceDiagram")
    var participants: Set<Substring> = []
    for line in lines.dropFirst().map({ $0.dropFirst(2) }) {
      if let match = line.wholeMatch(of: /participant (L\d+|N) as (.+)/) {
        participants.insert(match.1)
        #expect(Self.text(match.2) != nil, "\(line)")
      } else if let match = line.wholeMatch(of: /Note over (L\d+|N)(?:,(L\d+|N))?: (.+)/) {
        #expect(participants.contains(match.1))
        #expect(match.2.map(participants.contains) ?? true)
        #expect(Self.text(match.3) != nil, "\(line)")
      } else if let match = line.wholeMatch(of: /(L\d+|N)->>(L\d+|N): (.+)/) {
        #expect(participants.isSuperset(of: [match.1, match.2]))
        #expect(Self.text(match.3) != nil, "\(line)")
      } else {
        Issue.record("\(line)")
      }
    }
  }

  /// The names are there, with what is not seen made visible.
  @Test func hostileNamesAreShown() throws {
    let lines = Self.lines(HostileRun.run)
    let lane = try #require(lines.first { $0.hasPrefix("  participant L0 as ") })
    let shown = try #require(Self.text(lane.dropFirst("  participant L0 as ".count)))
    #expect(
      shown
        == "actor q\"'\\u{a}\\u{d}\\u{9}\\u{1b}[31m\\u{7f}\\u{85}\\u{2028}\\u{202e}</script>]]>"
        + "&amp;<br/>%%{x}%% #35;; end: a->>b style x: #1; ﬂ°°35¶ß 🦊\\u{fe0f} é \\u{5c}u{1b} \\n "
        + "${x} `c`\\u{0}\\u{fffe}")
  }

  /// Mermaid takes a name of no characters for a mistake.
  @Test func nothingIsABlank() {
    let run = ShownRun(
      model: "", places: [ShownPlace(name: "mail[]", kind: .name)],
      steps: [.init(rule: ""), .init(actor: "", rule: ":")])
    #expect(
      Self.lines(run) == [
        "sequenceDiagram", "  participant L0 as #32;", "  Note over L0: #32;<br/>1. ",
        "  Note over L0: 2. ",
      ])
  }

  /// Who has no name has a participant of its own.
  @Test func nobodyIsAParticipant() {
    let run = ShownRun(
      model: "m.m", places: [],
      steps: [.init(rule: "start"), .init(rule: "tick"), .init(actor: "a", rule: "a: go")])
    #expect(
      Self.lines(run) == [
        "sequenceDiagram", "  participant L0 as a", "  participant N as (nobody)",
        "  Note over L0,N: m.m<br/>1. start", "  Note over N: 2. tick", "  Note over L0: 3. go",
      ])
  }
}
