import Foundation
import RunFormats
import Runs
import Testing

@Suite struct SARIFLogTests {
  /// The members that objects of SARIF 2.1.0 have, each with the type of what is in it, by the sections
  /// of the standard; `!` is one that has to be there.
  private static let definition =
    Judge.readJSON + """
      import re
      objects = {
          # 3.13
          "log": {"$schema": "uri", "version": "!2.1.0", "runs": "![run]"},
          # 3.14
          "run": {"tool": "!tool", "invocations": "[invocation]", "results": "[result]",
                  "originalUriBaseIds": "bases", "columnKind": "utf16CodeUnits|unicodeCodePoints"},
          # 3.18, 3.19
          "tool": {"driver": "!component"},
          "component": {"name": "!text", "version": "text", "rules": "[descriptor]"},
          # 3.49, 3.50
          "descriptor": {"id": "!text", "shortDescription": "message",
                         "defaultConfiguration": "configuration"},
          "configuration": {"level": "none|note|warning|error"},
          # 3.20, 3.58
          "invocation": {"executionSuccessful": "!truth",
                         "toolExecutionNotifications": "[notification]"},
          "notification": {"level": "none|note|warning|error", "message": "!message",
                           "locations": "[location]"},
          # 3.27
          "result": {"ruleId": "text", "ruleIndex": "number", "kind": "fail",
                     "level": "none|note|warning|error", "message": "!message",
                     "locations": "[location]", "fingerprints": "texts", "codeFlows": "[flow]",
                     "relatedLocations": "[location]"},
          # 3.36, 3.37, 3.38
          "flow": {"message": "message", "threadFlows": "![thread]"},
          "thread": {"locations": "![step]"},
          "step": {"location": "location", "executionOrder": "number", "state": "state",
                   "importance": "important|essential|unimportant"},
          # 3.28, 3.29, 3.30, 3.4
          "location": {"physicalLocation": "physical", "message": "message"},
          "physical": {"artifactLocation": "!artifact", "region": "region"},
          "region": {"startLine": "!number", "startColumn": "number"},
          "artifact": {"uri": "!uri", "uriBaseId": "%SRCROOT%"},
          # 3.11
          "message": {"text": "!text"},
          # 3.14.14: the URI may be told later
          "base": {"description": "message"},
      }
      def look(value, kind, place):
          if kind.startswith("["):
              if not isinstance(value, list): print(place, "is no list")
              for part in value: look(part, kind[1:-1], place)
          elif kind in ("bases", "texts", "state"):
              inner = {"bases": "base", "texts": "text", "state": "message"}[kind]
              for name, part in value.items(): look(part, inner, place + "." + name)
          elif kind in objects:
              members = objects[kind]
              for name, part in value.items():
                  if name not in members: print(place, "has", name)
                  else: look(part, members[name].lstrip("!"), place + "." + name)
              for name, inner in members.items():
                  if inner.startswith("!") and name not in value: print(place, "lacks", name)
          elif kind == "number":
              # ruleIndex (3.27.6) counts from 0, lines and columns (3.30.5, 3.30.6) from 1.
              least = 0 if place.endswith("ruleIndex") else 1
              if type(value) is not int or value < least: print(place, "is", value)
          elif kind == "truth":
              if type(value) is not bool: print(place, "is", value)
          elif kind == "uri":
              # RFC 3986
              if not re.fullmatch(r"([a-z]+:)?[A-Za-z0-9._~/%-]*", value): print(place, "is", value)
              if re.search("%(?![0-9A-F]{2})", value): print(place, "is", value)
          elif kind == "text":
              if not isinstance(value, str): print(place, "is", value)
              # 3.11.5 and 3.11.6: no placeholder and no link in a message
              if place.endswith("message.text"):
                  if re.search(r"[{}]", re.sub(r"\\{\\{|\\}\\}", "", value)): print(place, value)
                  if re.search(r"(?<!\\\\)\\]\\(", value): print(place, "has a link")
          elif value not in kind.split("|"): print(place, "is", value)

      look(document, "log", "log")
      for run in document["runs"]:
          rules = run["tool"]["driver"].get("rules", [])
          if len({rule["id"] for rule in rules}) != len(rules): print("a rule is there twice")
          for result in run["results"]:
              # 3.27.7: the index is that of the rule
              if rules[result["ruleIndex"]]["id"] != result["ruleId"]: print("another rule")
          def bases(value):
              if isinstance(value, list): return set().union(*map(bases, value))
              if not isinstance(value, dict): return set()
              own = {value["uriBaseId"]} if isinstance(value.get("uriBaseId"), str) else set()
              # 3.10.2: no way out of the base
              if own and ".." in value["uri"].split("/"): print("a way out", value["uri"])
              return own.union(*map(bases, value.values()))
          # 3.14.14
          if not bases(run) <= set(run["originalUriBaseIds"]): print("an unknown base")

      """

  @Test func resultsKeepToTheStandard() throws {
    for list in [SampleResults.list, SampleResults.hostile, ResultList([])] {
      let text = list.sarif(version: "1.0.0")
      #expect(try Judge.complaints(Self.definition, text) == "", "\(text)")
    }
  }

