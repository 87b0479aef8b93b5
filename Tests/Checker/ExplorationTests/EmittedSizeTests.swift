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

  /// Where rounds are counted as they come, no state says beforehand what all could take; an action
  /// whose loops have a known end says it where it fires.
  @Test func workIsToldWhereItIsDone() throws {
    func spent(_ loop: String) throws -> [Substring] {
      let source = SourceText(
        path: "loops.m",
        text: """
          type index_t: 0 .. 999;
          var a: array [index_t] of boolean; n: 0 .. 999;
          startstate begin for i: index_t do a[i] := false; end; n := 0; end;
          ruleset i: index_t do
            rule a[i] = (n > 1) ==> begin \(loop) do a[j] := !a[j]; end; n := (n + 1) % 3; end;
          end;
          """)
      let system = try #require(MurphiModel.load(source).system)
      let text = try SearchSpace(system).emittedRules().text
      let rules = text[
        (text.firstRange(of: "void swapcheck_expand")?.lowerBound ?? text.startIndex)...]
      let actions = text.split(separator: "\n").filter { $0.contains("state next = *p;") }
      return rules.split(separator: "\n").filter { $0.contains("spend(c, ") } + actions
    }
    let known = try spent("for j: index_t")
    #expect(known.count == 1 && known[0].contains("spend(c, 1000);"), "\(known)")
    let unknown = try spent("for j := n to 999")
    #expect(!unknown.contains { $0.contains("spend(c, 65536)") }, "\(unknown)")
  }
}
