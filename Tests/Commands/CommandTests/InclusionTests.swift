import Foundation
import TestSupport
import Testing

/// One protocol in several models: whatever is said in one of them may be said in another.
@Suite struct InclusionTests {
  /// The sentences of the proposal, by number: their types differ from model to model.
  private static let sentence: String = {
    let words = [
      "NOTHING", "READY_TO_RELIEVE", "NOT_READY", "READY_TO_BE_RELIEVED", "SHUT_DOWN",
      "I_RELIEVE_YOU", "I_STAND_RELIEVED",
    ]
    return words.enumerated().reversed().reduce("\(words.count)") { rest, word in
      "(said = \(word.element) ? \(word.offset) : \(rest))"
    }
  }()

  private struct Document: Decodable {
    struct Model: Decodable { let sizes: [Size] }
    struct Size: Decodable { let added, removed: Answer }
    struct Answer: Decodable {
      let answer: String
      let steps: [Step]?
    }
    struct Step: Decodable { let rule: String }
    let models: [Model]
  }

  /// What `swapcheck review` says of the runs of two models, as far as one hears them.
  private static func compare(
    _ base: String, _ head: String, _ set: [String]
  ) throws -> Document.Size {
    // Beside no file of scenarios, whose sizes are those of one model.
    try Program.inTemporaryFolder { folder throws in
      for name in [base, head] {
        try FileManager.default.copyItem(
          at: Repository.root.appendingPathComponent("Models/\(name)"),
          to: folder.appendingPathComponent(name))
      }
      let (output, errors, _) = try Program.run(
        ["review", base, head, "--observe", sentence, "--format", "json"]
          + set.flatMap { ["--set", $0] }, in: folder)
      let document = try JSONDecoder().decode(Document.self, from: Data(output.utf8))
      return try #require(document.models.first?.sizes.first, "\(errors)")
    }
  }

  /// Each run of the first is a run of the second.
  @Test(arguments: [
    ("hotswap", "handshake", ["FAULTS=0"]), ("hotswap", "handshake", ["FAULTS=1"]),
    ("abort", "handshake", ["FAULTS=1"]),
  ])
  func whatIsSaidMayBeSaid(fine: String, coarse: String, set: [String]) throws {
    let size = try Self.compare("\(fine).m", "\(coarse).m", set)
    let said = size.removed.steps?.map(\.rule) ?? []
    #expect(size.removed.answer == "none", "\(said)")
  }

  /// That would be seen: handshake.m allows more than hotswap.m does.
  @Test func aRunThatIsNotIncludedIsFound() throws {
    let size = try Self.compare("handshake.m", "hotswap.m", ["FAULTS=0"])
    #expect(size.removed.answer == "run" && size.removed.steps?.isEmpty == false)
    #expect(size.added.answer == "none")
  }
}