  @Test(arguments: [
    ("\"version\": \"2.1.0\"", "\"version\": \"2.0\"", "log.version is 2.0"),
    ("\"startLine\": 17", "\"startLine\": 0", "startLine is 0"),
    ("\"ruleIndex\": 1", "\"ruleIndex\": 0", "another rule"),
    ("\"executionSuccessful\": false,", "", "lacks executionSuccessful"),
    ("folder/a%20model.m", "folder/a model.m", "uri is folder/a model.m"),
    ("folder/a%20model.m", "../model.m", "a way out"),
    ("\"kind\": \"fail\"", "\"sort\": \"fail\"", "has sort"),
    ("does not hold", "does {0} not hold", "message.text"),
  ])
  func whatDoesNotKeepToItIsSeen(old: String, new: String, complaint: String) throws {
    let text = SampleResults.list.sarif(version: "1.0.0")
    #expect(text.contains(old))
    let said = try Judge.complaints(Self.definition, text.replacing(old, with: new))
    #expect(said.contains(complaint), "\(said)")
  }

  private static func results(_ list: ResultList) throws -> [[String: Any]] {
    let text = list.sarif(version: "1.0.0")
    let log = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
    return ((log?["runs"] as? [[String: Any]])?.first?["results"] as? [[String: Any]]) ?? []
  }

  private static func steps(_ result: [String: Any]?) -> [[String: Any]] {
    let flow = (result?["codeFlows"] as? [[String: Any]])?.first
    let thread = (flow?["threadFlows"] as? [[String: Any]])?.first
    return thread?["locations"] as? [[String: Any]] ?? []
  }

  @Test func whatFailedIsAResult() throws {
    let results = try Self.results(SampleResults.list)
    #expect(results.map { $0["ruleId"] as? String } == ["assertion", "verified"])
    let steps = Self.steps(results.first)
    #expect(steps.map { $0["executionOrder"] as? Int } == [1, 2, 3])
    // The second changes what the property reads, and the third fails.
    #expect(
      steps.map { $0["importance"] as? String } == ["essential", "essential", "essential"])
    let state = steps.last?["state"] as? [String: Any]
    #expect(state == nil)
    #expect(Self.steps(results.last).isEmpty)
  }

  private static func fingerprint(_ change: (inout ResultList.Entry) -> Void) throws -> String? {
    var entry = SampleResults.list.entries[1]
    change(&entry)
    let result = try results(ResultList([entry])).first
    return (result?["fingerprints"] as? [String: String])?["swapcheck/v1"]
  }

  /// A result is the same one in another run and on another line, and another one of another property.
  @Test func fingerprintsTellResultsApart() throws {
    let first = try Self.fingerprint { _ in }
    #expect(first?.wholeMatch(of: /[0-9a-f]{16}/) != nil)
    #expect(try Self.fingerprint { $0.location = "swap.m:99:1" } == first)
    #expect(try Self.fingerprint { $0.run?.steps.removeLast() } == first)
    #expect(try Self.fingerprint { $0.name = "other" } != first)
    #expect(try Self.fingerprint { $0.run?.finding?.name = "always" } != first)
    #expect(try Self.fingerprint { $0.run?.patches = [] } != first)
  }

  /// The start state, and the last 999 steps.
  @Test func longFlowsKeepTheirEnds() throws {
    var entry = SampleResults.list.entries[1]
    entry.run?.steps = (0..<2500).map { .init(rule: "step \($0)") }
    let result = try Self.results(ResultList([entry])).first
    let orders = Self.steps(result).compactMap { $0["executionOrder"] as? Int }
    #expect(orders == [1] + Array(1502...2500))
    let flow = (result?["codeFlows"] as? [[String: Any]])?.first
    let message = flow?["message"] as? [String: String]
    #expect(message?["text"] == "1500 steps behind the first are left out.")
  }

  /// The rule of RFC 3986: all bytes but those that are unreserved, and the folders of absolute paths.
  @Test(
    arguments: [
      ("m.m", "m.m", true, nil, nil), ("m.m:7", "m.m", true, 7, nil),
      ("a b/ü.m:7:8", "a%20b/%C3%BC.m", true, 7, 8),
      ("/tmp/m.m:1", "file:///tmp/m.m", false, 1, nil),
      ("../m.m:1", "../m.m", false, 1, nil), ("c:m.m", "c%3Am.m", true, nil, nil),
      ("m.m:0", "m.m%3A0", true, nil, nil), (":5", "%3A5", true, nil, nil),
      ("", "", true, nil, nil),
    ] as [(String, String, Bool, Int?, Int?)])
  func placesAreAddresses(
    text: String, uri: String, isBased: Bool, line: Int?, column: Int?
  ) throws {
    var entry = SampleResults.list.entries[1]
    entry.location = text
    let location = try #require(
      (Self.results(ResultList([entry])).first?["locations"] as? [[String: Any]])?.first)
    let physical = location["physicalLocation"] as? [String: Any]
    let artifact = physical?["artifactLocation"] as? [String: String]
    #expect(artifact?["uri"] == uri)
    #expect(artifact?["uriBaseId"] == (isBased ? "%SRCROOT%" : nil))
    let region = physical?["region"] as? [String: Int]
    #expect(region?["startLine"] == line && region?["startColumn"] == column)
  }
}
