import Diagnostics
import Foundation
import RunFormats
import Runs
import Testing

@Suite struct RunSVGTests {
  private static func picture(_ run: ShownRun) throws -> SVGElements {
    try SVGElements(RunFormat.svg.write(run))
  }

  /// Two lanes; the start, a step that says a word, and one that fails; one CPU stays with the old
  /// kernel, the other one goes over in the second step; both are read at the end.
  @Test func whatIsDrawnOfARunByHand() throws {
    let picture = try Self.picture(SampleRun.run)
    #expect(
      picture.groups == [
        "lane": 2, "step": 2, "step fails": 1, "message": 1, "owner": 3, "finding": 1,
      ])
    #expect(picture.elements.filter { $0.attributes["class"] == "blamed" }.count == 2)
    // The arrow of the message, and that of the legend.
    #expect(picture.elements.filter { $0.attributes["class"] == "head" }.count == 2)
    for text in ["old", "new", "GO", "cpu_t_0", "RUNS_NEW", "take it", "exec[c] = RUNS_NEW"] {
      #expect(picture.texts.contains(text), "\(text)")
    }
    // What no bar and no arrow shows is written; here, that nothing else changes.
    #expect(!picture.texts.contains { $0.contains("queue") })
  }

  /// The CPU runs, waits and runs; each kernel believes once that it has it; the process that
  /// anybody has is had by each once.
  @Test func beliefsAndThingsThatMove() throws {
    let picture = try Self.picture(SampleRun.moving)
    #expect(
      picture.groups == [
        "lane": 2, "step": 3, "owner": 3, "believes": 2, "has": 2, "finding": 1,
      ])
    let places = picture.elements.filter { $0.name == "title" }.map(\.text)
    #expect(places.contains("table[NEW][p0] = READY"))
    #expect(picture.texts.contains("p0"))
    #expect(!picture.texts.contains("p1"))
    // The colours of old and new, and of nobody while the CPU waits.
    let fills = picture.elements.compactMap { $0.attributes["fill"] }
    #expect(Set(fills) == ["#0072B2", "#E69F00", "#9AA0A6", "none"])
  }

  private static let talkative: ShownRun = {
    var run = SampleRun.run
    let long = String(repeating: "a name that goes on ", count: 20)
    run.model = long
    run.patches = [long, long]
    run.finding?.message = long
    run.finding?.values = [.init("c", String(repeating: "W", count: 500))]
    run.steps[1].rule = "old: \(long)"
    run.steps[1].changes[1] = .init(
      place: 4, old: "NOTHING", new: String(repeating: "WORD_", count: 60))
    run.steps[2].actor = String(repeating: "actor", count: 30)
    run.steps[2].rule = "\(run.steps[2].actor ?? ""): x"
    return run
  }()

  private static let various = [
    "small": SampleRun.run, "moving": SampleRun.moving, "long": SampleRun.long(700),
    "talkative": talkative,
  ]

  @Test(arguments: various.keys.sorted()) func noTextLiesOnAnother(name: String) throws {
    let picture = try Self.picture(#require(Self.various[name]))
    let width = try #require(picture.elements.first?.number("width"))
    let boxes = picture.boxes
    #expect(boxes.count > 10)
    for (number, box) in boxes.enumerated() {
      #expect(box.x.lowerBound >= 0 && box.x.upperBound <= width, "\(box)")
      for other in boxes[(number + 1)...] {
        #expect(!(box.x.overlaps(other.x) && box.y.overlaps(other.y)), "\(box), \(other)")
      }
    }
  }

  /// What is shortened has all of itself as its tooltip.
  @Test func whatIsShortenedIsWhole() throws {
    let picture = try Self.picture(Self.talkative)
    let word = String(repeating: "WORD_", count: 60)
    #expect(picture.texts.contains { $0.hasPrefix("WORD_WORD_") && $0.hasSuffix("…") })
    #expect(picture.elements.contains { $0.name == "title" && $0.text == word })
    let value = "c = " + String(repeating: "W", count: 500)
    #expect(picture.elements.contains { $0.name == "title" && $0.text == value })
  }

  /// All steps of a run up to the limit; of a longer one both ends, and between them those that tell.
  @Test func longRunsAreFolded() throws {
    #expect(try Self.picture(SampleRun.long(400)).groups["fold"] == nil)
    #expect(try Self.picture(SampleRun.long(400)).groups["step"] == 400)
    let clock = ContinuousClock()
    var text = ""
    let time = clock.measure { text = RunFormat.svg.write(SampleRun.long(100_000)) }
    #expect(time < .seconds(60))
    #expect(text.utf8.count < 1_000_000)
    let picture = try SVGElements(text)
    // 40 first, 160 last, and of those between them the latest 100 that say a word.
    #expect(picture.groups["step"] == 300)
    // Each fifth step says one: before each of the 100 others are folded, and behind the last of them.
    #expect(picture.groups["fold"] == 101)
    let facts = picture.texts.first { $0.hasPrefix("long.m") }
    #expect(facts?.contains("100000 steps, 99700 of them folded") == true)
    let folds = picture.texts.filter { $0.hasPrefix("steps ") }
    #expect(folds.first == "steps 41 to 99340: a 49650, b 49650")
  }

  @Test(arguments: [SampleRun.forging, HostileRun.run])
  func namesCannotForgeWhatIsDrawn(run: ShownRun) throws {
    let text = RunFormat.svg.write(run)
    #expect(text.unicodeScalars.allSatisfy { $0 == "\n" || $0.isVisible })
    let picture = try SVGElements(text)
    let known: Set = ["svg", "title", "style", "rect", "g", "path", "text"]
    #expect(Set(picture.elements.map(\.name)).isSubset(of: known))
    #expect(picture.elements.filter { $0.name == "svg" || $0.name == "style" }.count == 2)
    let name = DisplayText(run.model).description
    #expect(picture.elements.contains { $0.name == "title" && $0.text.contains(name) })
  }

  /// Of very many things those are drawn that what is violated reads; the others are counted.
  @Test func fewOfVeryManyThingsAreDrawn() throws {
    var run = SampleRun.moving
    let first = run.places.count
    for number in 0..<500 {
      run.places.append(ShownPlace(name: "exec[more\(number)]", kind: .name))
      run.steps[0].changes.append(
        .init(place: first + number, old: ShownRun.undefined, new: "RUNS_OLD"))
    }
    run.finding?.reads = [0, first + 499]
    let picture = try Self.picture(run)
    // 500 CPUs more, one CPU and one process that moves; of all these 48.
    #expect(picture.texts.contains("without tracks of 454 more things"))
    for name in ["c0", "p0", "more0", "more499"] {
      #expect(picture.texts.contains(name), "\(name)")
    }
    #expect(!picture.texts.contains("more45"))
  }

  @Test func notesAreWithWhatIsViolated() throws {
    var run = SampleRun.run
    run.finding?.notes = [.init(location: "swap.m:30:2", part: "f(c)", message: "called")]
    #expect(try Self.picture(run).texts.contains("called, at swap.m:30:2"))
  }

  @Test func aRunOfOneStepIsDrawn() throws {
    let run = ShownRun(model: "m", places: [], steps: [.init(rule: "start", fails: true)])
    #expect(try Self.picture(run).groups == ["step fails": 1])
  }
}
