import Fitting
import MemoryLayout
import Testing

/// What is advised holds: whoever follows it finds that it fits.
@Suite struct PlanTests {
  /// Each plan for a thousand machines is followed, by the words of the settings, and asked about
  /// again.
  @Test(arguments: 0..<10) func everyPlanHolds(part: UInt64) throws {
    var followed = 0
    var without = 0
    for seed in (part * 100)..<(part * 100 + 100) {
      let machine = try RandomMachine(seed: seed)
      let result = try machine.description.decide(machine.inputs)
      guard let plans = result.plans else {
        #expect(result.verdict != .doesNotFit)
        continue
      }
      #expect(plans.all.isEmpty == (plans.lack != nil))
      #expect(plans.all.count <= 3)
      // As few steps as the first has.
      #expect(Set(plans.all.map(\.steps.count)).count <= 1)
      without += plans.all.isEmpty ? 1 : 0
      for plan in plans.all {
        followed += 1
        let changed = try plan.followed(by: machine.description)
        #expect(changed != machine.description)
        let again = try changed.decide(machine.inputs)
        #expect(again.verdict == .fits, "seed \(seed): \(plan.steps.map(\.phrase))")
      }
    }
    // Otherwise nothing was tried.
    #expect(followed > 30)
    #expect(without < 60)
  }

  /// 600 processors of 1 MiB each beside 32 + 8 + 24 MiB and what else there is.
  private static func plans(_ change: (inout LayoutDescription) throws -> Void) throws -> [String] {
    var description = LayoutDescription(name: "machine")
    description.statedKernel = LayoutDescription.StatedKernel(
      architecture: .x86_64, size: .exactly(32 << 20), alignment: 2 << 20,
      preferredAddress: 0x100_0000, addressLimit: 64 << 40)
    description.memory = .exactly(512 << 20)
    description.bounceBuffers = .exactly(0)
    try change(&description)
    let map =
      "1000-9ffff : System RAM\n100000-1fffffff : System RAM\n100000000-1ffffffff : System RAM\n"
    let inputs = LayoutInputs(
      map: try MemoryMap.read(path: "machine.txt", bytes: Array(map.utf8)),
      image: .stated(
        path: "kernel", architecture: .x86_64, memoryByteCount: 32 << 20, alignment: 2 << 20,
        preferredAddress: 0x100_0000, isRelocatable: true, addressLimit: 64 << 40))
    let result = try description.decide(inputs)
    return result.plans?.all.map { plan in
      plan.steps.map { $0.option ?? $0.phrase }.joined(separator: " ")
    } ?? []
  }

  /// Linux makes a power of two of swiotlb, and 511 MiB lie below 4 GiB.
  @Test func swiotlbIsAPowerOfTwo() throws {
    #expect(
      try Self.plans { $0.bounceBuffers = .exactly(600 << 20) } == ["swiotlb=131072"])
  }

  /// Processors and memory are what is set, and not the areas that they have.
  @Test func nobodySetsPerCPUAreas() throws {
    let plans = try Self.plans {
      $0.processors = .exactly(20_000)
      $0.memory = .exactly(4 << 30)
    }
    #expect(plans.count == 1)
    #expect(plans.first?.hasPrefix("nr_cpus=") == true)
  }

  /// Two settings are each too much by themselves: one plan changes both.
  @Test func twoStepsWhereOneIsNotEnough() throws {
    let plans = try Self.plans {
      $0.bounceBuffers = .exactly(1 << 30)
      $0.processes = .exactly(8 << 30)
    }
    #expect(plans.count == 1)
    #expect(plans.first?.contains("swiotlb=") == true)
    #expect(plans.first?.contains("processes of ") == true)
  }

  /// A kernel that does not fit by itself is not made small by any setting.
  @Test func nothingToBeDone() throws {
    let plans = try Self.plans {
      $0.statedKernel?.size = .exactly(64 << 30)
    }
    #expect(plans.isEmpty)
  }
}
