package import MemoryLayout

/// A kernel of several that share a machine, as it is written down; or several that are alike.
package struct KernelDescription: Hashable, Sendable {
  /// Where its memory lies.
  package enum NodeChoice: Hashable, Sendable {
    case any
    case node(UInt64)
    /// Of several alike each on a node of its own, in the order of the nodes' numbers.
    case each
  }

  /// Of several alike a number follows: `web-1`.
  package var name: String
  /// Nil for one, without a number; or for as many as fit, if that is what is asked.
  package var count: LayoutDescription.Size?
  package var node: NodeChoice
  /// The settings of the layout, and its own: image, initrd, memory and what else it takes.
  package var settings: LayoutDescription
  /// Devices that are passed to it, by their addresses.
  package var apertures: [AddressRange]
  /// Physical numbers of its processors (APIC IDs on x86); of several alike each has as many of
  /// them, in their order. Empty if they are not stated.
  package var processorNumbers: [UInt64]

  package init(
    _ name: String, settings: LayoutDescription, count: LayoutDescription.Size? = nil,
    node: NodeChoice = .any, apertures: [AddressRange] = [], processorNumbers: [UInt64] = []
  ) {
    (self.name, self.settings, self.count, self.node) = (name, settings, count, node)
    (self.apertures, self.processorNumbers) = (apertures, processorNumbers)
  }

  /// Of several alike the processors of one.
  func processorNumbers(of index: Int) -> [UInt64] {
    let count = processorCount
    return Array(processorNumbers.dropFirst(index * count).prefix(count))
  }

  /// Of one; 0 if they are not stated.
  var processorCount: Int {
    guard case .exactly(let count)? = count else { return processorNumbers.count }
    return processorNumbers.count / max(Int(clamping: count), 1)
  }
}

/// What several kernels of one machine share, and where they lie.
package struct KernelsDescription: Hashable, Sendable {
  /// Memory beside that of the kernels.
  package struct Region: Hashable, Sendable {
    package var name: String
    package var byteCount: UInt64
    /// The names of those that use it, of several alike without a number; empty for all.
    package var kernels: [String]
    /// Of a private one the kernel whose it is, with its number.
    package var owner: String?
    package var node: UInt64?
    /// A power of two.
    package var alignment: UInt64

    package init(
      _ name: String, byteCount: UInt64, kernels: [String] = [], node: UInt64? = nil,
      alignment: UInt64 = PlacementNumber.page
    ) {
      (self.name, self.byteCount, self.kernels) = (name, byteCount, kernels)
      (self.node, self.alignment) = (node, alignment)
    }
  }

  /// Where it is written which addresses are near which processors.
  package enum Nodes: Hashable, Sendable {
    /// In the map, if that is a kernel log.
    case ofTheMap
    case stated([MachineNode])
    /// A kernel log.
    case file(String)
  }

  /// The most kernels that are placed.
  package static let maximumCount: UInt64 = 1_024

  package var kernels: [KernelDescription]
  package var regions: [Region]
  package var nodes: Nodes
  /// The range, or the region's name, that all memory is taken from; nil for usable RAM.
  package var pool: String?

  package init(
    _ kernels: [KernelDescription], regions: [Region] = [], nodes: Nodes = .ofTheMap,
    pool: String? = nil
  ) {
    (self.kernels, self.regions, self.nodes, self.pool) = (kernels, regions, nodes, pool)
  }
}

extension KernelsDescription {
  /// Has fewer kernels alike, with what is theirs.
  mutating func setCount(of name: String, to count: UInt64) {
    guard let index = kernels.firstIndex(where: { $0.name == name }) else { return }
    let each = kernels[index].processorCount
    kernels[index].count = .exactly(count)
    kernels[index].processorNumbers = Array(
      kernels[index].processorNumbers.prefix(each * Int(clamping: count)))
    regions.removeAll { region in
      guard let owner = region.owner, owner.hasPrefix("\(name)-"),
        let number = UInt64(owner.dropFirst(name.utf8.count + 1))
      else { return false }
      return number > count
    }
  }
}

/// Where several kernels lie.
package struct KernelsPlacement: Hashable, Sendable {
  package struct Kernel: Hashable, Sendable {
    package let name: String
    package let node: UInt64?
    package let memory: AddressRange
    /// What lies in its memory.
    package let items: Placement
    /// Where its processors start on x86.
    package let trampoline: AddressRange?
    /// With the image's architecture.
    package let architecture: KernelImage.Architecture
    package let apertures: [AddressRange]
    package let processorNumbers: [UInt64]
    package let processorCount: UInt64
  }

  package struct Region: Hashable, Sendable {
    package let name: String
    package let range: AddressRange
    /// The names of the kernels that use it.
    package let kernels: [String]
    package let node: UInt64?
  }

  /// Lowest memory first.
  package let kernels: [Kernel]
  package let regions: [Region]
}

/// What is said of several kernels beside the places of their memory.
package struct KernelsResult: Sendable {
  /// Nil if they do not fit, or if that is not known.
  package let placement: KernelsPlacement?
  /// Which kernels have no room, on which node, and how much is missing: one sentence each.
  package let shortage: [String]
}
