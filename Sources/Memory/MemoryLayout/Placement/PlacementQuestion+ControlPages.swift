/// What kexec keeps for the time between two kernels, when pages are copied to where they belong.
extension PlacementQuestion {
  var controlPageConstraints: [PlacementConstraint] {
    guard loader != .bootProtocol else { return [] }
    var constraints = pageTableConstraints
    let page = PlacementNumber.page
    // A crash image lies where it belongs, and nothing is exchanged.
    let count: UInt64 = isCrashImage ? 1 : 2
    constraints += names([.controlPages]).map {
      .init(
        .controlPages, .atLeast($0, byteCount: count * page),
        isCrashImage
          ? "a page for the code that jumps"
          : "a page for the code that copies, and one to exchange others with")
    }
    guard image.architecture.value == .i386 else { return constraints }
    return constraints
      + names([.controlPages]).map {
        .init(
          .lowControlPages,
          .within($0, [AddressRange(unchecked: 0, PlacementNumber.lowMemoryEnd - 1)]),
          "`\($0)` ends at \(hexadecimal(PlacementNumber.lowMemoryEnd)) at most: the running"
            + " kernel writes to it through what a 3:1 split maps permanently")
      }
  }

  private var pageTableConstraints: [PlacementConstraint] {
    guard let (count, how) = kexecPageTables else { return [] }
    let byteCount = UInt64(clamping: count * UInt128(PlacementNumber.page))
    return names([.pageTables]).map {
      .init(.kexecPageTables, .atLeast($0, byteCount: byteCount), "\(count) pages \(how)")
    }
  }

  /// Pages of tables, and what for; nil where kexec copies without paging, as on 32-bit x86, or has
  /// nothing to copy, as for a crash on arm64.
  private var kexecPageTables: (count: UInt128, how: String)? {
    switch image.architecture.value {
    case .x86_64:
      (identityMapPageCount, "for \(map.systemRAM.byteCount) bytes of RAM, mapped by 2 MiB")
    case .arm64 where !isCrashImage:
      (linearMapPageCount, "for \(map.systemRAM.byteCount) bytes of RAM, mapped by 4 KiB")
    default: nil
    }
  }

  /// Until the new kernel has page tables of its own, it runs on an identity map of what the running
  /// one has mapped (`pfn_mapped`, since Linux 3.9) and of ACPI's tables: a page for each GiB with
  /// some of it, one for each 512 GiB, with 5 levels one for each 256 TiB, and the top one. The code
  /// that copies, at the running kernel's address, has one more of each level but the top.
  private var identityMapPageCount: UInt128 {
    let mapped = map.systemRAM.union(map.acpi)
    let levels: [UInt64] =
      [1 << 30, 512 << 30] + (pagingLevelCount == 5 ? [256 << 40] : [])
    return levels.reduce(UInt128(pagingLevelCount)) { $0 + mapped.blockCount(of: $1) }
  }

  /// The copy of the linear map that arm64 copies with, from Linux 5.16 on: a page for each 2 MiB,
  /// 1 GiB and 512 GiB with RAM, and the top one; four for the code that copies, and one for the
  /// vectors of EL2.
  private var linearMapPageCount: UInt128 {
    [UInt64(2 << 20), 1 << 30, 512 << 30].reduce(1 + 4 + 1) { count, unit in
      count + map.systemRAM.blockCount(of: unit)
    }
  }
}
