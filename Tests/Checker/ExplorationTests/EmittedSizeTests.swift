import Diagnostics
import Exploration
import Murphi
import NativeCode
import Testing

/// The C of a model is as long as the model, whatever it grows by.
@Suite struct EmittedSizeTests {
  private func space(_ kind: String, _ count: Int) throws -> SearchSpace {
    let model = try #require(GrowingModels.all[kind])
    let loaded = MurphiModel.load(
      SourceText(path: "\(kind).m", text: model(count)))
    let (system, diagnostics) = (loaded.system, loaded.diagnostics)
    return SearchSpace(try #require(system, "\(kind): \(diagnostics)"))
  }

  @Test(arguments: GrowingModels.all.keys.sorted())
  func twiceTheModelIsTwiceTheC(kind: String) throws {
    // Of 500 functions on, calls are counted, and the C of each is longer.
    let one = try space(kind, 600).emittedRules().text.utf8.count
    let two = try space(kind, 1_200).emittedRules().text.utf8.count
    #expect(Double(two) <= 2.2 * Double(one), "\(one), \(two)")
  }

  /// A chain is no deeper in C than a single case: every compiler reads it, whatever its length.
  @Test(arguments: ["switch", "elsif"])
  func longChainsAreCompiled(kind: String) throws {
    let space = try space(kind, 12_000)
    #expect(try space.emittedRules().text.utf8.count < 4 << 20)
    var options = ExplorationOptions()
    options.executor = .native
    let result = Explorer.explore(space, options: options)
    #expect(result.compilationFailure == nil)
    guard case .holds = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
    // From the first to the last, and back to the first with what the last case leaves in `y`.
    #expect(result.statistics.depth == 12_000)
  }

  /// More than is worth compiling is not written to the end, and the interpreter says the same.
  @Test func whatIsTooLongIsInterpreted() throws {
    let space = try space("statements", 120_003)
    #expect(throws: NativeCodeError.tooLong) { try space.emittedRules() }
    var options = ExplorationOptions()
    options.executor = .native
    let result = Explorer.explore(space, options: options)
    #expect(result.compilationFailure?.error == .tooLong)
    #expect(result.compilationFailure?.isInterpreted == true)
    guard case .holds = result.verdict else {
      Issue.record("\(result.verdict)")
      return
    }
  }
}
