import MemoryLayout
import Testing

/// Where `crashkernel=` is reserved, reckoned by hand from reserve_crashkernel_generic.
@Suite struct CrashKernelReservationTests {
  private static let mib: UInt64 = 1 << 20

  /// 2 GiB below 4 GiB with the kernel's image in them, and `high` MiB above.
  private static func machine(high: UInt64) throws -> MemoryMap {
    let end = 0x1_0000_0000 + high * mib - 1
    return try map(
      """
      00001000-0009ffff : System RAM
      000a0000-000fffff : Reserved
      00100000-7ff6ffff : System RAM
        40000000-41ffffff : Kernel code
      7ff70000-7fffffff : Reserved
      \(high > 0 ? "100000000-\(String(end, radix: 16)) : System RAM" : "")
      """)
  }

  private static func reserve(
    _ text: String, _ map: MemoryMap, _ architecture: KernelImage.Architecture = .x86_64,
    _ manner: CrashKernelReservation.Manner = .generic, swiotlb: UInt64 = 64 << 20
  ) throws -> [AddressRange] {
    try CrashKernelReservation(
      CrashKernelParameter(text), in: map, architecture: architecture, manner: manner,
      bounceBufferByteCount: swiotlb
    ).ranges
  }

  private static func refusal(
    _ text: String, _ map: MemoryMap, _ architecture: KernelImage.Architecture = .x86_64,
    _ manner: CrashKernelReservation.Manner = .generic
  ) throws -> CrashKernelReservation.Refusal {
    let refusal = #expect(throws: CrashKernelReservation.Refusal.self) {
      try reserve(text, map, architecture, manner)
    }
    return try #require(refusal)
  }

  /// From the top of what lies below 4 GiB, at a multiple of 16 MiB: 0x7ff70000 less 256 MiB is
  /// 0x6ff70000.
  @Test func lowFromTheTop() throws {
    let machine = try Self.machine(high: 4096)
    #expect(try Self.reserve("256M", machine) == [range(0x6F00_0000, 0x7EFF_FFFF)])
    // A size need be no multiple of anything.
    #expect(try Self.reserve("257M", machine) == [range(0x6F00_0000, 0x7F0F_FFFF)])
  }

  /// Behind the image 1022 MiB are left, before it 1023, so that 1100 MiB go above 4 GiB, and 256 MiB
  /// below with them.
  @Test func highWhereLowHasNoRoom() throws {
    let machine = try Self.machine(high: 4096)
    #expect(
      try Self.reserve("1100M", machine)
        == [range(0x6F00_0000, 0x7EFF_FFFF), range(0x1_BB00_0000, 0x1_FFBF_FFFF)])
    // max(swiotlb + 8 MiB, 256 MiB)
    #expect(
      try Self.reserve("1100M", machine, swiotlb: 512 << 20).first
        == range(0x5F00_0000, 0x5F00_0000 + (520 << 20) - 1))
    #expect(
      try Self.refusal("1100M", Self.machine(high: 512))
        == .noRoom(1100 << 20, largest: 1008 << 20))
  }

  @Test func highFirst() throws {
    let machine = try Self.machine(high: 4096)
    let high = try range(0x1_F000_0000, 0x1_FFFF_FFFF)
    #expect(try Self.reserve("256M,high", machine) == [range(0x6F00_0000, 0x7EFF_FFFF), high])
    #expect(
      try Self.reserve("256M,high 64M,low", machine) == [range(0x7B00_0000, 0x7EFF_FFFF), high])
    #expect(try Self.reserve("256M,high 0,low", machine) == [high])
    // With none above, it is below, and alone.
    #expect(
      try Self.reserve("256M,high 64M,low", Self.machine(high: 0))
        == [range(0x6F00_0000, 0x7EFF_FFFF)])
  }

  /// The low part has no room: the high one is given back.
  @Test func nothingWithoutTheLowPart() throws {
    #expect(
      try Self.refusal("256M,high 1200M,low", Self.machine(high: 4096))
        == .noLowRoom(1200 << 20, below: 4 << 30))
  }

  @Test func atAnAddress() throws {
    let machine = try Self.machine(high: 4096)
    #expect(try Self.reserve("64M@256M", machine) == [range(0x1000_0000, 0x13FF_FFFF)])
    #expect(try Self.refusal("64M@1008M", machine) == .inUse(64 << 20, at: 1008 << 20))
    #expect(try Self.refusal("64M@8G", machine) == .inUse(64 << 20, at: 8 << 30))
    #expect(try Self.refusal("64M@257M", machine) == .unaligned(at: 257 << 20, unit: 16 << 20))
    // Linux 6.1 takes a multiple of 1 MiB there, and adds a low part to what lies above.
    #expect(
      try Self.reserve("64M@257M", machine, .x86_64, .ofArchitecture)
        == [range(0x1010_0000, 0x140F_FFFF)])
    #expect(try Self.reserve("64M@4G", machine).count == 1)
    #expect(try Self.reserve("64M@4G", machine, .x86_64, .ofArchitecture).count == 2)
  }

  @Test func asMuchAsThereIs() throws {
    let machine = try Self.machine(high: 0)
    #expect(
      try Self.refusal("4G", machine) == .allOfMemory(4 << 30, memory: machine.systemRAM.byteCount))
    #expect(
      try Self.refusal("8G-:256M", machine) == .nothing(memory: machine.systemRAM.byteCount))
  }

  /// What is reserved is given back first.
  @Test func inPlaceOfWhatIsReserved() throws {
    let machine = try map(
      """
      00100000-3fffffff : System RAM
        10000000-2fffffff : Crash kernel
        3c000000-3dffffff : Kernel code
      """)
    // 0x3c000000 less 900 MiB is 0x3c00000.
    #expect(try Self.reserve("900M", machine) == [range(0x300_0000, 0x3B3F_FFFF)])
    let ranges = try Self.reserve("64M", machine)
    #expect(ranges == [try range(0x3800_0000, 0x3BFF_FFFF)])
    let after = machine.reserving(forCrashKernel: ranges)
    #expect(after.crashKernel.ranges == ranges)
    #expect(after.usableRAM.byteCount == (1023 - 64 - 32) << 20)
  }

  @Test func i386EndsAt512MiB() throws {
    let machine = try Self.machine(high: 0)
    #expect(try Self.reserve("128M", machine, .i386) == [range(0x1800_0000, 0x1FFF_FFFF)])
    #expect(try Self.refusal("600M", machine, .i386) == .noRoom(600 << 20, largest: 496 << 20))
  }

  /// Memory of arm64 that begins at 2 GiB: 32 bits end at 4 GiB, in units of 2 MiB.
  @Test func arm64() throws {
    let machine = try map(
      """
      80000000-bfffffff : System RAM
        80210000-81ffffff : Kernel code
      880000000-8ffffffff : System RAM
      """)
    #expect(try Self.reserve("255M", machine, .arm64) == [range(0xB000_0000, 0xBFEF_FFFF)])
    let high = [try range(0xB800_0000, 0xBFFF_FFFF), try range(0x8_C000_0000, 0x8_FFFF_FFFF)]
    #expect(try Self.reserve("1G", machine, .arm64) == high)
    #expect(try Self.reserve("1G,high", machine, .arm64) == high)
    // Linux 6.1 looks no further, and adds no low part that nobody asked for.
    #expect(
      try Self.refusal("1G", machine, .arm64, .ofArchitecture)
        == .noRoom(1 << 30, largest: 992 << 20))
    #expect(try Self.reserve("1G,high", machine, .arm64, .ofArchitecture) == [high[1]])
    // Where memory begins above 4 GiB, all of it is low.
    let above = try map("880000000-8ffffffff : System RAM")
    #expect(try Self.reserve("1G", above, .arm64) == [range(0x8_C000_0000, 0x8_FFFF_FFFF)])
  }
}
