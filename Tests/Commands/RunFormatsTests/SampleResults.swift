import RunFormats
import Runs

/// Results of each outcome.
enum SampleResults {
  static let list = ResultList([
    .init(name: "swap", model: "swap.m", outcome: .passed, verdict: "verified", seconds: 1.5),
    .init(
      name: "wrong", model: "swap.m", outcome: .failed, verdict: "violated", seconds: 0.0625,
      message: "assertion \"never\" does not hold", location: "swap.m:17:5", run: SampleRun.run),
    .init(
      name: "large", model: "large.m", outcome: .error, verdict: "inconclusive", seconds: 61.9996,
      message: "the time is up"),
    .init(name: "nightly", model: "large.m", outcome: .skipped, verdict: "not run"),
    .init(
      name: "right", model: "folder/a model.m", outcome: .failed, verdict: "verified",
      message: "is verified, and is expected to be violated"),
  ])

  static let hostile = ResultList(
    ResultList.Outcome.allCases.flatMap { outcome in
      [HostileRun.run, HostileRun.empty, HostileRun.failed].map { run in
        ResultList.Entry(
          name: "name \(HostileRun.name)", model: "model \(HostileRun.name)", outcome: outcome,
          verdict: "verdict \(HostileRun.name)", seconds: .infinity,
          message: "message \(HostileRun.name)", location: "../\(HostileRun.name):3", run: run)
      }
    })
}
