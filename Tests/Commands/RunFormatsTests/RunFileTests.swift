import Diagnostics
import Runs
import Testing

/// A run of two kernels and a CPU, made by hand.
enum SampleRun {
  static let places = [
    ShownPlace(name: "phase", kind: .name, type: "phase_t"),
    ShownPlace(name: "exec[cpu_t_0]", kind: .name, type: "exec_t"),
    ShownPlace(name: "exec[cpu_t_1]", kind: .name, type: "exec_t"),
    ShownPlace(name: "queue[OLD][1].word", kind: .name, type: "word_t"),
    ShownPlace(name: "queue[NEW][1].word", kind: .name, type: "word_t"),
    ShownPlace(name: "tries", kind: .number),
  ]

  /// The second CPU goes over, a word is said, and an assertion fails.
  static let run = ShownRun(
    model: "swap.m", patches: ["wrong.patch"], constants: [.init("CPUS", "2"), .init("A", "true")],
    layout: [.init(name: "base", value: "4096", text: "0x1000 (4 KiB)")], places: places,
    steps: [
      .init(
        rule: "start", location: "swap.m:3",
        changes: [
          .init(place: 0, old: "undefined", new: "IDLE"),
          .init(place: 1, old: "undefined", new: "RUNS_OLD"),
          .init(place: 2, old: "undefined", new: "RUNS_OLD"),
          .init(place: 3, old: "undefined", new: "NOTHING"),
          .init(place: 4, old: "undefined", new: "NOTHING"),
          .init(place: 5, old: "undefined", new: "0"),
        ]),
      .init(
        actor: "old", rule: "old: give a CPU (c = …)", parameters: [.init("c", "cpu_t_1")],
        location: "swap.m:9",
        changes: [
          .init(place: 2, old: "RUNS_OLD", new: "RUNS_NEW"),
          .init(place: 4, old: "NOTHING", new: "GO"),
        ], output: ["given", "\"twice\""]),
      .init(actor: "new", rule: "new: take it", location: "swap.m:15", fails: true),
    ],
    finding: .init(
      kind: "assertion", name: "never", message: "assertion \"never\" does not hold",
      location: "swap.m:17:5", part: "exec[c] = RUNS_OLD",
      values: [.init("exec[c]", "RUNS_NEW")], reads: [1, 2]),
    picture: Picture(lanes: ["old", "new"], messages: ["queue"], tracks: ["exec"]))
}

@Suite struct RunFileTests {
  @Test func whatIsWrittenIsRead() throws {
    let bytes = Array(SampleRun.run.document.text.utf8)
    #expect(try ShownRun.read(bytes) == [SampleRun.run])
  }

  private static let document = SampleRun.run.document.text

  /// Whatever is wrong with a file, it is said where.
  @Test(
    arguments: [
      ("", "is no kept run: it is not JSON"),
      ("{}", "is no kept run: the document has no `format`"),
      (
        #"{"format": "swapcheck-fit", "version": 1}"#,
        "is no kept run, but a document of format swapcheck-fit"
      ),
      (
        document.replacing("\"version\": 1", with: "\"version\": 7"),
        "is a kept run of version 7; this release reads version 1"
      ),
      (
        document.replacing("\"place\": \"exec[cpu_t_1]\"", with: "\"place\": \"exec[9]\""),
        "is no run: step 1 changes `exec[9]`, which is not among the places"
      ),
      (
        document.replacing("\"from\": \"RUNS_OLD\"", with: "\"from\": \"RUNS_NEW\""),
        "is no run: step 2 changes `exec[cpu_t_1]` from RUNS_NEW, and it is RUNS_OLD"
      ),
      (
        document.replacing("\"fails\": true", with: "\"fails\": 1.5"),
        "is no kept run: `steps[2].fails` is of another type"
      ),
      (
        document.replacing("\"kind\": \"number\"", with: "\"kind\": \"colour\""),
        "is no kept run: `places[5].kind` is `colour`, which is no kind"
      ),
      (
        #"{"format": "swapcheck-check", "version": 2, "models": [{"counterexamples": []}]}"#,
        "holds a report in which nothing is violated: there is no run in it"
      ),
    ])
  func whatIsNoRunIsRefused(text: String, reason: String) {
    #expect { try ShownRun.read(Array(text.utf8)) } throws: { "\($0)" == reason }
  }

  @Test func namesAreReadAsWays() {
    let place = ShownPlace(name: "queue[OLD][1].word", kind: .name)
    #expect(place.variable == "queue")
    #expect(place.path == [.index("OLD"), .index("1"), .field("word")])
    let member = ShownPlace(name: "mail{0}.to[3]", kind: .name)
    #expect(member.path == [.member("0"), .field("to"), .index("3")])
    #expect(ShownPlace(name: "tries", kind: .number).path.isEmpty)
  }
}
