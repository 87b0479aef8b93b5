import RunFormats
import Runs
import Testing

/// Runs of many steps are written in the time that their length asks.
@Suite struct LongRunTests {
  /// A word that goes to and fro between two, who count; every step is as long as any other.
  private static func run(_ count: Int) -> ShownRun {
    let places = [
      ShownPlace(name: "mail[ping]", kind: .name), ShownPlace(name: "mail[pong]", kind: .name),
      ShownPlace(name: "at[cpu_t_0]", kind: .name), ShownPlace(name: "count", kind: .number),
    ]
    var state = ["NONE", "NONE", "ON_PING", "100000"]
    var steps = [
      ShownRun.Step(
        rule: "start",
        changes: state.enumerated().map { .init(place: $0, old: ShownRun.undefined, new: $1) })
    ]
    for number in 1..<count {
      let isPing = number % 2 == 1
      let actor = isPing ? "ping" : "pong"
      let values = [
        isPing ? "NONE" : "BALL", isPing ? "BALL" : "NONE", isPing ? "ON_PONG" : "ON_PING",
        String(100_000 + number),
      ]
      let changes = values.indices.filter { values[$0] != state[$0] }.map {
        ShownRun.Change(place: $0, old: state[$0], new: values[$0])
      }
      steps.append(.init(actor: actor, rule: "\(actor): hit", location: "m.m:9", changes: changes))
      state = values
    }
    return ShownRun(
      model: "m.m", places: places, steps: steps,
      finding: .init(kind: "invariant", message: "invariant does not hold", reads: [3]))
  }

  /// What is written is the work that is done: twice the steps are twice as much more, within what a longer
  /// number takes. A form that writes anew what was before would have four times as much.
  @Test(arguments: RunFormat.allCases.filter { $0 != .svg })
  func twiceTheStepsAreTwiceAsMuch(format: RunFormat) {
    let counts = [1000, 2000, 4000].map { format.write(Self.run($0)).utf8.count }
    let growth = Double(counts[2] - counts[1]) / Double(counts[1] - counts[0])
    #expect((1.9...2.1).contains(growth), "\(counts)")
  }

  /// A picture has few steps of a long run, and its size is theirs.
  @Test func aPictureOfMoreStepsIsNoLarger() {
    let counts = [1000, 4000].map { RunFormat.svg.write(Self.run($0)).utf8.count }
    #expect(abs(counts[0] - counts[1]) < counts[0] / 20, "\(counts)")
  }

  @Test func reportsOfLongRunsAreBounded() {
    let counts = [2000, 4000].map { count in
      ResultList([
        .init(
          name: "long", model: "m.m", outcome: .failed, verdict: "violated", run: Self.run(count))
      ]).sarif(version: "1").utf8.count
    }
    #expect(abs(counts[0] - counts[1]) < counts[0] / 20, "\(counts)")
  }
}
