import Foundation
import PartialOrder
import TestSupport
import Testing
import TransitionSystem

/// What the reduction leaves of the shipped models, and what choosing costs. Not part of `make
/// test`: it runs where `SWAPCHECK_MEASURE` is set.
@Suite(.enabled(if: ProcessInfo.processInfo.environment["SWAPCHECK_MEASURE"] != nil))
struct MeasurementTests {
  @Test func shippedModels() throws {
    for (name, overrides) in [
      ("classics/peterson", [:]), ("classics/peterson", ["N": 2]), ("classics/mcs", [:]),
      ("classics/german", [:]), ("classics/dekker", [:]), ("classics/alternating-bit", [:]),
      ("degradation", [:]), ("hotswap", [:]), ("hotswap", ["CPUS": 4, "PROCS": 6]),
    ] as [(String, [String: Int64])] {
      let model = RepositoryModel("Models/\(name).m")
      guard let system = try ReducedModels.load(model, overrides: overrides) else { continue }
      for (label, kinds) in [
        ("all properties", Set(Property.Kind.allCases)), ("invariants", [.invariant]),
        ("deadlock", []),
      ] as [(String, Set<Property.Kind>)] {
        let values = overrides.map { " \($0)=\($1)" }.sorted().joined()
        try measure(system.keeping(kinds), "\(name)\(values), \(label)", hasSymmetry: false)
        try measure(system.keeping(kinds), "\(name)\(values), \(label)", hasSymmetry: true)
      }
    }
  }

  /// What the tables of a large model take to build.
  @Test func largeModels() throws {
    let model = RepositoryModel("Models/hotswap.m")
    for (cpus, processes) in [(8, 16), (16, 64)] as [(Int64, Int64)] {
      guard
        let system = try ReducedModels.load(model, overrides: ["CPUS": cpus, "PROCS": processes])
      else { continue }
      let search = ReferenceSearch(system)
      let starts = search.startStates().states
      var sets: StubbornSets?
      let built = ContinuousClock().measure {
        sets = StubbornSets(system, instances: search.instances, startStates: starts)
      }
      print(
        "hotswap \(cpus)x\(processes):", search.instances.count, "instances, built in", built,
        sets?.refusal.map { "\($0)" } ?? "")
    }
  }

  private func measure(
    _ system: TransitionSystem, _ name: String, hasSymmetry: Bool
  ) throws {
    let search = ReferenceSearch(system, hasSymmetry: hasSymmetry)
    if hasSymmetry, !search.hasSymmetry { return }
    let clock = ContinuousClock()
    var sets: StubbornSets?
    let built = clock.measure {
      sets = StubbornSets(
        system, instances: search.instances, startStates: search.startStates().states)
    }
    let full = search.search(nil, limit: 30_000)
    guard let reduced = search.search(sets, limit: 30_000) else {
      print(name, hasSymmetry ? "orbits" : "states", "too many")
      return
    }
    print(
      name, hasSymmetry ? "orbits:" : "states:", full?.stateCount ?? -1, "to", reduced.stateCount,
      "transitions:", full?.transitionCount ?? -1, "to", reduced.transitionCount,
      "reduced in:", reduced.reducedCount,
      "selection:", Int(reduced.selectionSeconds * 1e9) / max(1, reduced.stateCount), "ns/state",
      "instances:", search.instances.count, "built in", built)
  }
}
