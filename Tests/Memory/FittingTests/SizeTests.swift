import Fitting
import MemoryLayout
import Testing

/// The least value of a parameter: with it a machine fits, and with less it does not.
@Suite struct SizeTests {
  private static func verdict(
    _ machine: RandomMachine, _ key: String, _ text: String
  ) throws -> LayoutResult.Verdict {
    var description = machine.description
    try description.set(key, to: text)
    return try description.decide(machine.inputs).verdict
  }

  /// By the word that is printed, and by the same with 1 MiB less.
  @Test(arguments: 0..<40) func crashKernelIsExact(seed: UInt64) throws {
    let machine = try RandomMachine(seed: seed, isCrash: true)
    let found = try machine.description.least(.crashKernel, machine.inputs, hasGrowth: false)
    guard let option = found.option else {
      #expect(found.result?.verdict != .fits)
      return
    }
    #expect(try Self.verdict(machine, "crashkernel", option) == .fits)
    let parameter = try CrashKernelParameter(option)
    if found.isLeast {
      for less in 1...min(8, found.byteCount >> 20) where found.byteCount > less << 20 {
        let smaller = parameter.with(byteCount: found.byteCount - less << 20).option
        #expect(try Self.verdict(machine, "crashkernel", smaller) != .fits, "\(smaller)")
      }
    }
    // Of what is reserved, each byte is an item's or left over.
    let parts = found.parts.reduce(UInt128(0)) { $0 + $1.byteCount }
    #expect(parts + found.left >= UInt128(found.byteCount))
    if case .size = parameter.form, found.result?.layout.question.map.crashKernel.ranges.count == 1
    {
      #expect(parts + found.left == UInt128(found.byteCount))
    }
  }

  /// Each row's size fits for its greatest value, and the size of the row before does not for its
  /// least.
  @Test(arguments: 0..<8) func growthIsExact(seed: UInt64) throws {
    let machine = try RandomMachine(seed: 100 + seed, isCrash: true)
    let found = try machine.description.least(.crashKernel, machine.inputs)
    for growth in found.growth where growth.setting == "processors" {
      var before: String?
      for row in growth.rows {
        var changed = machine.description
        try changed.set("crashkernel", to: row.option)
        try changed.set("processors", to: "\(row.values.upperBound)")
        #expect(try changed.decide(machine.inputs).verdict == .fits)
        if let before {
          try changed.set("crashkernel", to: before)
          try changed.set("processors", to: "\(row.values.lowerBound)")
          #expect(try changed.decide(machine.inputs).verdict != .fits)
        }
        before = row.option
      }
    }
  }

  @Test(arguments: 0..<12) func memoryAndSwiotlb(seed: UInt64) throws {
    let machine = try RandomMachine(seed: 200 + seed, isCrash: false)
    let memory = try machine.description.least(.memory, machine.inputs, hasGrowth: false)
    if memory.option != nil { #expect(memory.result?.verdict == .fits) }
    let swiotlb = try machine.description.least(.bounceBuffers, machine.inputs, hasGrowth: false)
    if swiotlb.option != nil {
      #expect(try Self.verdict(machine, "swiotlb", "\(swiotlb.byteCount)") == .fits)
    }
  }

  @Test func isNoQuestionOfOtherImages() throws {
    let crash = try RandomMachine(seed: 1, isCrash: true)
    let other = try RandomMachine(seed: 1, isCrash: false)
    #expect(throws: LayoutError.self) { try other.description.least(.crashKernel, other.inputs) }
    #expect(throws: LayoutError.self) { try crash.description.least(.memory, crash.inputs) }
    #expect(throws: LayoutError.self) {
      try crash.description.least(.handoverScratch, crash.inputs)
    }
  }
}
