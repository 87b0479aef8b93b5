import Diagnostics
import Foundation
import RunFormats
import Runs
import Testing

@Suite(.serialized) struct RunPageTests {
  private static let step = PageInBrowser.Action.ask(
    "Number(document.getElementById('slider').value)")
  /// What the page says of a state, by place.
  private static let state = PageInBrowser.Action.ask(
    "[...document.querySelectorAll('[data-place]')].map((cell) => [cell.dataset.place, cell.textContent])"
  )

  /// What a run has behind its steps, as it is shown.
  private static func states(_ run: ShownRun, _ wanted: Set<Int>) -> [Int: [String: String]] {
    var states: [Int: [String: String]] = [:]
    run.forEachState { number, _, state in
      guard wanted.contains(number) else { return }
      for (place, value) in zip(run.places, state) {
        states[number, default: [:]][DisplayText(place.name).description] =
          DisplayText(value).description
      }
    }
    return states
  }

  private static func pairs(_ answer: Any) -> [String: String] {
    let pairs = (answer as? [[String]] ?? []).map { ($0[0], $0[1]) }
    return Dictionary(pairs) { "\($0) and \($1)" }
  }

  private static let runs = [
    "small": SampleRun.run, "moving": SampleRun.moving, "forging": SampleRun.forging,
    "hostile": HostileRun.run,
    "long": SampleRun.long(600),
  ]

  /// Step by step, and by address to both sides of the states that are kept.
  @Test(arguments: runs.keys.sorted()) func statesAreThoseOfTheRun(name: String) throws {
    let run = try #require(Self.runs[name])
    let few = run.steps.count < 10
    let numbers = few ? Array(run.steps.indices) : [0, 255, 256, 257, 511, 512, 598, 599, 1]
    let actions = numbers.flatMap { number -> [PageInBrowser.Action] in
      let go: PageInBrowser.Action =
        few ? .key(number == 0 ? "Home" : "j") : .go("#all=true&step=\(number + 1)")
      return [go, Self.step, Self.state]
    }
    let answers = try PageInBrowser.answers(RunFormat.html.write(run), [.key("u")] + actions)
    let states = Self.states(run, Set(numbers))
    for (position, number) in numbers.enumerated() {
      #expect(answers[2 * position] as? Int == number + 1)
      #expect(Self.pairs(answers[2 * position + 1]) == states[number], "step \(number + 1)")
    }
  }

  @Test func keysGoThroughTheRun() throws {
    let keys: [(String, Int)] = [
      ("ArrowRight", 2), ("ArrowDown", 3), ("j", 4), ("k", 3), ("ArrowUp", 2), ("ArrowLeft", 1),
      ("ArrowLeft", 1), ("PageDown", 11), ("End", 600), ("j", 600), ("PageUp", 590), ("Home", 1),
    ]
    let look = PageInBrowser.Action.ask(
      """
      [Number(document.querySelector('[aria-selected=true] .number').textContent),
       document.getElementById('steps').getAttribute('aria-activedescendant'),
       document.querySelectorAll('[aria-selected=true]').length,
       document.getElementById('slider').getAttribute('aria-valuetext').split(':')[0]]
      """)
    let answers = try PageInBrowser.answers(
      RunFormat.html.write(SampleRun.long(600)), keys.flatMap { [.key($0.0), look] })
    for (key, answer) in zip(keys, answers) {
      let expected: [AnyHashable] = [key.1, "step-\(key.1)", 1, "Step \(key.1) of 600"]
      #expect(answer as? [AnyHashable] == expected, "\(key)")
    }
  }

