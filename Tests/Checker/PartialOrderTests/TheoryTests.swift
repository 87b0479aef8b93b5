import PartialOrder
import TestSupport
import Testing
import TransitionSystem

/// What a chosen set promises, by trying all sequences of up to three instances that are not
/// chosen: a chosen instance stays enabled behind them, and comes to the same before and behind
/// them; and what goes wrong or holds behind them does so behind it as well.
@Suite struct TheoryTests {
  private static let models = ReducedModels.all(beside: "Tests/Corpus/holds")

  @Test(arguments: models)
  func repositoryModels(model: RepositoryModel) throws {
    let path = model.testDescription
    // Nothing is reduced where there are symbolic constants, whatever evaluates the rules: which of
    // them are independent may depend on the layout.
    guard let system = try ReducedModels.load(model), system.pathSlot == nil else { return }
    _ = try check(system, path, stateCount: 12)
    _ = try check(system.keeping([]), path, stateCount: 12)
  }

  @Test func concurrentModels() throws {
    var checked = 0
    for seed in 0..<150 {
      let text = ConcurrentModel(seed: 50_000 + UInt64(seed)).text
      checked += try check(try ReducedModels.load(text: text), text, stateCount: 12)
    }
    #expect(checked > 200)
  }

  @Test(arguments: 0..<60)
  func randomModels(seed: Int) throws {
    let text = RandomModel(seed: 950_000 + UInt64(seed), size: 2 + seed % 6).text
    _ = try check(try ReducedModels.load(text: text), text, stateCount: 8)
  }

  /// - Returns: The number of states in which some instances are not chosen.
  private func check(
    _ system: TransitionSystem, _ name: String, stateCount: Int
  ) throws -> Int {
    let check = ChosenSetCheck(system, name)
    guard let check else { return 0 }
    var checked = 0
    for state in check.states(stateCount) where check.check(state) { checked += 1 }
    return checked
  }
}

private final class ChosenSetCheck {
  private let name: String
  private let search: ReferenceSearch
  private let selector: StubbornSetSelector
  private var outcomes: [Step: ReferenceSearch.Outcome] = [:]

  private struct Step: Hashable {
    let state: [Int64]
    let instance: Int
  }

  init?(_ system: TransitionSystem, _ name: String) {
    self.name = name
    search = ReferenceSearch(system)
    let sets = StubbornSets(
      system, instances: search.instances, startStates: search.startStates().states)
    guard let selector = sets.makeSelector() else { return nil }
    self.selector = selector
  }

  /// Some of the states in which more than one instance is enabled, spread over the first thousand.
  func states(_ count: Int) -> [[Int64]] {
    var seen = Set(search.startStates().states.filter { !search.isDiscarded($0) })
    var states = Array(seen).sorted { $0.lexicographicallyPrecedes($1) }
    var next = 0
    while next < states.count, states.count < 1_000 {
      for instance in search.instances.indices {
        if case .state(let successor) = fire(instance, on: states[next]),
          !search.isDiscarded(successor), seen.insert(successor).inserted
        {
          states.append(successor)
        }
      }
      next += 1
    }
    let stride = max(1, states.count / count)
    return states.indices.filter { $0 % stride == 0 }.prefix(count).map { states[$0] }
  }

  private func fire(_ instance: Int, on state: [Int64]) -> ReferenceSearch.Outcome {
    let step = Step(state: state, instance: instance)
    if let known = outcomes[step] { return known }
    let outcome = search.fire(instance, on: state)
    outcomes[step] = outcome
    return outcome
  }

  /// - Returns: Whether there was something not chosen.
  func check(_ state: [Int64]) -> Bool {
    let enabled = search.instances.indices.filter {
      if case .state = fire($0, on: state) { return true }
      return false
    }
    var selected = Array(repeating: UInt8(0), count: enabled.count)
    let isNew = Array(repeating: UInt8(1), count: enabled.count)
    let count = enabled.map { Int($0) }.withUnsafeBufferPointer {
      selector.select(enabled: $0, isNew: isNew, slots: state, into: &selected)
    }
    let chosen = enabled.indices.filter { selected[$0] == 1 }.map { enabled[$0] }
    #expect(chosen.count == count)
    guard count < enabled.count else { return false }
    #expect(count > 0)
    let others = search.instances.indices.filter { !chosen.contains($0) }
    for instance in chosen {
      guard case .state(let moved) = fire(instance, on: state) else { continue }
      #expect(!search.isDiscarded(moved), "\(name)")
      follow(others, of: instance, state, moved, start: state, depth: 3)
    }
    return true
  }

  /// Fires sequences on a state and on what the chosen instance has made of it.
  private func follow(
    _ others: [Int], of chosen: Int, _ state: [Int64], _ moved: [Int64], start: [Int64],
    depth: Int
  ) {
    guard fire(chosen, on: state) == .state(moved) else {
      Issue.record("\(search.instances[chosen]) does not accord in \(start): \(name)")
      return
    }
    compareProperties(state, moved, start: start, chosen)
    if depth == 0 { return }
    for other in others {
      switch fire(other, on: state) {
      case .disabled, .discarded:
        continue
      case .failed:
        // What goes wrong at the start has been found there.
        if fire(other, on: moved) != .failed, fire(other, on: start) != .failed {
          Issue.record("\(search.instances[other]) goes wrong no more: \(name)")
        }
      case .state(let next):
        guard case .state(let movedNext) = fire(other, on: moved) else {
          Issue.record("\(search.instances[other]) is disabled: \(name)")
          continue
        }
        if search.isDiscarded(next) {
          #expect(search.isDiscarded(movedNext), "\(name)")
          continue
        }
        #expect(!search.isDiscarded(movedNext), "\(name)")
        follow(others, of: chosen, next, movedNext, start: start, depth: depth - 1)
      }
    }
  }

  /// What is looked for and holds now, but not at the start, holds behind the chosen instance too.
  private func compareProperties(
    _ state: [Int64], _ moved: [Int64], start: [Int64], _ chosen: Int
  ) {
    for (number, bindings) in search.properties {
      let (before, _) = search.value(of: number, bindings, in: start)
      let (now, _) = search.value(of: number, bindings, in: state)
      let (then, _) = search.value(of: number, bindings, in: moved)
      let isKept: Bool
      switch search.system.properties[number].kind {
      case .invariant: isKept = before != 1 || now == 1 || then != 1
      case .cover: isKept = now != 1 || then == 1 || isHit(number, in: start)
      case .liveness: isKept = before == 1 || now != 1 || then == 1
      case .measure: isKept = now == before || then == now
      case .assumption: isKept = true
      }
      if before != nil, now == nil, then != nil {
        Issue.record("property \(number) goes wrong no more in \(start): \(name)")
      }
      if !isKept {
        Issue.record("\(search.instances[chosen]) hides property \(number) in \(start): \(name)")
      }
    }
  }

  private func isHit(_ cover: Int, in state: [Int64]) -> Bool {
    search.properties.contains { number, bindings in
      number == cover && search.value(of: number, bindings, in: state).0 == 1
    }
  }
}
