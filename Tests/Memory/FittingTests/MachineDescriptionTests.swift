import Fitting
import Foundation
import MemoryLayout
import Testing

/// A question out of what a machine shows.
@Suite struct MachineDescriptionTests {
  /// A machine of 4 GiB: files below a folder, by their paths.
  private func findings(
    _ more: [String: String] = [:], iomem: String = listing
  ) throws -> (machine: MachineFindings, root: String) {
    let root = FileManager.default.temporaryDirectory
      .appendingPathComponent("question-\(UUID().uuidString)").path
    var files = [
      "/proc/iomem": iomem, "/proc/sys/kernel/osrelease": "6.18.0\n",
      "/sys/devices/system/cpu/possible": "0-3\n", "/boot/vmlinuz-6.18.0": "kernel",
      "/boot/initrd.img-6.18.0": "initrd",
    ]
    files.merge(more) { $1 }
    for (path, text) in files {
      let url = URL(fileURLWithPath: root + path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try text.write(to: url, atomically: false, encoding: .utf8)
    }
    defer { try? FileManager.default.removeItem(atPath: root) }
    return (ThisMachine.findings(root: root), root)
  }

  private static let listing = """
    00001000-0009ffff : System RAM
    00100000-bfffffff : System RAM
      01000000-01bfffff : Kernel code
      20000000-2fffffff : Crash kernel
    100000000-13fffffff : System RAM
      130000000-13fffffff : Crash kernel

    """

  @Test func allOfIt() throws {
    let (machine, root) = try findings([
      "/proc/cmdline": "crashkernel=256M swiotlb=16384\n",
      "/sys/kernel/debug/kho/out/scratch_phys": "0x40000000\n",
      "/sys/kernel/debug/kho/out/scratch_len": "0x10000000\n",
    ])
    var layout = LayoutDescription(name: "this machine")
    layout.fill(from: machine)
    #expect(layout.map == root + "/proc/iomem")
    #expect(layout.memory == .exactly(0x9_F000 + 0xBFF0_0000 + 0x4000_0000))
    #expect(layout.processors == .exactly(4))
    #expect(layout.kernel == root + "/boot/vmlinuz-6.18.0")
    #expect(layout.initrd == .file(root + "/boot/initrd.img-6.18.0"))
    #expect(layout.kernelVersion == KernelVersion("6.18"))
    #expect(layout.bounceBuffers == .exactly(32 << 20))
    #expect(layout.crashKernel == .exactly(256 << 20))
    #expect(layout.items.map(\.role) == [.crashKernelLow])
    #expect(layout.handoverScratch?.map(\.start) == [0x4000_0000])
    // Each is said, with its file.
    for (path, word) in [
      ("/proc/iomem", "memory map"), ("/proc/iomem", "`memory`"), ("/proc/iomem", "`crash-kernel`"),
      ("/sys/devices/system/cpu/possible", "`processors`"), ("/boot/vmlinuz-6.18.0", "`kernel`"),
      ("/boot/initrd.img-6.18.0", "`initrd`"),
      ("/proc/sys/kernel/osrelease", "`kernel-version`"), ("/proc/cmdline", "swiotlb of 32 MiB"),
      ("/sys/kernel/debug/kho/out/scratch_phys", "`scratch`"),
    ] {
      #expect(
        layout.takenFrom.contains { $0.hasPrefix("from \(root)\(path): ") && $0.contains(word) },
        "\(path), \(word): \(layout.takenFrom)")
    }
  }

  /// What is stated wins, and nothing is said of what was not taken.
  @Test func whatIsStatedWins() throws {
    let (machine, _) = try findings(["/proc/cmdline": "swiotlb=16384 kho\n"])
    var layout = LayoutDescription(name: "this machine")
    for (key, text) in [
      ("map", "other.txt"), ("memory", "1GiB"), ("processors", "2"), ("kernel", "vmlinuz"),
      ("swiotlb", "0"), ("crash-kernel", "0"), ("loader", "kexec_load"),
    ] {
      try layout.set(key, to: text)
    }
    let stated = layout
    layout.fill(from: machine)
    layout.takenFrom = []
    // An initrd of another kernel is none.
    #expect(layout == stated)
    var crash = LayoutDescription(name: "this machine")
    crash.isCrashImage = true
    crash.fill(from: machine)
    #expect(crash.memory == nil && crash.processors == nil && crash.crashKernel == nil)
    #expect(crash.handoverScratch == nil && crash.bounceBuffers == nil)
  }

  /// A map that is stated has no say about memory of this machine, nor this machine about it.
  @Test func anotherMap() throws {
    let (machine, _) = try findings()
    var layout = LayoutDescription(name: "this machine")
    layout.map = "other.txt"
    layout.fill(from: machine)
    #expect(layout.memory == nil)
    let error = #expect(throws: LayoutError.self) { try layout.question() }
    guard case .missing(let missing)? = error else {
      Issue.record("\(String(describing: error))")
      return
    }
    #expect(missing.map(\.key) == ["memory"])
  }

  @Test func aMachineThatShowsNothing() throws {
    var layout = LayoutDescription(name: "this machine")
    layout.fill(from: ThisMachine.findings(root: "/nowhere/at/all"))
    let error = #expect(throws: LayoutError.self) { try layout.question() }
    let lines = error?.lines ?? []
    #expect(lines.count == 3)
    #expect(lines.first?.contains("/proc/iomem: cannot be read") == true, "\(lines)")
    #expect(lines.first?.contains("/dev/kmsg: cannot be read") == true, "\(lines)")
  }

  /// The two regions have 256 MiB each; kernels say the sum, or the upper one.
  @Test(arguments: [(512, false), (256, false), (0, true), (128, true)])
  func aCrashKernelThatWasMadeSmaller(mebibytes: Int, isNoted: Bool) throws {
    let (machine, root) = try findings(["/sys/kernel/kexec_crash_size": "\(mebibytes << 20)\n"])
    for isCrashImage in [true, false] {
      var layout = LayoutDescription(name: "this machine")
      layout.isCrashImage = isCrashImage
      layout.fill(from: machine)
      let place = "from \(root)/sys/kernel/kexec_crash_size: "
      #expect(layout.takenFrom.contains { $0.hasPrefix(place) } == isNoted)
    }
  }

  /// What is said of a user's map, and of KHO that nothing is shown of.
  @Test func aUsersMachine() throws {
    let (machine, root) = try findings(
      [
        "/sys/firmware/memmap/0/start": "0x100000\n", "/sys/firmware/memmap/0/end": "0xbfffffff\n",
        "/sys/firmware/memmap/0/type": "System RAM\n", "/proc/cmdline": "kho=on mem=4G\n",
        "/sys/kernel/kexec_crash_size": "134217728\n",
      ], iomem: "00000000-00000000 : System RAM\n")
    var layout = LayoutDescription(name: "this machine")
    layout.fill(from: machine)
    #expect(layout.map == root + "/sys/firmware/memmap")
    #expect(layout.crashKernel == .exactly(128 << 20))
    let said = layout.takenFrom.joined(separator: "\n")
    for words in [
      "without the places of the running kernel", "to root only", "its scratch areas are not shown",
      "`mem=4G` changes", "where that lies is not shown",
    ] {
      #expect(said.contains(words), "\(words): \(said)")
    }
  }
}
