import Foundation
import TestSupport
import Testing

/// `swapcheck prove --format json`.
@Suite struct ProveDocumentTests {
  private static let weak =
    "invariant \"weak\" forall c: client_t do granted[c] -> !holds[c] end;\n"

  private static func prove(
    _ arguments: [String], of model: String = LockServer.model
  ) throws -> (document: [String: Any], code: Int32) {
    try Program.inTemporaryFolder { folder in
      try Program.write(model, to: "m.m", in: folder)
      try Program.write(weak, to: "weak.m", in: folder)
      let found = try Program.run(["prove", "m.m", "--format", "json"] + arguments, in: folder)
      #expect(try SchemaTests.complaints(found.output, "prove-1.schema.json") == "", "\(found)")
      let document = try JSONSerialization.jsonObject(with: Data(found.output.utf8))
      return (try #require(document as? [String: Any]), found.code)
    }
  }

  @Test func whatIsProvedForAllSizes() throws {
    let (document, code) = try Self.prove(["--any-size"])
    #expect(code == 0 && document["verdict"] as? String == "proved")
    #expect(document["least"] as? [String: Int] == ["CLIENTS": 1])
    #expect(document["constants"] as? [String: Int] == ["FAULTS": 0])
    let sizes = document["sizes"] as? [String: Any]
    #expect(sizes?["upTo"] as? [String: Int] == ["CLIENTS": 3])
    let lemmas = try #require(document["lemmas"] as? [[String: String]])
    #expect(!lemmas.isEmpty)
    // Texts and names together are a file of lemmas.
    var text = ""
    for lemma in lemmas {
      let (name, words) = (lemma["name"] ?? "", lemma["text"] ?? "")
      text += "invariant \"\(name)\" \(words);\n"
    }
    try Program.inTemporaryFolder { folder in
      try Program.write(LockServer.model, to: "m.m", in: folder)
      try Program.write(text, to: "lemmas.m", in: folder)
      let again = try Program.run(
        ["prove", "m.m", "--with", "lemmas.m", "--deadlock", "off"], in: folder)
      #expect(again.code == 0, "\(again)")
    }
  }

  @Test func whatIsInTheWay() throws {
    let (document, code) = try Self.prove(["--with", "weak.m", "--deadlock", "off"])
    #expect(code == 3 && document["verdict"] as? String == "inconclusive")
    #expect(document["least"] is NSNull && document["sizes"] is NSNull)
    let obstacles = try #require(document["obstacles"] as? [[String: Any]])
    #expect(obstacles.contains { $0["of"] as? String == "invariant" })
    for obstacle in obstacles where obstacle["rule"] != nil {
      let before = try #require(obstacle["before"] as? [String: String])
      let after = try #require(obstacle["after"] as? [String: String])
      #expect(before.count == after.count && before != after)
    }
  }

  @Test func whatGoesWrong() throws {
    let broken = LockServer.model.replacing("free := false; granted", with: "granted")
    let (document, code) = try Self.prove(["--any-size"], of: broken)
    #expect(code == 1 && document["verdict"] as? String == "violated")
    let (withRun, second) = try Self.prove(["--deadlock", "off"], of: broken)
    #expect(second == 1)
    let run = try #require(withRun["violation"] as? [String: Any])
    #expect(run["verdict"] as? String == "violated")
  }
}
