import Fitting
import MemoryLayout
import Randomness

/// A made-up machine with a question about it, as a user would write it.
struct RandomMachine {
  let description: LayoutDescription
  let inputs: LayoutInputs

  init(seed: UInt64, isCrash: Bool? = nil) throws {
    var random = SplitMix64(seed: seed)
    func below(_ count: UInt64) -> UInt64 { random.next() % count }
    func flip(_ one: UInt64) -> Bool { below(one) == 0 }
    let isArm = flip(5)
    var description = LayoutDescription(name: "machine \(seed)")
    description.isCrashImage = isCrash ?? flip(3)
    let map = Self.listing(&random, isArm, isCrash: description.isCrashImage)
    let stated = LayoutDescription.StatedKernel(
      architecture: isArm ? .arm64 : .x86_64, size: .exactly((8 + below(64)) << 20),
      alignment: 2 << 20, preferredAddress: isArm ? nil : 0x100_0000,
      addressLimit: isArm ? nil : 64 << 40)
    description.statedKernel = stated
    if !description.isCrashImage {
      description.memory = .exactly((32 + below(4096)) << 20)
      description.loader = [.kexecFile, .kexec, .bootProtocol][Int(below(3))]
      if flip(4) { description.processes = .exactly(below(512 << 20)) }
      if flip(6) { description.crashKernel = .exactly((16 + below(512)) << 20) }
      if flip(6) { description.lowDMA = .exactly(below(12 << 20)) }
    } else if flip(2) {
      description.crashKernelParameter = CrashKernelParameter(
        flip(3) ? .high((16 + below(256)) << 20, low: nil) : .size((16 + below(512)) << 20, at: nil)
      )
    }
    description.processors = .exactly(1 + below(flip(3) ? 600 : 16))
    // In whole bytes, which advice rounds.
    description.initrd = .exactly(1 + below(200 << 20))
    if flip(2) { description.unpackedInitrd = .exactly(1 + below(300 << 20)) }
    if flip(3) { description.bounceBuffers = .exactly(below(256 << 20)) }
    if flip(8) {
      description.initrd = .between((1 + below(20 << 20))...(40 << 20 + below(1 << 28)))
    }
    if flip(8) { description.processors = .between(1...(2 + below(400))) }
    self.description = description
    inputs = LayoutInputs(
      map: try MemoryMap.read(path: "machine.txt", bytes: Array(map.utf8)),
      image: .stated(
        path: "kernel", architecture: stated.architecture, memoryByteCount: stated.size.exact,
        alignment: stated.alignment, preferredAddress: stated.preferredAddress,
        isRelocatable: true, addressLimit: stated.addressLimit))
  }

  /// RAM in some pieces, with the running kernel in the largest, and perhaps a crash kernel.
  private static func listing(_ random: inout SplitMix64, _ isArm: Bool, isCrash: Bool) -> String {
    func hex(_ value: UInt64) -> String { String(value, radix: 16) }
    var lines = isArm ? [] : ["1000-9ffff : System RAM"]
    var next: UInt64 = isArm ? 0x4000_0000 : 0x10_0000
    let count = 1 + random.next() % 4
    for index in 0..<count {
      let byteCount = (64 + random.next() % (index == 0 ? 900 : 300)) << 20
      lines.append("\(hex(next))-\(hex(next + byteCount - 1)) : System RAM")
      if index == 0 {
        lines.append("  \(hex(next + (24 << 20)))-\(hex(next + (44 << 20) - 1)) : Kernel code")
        if isCrash, random.next() % 2 == 0 {
          lines.append("  \(hex(next + (48 << 20)))-\(hex(next + (60 << 20) - 1)) : Crash kernel")
        }
      }
      next += byteCount + (1 + random.next() % 64) << 20
      if random.next() % 3 == 0 { next = max(next, 4 << 30) }
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension LayoutDescription.Size {
  fileprivate var exact: UInt64 { if case .exactly(let value) = self { value } else { 0 } }
}
