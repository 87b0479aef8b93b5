/// Something of the relieving kernel that needs memory of its own.
package struct PlacementItem: Hashable, Sendable {
  /// What it is for; rules speak of roles.
  package enum Role: String, Hashable, Sendable, CaseIterable {
    case kernel
    case initrd
    /// What the kernel unpacks of the initrd while it starts.
    case unpackedInitrd = "unpacked initrd"
    /// The zero page of x86 with command line and `setup_data`.
    case bootParameters = "boot parameters"
    /// A node of `setup_data` of its own, with what the zero page does not hold of the memory map.
    case setupData = "setup data"
    /// The piece of code that kexec runs between two kernels.
    case purgatory
    case deviceTree = "device tree"
    /// Where x86 starts all processors but the first.
    case trampoline
    /// Buffers for devices that reach 32 bits of address.
    case bounceBuffers = "swiotlb"
    /// What devices get large buffers of, and only what can be moved away lies in meanwhile.
    case contiguous = "CMA"
    case crashKernel = "crash kernel"
    /// The part of a crash kernel's memory that has to be low when the rest is high.
    case crashKernelLow = "low crash kernel"
    /// Those that kexec copies and jumps with.
    case pageTables = "page tables"
    /// The code that kexec copies with, and a page to exchange others with.
    case controlPages = "control pages"
    /// Page tables of all memory that the kernel manages.
    case directMap = "direct map"
    /// `struct page`, one for each frame that the kernel manages.
    case pageFrames = "struct page"
    case perProcessor = "per-CPU areas"
    /// Slab, stacks, hashes and page cache, until the first program runs.
    case workingMemory = "working memory"
    case handoverScratch = "KHO scratch"
    /// The list of the scratch areas that a kernel leaves the next one.
    case handoverArray = "list of KHO scratch"
    /// What a crash kernel finds the crashed one's memory by.
    case elfHeaders = "ELF headers"
    /// Where kexec-tools have a crashed x86 keep what the crash kernel overwrites below 640 KiB.
    case lowBackup = "backup of low memory"
    /// Memory for devices that reach 24 bits of address.
    case lowDMA = "ISA DMA"
    /// Memory of processes that move.
    case processes
    /// A block of memory that the kernel manages; other items may lie in it.
    case grant = "granted memory"
  }

  /// Unique among the items of a question.
  package let name: String
  package let role: Role
  /// The least that it takes, if more is known than the rules say; 0 if not.
  package let byteCount: UInt64

  package init(_ name: String, _ role: Role, byteCount: UInt64 = 0) {
    self.name = name
    self.role = role
    self.byteCount = byteCount
  }
}

/// Where each item lies, by its name.
package typealias Placement = [String: AddressRange]