  /// Each fifth step says a word, and the count is a value: both are found, onwards and back.
  @Test func whatIsSoughtIsFound() throws {
    let hits = PageInBrowser.Action.ask(
      "document.getElementById('hits').textContent + ' at ' + document.getElementById('slider').value"
    )
    let clear: [PageInBrowser.Action] = [.key("Escape"), .key("/")]
    let actions: [PageInBrowser.Action] =
      clear + [.write("msg[a] = WORD"), .key("Enter"), hits, .key("Enter"), hits]
      + [.key("Escape"), .key("N"), hits, .key("N"), hits, .key("n"), hits]
      + clear + [.write("count = 123"), .key("Enter"), hits]
      + clear + [.write("COUNT: 7 → 8"), .key("Enter"), hits]
      + clear + [.write("b: go on"), .key("Enter"), hits] + clear
      + [.write("nobody"), .key("Enter"), hits, .key("Escape")]
      + [.go("#step=3&search=WORD"), hits, .key("n"), hits]
    let answers = try PageInBrowser.answers(RunFormat.html.write(SampleRun.long(600)), actions)
    // Of 599 steps behind the start each fifth says the word, and the one behind it takes it away.
    #expect(
      answers as? [String] == [
        "1 of 119 at 6", "2 of 119 at 11", "1 of 119 at 6", "119 of 119 at 596", "1 of 119 at 6",
        "1 of 1 at 124", "1 of 1 at 9", "5 of 300 at 10", "no step at 10", "238 steps at 3",
        "1 of 238 at 6",
      ])
  }

  /// What the property reads stands out at every step, and at the last one why it does not hold.
  @Test func theEndSaysWhatGoesWrong() throws {
    var run = SampleRun.run
    run.finding?.notes = [.init(location: "swap.m:30:2", part: "f(c)", message: "called")]
    let look = PageInBrowser.Action.ask(
      """
      [document.getElementById('finding').hidden,
       [...document.querySelectorAll('#state .value.read')].map((cell) => cell.dataset.place),
       document.querySelector('#where code').textContent,
       [...document.querySelectorAll('#changes tr')].map((row) => row.textContent)]
      """)
    let finding = PageInBrowser.Action.ask("document.getElementById('finding').innerText")
    let answers = try PageInBrowser.answers(
      RunFormat.html.write(run), [.key("u"), .key("j"), look, .key("j"), look, finding])
    let reads = ["exec[cpu_t_0]", "exec[cpu_t_1]"]
    let changes = ["★ exec[cpu_t_1]RUNS_OLD→RUNS_NEW", "queue[NEW][1].wordNOTHING→GO"]
    #expect(answers[0] as? NSArray == [true, reads, "swap.m:9", changes] as NSArray)
    #expect(answers[1] as? NSArray == [false, reads, "swap.m:15", []] as NSArray)
    let text = try #require(answers[2] as? String)
    for part in [
      "assertion \"never\" does not hold", "swap.m:17:5", "exec[c] = RUNS_OLD", "RUNS_NEW",
      "called at swap.m:30:2",
    ] {
      #expect(text.contains(part), "\(text)")
    }
  }

  /// A list of so many steps has only those that are seen in the page.
  @Test(.timeLimit(.minutes(5))) func aLongRunOpens() throws {
    let run = SampleRun.long(100_000)
    let size = PageInBrowser.Action.ask("document.querySelectorAll('*').length")
    let opening = PageInBrowser.Action.ask(
      "performance.getEntriesByType('navigation')[0].loadEventEnd")
    let wheel = PageInBrowser.Action.ask(
      """
      (async () => {
        const steps = document.getElementById('steps');
        steps.scrollTop = steps.scrollHeight / 2;
        await new Promise((done) => setTimeout(done, 300));
        const bounds = steps.getBoundingClientRect();
        const row = document.elementFromPoint(bounds.left + 20, bounds.bottom - 60).closest('.row');
        return Number(row.dataset.number);
      })()
      """)
    let answers = try PageInBrowser.answers(
      RunFormat.html.write(run),
      [.key("u"), size, .key("End"), Self.step, Self.state, size, opening, wheel])
    #expect(try #require(answers[0] as? Int) < 1500)
    #expect(answers[1] as? Int == 100_000)
    #expect(Self.pairs(answers[2]) == Self.states(run, [99_999])[99_999])
    #expect(try #require(answers[3] as? Int) < 1500)
    #expect(try #require(answers[4] as? Double) < 20_000)
    #expect((49_000...51_000).contains(try #require(answers[5] as? Int)))
  }

  /// Names are texts: none becomes an element, a script, or a member of what it is not.
  @Test func namesCannotForgeThePage() throws {
    let page = RunFormat.html.write(SampleRun.forging)
    #expect(page.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible })
    #expect(page.components(separatedBy: "<script").count == 3)
    #expect(page.components(separatedBy: "</script").count == 3)
    let look = PageInBrowser.Action.ask(
      """
      [document.scripts.length, document.querySelectorAll('#rows b:not(.actor), svg svg').length,
       document.getElementById('heading').textContent, document.title]
      """)
    let answers = try PageInBrowser.answers(page, [.key("End"), look])
    let name = DisplayText(SampleRun.forging.model).description
    #expect(answers[0] as? NSArray == [2, 0, name, "\(name): \(name)"] as NSArray)
  }

  /// The page asks for nothing, and what is not its own does not run in it.
  @Test func nothingElseRunsInThePage() throws {
    let page = RunFormat.html.write(SampleRun.run)
    // The name of a vocabulary, at which nothing is fetched.
    #expect(!page.replacing("http://www.w3.org/2000/svg", with: "").contains("://"))
    #expect(page.contains("content=\"default-src 'none'; script-src 'sha256-"))
    let intruder = page.replacing("<body>", with: "<body><script>document.title = 'x'</script>")
    #expect(throws: PageInBrowser.Failure.self) { try PageInBrowser.answers(intruder, []) }
  }

  /// Twice as large, or on a telephone, nothing lies beside the window.
  @Test(arguments: [320, 650, 1300]) func thePageFitsTheWindow(width: Int) throws {
    let look = PageInBrowser.Action.ask(
      "[document.documentElement.scrollWidth <= innerWidth, document.querySelector('.row .title').clientWidth > 60]"
    )
    let answers = try PageInBrowser.answers(
      RunFormat.html.write(SampleRun.moving), [.size(width, 700), look])
    #expect(answers[0] as? NSArray == [true, true] as NSArray)
  }

  /// A process is in two variables that each have a track of it; the heads say which is which. And a value
  /// that changes is one word, however long the names beside it are.
  @Test func headsAndValuesCanBeRead() throws {
    var run = SampleRun.moving
    let image = run.places.count
    run.places += ["OLD", "NEW"].map {
      ShownPlace(name: "image_in_the_memory_of_the_other[\($0)][p0]", kind: .name)
    }
    run.steps[0].changes += [
      .init(place: image, old: ShownRun.undefined, new: "WHOLE_AND_NOT_YET_STARTED"),
      .init(place: image + 1, old: ShownRun.undefined, new: "NONE"),
    ]
    run.steps[1].changes.append(
      .init(place: image, old: "WHOLE_AND_NOT_YET_STARTED", new: "NONE"))
    let answers = try PageInBrowser.answers(
      RunFormat.html.write(run),
      [
        .ask("[...document.querySelectorAll('#head .track > span')].map((e) => e.textContent)"),
        .size(650, 900), .go("#step=2"),
        .ask(
          """
          [...document.querySelectorAll('.changes td')].map((e) => {
            const range = document.createRange(); range.selectNodeContents(e);
            return range.getClientRects().length; })
          """),
      ])
    let heads = try #require(answers[0] as? [String])
    #expect(Set(heads).count == heads.count && heads.contains("table p0"), "\(heads)")
    #expect(heads.contains("c0"), "\(heads)")
    let lines = try #require(answers[1] as? [Int])
    #expect(!lines.isEmpty && lines.allSatisfy { $0 == 1 }, "\(lines)")
  }

  /// Everything that can be pressed is reached by Tab, in the order in which it is read.
  @Test func tabReachesEverything() throws {
    let focus = PageInBrowser.Action.ask("document.activeElement.id")
    let answers = try PageInBrowser.answers(
      RunFormat.html.write(SampleRun.run),
      [.key("j"), .ask("document.getElementById('first').focus()"), focus]
        + (0..<7).flatMap { _ in [.key("Tab"), focus] })
    #expect(
      answers.compactMap { $0 as? String } == [
        "first", "back", "forth", "last", "slider", "search", "steps", "side",
      ])
  }
}
