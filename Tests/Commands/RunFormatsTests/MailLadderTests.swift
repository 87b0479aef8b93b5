import RunFormats
import Runs
import Testing

@Suite struct MailLadderTests {
  private static func lines(_ run: ShownRun) -> [String] {
    RunFormat.mail.write(run).split(separator: "\n", omittingEmptySubsequences: false)
      .map(String.init)
  }

  /// Reasoned from the format: the margin has 4 columns, so the lanes have 68, of which each needs 12;
  /// of the 44 that are left, half go to who takes one of two steps: the second bar is 34 behind the
  /// first. An arrow spans what is between the bars.
  @Test func aRunIsALadder() {
    let between = String(repeating: " ", count: 33)
    let arrow = String(repeating: "-", count: 14)
    #expect(
      Self.lines(SampleRun.run) == [
        "Run of swap.m", "  with wrong.patch", "  CPUS = 2, A = true",
        "  base = 0x1000 (4 KiB)", "", "    old" + between.dropFirst(2) + "new",
        " 1. start", "    * exec[*] = RUNS_OLD",
        " 2. | give a CPU (c = ...)            |",
        "    | (c = cpu_t_1)                   |",
        "    |\(arrow) GO \(arrow)>|",
        "    * exec[cpu_t_1]: RUNS_OLD -> RUNS_NEW", "    put: given", "    put: \"twice\"",
        " 3. |\(between)| take it", "    * fails", "",
        "Violated: assertion \"never\" does not hold", "  at swap.m:17:5",
        "    exec[c] = RUNS_OLD", "  where", "    exec[c] = RUNS_NEW", "",
      ])
  }

  /// What `git am` and mail take for theirs begins a line: `---`, `-- `, `diff -`, `From `.
  private static func expectMail(_ run: ShownRun, _ location: SourceLocation = #_sourceLocation) {
    let text = RunFormat.mail.write(run)
    #expect(text.utf8.allSatisfy { $0 == 0x0A || (0x20...0x7E) ~= $0 }, sourceLocation: location)
    #expect(text.utf8.last == 0x0A, sourceLocation: location)
    for line in text.split(separator: "\n") {
      #expect(line.utf8.count <= 72 && line.last != " ", "\(line)", sourceLocation: location)
      let isIndented = line.first.map { $0 == " " || $0.isNumber } ?? true
      #expect(
        isIndented || line.hasPrefix("Run of") || line.hasPrefix("Violated: "), "\(line)",
        sourceLocation: location)
    }
  }

  @Test func everythingIsFitForMail() {
    for run in [SampleRun.run, HostileRun.run, HostileRun.empty, HostileRun.failed] {
      Self.expectMail(run)
    }
  }

  @Test func hostileNamesAreSpelled() {
    let joined = Self.lines(HostileRun.run).map { $0.drop { $0 == " " } }.joined()
      .replacing(" ", with: "")
    for text in ["\\u{1b}[31m", "\\u{1f98a}", "\\u{5c}u{1b}", "</script>]]>&amp;", "\\u{fffe}"] {
      #expect(joined.contains(text), "\(text)")
    }
  }

  /// A run in which each of some actors acts once.
  private static func crowd(_ count: Int, word: String = "GO") -> ShownRun {
    let actors = (0..<count).map { "actor\($0)" }
    let place = ShownPlace(name: "mail[actor0]", kind: .name)
    var value = "NONE"
    var steps = [
      ShownRun.Step(
        rule: "start", changes: [.init(place: 0, old: ShownRun.undefined, new: value)])
    ]
    for (number, actor) in actors.enumerated() {
      let new = "\(word)\(number)"
      steps.append(
        .init(
          actor: actor, rule: "\(actor): act on its own",
          changes: [.init(place: 0, old: value, new: new)]))
      value = new
    }
    return ShownRun(model: "m.m", places: [place], steps: steps)
  }

  /// Five lanes of twelve columns fit beside the numbers, and six do not; nor does a long word.
  @Test(arguments: [
    (1, "GO", true), (5, "GO", true), (6, "GO", false), (60, "GO", false),
    (2, String(repeating: "W", count: 90), false),
  ])
  func whatDoesNotFitIsAList(count: Int, word: String, isLadder: Bool) {
    let run = Self.crowd(count, word: word)
    Self.expectMail(run)
    let text = RunFormat.mail.write(run)
    #expect(text.contains(" | act on") == isLadder)
    #expect(text.contains(". actor0: act on its own") == !isLadder)
    if count > 1, word == "GO" {
      // The second says its word to the first: from right to left.
      #expect(
        isLadder
          ? text.split(separator: "\n").contains {
            $0.hasPrefix("    |<") && $0.contains("- GO1 -")
          }
          : text.contains("    actor1 -- GO1 --> actor0\n"), "\(text)")
    }
  }
}
