import Fitting
import MemoryLayout
import Testing

/// Everything in a region of the map, or in a range.
@Suite struct RegionTests {
  private static let map = """
    00000000-00000fff : Reserved
    00001000-0009ffff : System RAM
    000a0000-000fffff : Reserved
    00100000-0fffffff : System RAM
      01000000-02ffffff : Kernel code
      0c000000-0dffffff : Crash kernel
    10000000-17ffffff : Multikernel Memory Pool
      10000000-11ffffff : mk-instance-1-db-region-0
    20000000-2fffffff : Reserved
    80000000-8fffffff : PCI Bus 0000:00
      80000000-80ffffff : 0000:00:02.0
    100000000-13fffffff : System RAM

    """

  private static func range(_ start: UInt64, _ last: UInt64) throws -> AddressRange {
    try #require(AddressRange(start: start, last: last))
  }

  private func ranges(_ settings: String) throws -> [(name: String, range: AddressRange)] {
    let result = try WrittenLayout.decide(settings, map: Self.map)
    guard case .fits(let placement) = result.answer else {
      Issue.record("\(settings): \(result.verdict)")
      return []
    }
    return placement.map { ($0.key, $0.value) }
  }

  /// All but the trampolines, which lie below 1 MiB in the machine's own RAM.
  @Test(
    arguments: [
      ("Multikernel Memory Pool", 0x1200_0000, 0x17FF_FFFF),
      ("0x20000000-0x23ffffff", 0x2000_0000, 0x23FF_FFFF),
      ("64MiB@0x20000000", 0x2000_0000, 0x23FF_FFFF),
      // Not in the map at all, as behind `mem=`.
      ("64MiB@0x40000000", 0x4000_0000, 0x43FF_FFFF),
      ("0x100000000-0x13fffffff", 0x1_0000_0000, 0x1_3FFF_FFFF),
    ] as [(String, UInt64, UInt64)])
  func everythingLiesThere(into: String, start: UInt64, last: UInt64) throws {
    let region = try Self.range(start, last)
    let low = try Self.range(0x1000, 0x9_FFFF)
    let ranges = try ranges("into: \(into)\nprocessors: 1\nswiotlb: 0\n")
    #expect(ranges.count > 8)
    for (name, range) in ranges {
      #expect(
        (name.contains("trampoline") ? low : region).contains(range), "\(into): \(name) \(range)")
    }
  }

  /// 32 MiB take an image of 32 MiB, and not what goes with it; 64 MiB do.
  @Test func aRegionThatIsTooSmall() throws {
    func verdict(_ into: String) throws -> LayoutResult.Verdict {
      try WrittenLayout.decide("into: \(into)\nprocessors: 1\nswiotlb: 0\n", map: Self.map).verdict
    }
    #expect(try verdict("mk-instance-1-db-region-0") == .doesNotFit)
    #expect(try verdict("0x20000000-0x21ffffff") == .doesNotFit)
    #expect(try verdict("0x20000000-0x23ffffff") == .fits)
  }

  /// swiotlb lies below 4 GiB, so that it has no place in a region above.
  @Test func whatHasToLieElsewhereConflicts() throws {
    let result = try WrittenLayout.decide(
      "into: 0x100000000-0x13fffffff\nprocessors: 1\n", map: Self.map)
    #expect(result.conflictingRules == [.placed, .inRegion, .bounceBuffers])
  }

  @Test(
    arguments: [
      ("nothing", "has no region `nothing`"), ("Reserved", "3 regions `Reserved`"),
      ("ACPI Tables", "has no region"), ("PCI Bus 0000:00", "a device's"),
      ("0x81000000-0x8fffffff", "a device's"), ("0x80000000-0x80ffffff", "a device's"),
      ("Kernel code", "running kernel's image"), ("Crash kernel", "crash-image"),
      ("0x1000-0x10", "first and last byte"), ("1000-2000", "first and last byte"),
      ("0MiB@0x1000", "is empty"), ("16EiB@0x1000", "has no region"),
      ("1MiB@0xfffffffffffff000", "leaves 64 bits"), ("System RAM", "3 regions `System RAM`"),
      // All of it is another instance's.
      ("0x10000000-0x11fffffe", nil), ("0x0fffffff-0x11ffffff", nil),
    ] as [(String, String?)])
  func whatIsNoRegion(into: String, words: String?) throws {
    guard let words else { return }
    let error = #expect(throws: LayoutError.self, "\(into)") {
      try WrittenLayout.question("into: \(into)\n", map: Self.map)
    }
    #expect(
      "\(error.map { "\($0)" } ?? "")".contains(words), "\(into): \(String(describing: error))")
  }

  /// Of a range that goes over the end of somebody else's region the rest is free.
  @Test func whatLiesInTheRegionIsTaken() throws {
    let question = try WrittenLayout.question(
      "into: 0x0b000000-0x12ffffff\n", map: Self.map
    ).question
    #expect(
      question.region?.free.ranges == [
        try Self.range(0xB00_0000, 0xBFF_FFFF), try Self.range(0xE00_0000, 0xFFF_FFFF),
      ])
  }

  // MARK: A crash kernel's memory, with an address

  private func crash(_ parameter: String) throws -> LayoutResult {
    try WrittenLayout.decide(
      "crashkernel: \(parameter)\ncrash-image: true\nswiotlb: 0\n", map: Self.map)
  }

  @Test func crashKernelAtAnAddress() throws {
    let region = try Self.range(0x400_0000, 0x7FF_FFFF)
    guard case .fits(let placement) = try crash("64M@0x4000000").answer else {
      Issue.record("it fits")
      return
    }
    for (name, range) in placement where name != "trampoline" {
      #expect(region.contains(range), "\(name) \(range)")
    }
  }

  /// Where the kernel's image is, where there is no RAM, and where 16 MiB do not divide the address,
  /// nothing is reserved.
  @Test(
    arguments: [
      ("64M@0x2000000", false), ("64M@0x8000000", true), ("64M@0x20000000", false),
      ("48M@0x8200000", false),
    ])
  func whereNothingIsReserved(parameter: String, isReserved: Bool) throws {
    let result = try crash(parameter)
    #expect(result.conflictingRules == (isReserved ? [] : [.placed, .crashReservation]))
  }

  /// There is one way to say where a crash image lies, and the error names it.
  @Test func crashImageIsNotPutIntoARegion() throws {
    let error = #expect(throws: LayoutError.self) {
      try WrittenLayout.question("into: 64MiB@0x4000000\ncrash-image: true\n", map: Self.map)
    }
    #expect(error?.description.contains("`crashkernel: 64M@0x4000000`") == true)
  }
}
