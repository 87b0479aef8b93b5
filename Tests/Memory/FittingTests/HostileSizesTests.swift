import Fitting
import MemoryLayout
import Randomness
import Testing

/// Numbers of all of 64 bits, machines of no or of all memory: an answer or an error, and no trap.
@Suite struct HostileSizesTests {
  private static let sizes = [
    "0", "1", "64MiB", "18446744073709551615", "9223372036854775808", "1..18446744073709551615",
    "unknown",
  ]
  private static let maps = [
    "1000-9ffff : System RAM\n100000-3fffffff : System RAM\n",
    "0-ffffffffffffffff : System RAM\n",
    "100000-7fffffff : System RAM\n  1000000-1ffffff : Crash kernel\n",
  ]
  private static let reservations = [
    "0", "1", "64M@17M", "15E", "1G,high 0,low", "64M@0xfffffffffff00000",
    "0-:18446744073709551615",
  ]

  @Test(arguments: 0..<60) func leastValuesAndPlans(seed: UInt64) throws {
    var random = SplitMix64(seed: seed)
    func pick<Element>(_ list: [Element]) -> Element {
      list[Int(random.next() % UInt64(list.count))]
    }
    var description = LayoutDescription(name: "hostile")
    let architecture = pick([KernelImage.Architecture.x86_64, .i386, .arm64])
    let byteCount: UInt64 = pick([1, 32 << 20, .max])
    description.statedKernel = LayoutDescription.StatedKernel(
      architecture: architecture, size: .exactly(byteCount), alignment: pick([1, 2 << 20]))
    description.isCrashImage = pick([true, false])
    if description.isCrashImage {
      if pick([true, false]) { try description.set("crashkernel", to: pick(Self.reservations)) }
    } else {
      try description.set("memory", to: pick(Self.sizes.filter { $0 != "0" }))
      if pick([true, false]) {
        description.handoverScratch = pick([
          [], [.all], [AddressRange(start: 0, last: 9)].compactMap { $0 },
        ])
      }
    }
    for key in ["initrd", "unpacked-initrd", "swiotlb", "processes", "grant"]
    where pick([true, false]) {
      try description.set(key, to: pick(Self.sizes))
    }
    if pick([true, false]) {
      try description.set("processors", to: pick(["1", "18446744073709551615", "1..", "600"]))
    }
    let inputs = LayoutInputs(
      map: try MemoryMap.read(path: "machine.txt", bytes: Array(pick(Self.maps).utf8)),
      image: .stated(
        path: "kernel", architecture: architecture, memoryByteCount: byteCount, alignment: 1,
        preferredAddress: nil, isRelocatable: true, addressLimit: nil))
    for parameter in SizedParameter.allCases {
      let found = Result { () throws(LayoutError) in
        try description.least(parameter, inputs)
      }
      switch found {
      case .success(let found):
        #expect(found.option != nil || found.result?.verdict != .fits)
      case .failure(.invalid): continue
      case .failure(let error): Issue.record("\(error)")
      }
    }
  }
}
