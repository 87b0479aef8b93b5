import Diagnostics
import Exploration
import Foundation
import Murphi
import Report
import TestSupport
import Testing
import WalkServer
import Walking

/// What the page is told.
@Suite struct WalkResponderTests {
  private let responder: WalkResponder
  private let token = AccessToken()

  init() throws {
    let source = try RepositoryModel("Models/handover.m").source()
    let loaded = MurphiModel.load(source)
    let model = ModelText(
      try #require(loaded.system), source, overrides: [:], dialect: loaded.meaning.dialect)
    responder = WalkResponder(
      try WalkSession(model), AccessCheck(token: token, port: 80))
  }

  private func get(_ path: String) -> HTTPResponse {
    responder.respond(
      HTTPRequest(
        method: "GET", path: "/\(token.text)/\(path)", fields: ["host": ["127.0.0.1:80"]]))
  }

  private func ask(_ path: String, _ body: String) -> HTTPResponse {
    responder.respond(
      HTTPRequest(
        method: "POST", path: "/\(token.text)/\(path)",
        fields: ["host": ["127.0.0.1:80"], "content-type": ["application/json"]],
        body: Array(body.utf8)))
  }

  private func members(_ response: HTTPResponse) throws -> [String: Any] {
    try #require(
      try JSONSerialization.jsonObject(with: Data(response.body)) as? [String: Any])
  }

