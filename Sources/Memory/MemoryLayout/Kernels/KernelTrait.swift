/// A number or a choice of a kernel that no image and no map shows: by its version, until somebody
/// who knows better says something else.
package enum KernelTrait: String, Hashable, Sendable, CaseIterable {
  case perProcessor = "per-cpu"
  case pageFrame = "struct-page"
  case workingMemory = "working-memory"
  case elfHeaders = "elf-headers"
  case purgatory
  case deviceTree = "device-tree"
  case firmwareMap = "efi-map"
  case rootfsShare = "initramfs-share"
  case addressBits = "address-bits"
  case pageSize = "page-size"
  case deviceReach = "device-reach"
  case contiguous = "cma"
  case extendsScratch = "kho-extends-scratch"
  case sharesSwiotlb = "swiotlb-by-processor"
  case forcesSwiotlb = "swiotlb-force"
  case loaderOrder = "loader-order"

  /// What values it has.
  package enum Kind: Hashable, Sendable {
    case bytes(ClosedRange<UInt64>)
    /// A power of two of bytes.
    case power(ClosedRange<UInt64>)
    case percent
    case number(ClosedRange<UInt64>)
    case flag
  }

  package var kind: Kind {
    switch self {
    case .perProcessor: .bytes(4_096...1 << 30)
    case .pageFrame: .bytes(8...4_096)
    case .elfHeaders, .purgatory, .firmwareMap, .workingMemory: .bytes(0...1 << 30)
    case .contiguous: .bytes(0...1 << 40)
    case .deviceTree: .bytes(1...PlacementNumber.armDeviceTree)
    case .rootfsShare: .percent
    case .addressBits: .number(36...52)
    case .pageSize: .power(4_096...65_536)
    case .deviceReach: .power(1 << 20...1 << 48)
    case .extendsScratch, .sharesSwiotlb, .forcesSwiotlb, .loaderOrder: .flag
    }
  }

  /// What it is, for people.
  package var meaning: String {
    switch self {
    case .perProcessor: "bytes of per-CPU variables of a processor, static, reserved and dynamic"
    case .pageFrame: "bytes of a `struct page`"
    case .workingMemory:
      "bytes that a kernel takes until its first program runs, beside all that is counted"
    case .elfHeaders: "bytes of a crash image's ELF headers"
    case .purgatory: "bytes of kexec's purgatory"
    case .deviceTree: "bytes of the device tree that kexec passes, at most 2 MiB"
    case .firmwareMap: "bytes of EFI's map of what it uses at run time"
    case .rootfsShare:
      "percent of what a kernel has left that its first root holds: a tmpfs has a limit, and a ramfs"
        + " (with `root=` on the command line) has 100"
    case .addressBits: "bits of a physical address of arm64"
    case .pageSize: "bytes of a page of an arm64 kernel whose image does not say"
    case .deviceReach: "where the addresses end that all devices of an arm64 machine reach"
    case .contiguous:
      "bytes that a kernel keeps for devices' large buffers (`cma=`), if it has them"
    case .extendsScratch:
      "whether a kernel that takes over by KHO allocates early in whole GiB without preserved memory,"
        + " too"
    case .sharesSwiotlb: "whether swiotlb has an area for each processor, in a power of two"
    case .forcesSwiotlb:
      "whether there is swiotlb where Linux makes none by itself (`swiotlb=force`)"
    case .loaderOrder:
      "whether kexec places one segment after the other, each where it fits first, and not all at once"
    }
  }

  /// The value of a kernel of which no more is known than its version and architecture.
  package func value(
    _ version: KernelVersion, _ architecture: KernelImage.Architecture
  ) -> UInt64 {
    switch self {
    case .perProcessor: (architecture == .arm64 ? 36 : 66) * PlacementNumber.page
    case .pageFrame:
      architecture == .i386 ? PlacementNumber.pageFrame32 : PlacementNumber.pageFrame64
    case .elfHeaders:
      architecture == .x86_64 && version >= KernelVersion(6, 6)
        ? PlacementNumber.elfHeaders : PlacementNumber.fewElfHeaders
    case .workingMemory: 10 << 20
    case .purgatory: 36 << 10
    case .deviceTree: PlacementNumber.usualDeviceTree
    case .firmwareMap: PlacementNumber.firmwareMap
    case .rootfsShare: 50
    case .addressBits: version >= KernelVersion(6, 9) ? 52 : 48
    case .pageSize: PlacementNumber.page
    case .deviceReach: PlacementNumber.bounceBufferEnd
    case .contiguous: architecture == .arm64 ? 64 << 20 : 0
    case .extendsScratch: version >= KernelVersion(7, 3) ? 1 : 0
    case .sharesSwiotlb: version >= KernelVersion(6, 0) ? 1 : 0
    case .forcesSwiotlb: 0
    case .loaderOrder: 1
    }
  }

  /// Where the value is from.
  package var source: String {
    switch self {
    case .perProcessor:
      "66 pages of x86-64, 36 of arm64: up to as many were measured with Debian's Linux 6.1 to 7.2"
    case .workingMemory: "measured with Debian's Linux 6.1 to 7.2: docs/boots.md"
    case .pageFrame: "Documentation/mm/vmemmap_dedup.rst; Documentation/mm/highmem.rst (32-bit)"
    case .elfHeaders:
      "64 bytes, and 56 for each processor and range of memory; x86-64 counts 8192 of both from"
        + " Linux 6.6 on (CONFIG_CRASH_HOTPLUG): prepare_elf_headers, arch/x86/kernel/crash.c"
    case .purgatory:
      "nine pages of kexec-tools and five of kexec_file_load, as measured with Debian's of Linux 6.1 to 7.2"
    case .deviceTree:
      "the largest one of Debian's Linux 6.1 has 120 KiB; up to 2 MiB are allowed,"
        + " Documentation/arch/arm64/booting.rst"
    case .firmwareMap: "85 descriptors of 48 bytes"
    case .rootfsShare:
      "shmem_default_max_blocks, mm/shmem.c; init_rootfs, init/do_mounts.c;"
        + " `initramfs_options=size=` from Linux 6.18 on"
    case .addressBits: "CONFIG_ARM64_PA_BITS; with pages of 4 KiB 52 bits from Linux 6.9 on"
    case .pageSize: "CONFIG_ARM64_4K_PAGES"
    case .deviceReach: "zone_sizes_init, arch/arm64/mm/init.c; 1 GiB on a Raspberry Pi 4"
    case .contiguous:
      "CONFIG_CMA_SIZE_MBYTES: 64 with Debian's arm64, none with its x86-64; dma_contiguous_reserve,"
        + " kernel/dma/contiguous.c"
    case .extendsScratch:
      "kho_extend_scratch, kernel/liveupdate/kexec_handover.c, of trees from 2026 on"
    case .sharesSwiotlb:
      "round_up_default_nslabs and swiotlb_adjust_nareas, kernel/dma/swiotlb.c, from Linux 6.0 on"
    case .forcesSwiotlb: "swiotlb_init_remap, kernel/dma/swiotlb.c"
    case .loaderOrder:
      "kexec_locate_mem_hole, kernel/kexec_file.c; locate_hole, kexec/kexec.c of kexec-tools"
    }
  }
}

/// What is known and taken for granted of the kernels of a question.
package struct KernelTraits: Hashable, Sendable {
  package let version: KernelVersion
  package let architecture: KernelImage.Architecture
  /// What was said of them.
  package let stated: [KernelTrait: UInt64]

  package init(
    version: KernelVersion = .newest, architecture: KernelImage.Architecture,
    stated: [KernelTrait: UInt64] = [:]
  ) {
    self.version = version
    self.architecture = architecture
    self.stated = stated
  }

  package subscript(trait: KernelTrait) -> UInt64 {
    stated[trait] ?? trait.value(version, architecture)
  }

  package func has(_ trait: KernelTrait) -> Bool { self[trait] != 0 }
}
