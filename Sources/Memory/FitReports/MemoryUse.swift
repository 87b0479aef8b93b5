internal import Fitting
package import MemoryLayout

/// RAM that is somebody's, and whose it is: but for KHO's scratch areas, nothing can be put into it.
package struct MemoryUse: Hashable, Sendable {
  package enum Kind: String, Hashable, Sendable, CaseIterable {
    case kernel = "running kernel"
    case handedOver = "handed over"
    case inUse = "in use"
    case crashKernel = "crash kernel's"
    case firmware = "firmware, ACPI"
    case reserved = "reserved"
    case other = "other"
    case running = "running system's"
    case scratch = "free KHO scratch"

    /// In a line of text; letters are those of items.
    package var symbol: Character {
      switch self {
      case .kernel: "#"
      case .handedOver: "@"
      case .inUse: "&"
      case .crashKernel: "="
      case .firmware: "!"
      case .reserved: "%"
      case .other: "?"
      case .running: "-"
      case .scratch: "_"
      }
    }

    /// Whether items may lie there.
    package var isFree: Bool { self == .scratch }
  }

  package let kind: Kind
  package let addresses: AddressSet

  package init(_ kind: Kind, _ addresses: AddressSet) {
    (self.kind, self.addresses) = (kind, addresses)
  }

  /// Who uses a machine's RAM; none has a byte of another's. What is left is free for what the
  /// question is about: of a crash image that is the memory reserved for it, and all else is the
  /// running system's.
  package static func all(_ question: PlacementQuestion) -> [MemoryUse] {
    let map = question.map
    let crash = map.crashKernel
    var rest = memory(question)
    let own = question.ownMemory ?? .empty
    let occupied = map.occupied.subtracting(own)
    func addresses(_ kind: Kind) -> AddressSet {
      switch kind {
      case .kernel: map.runningKernel
      case .handedOver: question.handedOver
      case .inUse: question.inUse
      case .crashKernel: crash.subtracting(own)
      case .firmware: map.acpi.union(map.addresses { $0.kind == .rom || $0.kind == .ramBuffer })
      case .reserved: map.reserved.subtracting(own)
      case .other: occupied
      case .running: question.ownMemory?.complement ?? .empty
      case .scratch:
        question.isCrashImage ? .empty : AddressSet(question.handoverScratch ?? [])
      }
    }
    return Kind.allCases.compactMap { kind in
      let used = addresses(kind).intersection(rest)
      rest = rest.subtracting(used)
      return used.isEmpty ? nil : MemoryUse(kind, used)
    }
  }

  /// All RAM, and the region that a question is about, which the map may not show as such.
  package static func memory(_ question: PlacementQuestion) -> AddressSet {
    question.map.systemRAM.union(AddressSet(question.region.map { [$0.range] } ?? []))
  }

  /// RAM that none of them keeps.
  package static func free(_ question: PlacementQuestion, _ uses: [MemoryUse]) -> AddressSet {
    memory(question).subtracting(
      AddressSet(uses.filter { !$0.kind.isFree }.flatMap(\.addresses.ranges)))
  }
}

extension PlacementQuestion {
  /// Memory that is free for what the question is about, and for nothing else, if there is such.
  fileprivate var ownMemory: AddressSet? {
    region?.free ?? (isCrashImage ? map.crashKernel : nil)
  }
}
