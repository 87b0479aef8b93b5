/// A rule that a placement has to keep, with where it is written.
package enum PlacementRule: String, Hashable, Sendable, CaseIterable {
  // Of any placement.

  case placed = "everything is placed"
  case inUsableRAM = "everything lies in usable RAM"
  case inRegion = "everything lies in the region that it is put into"
  case disjoint = "nothing overlaps"
  case wanted = "everything has the size that was asked for"
  case parkedProcessors = "what a parked processor or the running kernel uses stays as it is"
  case handedOver = "memory of processes that is handed over in place stays as it is"
  case wholePages = "what page tables map is whole pages"
  case directMap = "the memory that a kernel manages has page tables"
  case memoryBlocks = "granted memory is made of whole memory blocks"
  case structPages = "there is a struct page for each frame"
  case perProcessorUnits = "each processor has its per-CPU unit"
  case workingMemory = "a kernel has memory to work with"
  case rootfsShare = "an initrd unpacks into a part of what a kernel has left"
  case pieces = "what lies in several pieces lies in whole ones"

  // Of several kernels.

  case onNode = "a kernel's memory lies on its NUMA node"
  case ownMemory = "a kernel lives in memory of its own"
  case apertures = "a device that is passed on has one kernel, and lies outside RAM"

  // Of an image.

  case imageSize = "the image has the memory that its header asks for"
  case imageAlignment = "the image is aligned"
  case imagePreferredAddress = "an image that cannot be moved is where it was linked for"
  case imageSegments = "an ELF file's segments lie where the file puts them"
  case imageAddressLimit = "the image lies where it can be entered"
  case initrdSize = "the initrd has the size of its file"
  case initrdLimit = "the initrd ends below initrd_addr_max"
  case entryReach = "an image entered with 32-bit addresses has all that it is passed there"
  case bootParametersSize = "the zero page and the command line have room"
  case commandLineLength = "the command line is no longer than the image takes"

  // Of kexec.

  case kexecPages = "kexec's segments are whole pages"
  case kexecCount = "kexec takes 16 segments"
  case kexecHalf = "kexec's segments take at most half of RAM, each and together"
  case kexecReach = "kexec's segments and page tables lie where the running kernel reaches"
  case kexecFileImage = "kexec_file_load takes of x86 kernels a bzImage that may lie anywhere"
  case kexecLowestKernel = "kexec_file_load puts an x86-64 kernel at its pref_address or above"
  case kexecLowestInitrd = "kexec_file_load puts an x86-64 initrd at 16 MiB or above"
  case zeroPageMap = "kexec_file_load tells an x86-64 kernel of the first 128 ranges of memory"
  case kexecLowestParameters = "kexec_file_load leaves the first 12 KiB"
  case crashImage =
    "kexec puts a crash kernel's image, and what it jumps with, where it is reserved"
  case crashReservation = "what `crashkernel=` asks for can be reserved"
  case crashMemory = "a crash kernel lives in the memory reserved for it"
  case elfHeaders = "a crash image has its ELF headers"
  case lowBackup = "kexec-tools keep a copy of the first 640 KiB of an x86 that crashes"
  case loaderOrder = "kexec places one segment after the other, each where it fits first"
  case kexecPageTables = "kexec has the page tables that it copies and jumps with"
  case controlPages = "kexec has control pages that nothing is copied to"
  case handoverScratch = "with KHO, each segment lies within one scratch area"
  case handoverBlocks = "with KHO, scratch areas are made of whole blocks of pages"
  case handoverArray = "with KHO, kexec passes a list of the scratch areas"
  case handoverEarly = "with KHO, what a kernel allocates early lies in scratch areas"

  // Of several architectures.

  case bounceBuffers = "swiotlb lies below 4 GiB"
  case bounceBufferSize = "swiotlb has its size"
  case bounceBufferAreas = "swiotlb has 256 KiB for each processor"
  case contiguous = "arm64: CMA lies where all devices reach"
  case crashKernelLimit = "a crash kernel lies below the architecture's limit"
  case crashKernelAlignment = "a crash kernel is aligned"
  case crashKernelLowSize = "a high crash kernel has a part below 4 GiB"

  // Of x86.

  case trampoline = "processors are started from a page below 1 MiB"
  case firmwareAreas = "x86 leaves the firmware its first page and its area below 1 MiB"
  case firstMegabyte = "x86 uses nothing below 1 MiB but a trampoline"
  case lowDMA = "memory for ISA devices lies below 16 MiB"
  case relievingReach = "x86 uses RAM that its page tables reach"
  case lowControlPages = "kexec's control pages of 32-bit x86 lie below 896 MiB"
  case lowMemory = "32-bit x86 keeps its kernel and struct pages below 896 MiB"

  // Of arm64.

  case armInitrdWindow = "arm64: image and initrd lie within one window of 32 GiB"
  case armDeviceTree = "arm64: the device tree has at most 2 MiB and is aligned"
  case armAboveKernel = "arm64: kexec puts nothing below the kernel"
  case armAddressBits = "arm64 uses RAM that its addresses reach"

  /// A short name for files, such as `low-memory`: that of the case in small letters.
  package var name: String {
    var name = ""
    var wasCapital = false
    for character in "\(self)" {
      if character.isUppercase, !wasCapital { name += "-" }
      wasCapital = character.isUppercase
      name += character.lowercased()
    }
    return name
  }

  /// The rule of a name.
  package init?(name: String) {
    guard let rule = Self.allCases.first(where: { $0.name == name }) else { return nil }
    self = rule
  }

  /// Where it is written; `measured` is what was read off a machine, and has no other source.
  package var source: String {
    switch self {
    case .placed, .wanted, .inRegion, .onNode, .ownMemory, .apertures: "the question itself"
    case .inUsableRAM: "the memory map"
    case .disjoint, .kexecPages, .kexecHalf: "sanity_check_segment_list, kernel/kexec_core.c"
    case .crashImage:
      "sanity_check_segment_list and kimage_alloc_crash_control_pages, kernel/kexec_core.c"
    case .parkedProcessors: "commit d7893093a741: a processor in MWAIT woke up in overwritten text"
    case .handedOver: "Documentation/core-api/kho/concepts.rst"
    case .wholePages: "an entry of a page table has the number of a page"
    case .directMap: "Documentation/arch/x86/x86_64/mm.rst; Documentation/arch/arm64/memory.rst"
    case .crashReservation: "reserve_crashkernel_generic, kernel/crash_reserve.c"
    case .crashMemory: "crash_setup_memmap_entries, arch/x86/kernel/crash.c"
    case .elfHeaders: "crash_load_segments, arch/x86/kernel/crash.c"
    case .lowBackup: "load_crashdump_segments, kexec/arch/i386/crashdump-x86.c of kexec-tools"
    case .loaderOrder: KernelTrait.loaderOrder.source
    case .firmwareAreas: "trim_bios_range, arch/x86/kernel/setup.c"
    case .firstMegabyte:
      "setup_arch, arch/x86/kernel/setup.c; commit f1d4d47c5851: before Linux 5.13 some was used"
    case .lowDMA: "measured: ZONE_DMA of x86 ends at 16 MiB"
    case .memoryBlocks: "kernel/multikernel/hotplug.c of multikernel/linux"
    case .structPages:
      "Documentation/mm/vmemmap_dedup.rst; sparse_init, mm/sparse.c; Documentation/mm/highmem.rst"
        + " (32-bit)"
    case .perProcessorUnits: "pcpu_embed_first_chunk, mm/percpu.c"
    case .workingMemory: "measured: docs/boots.md"
    case .rootfsShare: "shmem_default_max_blocks, mm/shmem.c; init_rootfs, init/do_mounts.c"
    case .handoverEarly:
      "memblock_set_kho_scratch_only, mm/memblock.c; kho_extend_scratch,"
        + " kernel/liveupdate/kexec_handover.c"
    case .pieces:
      "vmemmap_populate_hugepages, mm/sparse-vmemmap.c; pcpu_page_first_chunk, mm/percpu.c;"
        + " page tables and files have single pages"
    case .imageSize: "Documentation/arch/x86/boot.rst, init_size; arm64/booting.rst, image_size"
    case .imageAlignment:
      "Documentation/arch/x86/boot.rst, kernel_alignment; arm64/booting.rst, section 4"
    case .imagePreferredAddress: "Documentation/arch/x86/boot.rst, pref_address"
    case .imageSegments: "System V ABI, chapter 5; Documentation/admin-guide/kdump/kdump.rst"
    case .imageAddressLimit: "Documentation/arch/x86/boot.rst, xloadflags; arm64/booting.rst"
    case .initrdSize: "the file"
    case .initrdLimit: "Documentation/arch/x86/boot.rst, initrd_addr_max"
    case .entryReach: "Documentation/arch/x86/boot.rst, xloadflags and ramdisk_image"
    case .commandLineLength: "Documentation/arch/x86/boot.rst, cmdline_size"
    case .bootParametersSize, .kexecFileImage, .kexecLowestKernel, .kexecLowestInitrd,
      .kexecLowestParameters:
      "arch/x86/kernel/kexec-bzimage64.c"
    case .kexecReach:
      "KEXEC_DESTINATION_MEMORY_LIMIT and KEXEC_CONTROL_MEMORY_LIMIT,"
        + " arch/x86/include/asm/kexec.h; kernel/kexec_core.c"
    case .kexecCount: "KEXEC_SEGMENT_MAX, include/uapi/linux/kexec.h"
    case .zeroPageMap:
      "setup_e820_entries, arch/x86/kernel/kexec-bzimage64.c; E820_MAX_ENTRIES_ZEROPAGE,"
        + " arch/x86/include/uapi/asm/bootparam.h"
    case .handoverBlocks:
      "kho_reserve_scratch, kernel/liveupdate/kexec_handover.c; CMA_MIN_ALIGNMENT_BYTES,"
        + " include/linux/cma.h; commit 0e39380a7316"
    case .handoverArray: "kho_fill_kimage, kernel/liveupdate/kexec_handover.c"
    case .handoverScratch: "kho_locate_mem_hole, kernel/liveupdate/kexec_handover.c"
    case .trampoline: "arch/x86/realmode/init.c; the vector of a STARTUP IPI has 8 bits"
    case .kexecPageTables:
      "init_pgtable, arch/x86/kernel/machine_kexec_64.c, by pfn_mapped (with pages of 1 GiB it"
        + " takes less);"
        + " machine_kexec_post_load, arch/arm64/kernel/machine_kexec.c"
    case .controlPages: "kimage_alloc_control_pages, kernel/kexec_core.c"
    case .lowControlPages:
      "kimage_alloc_normal_control_pages, kernel/kexec_core.c, takes GFP_KERNEL;"
        + " KEXEC_CONTROL_MEMORY_LIMIT, arch/x86/include/asm/kexec.h, lies above"
    case .relievingReach: "MAX_PHYSMEM_BITS, arch/x86/include/asm/sparsemem.h"
    case .crashKernelLowSize:
      "crash_low_size_default, arch/x86/include/asm/crash_reserve.h;"
        + " DEFAULT_CRASH_KERNEL_LOW_SIZE, include/linux/crash_reserve.h"
    case .bounceBuffers: "Documentation/core-api/swiotlb.rst"
    case .contiguous:
      "bootmem_init, arch/arm64/mm/init.c; dma_contiguous_reserve, kernel/dma/contiguous.c"
    case .bounceBufferAreas:
      "round_up_default_nslabs and swiotlb_adjust_nareas, kernel/dma/swiotlb.c, from Linux 6.0 on"
    case .bounceBufferSize:
      "Documentation/core-api/swiotlb.rst; mem_encrypt_setup_arch, arch/x86/mm/mem_encrypt.c"
    case .crashKernelLimit, .crashKernelAlignment:
      "arch/x86/include/asm/crash_reserve.h; arch/arm64/include/asm/crash_reserve.h;"
        + " Documentation/admin-guide/kdump/kdump.rst"
    case .lowMemory: "Documentation/mm/highmem.rst"
    case .armInitrdWindow, .armDeviceTree: "Documentation/arch/arm64/booting.rst"
    case .armAboveKernel:
      "load_other_segments, arch/arm64/kernel/machine_kexec_file.c; arm64_load_other_segments,"
        + " kexec/arch/arm64/kexec-arm64.c of kexec-tools"
    case .armAddressBits: "PHYS_MASK_SHIFT, arch/arm64/include/asm/pgtable-hwdef.h"
    }
  }
}

