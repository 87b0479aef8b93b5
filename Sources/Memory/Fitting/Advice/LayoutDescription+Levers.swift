internal import MemoryLayout

extension LayoutDescription {
  /// What a user can change, by the question as it is.
  func levers(_ inputs: LayoutInputs, _ layout: LayoutQuestion) -> [Lever] {
    let ranges = Dictionary(
      uniqueKeysWithValues: layout.quantities.map { ($0.name, $0) })
    let setting = SettingLevers(description: self, ranges: ranges)
    var levers = diskLevers(inputs, layout, setting)
    levers += [
      setting.count("processors", processors, least: 1, option: "nr_cpus") {
        $0 == 1 ? "one processor" : "\($0) processors"
      },
      isCrashImage
        ? nil
        : setting.bytes("memory", memory, least: 1 << 20, option: "mem") {
          "memory of \($0)"
        },
      setting.bytes("processes", processes) { "processes of \($0)" },
      setting.bytes("dma", lowDMA) { "\($0) for ISA devices" },
      setting.bytes("crash-kernel", crashKernel, option: "crashkernel") {
        "\($0) for a crash kernel"
      },
      setting.bytes("grant", grant) { "\($0) granted" },
      setting.count("command-line", commandLine, least: 0) { "a command line of \($0) characters" },
      bounceBufferLever(layout), contiguousLever(layout), areaLever(), crashKernelLever(inputs),
      loaderLever(),
      scratchLever(layout), kernelLever(),
    ].compactMap { $0 }
    levers += items.compactMap { item in
      guard case .exactly(let byteCount)? = item.size else { return nil }
      return Lever.fewerBytes(item.name, from: byteCount, extra: 0.5) { less in
        PlanStep(
          [.item(item.name, byteCount: less)],
          "\(ByteCountText.format(UInt128(less))) for `\(item.name)`",
          now: ByteCountText.format(UInt128(byteCount)))
      }
    }
    return levers
  }

  // MARK: Of files

  /// The initrd, with what it unpacks to in proportion.
  private func diskLevers(
    _ inputs: LayoutInputs, _ layout: LayoutQuestion, _ setting: SettingLevers
  ) -> [Lever] {
    let isRange = setting.ranges["initrd"] != nil || setting.ranges["unpacked-initrd"] != nil
    let unpacked = layout.unpackedByteCount
    var byteCount = inputs.disk?.byteCount
    if case .exactly(let stated)? = initrd { byteCount = stated }
    if !isRange, let byteCount, byteCount > 0, unpackedInitrd != nil || inputs.disk != nil {
      let lever = Lever.fewerBytes("initrd", from: byteCount) { less in
        let share = UInt128(unpacked) * UInt128(less) / UInt128(byteCount)
        let pages = UInt64(share) / PlacementNumber.page * PlacementNumber.page
        let text = Self.text
        return PlanStep(
          [
            .setting("initrd", setting.text(less)),
            .setting("unpacked-initrd", setting.text(less == 0 ? 0 : pages)),
          ],
          less == 0
            ? "no initrd" : "an initrd of \(text(less)), unpacked \(text(pages)),",
          now: "\(text(byteCount)), unpacked \(text(unpacked))")
      }
      return [lever].compactMap { $0 }
    }
    return [
      setting.bytes("initrd", initrd) { $0 == "0 bytes" ? "no initrd" : "an initrd of \($0)" },
      setting.bytes("unpacked-initrd", unpackedInitrd) { "an initrd that unpacks to \($0)" },
    ].compactMap { $0 }
  }

  private static func text(_ byteCount: UInt64) -> String {
    ByteCountText.format(UInt128(byteCount))
  }

  /// Another kernel, which is asked for last.
  private func kernelLever() -> Lever? {
    guard case .exactly(let byteCount)? = statedKernel?.size else { return nil }
    return Lever.fewerBytes("kernel", from: byteCount, least: byteCount / 2, extra: 1) { less in
      PlanStep(
        [.kernel(byteCount: less)], "a kernel of \(Self.text(less))", now: Self.text(byteCount))
    }
  }

  // MARK: Of the kernels' command lines

  /// None of CMA: a crash kernel has no use for it.
  private func contiguousLever(_ layout: LayoutQuestion) -> Lever? {
    guard let item = layout.question.items.first(where: { $0.role == .contiguous }) else {
      return nil
    }
    return Lever(
      "cma", stepCount: 1, cost: { _ in 0.25 },
      make: { _ in
        PlanStep([.setting("cma", "0")], "no CMA", now: Self.text(item.byteCount), option: "cma=0")
      })
  }

  /// swiotlb in powers of two, which is what Linux takes.
  private func bounceBufferLever(_ layout: LayoutQuestion) -> Lever? {
    guard layout.question.items.contains(where: { $0.role == .bounceBuffers }) else { return nil }
    let asked: UInt64
    switch bounceBuffers {
    case nil: asked = layout.question.bounceBufferByteCount
    case .exactly(let stated)?: asked = stated
    default: return nil
    }
    let taken = BounceBuffers.byteCount(asked: asked)
    guard taken > BounceBuffers.area, taken < .max else { return nil }
    let count = UInt64((taken / BounceBuffers.area).trailingZeroBitCount)
    return Lever(
      "swiotlb", stepCount: count, cost: { 1 - 1 / Double(1 << min($0, 60)) },
      make: { step in
        // A guest with encrypted memory cannot tell 64 MiB from nothing said.
        var less = taken >> step
        if isConfidential, less == PlacementNumber.bounceBuffers { less /= 2 }
        let areas = bounceBufferAreaCount.map { ",\($0)" } ?? ""
        return PlanStep(
          [.setting("swiotlb", "\(less)")], "swiotlb of \(Self.text(less))",
          now: Self.text(taken), option: "swiotlb=\(less / 2_048)\(areas)")
      })
  }

