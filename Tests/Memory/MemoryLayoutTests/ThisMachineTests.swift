import Foundation
import MemoryLayout
import Testing

/// What is found out about a machine, by trees of files that stand for one.
@Suite struct ThisMachineTests {
  private static let listing = """
    00000000-00000fff : Reserved
    00001000-0009ffff : System RAM
    00100000-7fffffff : System RAM
      01000000-01bfffff : Kernel code
      60000000-6fffffff : Crash kernel
    100000000-17fffffff : System RAM

    """
  private static let hidden = """
    00000000-00000000 : Reserved
    00000000-00000000 : System RAM
      00000000-00000000 : Kernel code

    """

  /// What all that may read it sees of a machine.
  private func machine(iomem: String?) throws -> MachineTree {
    let tree = try MachineTree()
    if let iomem { try tree.add("/proc/iomem", iomem) }
    try tree.addFirmwareMap([
      ("0x0", "0x9ffff", "System RAM"), ("0x100000", "0x7fffffff", "System RAM"),
      ("0x100000000", "0x17fffffff", "System RAM"),
    ])
    try tree.add("/proc/cmdline", "root=/dev/vda crashkernel=256M swiotlb=32768,4 kho=on quiet\n")
    try tree.add("/proc/sys/kernel/osrelease", "6.18.0-2-amd64\n")
    try tree.add("/proc/meminfo", "MemTotal:        4000000 kB\nMemAvailable:    3000000 kB\n")
    try tree.add("/proc/cpuinfo", "processor\t: 0\nflags\t\t: fpu lm la57 nx\n")
    try tree.add("/sys/devices/system/cpu/possible", "0-3,8\n")
    try tree.add("/sys/devices/system/node/online", "0-1\n")
    try tree.add("/sys/kernel/kexec_crash_size", "268435456\n")
    try tree.add("/sys/kernel/kexec_loaded", "0\n")
    try tree.add("/boot/vmlinuz-6.18.0-2-amd64", "kernel")
    try tree.add("/boot/initrd.img-6.18.0-2-amd64", "initrd")
    return tree
  }