/// Numbers of the rules, in bytes where nothing else is said. Each has its source with its rule.
package enum PlacementNumber {
  package static let page: UInt64 = 4_096
  package static let trampolineEnd: UInt64 = 1 << 20
  /// `PURGATORY_CMDLINE_SIZE` of kexec-tools.
  package static let purgatoryCommandLine: UInt64 = 2_048
  /// Of the code for real mode of Linux 6.1 to 7.2: 40 sectors at most.
  package static let usualSetup: UInt64 = 40 * 512
  /// `BACKUP_SRC_END` of kexec-tools, and one.
  package static let backupEnd: UInt64 = 640 << 10
  package static let kexecSegmentCount = 16
  /// `MAXMEM` of x86-64: 2 to the power of `MAX_PHYSMEM_BITS`, 46 or, with page tables of 5 levels,
  /// 52. That are 64 TiB or 4 PiB.
  package static func reach64(pagingLevelCount: Int) -> UInt64 {
    pagingLevelCount == 5 ? 4 << 50 : 64 << 40
  }
  /// `MAX_PHYSMEM_BITS` of 32-bit x86 with PAE is 36.
  package static let reach32: UInt64 = 64 << 30
  /// All of 32 bits.
  package static let kexecReach32: UInt64 = 1 << 32
  package static let entryReach32: UInt64 = 1 << 32
  /// `MIN_KERNEL_LOAD_ADDR`.
  package static let kexecLowestKernel: UInt64 = 0x10_0000
  /// `MIN_INITRD_LOAD_ADDR`.
  package static let kexecLowestInitrd: UInt64 = 0x100_0000
  /// `MIN_BOOTPARAM_ADDR` and `MIN_PURGATORY_ADDR`.
  package static let kexecLowestParameters: UInt64 = 0x3000
  /// What `kexec_file_load` adds to the zero page: `elfcorehdr=`, and nodes of `setup_data` for
  /// EFI, the seed of random numbers, IMA and KHO, by the sizes of their structures.
  package static let kexecCommandLine: UInt64 = 30
  package static let kexecSetupData: UInt64 = 240
  /// For EFI's map of what it uses at run time: 85 descriptors of 48 bytes.
  package static let firmwareMap: UInt64 = 4_096
  /// ELF headers of a crash image: 64 bytes, and 56 for each of 8192 processors, 8192 ranges of
  /// memory and two more, the greatest numbers that a kernel for x86 is configured with.
  package static let elfHeaders: UInt64 = 64 + 56 * (8_192 + 8_192 + 2)
  /// Those of 1,168 processors and ranges of memory.
  package static let fewElfHeaders: UInt64 = 64 << 10
  /// `ZONE_DMA` of x86.
  package static let lowDMAEnd: UInt64 = 16 << 20
  /// `sizeof(struct boot_params)`.
  package static let zeroPage: UInt64 = 4_096
  /// `E820_MAX_ENTRIES_ZEROPAGE`.
  package static let zeroPageEntryCount = 128
  /// `struct setup_data`, and `struct boot_e820_entry` behind it.
  package static let setupDataHeader: UInt64 = 16
  package static let firmwareEntry: UInt64 = 20
  /// `PAGE_SIZE * MAX_ORDER_NR_PAGES` of the usual pages; `CMA_MIN_ALIGNMENT_BYTES`, which was
  /// asked for before, is no more.
  package static let handoverBlock: UInt64 = 4 << 20
  /// `KHO_SCRATCH_EXT_BLKSIZE`.
  package static let extendedScratchBlock: UInt64 = 1 << 30
  /// An entry of KHO's list of scratch areas, and what the list is aligned to.
  package static let handoverEntry: UInt64 = 16
  package static let handoverAlignment: UInt64 = 64 << 10
  /// Without `swiotlb=` on the command line.
  package static let bounceBuffers: UInt64 = 64 << 20
  package static let bounceBufferEnd: UInt64 = 1 << 32
  /// `struct page`, of 64 bits and of 32.
  package static let pageFrame64: UInt64 = 64
  package static let pageFrame32: UInt64 = 32
  /// `PMD_SIZE` of x86-64, and of arm64 with pages of 4 KiB: a piece of the map of struct pages.
  package static let pageFrameGranule: UInt64 = 2 << 20
  /// `CRASH_ALIGN` of x86; what kdump.rst says of arm64.
  package static let crashKernelAlignmentX86: UInt64 = 16 << 20
  package static let crashKernelAlignmentArm64: UInt64 = 2 << 20
  /// `CRASH_ADDR_LOW_MAX` and `CRASH_ADDR_HIGH_MAX` of x86-64; both are 512 MiB on 32-bit x86.
  package static let crashKernelLowEnd: UInt64 = 4 << 30
  package static let crashKernelHighEnd: UInt64 = 64 << 40
  package static let crashKernelEnd32: UInt64 = 512 << 20
  /// `PHYS_MASK + 1` of arm64, of 48 bits.
  package static let crashKernelEndArm64: UInt64 = 256 << 40
  /// `max(swiotlb_size + 8 MiB, 256 MiB)`.
  package static let crashKernelLow: UInt64 = 256 << 20
  package static let crashKernelLowMore: UInt64 = 8 << 20
  /// `DEFAULT_CRASH_KERNEL_LOW_SIZE` where the architecture has none of its own.
  package static let crashKernelLowArm64: UInt64 = 128 << 20
  /// What a 3:1 split leaves of permanently mapped memory.
  package static let lowMemoryEnd: UInt64 = 896 << 20
  package static let armWindow: UInt64 = 32 << 30
  package static let armWindowAlignment: UInt64 = 1 << 30
  package static let armDeviceTree: UInt64 = 2 << 20
  /// Holds the largest of those that Debian's Linux 6.1 has for arm64.
  package static let usualDeviceTree: UInt64 = 128 << 10
  package static let armDeviceTreeAlignment: UInt64 = 8
  /// What kexec_file_load aligns the device tree and a crash image's ELF headers to, on arm64.
  package static let armKexecDeviceTreeAlignment: UInt64 = 2 << 20
  package static let armElfHeaderAlignment: UInt64 = 64 << 10
}
