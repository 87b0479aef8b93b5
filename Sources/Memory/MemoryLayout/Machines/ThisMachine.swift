/// Finds out about the machine that this runs on, from what its kernel shows.
///
/// Nothing has to be there: a container hides some of it, and a user who is not root sees less. What
/// is there may be anything, and no file is read beyond a limit.
///
/// Sources: Documentation/ABI/testing/sysfs-kernel-kexec-kdump, sysfs-devices-system-cpu and
/// sysfs-firmware-memmap of Linux; proc(5); kernel/liveupdate/kexec_handover_debugfs.c.
package struct ThisMachine {
  /// What paths of the machine begin with; empty for the one that this runs on.
  private let root: String
  private var findings = MachineFindings()

  /// - Parameter root: A folder with the files of a machine, as they lie below its root.
  package static func findings(root: String = "") -> MachineFindings {
    var machine = ThisMachine(root: root)
    machine.readMap()
    machine.readKernel()
    machine.readProcessors()
    machine.readMemory()
    machine.readHandover()
    return machine.findings
  }

  private init(root: String) { self.root = root }

  // MARK: The map

  /// By what they say: the first shows the running kernel, and the last is kept for some time only.
  private static let maps = [
    "/proc/iomem", "/sys/firmware/memmap", "/sys/firmware/fdt", "/proc/device-tree",
    MemoryMap.kernelLog,
  ]

  private mutating func readMap() {
    for path in Self.maps {
      do throws(LayoutInputError) {
        let map = try MemoryMap.read(contentsOf: root + path)
        guard !map.systemRAM.isEmpty else {
          findings.refusedMaps.append("\(path): no System RAM is shown")
          continue
        }
        findings.map = .init(map, from: root + path)
        return
      } catch {
        findings.refusedMaps.append("\(path): \(error.message)")
      }
    }
  }

  // MARK: The kernel

  private mutating func readKernel() {
    if let text = text("/proc/cmdline") {
      findings.options = .init(KernelOptions(commandLine: text), from: root + "/proc/cmdline")
    }
    let place = "/proc/sys/kernel/osrelease"
    guard let release = text(place) else { return }
    // It becomes a part of a path.
    let isName = release.utf8.allSatisfy {
      (0x21...0x7E).contains($0) && $0 != UInt8(ascii: "/")
    }
    guard isName, !release.isEmpty, release.utf8.count <= 64 else {
      findings.notes.append("\(root)\(place) is no kernel's release")
      return
    }
    findings.release = .init(release, from: root + place)
    func firstFile(_ paths: [String]) -> String? {
      paths.map { root + $0 }.first(where: InputFile.isThere)
    }
    // As Debian, Fedora and SUSE, Arch Linux and others name them.
    let kernel = firstFile([
      "/boot/vmlinuz-\(release)", "/lib/modules/\(release)/vmlinuz", "/boot/Image-\(release)",
      "/boot/vmlinux-\(release)", "/boot/kernel-\(release)",
    ])
    let initrd = firstFile([
      "/boot/initrd.img-\(release)", "/boot/initramfs-\(release).img", "/boot/initrd-\(release)",
      "/lib/modules/\(release)/initrd",
    ])
    findings.kernel = kernel.map { .init($0, from: $0) }
    findings.initrd = initrd.map { .init($0, from: $0) }
  }

  // MARK: Processors and nodes

  private mutating func readProcessors() {
    findings.processorCount = count("/sys/devices/system/cpu/possible")
    findings.nodeCount =
      count("/sys/devices/system/node/has_memory") ?? count("/sys/devices/system/node/online")
    let place = "/proc/cpuinfo"
    guard let text = text(place, limit: 16 << 20) else { return }
    let flags = text.split(separator: "\n").first { $0.hasPrefix("flags") }
    guard let words = flags?.split(whereSeparator: \.isWhitespace), words.contains("lm") else {
      return
    }
    findings.hasFiveLevels = .init(words.contains("la57"), from: root + place)
  }

  /// How many numbers a list such as `0-3,8` has.
  private mutating func count(_ path: String) -> MachineFindings.Found<UInt64>? {
    guard let text = text(path) else { return nil }
    var count: UInt64 = 0
    for part in text.split(separator: ",") {
      let ends = part.split(separator: "-", maxSplits: 1).map { UInt64($0) }
      guard let first = ends.first ?? nil, let last = ends.last ?? nil, first <= last,
        last < 1 << 32
      else {
        findings.notes.append("\(root)\(path) is no list of numbers")
        return nil
      }
      count += last - first + 1
    }
    return count > 0 ? .init(count, from: root + path) : nil
  }

  // MARK: Memory

  private mutating func readMemory() {
    let place = "/proc/meminfo"
    if let text = text(place) {
      let line = text.split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
      let words = line?.split(separator: " ") ?? []
      if words.count == 3, words[2] == "kB", let count = UInt64(words[1]), count <= 1 << 50 {
        findings.availableByteCount = .init(count << 10, from: root + place)
      }
    }
    findings.crashKernelByteCount = number("/sys/kernel/kexec_crash_size")
    findings.isKexecLoaded = number("/sys/kernel/kexec_loaded").map {
      .init($0.value != 0, from: $0.path)
    }
  }

  private mutating func number(_ path: String) -> MachineFindings.Found<UInt64>? {
    guard let text = text(path) else { return nil }
    guard let number = UInt64(text) else {
      findings.notes.append("\(root)\(path) is no number")
      return nil
    }
    return .init(number, from: root + path)
  }

  // MARK: KHO

  private mutating func readHandover() {
    let place = "/sys/kernel/debug/kho/out/scratch_phys"
    let starts = addresses(place)
    let counts = addresses("/sys/kernel/debug/kho/out/scratch_len")
    guard let starts, let counts, !starts.isEmpty else { return }
    let areas = zip(starts, counts).compactMap { AddressRange(start: $0, byteCount: $1) }
    guard areas.count == starts.count, starts.count == counts.count else {
      findings.notes.append("\(root)\(place) and scratch_len beside it do not go together")
      return
    }
    findings.handoverScratch = .init(areas, from: root + place)
  }

  /// One address a line, as `0x40000000`.
  private mutating func addresses(_ path: String) -> [UInt64]? {
    guard let text = text(path) else { return nil }
    let numbers = text.split(separator: "\n").map { line in
      line.hasPrefix("0x") ? UInt64(line.dropFirst(2), radix: 16) : nil
    }
    guard !numbers.contains(nil), numbers.count <= MemoryMap.maximumRegionCount else {
      findings.notes.append("\(root)\(path) is no list of addresses")
      return nil
    }
    return numbers.compactMap { $0 }
  }

  /// The text of a file without blanks around it; nil if it is not there or cannot be read, of which
  /// the latter is noted.
  private mutating func text(_ path: String, limit: Int = 1 << 16) -> String? {
    do throws(InputFileError) {
      let bytes = try InputFile.bytes(
        ofFile: root + path, limit: limit, patience: InputFile.Patience(seconds: 1))
      var text = String(decoding: bytes, as: UTF8.self)[...]
      while text.first?.isWhitespace == true { text.removeFirst() }
      while text.last?.isWhitespace == true { text.removeLast() }
      return String(text)
    } catch {
      if !error.isAbsence { findings.notes.append("\(root)\(path) cannot be read: \(error)") }
      return nil
    }
  }
}