  @Test func asRoot() throws {
    let tree = try machine(iomem: Self.listing)
    try tree.add("/sys/kernel/debug/kho/out/scratch_phys", "0x10000000\n0x120000000\n")
    try tree.add("/sys/kernel/debug/kho/out/scratch_len", "0x8000000\n0x4000000\n")
    let found = ThisMachine.findings(root: tree.root)
    #expect(found.map?.path == tree.root + "/proc/iomem")
    #expect(found.map?.value.crashKernel.byteCount == 256 << 20)
    #expect(found.refusedMaps.isEmpty)
    #expect(found.release?.value == "6.18.0-2-amd64")
    #expect(found.processorCount?.value == 5)
    #expect(found.nodeCount?.value == 2)
    #expect(found.availableByteCount?.value == 3_000_000 << 10)
    #expect(found.crashKernelByteCount?.value == 256 << 20)
    #expect(found.isKexecLoaded?.value == false)
    #expect(found.hasFiveLevels?.value == true)
    #expect(found.kernel?.value == tree.root + "/boot/vmlinuz-6.18.0-2-amd64")
    #expect(found.initrd?.value == tree.root + "/boot/initrd.img-6.18.0-2-amd64")
    #expect(
      try found.handoverScratch?.value == [
        range(0x1000_0000, 0x17FF_FFFF), range(0x1_2000_0000, 0x1_23FF_FFFF),
      ])
    let options = try #require(found.options?.value)
    #expect(options.crashKernels == ["256M"])
    #expect(options.bounceBufferByteCount == 64 << 20)
    #expect(options.bounceBufferAreaCount == 4)
    #expect(options.asksForHandover)
    #expect(found.notes.isEmpty, "\(found.notes)")
  }

  /// Who is not root sees no addresses there, and takes the firmware's.
  @Test func asAUser() throws {
    let tree = try machine(iomem: Self.hidden)
    let found = ThisMachine.findings(root: tree.root)
    #expect(found.map?.path == tree.root + "/sys/firmware/memmap")
    let ram = try #require(found.map?.value.systemRAM.byteCount)
    #expect(ram == 0xA_0000 + 0x7FF0_0000 + 0x8000_0000)
    #expect(found.refusedMaps.count == 1)
    #expect(found.refusedMaps.first?.contains("to root only") == true)
    #expect(found.handoverScratch == nil)
  }

  /// In a container there is often a kernel's log at most.
  @Test func withoutFirmware() throws {
    let tree = try MachineTree()
    try tree.add("/proc/iomem", Self.hidden)
    let none = ThisMachine.findings(root: tree.root)
    #expect(none.map == nil)
    #expect(none.refusedMaps.count == 5)
    #expect(none.refusedMaps.last?.hasPrefix("/dev/kmsg: cannot be read") == true)
    try tree.add(
      "/dev/kmsg",
      "6,1,0,-;BIOS-provided physical RAM map:\n"
        + "6,2,0,-;BIOS-e820: [mem 0x0000000000100000-0x000000003fffffff] usable\n SUBSYSTEM=x\n")
    let found = ThisMachine.findings(root: tree.root)
    #expect(found.map?.value.systemRAM.byteCount == 0x3FF0_0000)
    #expect(found.map?.value.format == .e820)
  }

  /// 2 GiB at 1 GiB, and 16 MiB of it that nobody may map.
  @Test func aDeviceTreeAsFolders() throws {
    let tree = try MachineTree()
    try tree.add("/proc/iomem", Self.hidden)
    let base = "/proc/device-tree"
    try tree.add(base + "/compatible", "example,board\0")
    try tree.add(base + "/#address-cells", cells: [2])
    try tree.add(base + "/#size-cells", cells: [2])
    try tree.add(base + "/memory@40000000/device_type", "memory\0")
    try tree.add(base + "/memory@40000000/reg", cells: [0, 0x4000_0000, 0, 0x8000_0000])
    try tree.add(base + "/reserved-memory/#address-cells", cells: [2])
    try tree.add(base + "/reserved-memory/#size-cells", cells: [2])
    try tree.add(base + "/reserved-memory/ranges", [])
    try tree.add(
      base + "/reserved-memory/secure@50000000/reg", cells: [0, 0x5000_0000, 0, 0x100_0000])
    try tree.add(base + "/reserved-memory/secure@50000000/no-map", [])
    try tree.add(base + "/reserved-memory/pool/size", cells: [0, 0x200_0000])
    try tree.add(base + "/cpus/cpu@0/device_type", "cpu\0")
    let found = ThisMachine.findings(root: tree.root)
    let map = try #require(found.map?.value)
    #expect(found.map?.path == tree.root + base)
    #expect(map.format == .deviceTree)
    #expect(
      try map.usableRAM.ranges == [
        range(0x4000_0000, 0x4FFF_FFFF), range(0x5100_0000, 0xBFFF_FFFF),
      ])
    #expect(map.regions.contains { $0.restrictions == .noMap })
    #expect(map.dynamicReservations.map(\.byteCount) == [0x200_0000])
    // The same folder by its name.
    #expect(try MemoryMap.read(contentsOf: tree.root + base) == map)
    // A property that is cut off.
    try tree.add(base + "/memory@40000000/reg", cells: [0, 0x4000_0000, 0])
    #expect(throws: LayoutInputError.self) { try MemoryMap.read(contentsOf: tree.root + base) }
    #expect(ThisMachine.findings(root: tree.root).map == nil)
  }

  @Test func nothingAtAll() throws {
    let found = ThisMachine.findings(root: try MachineTree().root)
    #expect(found.map == nil && found.options == nil && found.processorCount == nil)
    #expect(found.notes.isEmpty)
    #expect(ThisMachine.findings(root: "/nowhere/at/all").map == nil)
  }

  /// Files that are too large, no text, or something else.
  @Test(.timeLimit(.minutes(2)))
  func hostileContents() throws {
    let tree = try machine(iomem: Self.listing)
    let noise = (0..<2_000_000).map { UInt8(truncatingIfNeeded: $0 &* 167 &+ 13) }
    let places = [
      "/proc/cmdline", "/proc/sys/kernel/osrelease", "/proc/meminfo",
      "/sys/devices/system/cpu/possible", "/sys/devices/system/node/online",
      "/sys/kernel/kexec_crash_size", "/sys/kernel/kexec_loaded",
      "/sys/kernel/debug/kho/out/scratch_phys", "/sys/kernel/debug/kho/out/scratch_len",
    ]
    for place in places {
      for bytes in [noise, Array(noise.prefix(1_000)), [], Array("4294967296-0\n".utf8)] {
        let other = try machine(iomem: Self.listing)
        try other.add(place, bytes)
        let found = ThisMachine.findings(root: other.root)
        #expect(found.map != nil)
        if bytes.count == noise.count {
          #expect(found.notes.contains { $0.contains(place) }, "\(place): \(found.notes)")
        }
      }
    }
    // A release that would lead out of its folder.
    try tree.add("/proc/sys/kernel/osrelease", "../../etc/passwd\n")
    let found = ThisMachine.findings(root: tree.root)
    #expect(found.release == nil && found.kernel == nil)
    #expect(found.notes.count == 1)
    // A folder in place of a file, and areas that do not go together.
    try tree.add("/sys/kernel/debug/kho/out/scratch_phys", "0x1000\n0x2000\n")
    try tree.add("/sys/kernel/debug/kho/out/scratch_len/x", "")
    #expect(ThisMachine.findings(root: tree.root).handoverScratch == nil)
    let odd = try machine(iomem: Self.listing)
    try odd.add("/sys/kernel/debug/kho/out/scratch_phys", "0x1000\n0x2000\n")
    try odd.add("/sys/kernel/debug/kho/out/scratch_len", "0x1000\n")
    let areas = ThisMachine.findings(root: odd.root)
    #expect(areas.handoverScratch == nil)
    #expect(areas.notes.contains { $0.contains("do not go together") })
    // Maps that are none are passed over.
    let broken = try machine(iomem: "00001000-0009ffff : System RAM\n001000")
    #expect(ThisMachine.findings(root: broken.root).map?.value.format == .firmwareMap)
    try broken.add("/sys/firmware/memmap/0/start", noise)
    #expect(ThisMachine.findings(root: broken.root).refusedMaps.count == 5)
  }

  /// A pipe in place of a file, without anybody who writes.
  @Test(.timeLimit(.minutes(1)))
  func aPipeInPlaceOfAFile() throws {
    let tree = try machine(iomem: Self.listing)
    try FileManager.default.removeItem(atPath: tree.root + "/proc/meminfo")
    #expect(mkfifo(tree.root + "/proc/meminfo", 0o600) == 0)
    let found = ThisMachine.findings(root: tree.root)
    #expect(found.availableByteCount == nil)
    #expect(found.notes.contains { $0.contains("a pipe") })
  }

  /// The machine that this runs on, whatever it shows.
  @Test func thisOne() {
    let found = ThisMachine.findings()
    #expect(found.map != nil || !found.refusedMaps.isEmpty)
    #expect(found.map.map { $0.value.systemRAM.byteCount > 1 << 20 } ?? true)
  }

  // MARK: The command line

  @Test func options() {
    let options = KernelOptions(
      commandLine:
        "BOOT_IMAGE=/vmlinuz crashkernel=512M,high crashkernel=256M,low nr-cpus=4 mem=8G"
        + " memmap=1G$0x100000000 dyndbg=\"file a +p; kho=on\" kho_scratch=512M,512M,256M"
        + " swiotlb=noforce -- nr_cpus=9 kho")
    #expect(options.crashKernels == ["512M,high", "256M,low"])
    #expect(options.processorCount == 4)
    #expect(options.memoryLimits == ["mem=8G", "memmap=1G$0x100000000"])
    #expect(options.handoverScratch == "512M,512M,256M")
    #expect(options.bounceBufferByteCount == 0)
    #expect(!options.asksForHandover)
  }

  @Test(
    arguments: [
      ("", nil, nil), ("swiotlb", nil, nil), ("swiotlb=", nil, nil), ("swiotlb=force", nil, nil),
      ("swiotlb=65536", 128 << 20, nil), ("swiotlb=65536,8,force", 128 << 20, 8),
      ("swiotlb=,2", nil, 2), ("swiotlb=99999999999999999999", nil, nil),
    ] as [(String, UInt64?, UInt64?)])
  func swiotlb(text: String, byteCount: UInt64?, areaCount: UInt64?) {
    let options = KernelOptions(commandLine: text)
    #expect(options.bounceBufferByteCount == byteCount)
    #expect(options.bounceBufferAreaCount == areaCount)
  }

  @Test(arguments: [
    ("kho", true), ("kho=1", true), ("kho=y", true), ("kho=on", true), ("kho=0", false),
    ("kho=off", false), ("kho=on kho=off", false), ("nokho=on", false),
  ])
  func handover(text: String, isAsked: Bool) {
    #expect(KernelOptions(commandLine: text).asksForHandover == isAsked)
  }
}