  private func areaLever() -> Lever? {
    guard let count = bounceBufferAreaCount, count > 1 else { return nil }
    return Lever.fewer("swiotlb-areas", from: count, least: 1) { less in
      PlanStep(
        [.setting("swiotlb-areas", "\(less)")], "\(less) areas of swiotlb", now: "\(count)",
        option: "swiotlb=…,\(less)")
    }
  }

  private func loaderLever() -> Lever? {
    let other: PlacementQuestion.Loader
    switch loader {
    case .kexecFile: other = .kexec
    case .kexec: other = .kexecFile
    case .bootProtocol: return nil
    }
    let option = other == .kexec ? "kexec -c" : "kexec -s"
    return Lever(
      "loader", stepCount: 1, cost: { _ in 0.3 },
      make: { _ in
        PlanStep(
          [.setting("loader", other.rawValue)], "loaded by \(other.rawValue)", now: loader.rawValue,
          option: option)
      })
  }

  // MARK: Of the running kernel's command line

  /// More reserved for a crash image, up to the most that can be reserved.
  private func crashKernelLever(_ inputs: LayoutInputs) -> Lever? {
    guard isCrashImage else { return nil }
    let sizing = CrashKernelSizing(self, inputs)
    let now = sizing.byteCountNow
    guard let most = sizing.most, most > now else { return nil }
    let unit: UInt64 = 1 << 20
    let first = now / unit + 1
    guard most / unit >= first else { return nil }
    let memory = inputs.map.systemRAM.union(inputs.map.crashKernel).byteCount
    return Lever(
      "crashkernel", stepCount: most / unit - first + 1, canBeTooMuch: true,
      cost: { Double($0 * unit) / Double(max(memory, 1)) },
      make: { step in
        let parameter = sizing.parameter((first + step - 1) * unit)
        return PlanStep(
          [.setting("crashkernel", parameter.option)],
          "\(Self.text((first + step - 1) * unit)) reserved for a crash kernel",
          now: now == 0 ? "none" : Self.text(now), option: parameter.option)
      })
  }

  /// Larger scratch areas of KHO.
  private func scratchLever(_ layout: LayoutQuestion) -> Lever? {
    guard let areas = handoverScratch, !areas.isEmpty, !isCrashImage else { return nil }
    let sizing = HandoverScratchSizing(areas, layout.question)
    guard let most = sizing.most else { return nil }
    let unit = PlacementNumber.handoverBlock
    let now = areas.map(\.byteCount).max() ?? 0
    let first = UInt64(now / UInt128(unit)) + 1
    guard most / unit >= first else { return nil }
    return Lever(
      "scratch", stepCount: most / unit - first + 1, canBeTooMuch: true,
      cost: { Double($0 * unit) / Double(max(layout.question.map.systemRAM.byteCount, 1)) },
      make: { step in
        let sizes = sizing.sizes(least: (first + step - 1) * unit)
        return PlanStep(
          [.scratch(sizing.areas(sizes) ?? areas)],
          "scratch areas of KHO of \(sizes.map(Self.text).joined(separator: ", "))",
          now: areas.map { ByteCountText.format($0.byteCount) }.joined(separator: ", "),
          option: sizing.option(sizes))
      })
  }
}

/// Levers of settings that have a word and a number.
struct SettingLevers {
  let description: LayoutDescription
  let ranges: [String: RangedQuantity]

  /// A number as a setting takes it.
  func text(_ value: UInt64) -> String { "\(value)" }

  /// The value that decides, and how another one is written.
  private func value(
    _ key: String, _ size: LayoutDescription.Size?
  ) -> (now: UInt64, write: (UInt64) -> String)? {
    switch size {
    case nil, .file?: return nil
    case .exactly(let value)?: return (value, { "\($0)" })
    case .between?, .from?:
      guard let range = ranges[key] else { return nil }
      let low = range.bounds.lowerBound
      // For all values the greatest decides, and it is the range that becomes shorter.
      guard range.quantifier == .all else { return (low, { "\($0)..\($0)" }) }
      return (range.bounds.upperBound, { "\(min(low, $0))..\($0)" })
    }
  }

  func bytes(
    _ key: String, _ size: LayoutDescription.Size?, least: UInt64 = 0, option: String? = nil,
    phrase: @escaping (String) -> String
  ) -> Lever? {
    guard let (now, write) = value(key, size) else { return nil }
    return Lever.fewerBytes(key, from: now, least: least) { less in
      PlanStep(
        [.setting(key, write(less))], phrase(ByteCountText.format(UInt128(less))),
        now: ByteCountText.format(UInt128(now)),
        option: option.map { "\($0)=\(ByteCountText.option(UInt128(less)))" })
    }
  }

  func count(
    _ key: String, _ size: LayoutDescription.Size?, least: UInt64, option: String? = nil,
    phrase: @escaping (UInt64) -> String
  ) -> Lever? {
    guard let (now, write) = value(key, size) else { return nil }
    return Lever.fewer(key, from: now, least: least) { less in
      PlanStep(
        [.setting(key, write(less))], phrase(less), now: "\(now)",
        option: option.map { "\($0)=\(less)" })
    }
  }
}
