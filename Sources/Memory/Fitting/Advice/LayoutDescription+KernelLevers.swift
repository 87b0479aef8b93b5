internal import MemoryLayout

extension LayoutDescription {
  /// What a user can change of several kernels.
  ///
  /// - Parameters:
  ///   - names: Of the kernels and regions that have no room: of others nothing is changed.
  ///   - isWithin: Whether a kernel's own memory is too small for what it needs.
  func leversOfSeveral(_ names: Set<String>, isWithin: Bool) -> [Lever] {
    guard let kernels else { return [] }
    let concerned = kernels.kernels.filter { names.contains($0.name) }.prefix(Self.mostEntries)
    return concerned.flatMap { kernel in
      let levers =
        isWithin ? [more(of: kernel), disk(of: kernel)] : [fewer(kernel), less(of: kernel)]
      return levers.compactMap { $0 }
    }
      + kernels.regions.filter { names.contains($0.name) }.prefix(Self.mostEntries)
      .compactMap { region in
        Lever.fewerBytes(region.name, from: region.byteCount, least: 1, extra: 0.5) { less in
          PlanStep(
            [.region(region.name, byteCount: less)], "\(Self.size(less)) for `\(region.name)`",
            now: Self.size(region.byteCount))
        }
      }
  }

  /// Each is many questions, and more plans than a few help nobody.
  private static let mostEntries = 4

  private static func size(_ byteCount: UInt64) -> String {
    ByteCountText.format(UInt128(byteCount))
  }

  private func fewer(_ kernel: KernelDescription) -> Lever? {
    guard case .exactly(let count)? = kernel.count else { return nil }
    return Lever.fewer("count of \(kernel.name)", from: count, least: 1) { less in
      PlanStep(
        [.kernelCount(kernel.name, less)],
        "\(less) kernel\(less == 1 ? "" : "s") `\(kernel.name)`", now: "\(count)")
    }
  }

  private func memory(_ kernel: KernelDescription, _ byteCount: UInt64, now: UInt64) -> PlanStep {
    PlanStep(
      [.kernelSetting(kernel.name, "memory", "\(byteCount)")],
      "memory of \(Self.size(byteCount)) for `\(kernel.name)`", now: Self.size(now))
  }

  /// Less memory finds a place more easily, and too little does not hold what the kernel needs.
  private func less(of kernel: KernelDescription) -> Lever? {
    guard case .exactly(let now)? = kernel.settings.memory,
      let lever = Lever.fewerBytes(
        "memory of \(kernel.name)", from: now, least: 1 << 20,
        make: { memory(kernel, $0, now: now) })
    else { return nil }
    return Lever(
      lever.name, stepCount: lever.stepCount, canBeTooMuch: true, cost: lever.cost, make: lever.make
    )
  }

  /// More memory, up to sixteen times as much, for a kernel that has too little for what it needs.
  private func more(of kernel: KernelDescription) -> Lever? {
    guard case .exactly(let now)? = kernel.settings.memory, now <= 1 << 40 else { return nil }
    let unit = memoryBlockByteCount ?? 2 << 20
    let first = now / unit + 1
    guard unit > 0, now > 0 else { return nil }
    return Lever(
      "memory of \(kernel.name)", stepCount: max(1, now * 16 / unit), canBeTooMuch: true,
      cost: { Double($0 * unit) / Double(now) },
      make: { memory(kernel, (first + $0 - 1) * unit, now: now) })
  }

  private func disk(of kernel: KernelDescription) -> Lever? {
    guard case .exactly(let now)? = kernel.settings.initrd,
      case .exactly(let unpacked)? = kernel.settings.unpackedInitrd
    else { return nil }
    return Lever.fewerBytes("initrd of \(kernel.name)", from: now) { less in
      let share = UInt64(UInt128(unpacked) * UInt128(less) / UInt128(max(now, 1)))
      return PlanStep(
        [
          .kernelSetting(kernel.name, "initrd", "\(less)"),
          .kernelSetting(kernel.name, "unpacked-initrd", "\(share)"),
        ],
        less == 0
          ? "no initrd for `\(kernel.name)`"
          : "an initrd of \(Self.size(less)), unpacked \(Self.size(share)), for `\(kernel.name)`",
        now: "\(Self.size(now)), unpacked \(Self.size(unpacked))")
    }
  }
}
