/// Which items Linux takes in pieces from wherever it finds them.
extension PlacementQuestion {
  /// What starts and ends of an item's pieces are multiples of, by its name; one that is not
  /// named lies in one piece. Powers of two.
  ///
  /// Only what Linux' code is known to divide is divided. Not counted is what pieces may take of
  /// page tables beyond what one piece takes.
  package var granules: [String: UInt64] {
    var granules: [String: UInt64] = [:]
    for item in items { granules[item.name] = granule(item.role) }
    return granules
  }

  private func granule(_ role: PlacementItem.Role) -> UInt64? {
    let page = frameByteCount
    switch (role, image.architecture.value) {
    // vmemmap_populate_hugepages, mm/sparse-vmemmap.c: an allocation of PMD_SIZE for each PMD, and
    // single pages where there is none. Kernels of 32 bits have no such map.
    case (.pageFrames, .x86_64): return PlacementNumber.pageFrameGranule
    case (.pageFrames, .arm64) where page == PlacementNumber.page:
      return PlacementNumber.pageFrameGranule
    // alloc_low_page, arch/x86/mm/init.c; early_pgtable_alloc, arch/arm64/mm/mmu.c.
    case (.directMap, .x86_64), (.directMap, .i386), (.directMap, .arm64): return page
    // alloc_pgt_page, arch/x86/kernel/machine_kexec_64.c; kexec_page_alloc,
    // arch/arm64/kernel/machine_kexec.c: a control page of order 0 for each.
    case (.pageTables, .x86_64), (.pageTables, .arm64): return PlacementNumber.page
    // setup_per_cpu_areas, arch/x86/kernel/setup_percpu.c, and drivers/base/arch_numa.c for arm64
    // with NUMA: pcpu_page_first_chunk, if no other way succeeds.
    case (.perProcessor, .x86_64), (.perProcessor, .i386), (.perProcessor, .arm64): return page
    // Documentation/filesystems/ramfs-rootfs-initramfs.rst: files live in the page cache.
    case (.unpackedInitrd, _): return page
    // The page allocator's.
    case (.workingMemory, _): return page
    // What a process has of memory is mapped page by page.
    case (.processes, _): return page
    default: return nil
    }
  }
}
