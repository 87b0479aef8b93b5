import Diagnostics
internal import Fitting
internal import MemoryLayout

extension FitReport {
  /// A word for a command line, and what it is for.
  struct Hint {
    enum Place: String, CaseIterable {
      case running = "running-kernel"
      case relieving = "relieving-kernel"
      case shell
    }

    let place: Place
    let text: String
    let purpose: String
  }

  /// Words for the command lines of kernels and for a shell, by Linux'
  /// Documentation/admin-guide/kernel-parameters.txt and kexec(8).
  var hints: [Hint] {
    guard case .fits = result.answer, result.kernels == nil else { return [] }
    return crashReservation + reservations + relievingOptions + kexecCommand
  }

  /// What the running kernel reserves for a crash image.
  private var crashReservation: [Hint] {
    guard let parameter = result.description.crashKernelParameter else { return [] }
    return [
      Hint(
        place: .running, text: parameter.option, purpose: "reserves memory for the crash kernel")
    ]
  }

  private var roles: [String: PlacementItem.Role] {
    Dictionary(uniqueKeysWithValues: result.layout.question.items.map { ($0.name, $0.role) })
  }

  private func place(of role: PlacementItem.Role) -> AddressRange? {
    places.first { roles[$0.name] == role }?.range
  }

  private static func hexadecimal(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }

  /// What the running kernel has to leave alone from its start on. With a boot loader's protocol
  /// nobody copies the image to its place at the end, so that this is where it is put at once.
  private var reservations: [Hint] {
    guard isX86 else { return [] }
    let isResident = result.layout.question.loader == .bootProtocol
    let roles = roles
    let kept = places.filter { place in
      // Of a piece, such as `processes 1/3`, it is that of the item.
      let item = place.name.split(separator: " ").dropLast().joined(separator: " ")
      return switch roles[place.name] ?? roles[item] {
      case .grant?, .processes?: true
      case .trampoline?: false
      default: isResident && place.range.start >= PlacementNumber.trampolineEnd
      }
    }
    var groups: [(names: [String], range: AddressRange)] = []
    for (name, range) in kept {
      if let last = groups.last, UInt128(range.start) <= last.range.end,
        let both = AddressRange(start: last.range.start, last: max(last.range.last, range.last))
      {
        groups[groups.count - 1] = (last.names + [name], both)
      } else {
        groups.append(([name], range))
      }
    }
    return groups.map { names, range in
      Hint(
        place: .running,
        text: "memmap=\(ByteCountText.option(range.byteCount))$\(Self.hexadecimal(range.start))",
        purpose: "keeps it out of \(names.map { "`\($0)`" }.joined(separator: ", "));"
          + " GRUB needs `\\$` for `$`")
    }
  }

  private var isX86: Bool {
    let architecture = result.layout.question.image.architecture.value
    return architecture == .x86_64 || architecture == .i386
  }

  private var relievingOptions: [Hint] {
    var hints: [Hint] = []
    func add(_ text: String, _ purpose: String) {
      hints.append(Hint(place: .relieving, text: text, purpose: purpose))
    }
    if let range = place(of: .crashKernel) {
      let size = ByteCountText.option(range.byteCount)
      if let low = place(of: .crashKernelLow) {
        let lowSize = ByteCountText.option(low.byteCount)
        add(
          "crashkernel=\(size),high crashkernel=\(lowSize),low",
          "reserves a crash kernel's memory, high and low, where that kernel finds it")
      } else {
        add(
          "crashkernel=\(size)@\(Self.hexadecimal(range.start))",
          "reserves a crash kernel's memory")
      }
    }
    let areaCount = result.description.bounceBufferAreaCount
    if result.description.bounceBuffers != nil || areaCount != nil,
      let range = place(of: .bounceBuffers)
    {
      add(
        "swiotlb=\((range.byteCount + 2_047) / 2_048)" + (areaCount.map { ",\($0)" } ?? ""),
        "slots of 2 KiB" + (areaCount == nil ? "" : ", and areas"))
    }
    if let processors = processorCount {
      add("nr_cpus=\(processors)", "no more per-CPU areas than there is room for")
    }
    return hints
  }

  private var processorCount: UInt64? {
    if let value = result.values["processors"] { return value }
    guard case .exactly(let count)? = result.description.processors, count > 0 else { return nil }
    return count
  }

  private var kexecCommand: [Hint] {
    let question = result.layout.question
    let system = question.loader == .kexecFile ? "-s" : "-c"
    guard question.loader != .bootProtocol else { return [] }
    var words = [
      "kexec", system, question.isCrashImage ? "-p" : "-l",
      result.description.kernel.map(shellWord) ?? "KERNEL",
    ]
    if place(of: .initrd) != nil {
      if case .file(let file)? = result.description.initrd {
        words.append("--initrd=\(shellWord(file))")
      } else {
        words.append("--initrd=INITRD")
      }
    }
    // kexec_file_load finds places of its own; the program can be told.
    if question.loader == .kexec {
      let segments: Set<PlacementItem.Role> = [.kernel, .initrd, .purgatory, .deviceTree]
      let ranges = places.filter { roles[$0.name].map(segments.contains) == true }.map(\.range)
      if let low = ranges.map(\.start).min(), let high = ranges.map(\.last).max() {
        words += [
          "--mem-min=\(Self.hexadecimal(low))", "--mem-max=\(Self.hexadecimal(high))",
        ]
      }
    }
    words.append("--reuse-cmdline")
    let purpose =
      words.contains { $0.hasSuffix("KERNEL") || $0.hasSuffix("INITRD") }
      ? "loads the image; words in capitals stand for files" : "loads the image"
    return [Hint(place: .shell, text: words.joined(separator: " "), purpose: purpose)]
  }
}
