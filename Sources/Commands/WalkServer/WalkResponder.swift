import Diagnostics
package import Exploration
import FoundationEssentials
import Report
import RunFormats
import Runs
import Trace
package import Walking

/// Answers the page: one walk, and what is asked about it. It knows no sockets.
///
/// Two pages that show the same walk are told apart by what they have seen: who changes a walk that has
/// changed since is told so, and gets it as it is.
package final class WalkResponder {
  private let session: WalkSession
  private let access: AccessCheck
  private let limits: Limits

  /// What a search may take.
  package struct Limits: Sendable {
    package var options: ExplorationOptions
    package var searchSeconds: Double
    /// Whether the program is to end.
    package var isEnded: @Sendable () -> Bool
    package var isMemoryShort: @Sendable () -> Bool

    package init(
      options: ExplorationOptions = .init(), searchSeconds: Double = 30,
      isEnded: @escaping @Sendable () -> Bool = { false },
      isMemoryShort: @escaping @Sendable () -> Bool = { false }
    ) {
      self.options = options
      self.searchSeconds = searchSeconds
      self.isEnded = isEnded
      self.isMemoryShort = isMemoryShort
    }
  }

  package init(_ session: WalkSession, _ access: AccessCheck, _ limits: Limits = .init()) {
    self.session = session
    self.access = access
    self.limits = limits
  }

  private var answers: WalkAnswers { WalkAnswers(session) }

  /// Answers a request.
  ///
  /// - Parameter isGone: Whether nobody waits for the answer any more; asked while it is searched for.
  package func respond(
    _ request: HTTPRequest, isGone: @escaping @Sendable () -> Bool = { false }
  ) -> HTTPResponse {
    switch access.path(of: request) {
    case .failure(let refusal): return refusal.response
    case .success(let path):
      guard let isQuestion = Self.paths[path] else {
        return HTTPResponse(.notFound, "there is no such page")
      }
      guard isQuestion == (request.method == "POST") else {
        return HTTPResponse(
          .methodNotAllowed, isQuestion ? "this is asked by POST" : "this is read by GET")
      }
      do {
        return try isQuestion ? answer(path, request.body, isGone) : file(path)
      } catch {
        return Self.json(error.status, .object([("error", error.answer)]))
      }
    }
  }

  /// What there is, and whether it is a question.
  private static let paths: [String: Bool] = [
    "": false, "page.js": false, "page.css": false, "view.js": false, "view.css": false,
    "walk.js": false, "walk.css": false, "model": false, "walk": false, "walk.json": false,
    "look": true, "take": true, "back": true, "why": true, "way": true, "load": true,
    "graph": true,
  ]

  // MARK: - Reading

  private func file(_ path: String) throws(Refusal) -> HTTPResponse {
    switch path {
    case "page.js": return Self.file(Array(PageFiles.page.utf8), "text/javascript")
    case "page.css": return Self.file(Array(PageFiles.style.utf8), "text/css")
    case "view.js": return Self.file(Array(PageFiles.view.utf8), "text/javascript")
    case "view.css": return Self.file(Array(PageFiles.viewStyle.utf8), "text/css")
    case "walk.js": return Self.file(PackageResources.walk_js, "text/javascript")
    case "walk.css": return Self.file(PackageResources.walk_css, "text/css")
    case "model": return Self.json(.ok, answers.model)
    case "walk": return Self.json(.ok, answers.walk)
    case "walk.json":
      guard let run = session.run else { throw Refusal("there is no step yet") }
      return HTTPResponse(
        contentType: "application/json", body: Array((run.document.text + "\n").utf8),
        fileName: "walk.json")
    default: return Self.file(PackageResources.walk_html, "text/html")
    }
  }

  private static func file(_ bytes: [UInt8], _ type: String) -> HTTPResponse {
    HTTPResponse(contentType: "\(type); charset=utf-8", body: bytes)
  }

  private static func json(_ status: HTTPStatus, _ value: JSONValue) -> HTTPResponse {
    HTTPResponse(status, contentType: "application/json", body: Array((value.text + "\n").utf8))
  }

  // MARK: - Asking

  private func answer(
    _ path: String, _ body: [UInt8], _ isGone: @escaping @Sendable () -> Bool
  ) throws(Refusal) -> HTTPResponse {
    let value: JSONValue
    switch path {
    case "look":
      let question: Question.Look = try read(body)
      value = try asked { () throws(WalkError) in try answers.look(question) }
    case "why":
      let question: Question.Why = try read(body)
      value = try asked { () throws(WalkError) in try answers.why(question) }
    case "take": value = try take(try read(body))
    case "back": value = try back(try read(body))
    case "way": value = try way(try read(body), isGone)
    case "graph": value = try graph(try read(body), isGone)
    default: value = try load(body)
    }
    return Self.json(.ok, value)
  }

  private func read<Form: Decodable>(_ body: [UInt8]) throws(Refusal) -> Form {
    do {
      return try JSONDecoder().decode(Form.self, from: Data(body))
    } catch {
      throw Refusal("the question is not of its form", status: .badRequest)
    }
  }

  private func asked<Answer>(_ body: () throws(WalkError) -> Answer) throws(Refusal) -> Answer {
    do throws(WalkError) {
      return try body()
    } catch {
      throw Refusal(error, answers)
    }
  }

  /// A page that has not seen the last change may not make another one.
  private func expect(_ revision: Int) throws(Refusal) {
    if revision != session.revision { throw Refusal(changed: answers.walk) }
  }

  private func take(_ question: Question.Take) throws(Refusal) -> JSONValue {
    try expect(question.revision)
    guard let instance = question.instance else {
      throw Refusal("the question is not of its form", status: .badRequest)
    }
    try asked { () throws(WalkError) in try session.take(instance, behind: question.step) }
    return answers.walk
  }

  private func back(_ question: Question.Back) throws(Refusal) -> JSONValue {
    try expect(question.revision)
    try asked { () throws(WalkError) in try session.goBack(to: question.step) }
    return answers.walk
  }

  private func way(
    _ question: Question.Way, _ isGone: @escaping @Sendable () -> Bool
  ) throws(Refusal) -> JSONValue {
    try expect(question.revision)
    let step = question.step
    let way = try asked { () throws(WalkError) in
      try session.shortestWay(
        to: question.condition, behind: step,
        ShortestWay.Limits(options: limits.options, stop: stop(isGone)))
    }
    switch way {
    case .found(let execution):
      try asked { () throws(WalkError) in try session.take(execution, behind: step) }
      return told("found", "a shortest way has \(count(execution.steps.count - 1))")
    case .blocked(let counterexample):
      try asked { () throws(WalkError) in
        try session.take(counterexample.execution, behind: step)
      }
      let title = ViolationText(counterexample, session.wording).title
      return told("blocked", "no nearer state is one; the next step fails: \(title)")
    case .nowhere(let states):
      return told("nowhere", "there is no such state among the \(states) that are reached")
    case .undecided(let limit, let states):
      let reason = Wording.limit(limit)
      return told("undecided", "\(reason); none of the \(states) states found up to there is one")
    case .refused(let reason): return told("refused", reason)
    }
  }

  private func count(_ steps: Int) -> String { "\(steps) step\(steps == 1 ? "" : "s")" }

  private func told(_ end: String, _ message: String) -> JSONValue {
    .object([("end", .string(end)), ("message", .string(message)), ("walk", answers.walk)])
  }

  private func graph(
    _ question: Question.Graph, _ isGone: @escaping @Sendable () -> Bool
  ) throws(Refusal) -> JSONValue {
    let graph = try asked { () throws(WalkError) in
      try session.graph(by: question.by, current: question.step, stop: stop(isGone))
    }
    return answers.graph(graph)
  }

  private func load(_ body: [UInt8]) throws(Refusal) -> JSONValue {
    let runs: [ShownRun]
    do throws(RunFileError) {
      runs = try ShownRun.read(body)
    } catch {
      throw Refusal("the file \(error)")
    }
    let replay = try asked { () throws(WalkError) in try session.load(runs[0]) }
    return answers.replay(replay)
  }

  /// Met when the time is up, when nobody waits any more, and when the program is to end.
  private func stop(_ isGone: @escaping @Sendable () -> Bool) -> StopCondition {
    let isEnded = limits.isEnded
    return StopCondition(
      seconds: limits.searchSeconds, isCancelled: { isEnded() || isGone() },
      isMemoryShort: limits.isMemoryShort)
  }
}

/// Why a question has no answer.
private struct Refusal: Error {
  let status: HTTPStatus
  let answer: JSONValue

  init(_ message: String, status: HTTPStatus = .unprocessable) {
    self.status = status
    answer = .object([("message", .string(message))])
  }

  init(_ error: WalkError, _ answers: WalkAnswers) {
    status = .unprocessable
    answer = answers.error(error)
  }

  /// The walk is another one than the page has seen.
  init(changed walk: JSONValue) {
    status = .conflict
    answer = .object([
      ("message", .string("the walk has been changed elsewhere; it is shown as it is now")),
      ("walk", walk),
    ])
  }
}