  private func begin() throws {
    #expect(
      ask("take", #"{"revision": 0, "step": null, "rule": 0, "bindings": []}"#).status == .ok)
  }

  @Test func thePageHasItsFiles() {
    for (path, type) in [
      ("", "text/html"), ("walk.js", "text/javascript"), ("walk.css", "text/css"),
      ("page.js", "text/javascript"), ("page.css", "text/css"),
    ] {
      let response = get(path)
      #expect(response.status == .ok)
      #expect(response.contentType == "\(type); charset=utf-8")
      #expect(response.body.count > 1_000)
    }
    #expect(get("nothing").status == .notFound)
    #expect(get("../etc/passwd").status == .notFound)
    #expect(get("look").status == .methodNotAllowed)
    #expect(ask("model", "{}").status == .methodNotAllowed)
    #expect(get("walk.json").status == .unprocessable)
  }

  /// What two pages have alike stands in the files that both have.
  @Test func noRuleOfStyleStandsTwice() throws {
    let files = ["RunFormats/Page/page", "RunFormats/Page/run", "WalkServer/Page/walk"]
    let rules = try files.map { name in
      let file = Repository.root.appendingPathComponent("Sources/Commands/\(name).css")
      let text = try String(contentsOf: file, encoding: .utf8)
      return Set(text.split(separator: "\n").filter { $0.contains(": ") && $0.contains("{") })
    }
    #expect(rules.allSatisfy { $0.count > 10 })
    for (number, one) in rules.enumerated() {
      for other in rules[(number + 1)...] { #expect(one.isDisjoint(with: other)) }
    }
    let scripts = ["RunFormats/Page/view", "RunFormats/Page/run", "WalkServer/Page/walk"]
    for name in scripts {
      let file = Repository.root.appendingPathComponent("Sources/Commands/\(name).js")
      let text = try String(contentsOf: file, encoding: .utf8)
      #expect(!text.contains("function element(") && !text.contains("document.createElement"))
    }
  }

  @Test(arguments: [
    "", "{", "[]", "null", "{}", #"{"revision": "0"}"#,
    #"{"revision": 0, "step": null, "rule": 0}"#,
    #"{"revision": 0, "step": null, "rule": 0, "bindings": ["x"]}"#,
    #"{"revision": 1e99, "step": null, "rule": 0, "bindings": []}"#,
    String(repeating: "[", count: 60_000),
  ])
  func whatIsNoQuestionIsRefused(body: String) throws {
    let response = ask("take", body)
    #expect(response.status == .badRequest)
    let error = try #require(try members(response)["error"] as? [String: Any])
    #expect(error["message"] as? String == "the question is not of its form")
  }

  @Test func aStepIsTakenAndTold() throws {
    try begin()
    let look = try members(ask("look", #"{"step": 0, "expressions": ["phase", "phse"]}"#))
    let values = try #require(look["values"] as? [[String: Any]])
    #expect(values[0]["value"] as? String == "SERVING")
    #expect((values[1]["error"] as? [String: Any])?["offset"] as? Int == 0)
    // Stop using, an interrupt, for each of three devices; and to ask for a hand-over.
    let choices = try #require(look["choices"] as? [[String: Any]])
    #expect(choices.count == 7)
    let choice = try #require(choices.first)
    let rule = try #require(choice["rule"] as? Int)
    let bindings = try #require(choice["bindings"] as? [String])
    let question = #"{"revision": 1, "step": 0, "rule": \#(rule), "bindings": \#(bindings)}"#
    let walk = try members(ask("take", question))
    #expect(walk["revision"] as? Int == 2)
    let run = try #require(walk["run"] as? [String: Any])
    #expect((run["steps"] as? [Any])?.count == 2)
    let file = get("walk.json")
    #expect(file.fileName == "walk.json")
    #expect(try members(file)["format"] as? String == "swapcheck-trace")
  }

  /// Of two who walk at once, the second is told, and nothing of the first is lost.
  @Test func whoHasNotSeenTheLastChangeMakesNone() throws {
    try begin()
    let stale = ask("back", #"{"revision": 0, "step": null}"#)
    #expect(stale.status == .conflict)
    let error = try #require(try members(stale)["error"] as? [String: Any])
    let walk = try #require(error["walk"] as? [String: Any])
    #expect(walk["revision"] as? Int == 1)
    #expect(walk["run"] is [String: Any])
    #expect(ask("back", #"{"revision": 1, "step": null}"#).status == .ok)
  }

  @Test func whatCannotBeTakenSaysWhy() throws {
    try begin()
    let model = try members(get("model"))
    let rules = try #require(model["rules"] as? [[String: Any]])
    let rule = try #require(
      rules.firstIndex { $0["name"] as? String == "user: use a device" })
    let response = ask(
      "take", #"{"revision": 1, "step": 0, "rule": \#(rule), "bindings": ["0"]}"#)
    #expect(response.status == .unprocessable)
    let error = try #require(try members(response)["error"] as? [String: Any])
    let parts = try #require(error["parts"] as? [[String: Any]])
    #expect(parts.map { $0["truth"] as? String } == ["true", "false"])
    #expect(parts.map { $0["text"] as? String } == ["phase = SERVING", "view[OLD][d] = NONE"])
    let why = try members(ask("why", #"{"step": 0, "rule": \#(rule)}"#))
    #expect((why["instances"] as? [Any])?.count == 3)
    #expect(ask("why", #"{"step": 0, "rule": 999}"#).status == .unprocessable)
    #expect(ask("why", #"{"step": 9, "rule": 0}"#).status == .unprocessable)
  }

  @Test func aWayIsWalked() throws {
    let way = try members(
      ask("way", #"{"revision": 0, "step": null, "condition": "phase = GIVING"}"#))
    #expect(way["end"] as? String == "found")
    #expect(way["message"] as? String == "a shortest way has 1 step")
    let nowhere = try members(
      ask("way", #"{"revision": 1, "step": 0, "condition": "faults > FAULTS"}"#))
    #expect(nowhere["end"] as? String == "nowhere")
    #expect(
      ask("way", #"{"revision": 1, "step": 0, "condition": "phase"}"#).status == .unprocessable)
    let gone = responder.respond(
      HTTPRequest(
        method: "POST", path: "/\(token.text)/way",
        fields: ["host": ["127.0.0.1:80"], "content-type": ["application/json"]],
        body: Array(#"{"revision": 1, "step": 0, "condition": "phase = COMPLETE"}"#.utf8)),
      isGone: { true })
    #expect(try members(gone)["end"] as? String == "undecided")
  }

  @Test func aKeptWalkIsLoaded() throws {
    _ = ask("way", #"{"revision": 0, "step": null, "condition": "phase = COMPLETE"}"#)
    let file = get("walk.json")
    let loaded = try members(ask("load", String(decoding: file.body, as: UTF8.self)))
    #expect(loaded["isComplete"] as? Bool == true)
    #expect(loaded["difference"] is NSNull)
    #expect(ask("load", "{}").status == .unprocessable)
    #expect(ask("load", #"{"format": "swapcheck-trace", "version": 99}"#).status == .unprocessable)
  }

  @Test func theGraphIsTold() throws {
    try begin()
    let graph = try members(ask("graph", #"{"step": 0, "by": "phase"}"#))
    let nodes = try #require(graph["nodes"] as? [[String: Any]])
    #expect(
      Set(nodes.compactMap { $0["label"] as? String })
        == ["SERVING", "GIVING", "UNDOING", "ROLLED_BACK", "COMPLETE"])
    #expect(nodes.first?["isCurrent"] as? Bool == true)
    #expect(ask("graph", #"{"step": 0, "by": "nothing"}"#).status == .unprocessable)
  }
}
