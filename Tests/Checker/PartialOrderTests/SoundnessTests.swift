import Diagnostics
import Foundation
import Murphi
import PartialOrder
import TestSupport
import Testing
import TransitionSystem

/// What a search finds does not depend on the reduction: not only the verdict, but each property
/// that fails, each rule that goes wrong or is fired, each cover and each measure.
@Suite struct SoundnessTests {
  private static let models = ReducedModels.all(beside: "Tests/Corpus")

  @Test(arguments: models)
  func repositoryModelsAgree(model: RepositoryModel) throws {
    let path = model.testDescription
    // Nothing is reduced where there are symbolic constants, whatever evaluates the rules: which of
    // them are independent may depend on the layout.
    guard let system = try ReducedModels.load(model), system.pathSlot == nil else { return }
    try compare(system, path, limit: 6_000)
    try compare(system.keeping([]), path, limit: 6_000)
    try compare(system.keeping([.invariant]), path, limit: 6_000)
    for property in system.properties.indices.prefix(6) {
      let one = TransitionSystem(
        variables: system.variables, functions: system.functions, startStates: system.startStates,
        rules: system.rules, properties: [system.properties[property]], covers: system.covers,
        constants: system.constants, scalarsetMixes: system.scalarsetMixes,
        remarks: system.remarks)
      try compare(one, "\(path), property \(property)", limit: 1_500)
    }
  }

  @Test(arguments: 0..<400)
  func randomModelsAgree(seed: Int) throws {
    let model = RandomModel(seed: 900_000 + UInt64(seed), size: 2 + seed % 8)
    let source = SourceText(path: "random-\(seed).m", text: model.text)
    guard let system = MurphiModel.load(source).system else { return }
    try compare(system, model.text, limit: 4_000)
    try compare(system.keeping([]), model.text, limit: 4_000)
  }

  @Test func concurrentModelsAgree() throws {
    var reduced = 0
    for seed in 0..<Self.concurrentCount {
      let text = ConcurrentModel(seed: UInt64(seed)).text
      let system = try ReducedModels.load(text: text)
      if try compare(system, text, limit: 3_000) { reduced += 1 }
    }
    // Models that nothing can be left out of would compare nothing.
    #expect(reduced * 5 >= Self.concurrentCount)
  }

  /// A rule whose guard can go wrong is disabled by its last operand, and goes wrong once `u` is
  /// undefined; "no more" keeps it from that for good.
  @Test func whatGoesWrongInADisabledGuardIsFound() throws {
    let text = """
      var v, u, w: 0 .. 1;
      startstate begin v := 1; u := 1; w := 0; end;
      rule "no more" v = 1 ==> begin v := 0; end;
      rule "forget" !isundefined(u) ==> begin undefine u; end;
      rule "goes wrong" v = 1 & u = 1 & w = 1 ==> begin w := 0; end;
      """
    try compare(try ReducedModels.load(text: text), text, limit: 100)
  }

  /// The last operands say that "no more" and "goes wrong" are never enabled together, but the
  /// second goes wrong before it comes to that.
  @Test func operandsBehindOneThatGoesWrongSayNothing() throws {
    let text = """
      var z, y: 0 .. 1; pc: 0 .. 3;
      startstate begin z := 1; y := 1; pc := 1; end;
      rule "no more" pc = 1 & z = 1 ==> begin z := 0; end;
      rule "zero" y = 1 ==> begin y := 0; end;
      rule "goes wrong" z = 1 & 1 / y = 1 & pc = 2 ==> begin pc := 3; end;
      """
    let system = try ReducedModels.load(text: text)
    #expect(ReferenceSearch(system).search(nil, limit: 100)?.findings.failing == [2])
    try compare(system, text, limit: 100)
  }

  /// 600 in `make test`.
  private static let concurrentCount =
    ProcessInfo.processInfo.environment["SWAPCHECK_FUZZ_COUNT"].flatMap { Int($0) } ?? 600

  /// - Returns: Whether the reduction has left states out.
  @discardableResult
  private func compare(_ system: TransitionSystem, _ name: String, limit: Int) throws -> Bool {
    let search = ReferenceSearch(system)
    let starts = search.startStates().states
    let sets = StubbornSets(system, instances: search.instances, startStates: starts)
    guard sets.refusal == nil, let full = search.search(nil, limit: limit) else { return false }
    let reduced = try #require(search.search(sets, limit: limit), "\(name)")
    #expect(reduced.findings == full.findings, "\(name)")
    #expect(reduced.stateCount <= full.stateCount, "\(name)")
    #expect(reduced.transitionCount <= full.transitionCount, "\(name)")
    let symmetric = ReferenceSearch(system, hasSymmetry: true)
    if symmetric.hasSymmetry {
      let orbits = try #require(symmetric.search(nil, limit: limit), "\(name)")
      let both = try #require(symmetric.search(sets, limit: limit), "\(name)")
      #expect(both.findings == full.findings, "\(name) with symmetry")
      #expect(both.stateCount <= orbits.stateCount, "\(name) with symmetry")
    }
    return reduced.stateCount < full.stateCount
  }
}
