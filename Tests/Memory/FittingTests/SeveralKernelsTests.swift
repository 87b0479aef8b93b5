import Fitting
import MemoryLayout
import Testing

/// Several kernels, against trying all places of small machines.
@Suite struct SeveralKernelsTests {
  @Test(arguments: [UInt64](1...300))
  func existence(seed: UInt64) throws {
    let machine = SmallMachine(seed: seed)
    let result = try machine.decide(machine.description)
    let exists = machine.fits(machine.blocks)
    switch result.answer {
    case .fits(let placement):
      #expect(exists, "seed \(seed)")
      check(placement, machine)
      let kernels = try #require(result.kernels?.placement)
      for kernel in kernels.kernels {
        #expect(kernel.items.count >= 4)
        #expect(kernel.items.values.allSatisfy { kernel.memory.contains($0) })
        #expect(kernel.trampoline.map { $0.last < 0x10_0000 } == true)
      }
    case .conflict(let conflict):
      #expect(!exists, "seed \(seed)")
      check(conflict, machine)
    case .inconclusive(let reason): Issue.record("seed \(seed): \(reason)")
    }
  }

  /// That the cases are not all of one kind.
  @Test func bothAnswersAreThere() {
    let machines = (UInt64(1)...300).map { SmallMachine(seed: $0) }
    let fitting = machines.filter { $0.fits($0.blocks) }
    #expect(fitting.count > 60 && fitting.count < 240)
    #expect(fitting.count { $0.blocks.count > 4 } > 20)
    #expect(fitting.count { $0.blocks.contains { $0.wish != .none } } > 20)
  }

  private func check(_ placement: Placement, _ machine: SmallMachine) {
    let ranges = placement.values.sorted()
    #expect(zip(ranges, ranges.dropFirst()).allSatisfy { $0.last < $1.start })
    #expect(placement.count == machine.blocks.count)
    for block in machine.blocks {
      guard let range = placement[block.name] else {
        Issue.record("`\(block.name)` has no place")
        continue
      }
      #expect(range.byteCount == UInt128(block.size) * UInt128(SmallMachine.unit))
      #expect(range.start % SmallMachine.unit == 0)
      let start = (Int(range.start) - Int(SmallMachine.start)) / Int(SmallMachine.unit)
      #expect(machine.allows(block, at: start), "`\(block.name)` at \(start)")
    }
  }

  /// The kernels that are named do not fit, and without one of them they do.
  private func check(_ conflict: Conflict, _ machine: SmallMachine) {
    let names = Set(
      conflict.constraints.compactMap { constraint -> String? in
        if case .placed(let name) = constraint.demand { name } else { nil }
      })
    let blocks = machine.blocks.filter { names.contains($0.name) }
    // A kernel that does not fit into its own memory is told by what lies there.
    guard !blocks.isEmpty else { return }
    #expect(conflict.isMinimal)
    #expect(!machine.fits(blocks))
    for index in blocks.indices {
      var fewer = blocks
      fewer.remove(at: index)
      #expect(machine.fits(fewer), "`\(blocks[index].name)` is not needed")
    }
  }

  @Test(arguments: [UInt64](1...120))
  func largest(seed: UInt64) throws {
    let machine = SmallMachine(seed: seed)
    var description = machine.description
    let last = description.kernels.count - 1
    description.kernels[last].count = .between(1...12)
    let prefix = "k\(last)-"
    let others = machine.blocks.filter { !$0.name.hasPrefix(prefix) }
    let like = try #require(machine.blocks.first { $0.name.hasPrefix(prefix) })
    let best = (1...12).last { count in
      machine.fits(others + Array(repeating: like, count: count))
    }
    let result = try machine.decide(description, largest: true)
    if let best {
      #expect(result.verdict == .fits, "seed \(seed)")
      #expect(result.values["kernels"] == UInt64(best), "seed \(seed)")
      if best < 12 {
        guard case .conflict? = result.beyond else {
          Issue.record("seed \(seed): one more is not refuted")
          return
        }
      } else {
        #expect(result.beyond == nil)
      }
    } else {
      #expect(result.verdict == .doesNotFit, "seed \(seed)")
    }
  }

  /// Which rules are named is what makes the difference: without them the kernels fit.
  @Test func rulesOfAConflict() throws {
    var rules: Set<PlacementRule> = []
    for seed in UInt64(1)...200 {
      let machine = SmallMachine(seed: seed)
      let result = try machine.decide(machine.description)
      rules.formUnion(result.conflictingRules)
      guard result.conflictingRules.contains(.onNode) else { continue }
      let isOwn = result.conflictingRules.contains(.ownMemory)
      let anywhere = machine.blocks.map {
        SmallMachine.Block(
          name: $0.name, size: $0.size, node: nil, wish: isOwn ? $0.wish : .none)
      }.filter { block in
        guard case .conflict(let conflict) = result.answer else { return false }
        return conflict.constraints.contains { $0.demand == .placed(block.name) }
      }
      #expect(machine.fits(anywhere), "seed \(seed)")
    }
    #expect(rules.isSuperset(of: [.placed, .inUsableRAM, .disjoint, .onNode, .ownMemory, .wanted]))
  }

  /// Whoever follows a plan finds that it fits; and of the machines without room, most have one.
  @Test func plansAreFollowed() throws {
    var (planned, without) = (0, 0)
    for seed in UInt64(1)...60 {
      let machine = SmallMachine(seed: seed)
      let result = try machine.decide(machine.description)
      guard result.verdict == .doesNotFit else { continue }
      let plans = try #require(result.plans)
      if plans.all.isEmpty { without += 1 } else { planned += 1 }
      for plan in plans.all {
        let changed = try #require(try plan.followed(by: result.description).kernels)
        #expect(try machine.decide(changed).verdict == .fits, "seed \(seed)")
      }
    }
    #expect(planned > without)
  }
}
