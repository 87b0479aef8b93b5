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
    struct Step: Decodable {
      let rule: String
      let fails: Bool
    }
    let models: [Model]
  }

  /// What `swapcheck review` says of the runs of two models, as far as one sees them.
  ///
  /// - Parameter patch: A variant of the second.
  private static func compare(
    _ base: String, _ head: String, patch: String? = nil, _ options: [String]
  ) throws -> Document.Size {
    // Beside no file of scenarios, whose sizes are those of one model.
    try Program.inTemporaryFolder { folder throws in
      for name in Set([base, head]) {
        try FileManager.default.copyItem(
          at: Repository.root.appendingPathComponent("Models/\(name)"),
          to: folder.appendingPathComponent(name))
      }
      if let patch {
        let variant = try Program.run(["patch", "Models/\(head)", "Models/\(patch)"])
        try #require(variant.code == 0, "\(variant.errors)")
        try Program.write(variant.output, to: head, in: folder)
      }
      let (output, errors, _) = try Program.run(
        ["review", base, head, "--format", "json"] + options, in: folder)
      let document = try JSONDecoder().decode(Document.self, from: Data(output.utf8))
      return try #require(document.models.first?.sizes.first, "\(errors)\(output)")
    }
  }

  // MARK: - What is said

  /// Each run of the first is a run of the second.
  @Test(arguments: [
    ("hotswap", "handshake", "FAULTS=0"), ("hotswap", "handshake", "FAULTS=1"),
    ("abort", "handshake", "FAULTS=1"),
  ])
  func whatIsSaidMayBeSaid(fine: String, coarse: String, set: String) throws {
    let size = try Self.compare(
      "\(fine).m", "\(coarse).m", ["--observe", Self.sentence, "--set", set])
    #expect(size.removed.answer == "none", "\(size.removed)")
  }

  /// That would be seen: handshake.m allows more than hotswap.m does.
  @Test func aRunThatIsNotIncludedIsFound() throws {
    let size = try Self.compare(
      "handshake.m", "hotswap.m", ["--observe", Self.sentence, "--set", "FAULTS=0"])
    #expect(size.removed.answer == "run" && size.removed.steps?.isEmpty == false)
    #expect(size.added.answer == "none")
  }

  // MARK: - What is done

  private static func withHotswap(
    _ part: SharedPart, patch: String? = nil
  ) throws -> Document.Size {
    try compare(
      "hotswap.m", "\(part.model).m", patch: patch,
      ["--observe", part.seen.inModel, "--observe-against", part.seen.inHotswap]
        + part.set.flatMap { ["--set", $0] } + part.against.flatMap { ["--against", $0] })
  }

  /// Each run of a model that shows a part of the swap is a run of hotswap.m.
  @Test(arguments: [
    SharedPart.processes, .memory, .bootForAReason, .bootInAHurry, .abort, .survival,
  ])
  func whatAPartDoesTheWholeMayDo(part: SharedPart) throws {
    let size = try Self.withHotswap(part)
    #expect(size.added.answer == "none", "\(part.model): \(size.added)")
    // hotswap.m has what the model leaves out.
    #expect(size.removed.answer == "run", "\(part.model)")
  }

  /// A variant whose order is wrong does what hotswap.m may not, and without an error of its own.
  @Test(arguments: [
    (SharedPart.processes, "copy-table", "new: take the role"),
    (.memory, "take-stack", "new: take a page of the old kernel"),
    (.bootForAReason, "init-early", "old: INIT to a halted CPU"),
    (.bootInAHurry, "halt-last", "old: boot the new kernel"),
    (.abort, "exit-alone", "old: exit from a CPU"),
    (.survival, "own-copy", "survivor: take a process"),
  ])
  func aWrongOrderIsFound(part: SharedPart, variant: String, step: String) throws {
    let size = try Self.withHotswap(part, patch: "\(part.model)/\(variant).patch")
    #expect(size.added.answer == "run", "\(part.model)")
    let last = try #require(size.added.steps?.last)
    #expect(last.rule.hasPrefix(step) && !last.fails, "\(last.rule)")
  }
}
