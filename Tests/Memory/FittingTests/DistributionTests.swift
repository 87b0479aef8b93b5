import Fitting
import Foundation
import MemoryLayout
import Testing

/// What distributions reserve for a crash kernel, beside the least that fits, on every map that is
/// kept here; docs/layouts.md has the table.
@Suite struct DistributionTests {
  /// Rules for a kernel with pages of 4 KiB, as the distributions publish them.
  private static let rules: [(name: String, x86: String, arm: String)] = [
    // kdump_get_arch_recommend_crashkernel, kdump-lib.sh of kdump-utils.
    (
      "Fedora, RHEL 10", "2G-64G:256M,64G-:512M", "2G-4G:256M,4G-64G:320M,64G-:576M"
    ),
    ("RHEL 9", "1G-4G:192M,4G-64G:256M,64G-:512M", "1G-4G:256M,4G-64G:320M,64G-:576M"),
    // kdump-tools.
    ("Debian", "384M-:128M", "384M-:128M"),
    (
      "Ubuntu", "2G-4G:320M,4G-32G:512M,32G-64G:1024M,64G-128G:2048M,128G-:4096M",
      "2G-4G:320M,4G-32G:512M,32G-64G:1024M,64G-128G:2048M,128G-:4096M"
    ),
  ]

  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// The maps with RAM, and the architecture of each.
  private static func maps() throws -> [(name: String, map: MemoryMap, isArm: Bool)] {
    let folders = ["Models/layouts", "Tests/Memory/MemoryLayoutTests/Samples"]
    var found: [(name: String, map: MemoryMap, isArm: Bool)] = []
    for folder in folders {
      let url = root.appendingPathComponent(folder)
      for name in try FileManager.default.contentsOfDirectory(atPath: url.path).sorted() {
        let path = url.appendingPathComponent(name).path
        guard name.hasSuffix(".txt") || name.hasSuffix(".dtb"), !name.hasPrefix("loongarch"),
          let map = try? MemoryMap.read(contentsOf: path), !map.systemRAM.isEmpty
        else { continue }
        let isArm = ["arm64", "raspberry", "board"].contains { name.hasPrefix($0) }
        found.append((name, map, isArm))
      }
    }
    return found
  }

  private static func machine(
    _ map: MemoryMap, isArm: Bool
  ) -> (description: LayoutDescription, inputs: LayoutInputs) {
    var description = LayoutDescription(name: "map")
    description.statedKernel = LayoutDescription.StatedKernel(
      architecture: isArm ? .arm64 : .x86_64, size: .exactly(64 << 20), alignment: 2 << 20,
      preferredAddress: isArm ? nil : 0x100_0000, addressLimit: isArm ? nil : 64 << 40)
    description.isCrashImage = true
    description.initrd = .exactly(24 << 20)
    description.unpackedInitrd = .exactly(64 << 20)
    description.processors = .exactly(1)
    let image = KernelImage.stated(
      path: "kernel", architecture: isArm ? .arm64 : .x86_64, memoryByteCount: 64 << 20,
      alignment: 2 << 20, preferredAddress: isArm ? nil : 0x100_0000, isRelocatable: true,
      addressLimit: isArm ? nil : 64 << 40)
    return (description, LayoutInputs(map: map, image: image))
  }

  private static func least(
    _ description: LayoutDescription, _ inputs: LayoutInputs
  ) throws -> String {
    let found = try description.least(.crashKernel, inputs, hasGrowth: false)
    return found.option == nil ? "none" : "\(found.byteCount >> 20)M"
  }

  /// A row of the table: the map, its RAM, the least that fits, that of a frugal kernel, and what each
  /// rule makes of it.
  private static func row(
    _ name: String, _ map: MemoryMap, isArm: Bool
  ) throws -> String {
    let machine = machine(map, isArm: isArm)
    let memory = map.systemRAM.union(map.crashKernel).byteCount
    let least = try least(machine.description, machine.inputs)
    // As kdump-utils sets it (gen-kdump-sysconfig.sh): `initramfs_options=size=90%`, `cma=0`, and no
    // swiotlb.
    var frugal = machine.description
    try frugal.set("initramfs-share", to: "90")
    try frugal.set("cma", to: "0")
    frugal.bounceBuffers = .exactly(0)
    var cells = [
      "`\(name)`", "\(memory >> 20) MiB", least, try Self.least(frugal, machine.inputs),
    ]
    for rule in rules {
      let parameter = try CrashKernelParameter(isArm ? rule.arm : rule.x86)
      let byteCount = parameter.byteCount(memory: memory)
      guard byteCount > 0 else {
        cells.append("nothing")
        continue
      }
      var changed = machine.description
      changed.crashKernelParameter = parameter
      let verdict = try verdict(changed, frugal, machine.inputs)
      cells.append("\(byteCount >> 20)M, \(verdict)")
    }
    return "| " + cells.joined(separator: " | ") + " |"
  }

  private static func verdict(
    _ description: LayoutDescription, _ frugal: LayoutDescription, _ inputs: LayoutInputs
  ) throws -> String {
    let result = try description.decide(inputs)
    if result.verdict == .fits { return "fits" }
    if result.conflictingRules.contains(.crashReservation) { return "refused" }
    var less = frugal
    less.crashKernelParameter = description.crashKernelParameter
    return try less.decide(inputs).verdict == .fits ? "fits frugally" : "too little"
  }

  @Test func theTableIsWhatIsFound() throws {
    let text = try String(
      contentsOf: Self.root.appendingPathComponent("docs/layouts.md"), encoding: .utf8)
    let rows = try Self.maps().map { try Self.row($0.name, $0.map, isArm: $0.isArm) }
    #expect(rows.count > 15)
    let missing = rows.filter { !text.contains($0 + "\n") }
    #expect(missing.isEmpty, "\(missing.joined(separator: "\n"))")
  }
}
