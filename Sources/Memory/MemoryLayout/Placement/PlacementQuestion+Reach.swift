/// Which addresses kexec and the entry of an image reach.
extension PlacementQuestion {
  var reachConstraints: [PlacementConstraint] { kexecReach + entryReach + relievingReach }

  /// Levels of page tables that the relieving kernel has: an image that says so has no more than 4.
  var relievingPagingLevelCount: Int {
    if case .bzImage(let header) = image.format,
      !header.extendedLoadFlags.contains(.fiveLevelEnabled)
    {
      return 4
    }
    return pagingLevelCount
  }

  /// Behind the last address that the relieving kernel reaches; nil if that is not known.
  var relievingReachEnd: UInt64? {
    switch image.architecture.value {
    case .x86_64: PlacementNumber.reach64(pagingLevelCount: relievingPagingLevelCount)
    case .i386: PlacementNumber.reach32
    case .arm64: 1 << traits[.addressBits]
    case .other: nil
    }
  }

  /// Linux leaves RAM alone that its page tables do not reach.
  private var relievingReach: [PlacementConstraint] {
    guard let end = relievingReachEnd, (map.systemRAM.ranges.last?.end ?? 0) > UInt128(end) else {
      return []
    }
    let isArm = image.architecture.value == .arm64
    let how =
      isArm
      ? "addresses of \(traits[.addressBits]) bits"
      : image.architecture.value == .x86_64
        ? "page tables of \(relievingPagingLevelCount) levels" : "PAE"
    return names(Self.livingRoles).map { name in
      .init(
        isArm ? .armAddressBits : .relievingReach,
        .within(name, [AddressRange(unchecked: 0, end - 1)]),
        "`\(name)` ends at \(hexadecimal(end)) at most, where the relieving kernel's reach ends"
          + " with \(how)")
    }
  }

  /// Behind the last address that kexec reaches on a running kernel of the image's architecture;
  /// nil if that is all of 64 bits, as on arm64.
  private var kexecReachEnd: UInt64? {
    switch image.architecture.value {
    case .x86_64: PlacementNumber.reach64(pagingLevelCount: pagingLevelCount)
    case .i386: PlacementNumber.kexecReach32
    case .arm64, .other: nil
    }
  }

  /// Whether the map has RAM that kexec does not reach. Without, the rule would say nothing.
  package var hasRAMBeyondKexec: Bool {
    guard loader != .bootProtocol, let end = kexecReachEnd else { return false }
    return (map.systemRAM.ranges.last?.end ?? 0) > UInt128(end - 2 * PlacementNumber.page)
  }

  /// The limit is the last address, and a segment whose end is not below it is refused: the last
  /// page is lost. Of a control page the number is compared, which loses one more; but not for a
  /// crash, where the last byte is compared.
  private var kexecReach: [PlacementConstraint] {
    guard hasRAMBeyondKexec, let end = kexecReachEnd else { return [] }
    let how =
      image.architecture.value == .x86_64
      ? "the last address that a kernel with page tables of \(pagingLevelCount) levels reaches"
      : "the last address of 32 bits"
    func constraint(_ name: String, end limit: UInt64) -> PlacementConstraint {
      .init(
        .kexecReach, .within(name, [AddressRange(unchecked: 0, limit - 1)]),
        "`\(name)` ends at \(hexadecimal(limit)) at most: \(hexadecimal(end - 1)) is \(how)")
    }
    let page = PlacementNumber.page
    return segments.map { constraint($0, end: end - 2) }
      + names([.pageTables, .controlPages]).map {
        constraint($0, end: isCrashImage ? end : end - 2 * page)
      }
  }

  /// What the zero page points at with 32 bits, and the zero page itself, which a register of 32
  /// bits points at.
  private var entryReach: [PlacementConstraint] {
    let is32Bit = image.architecture.value == .i386
    let limit = image.addressLimit.value ?? (is32Bit ? PlacementNumber.entryReach32 : .max)
    guard isX86, limit > 0, limit <= PlacementNumber.entryReach32,
      (map.systemRAM.ranges.last?.end ?? 0) > UInt128(limit)
    else { return [] }
    let origin = image.addressLimit.value == nil ? image.architecture : nil
    return names([.bootParameters, .setupData, .initrd]).map { name in
      .init(
        .entryReach, .within(name, [AddressRange(unchecked: 0, limit - 1)]),
        "`\(name)` ends at \(hexadecimal(limit)) at most:"
          + " \(origin.map { "\($0.value) by \($0.origin)" } ?? image.addressLimit.origin)")
    }
  }
}
