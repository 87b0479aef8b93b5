/// What the first root file system of a kernel holds, into which an initrd is unpacked.
extension PlacementQuestion {
  /// What is not free when the first root is mounted, beside the initrd's contents.
  ///
  /// Tables and per-CPU areas are not among these: in memory an image is smaller than what it asks
  /// for to start, by about as much as they take (docs/boots.md).
  private static let reservedRoles: Set<PlacementItem.Role> = [
    .kernel, .initrd, .bounceBuffers, .contiguous, .crashKernel, .crashKernelLow,
  ]

  /// A tmpfs holds by itself half of `totalram_pages()`, as it is while image and initrd are still
  /// reserved (shmem_default_max_blocks, mm/shmem.c), and CMA is: `cma_init_reserved_areas`, which frees
  /// it, is a `core_initcall`.
  var rootfsConstraints: [PlacementConstraint] {
    let percent = traits[.rootfsShare]
    let memory = rootfsMemoryByteCount
    guard percent < 100, memory > 0 else { return [] }
    let (part, whole) = Self.reduced(Int(percent))
    let reserved = names(Self.reservedRoles)
    let (limit, overflows) = memory.multipliedReportingOverflow(by: UInt64(part))
    return names([.unpackedInitrd]).map { name in
      let weighted =
        Array(repeating: name, count: whole)
        + reserved.flatMap { Array(repeating: $0, count: part) }
      return .init(
        .rootfsShare, .totalAtMost(weighted, byteCount: overflows ? .max : limit),
        "`\(name)` takes at most \(percent) % of what \(memory) bytes of memory have left"
          + " beside \(reserved.map { "`\($0)`" }.joined(separator: ", ")): the first root is a tmpfs"
          + " (`initramfs-share`; with `root=` it is a ramfs, which has no limit)")
    }
  }

  /// A percentage as a fraction of small numbers.
  private static func reduced(_ percent: Int) -> (part: Int, whole: Int) {
    var (one, other) = (percent, 100)
    while other > 0 { (one, other) = (other, one % other) }
    return (percent / one, 100 / one)
  }
}
