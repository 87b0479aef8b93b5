import Fitting
import Foundation
import MemoryLayout
import Randomness

/// A made-up machine of 20 pieces of 2 MiB from 16 MiB on, some of them free, and kernels for it;
/// with the answer by trying all places.
struct SmallMachine {
  static let unit: UInt64 = 2 << 20
  static let start: UInt64 = 16 << 20
  static let count = 20

  /// What keeps a kernel's memory from lying anywhere.
  enum Wish: Hashable {
    case none
    /// An image of 1 MiB that has to lie there, in so many MiB from the start on.
    case imageAt(UInt64)
    /// An image that has to end below, in so many units from the start on.
    case imageBelow(UInt64)
  }

  struct Block {
    let name: String
    let size: Int
    let node: UInt64?
    let wish: Wish
  }

  var isFree: [Bool]
  /// Where node 1 begins, in units.
  let border: Int
  var blocks: [Block] = []
  /// The last description's, of which there are several.
  var description: KernelsDescription
  let lastCount: Int

  init(seed: UInt64) {
    var random = SplitMix64(seed: seed)
    func below(_ count: UInt64) -> UInt64 { random.next() % count }
    isFree = (0..<Self.count).map { _ in below(5) > 0 }
    border = Int(below(UInt64(Self.count) + 1))
    var kernels: [KernelDescription] = []
    var lastCount = 1
    for index in 0..<(1 + below(3)) {
      let size = 1 + Int(below(4))
      let node = below(2) == 0 ? nil : below(2)
      let wish: Wish =
        switch below(5) {
        case 0: .imageAt(below(40))
        case 1: .imageBelow(1 + below(20))
        default: .none
        }
      lastCount = 1 + Int(below(3))
      var kernel = KernelDescription("k\(index)", settings: Self.settings(size, wish))
      kernel.count = .exactly(UInt64(lastCount))
      kernel.node = node.map { .node($0) } ?? .any
      kernels.append(kernel)
      for number in 0..<lastCount {
        blocks.append(
          Block(name: "k\(index)-\(number + 1)", size: size, node: node, wish: wish))
      }
    }
    self.lastCount = lastCount
    var regions: [KernelsDescription.Region] = []
    if below(3) == 0 {
      let size = 1 + Int(below(2))
      regions.append(
        KernelsDescription.Region(
          "ring", byteCount: UInt64(size) * Self.unit, alignment: Self.unit))
      blocks.append(Block(name: "ring", size: size, node: nil, wish: .none))
    }
    description = KernelsDescription(kernels, regions: regions)
    let middle = Self.start + UInt64(border) * Self.unit
    let nodes = [
      (0, AddressRange(start: 0, last: middle - 1)), (1, AddressRange(start: middle, last: .max)),
    ]
    description.nodes = .stated(
      nodes.map { MachineNode(UInt64($0.0), AddressSet([$0.1].compactMap { $0 })) })
  }

  /// Beside the image of 1 MiB a kernel needs some 500 KiB, with frames of 8 bytes.
  private static func settings(_ size: Int, _ wish: Wish) -> LayoutDescription {
    var settings = LayoutDescription(name: "layout")
    settings.loader = .bootProtocol
    settings.processors = .exactly(0)
    settings.traits = [.workingMemory: 0, .pageFrame: 8]
    settings.memory = .exactly(UInt64(size) * unit)
    var kernel = LayoutDescription.StatedKernel(
      architecture: .x86_64, size: .exactly(1 << 20), alignment: 1 << 20)
    switch wish {
    case .none: break
    case .imageAt(let place):
      kernel.preferredAddress = start + place << 20
      kernel.isRelocatable = false
    case .imageBelow(let units): kernel.addressLimit = start + units * unit
    }
    settings.statedKernel = kernel
    return settings
  }

  // MARK: - By the program

  func decide(_ description: KernelsDescription, largest: Bool = false) throws -> LayoutResult {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("swapcheck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    var lines = ["00001000-0009ffff : System RAM"]
    for (index, isFree) in isFree.enumerated() {
      let first = Self.start + UInt64(index) * Self.unit
      let last = first + Self.unit - 1
      lines.append(
        String(first, radix: 16) + "-" + String(last, radix: 16) + " : "
          + (isFree ? "System RAM" : "Reserved"))
    }
    try (lines.joined(separator: "\n") + "\n").write(
      to: folder.appendingPathComponent("map.txt"), atomically: true, encoding: .utf8)
    var layout = LayoutDescription(name: "layout")
    layout.folder = folder.path + "/"
    layout.map = "map.txt"
    layout.kernels = description
    if largest { layout.quantifiers = .init(ofOthers: .largest) }
    return try layout.decide()
  }

  // MARK: - By trying

  /// Whether a block may start there.
  func allows(_ block: Block, at start: Int) -> Bool {
    let end = start + block.size
    guard start >= 0, end <= Self.count, isFree[start..<end].allSatisfy({ $0 }) else {
      return false
    }
    if block.node == 0, end > border { return false }
    if block.node == 1, start < border { return false }
    return switch block.wish {
    case .none: true
    case .imageAt(let place): start * 2 <= Int(place) && Int(place) + 1 <= end * 2
    case .imageBelow(let units): start < Int(units)
    }
  }

  /// Whether all blocks have a place.
  func fits(_ blocks: [Block]) -> Bool {
    var failed: Set<[Int]> = []
    func place(_ index: Int, _ taken: Int) -> Bool {
      guard index < blocks.count else { return true }
      guard !failed.contains([index, taken]) else { return false }
      for start in 0..<Self.count where allows(blocks[index], at: start) {
        let mask = ((1 << blocks[index].size) - 1) << start
        if taken & mask == 0, place(index + 1, taken | mask) { return true }
      }
      failed.insert([index, taken])
      return false
    }
    return place(0, 0)
  }
}
