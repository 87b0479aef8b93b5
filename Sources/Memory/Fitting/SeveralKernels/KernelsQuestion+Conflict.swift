internal import MemoryLayout

/// Why several kernels do not fit.
extension KernelsQuestion {
  typealias Shortage = (conflict: Conflict, sentences: [String])

  /// - Precondition: It is known that they do not fit.
  func conflict(_ counts: [Int]) throws(FittingError) -> Shortage {
    if let overlappingApertures { return overlappingApertures }
    if isShortOfTrampolines(counts) { return shortageOfTrampolines(counts) }
    for (member, count) in zip(members, counts) where count > 0 {
      if let shortage = try shortageWithin(member) { return shortage }
    }
    let all = Set(Self.placeRules)
    var (least, isMinimal) = try packing(counts, keeping: all).with(limit: Self.conflictLimit)
      .leastImpossible()
    var rules = all
    for rule in Self.placeRules {
      let fewer = rules.subtracting([rule])
      switch try packing(least, keeping: fewer).with(limit: Self.conflictLimit).outcome() {
      case .impossible: rules = fewer
      case .placed: break
      case .unknown: isMinimal = false
      }
    }
    let names = Set(zip(members, least).flatMap { $0.names.prefix($1) })
    let packing = try packing(least, keeping: rules)
    let constraints =
      constraints(names, keeping: rules)
      + (rules.contains(.ownMemory) ? ownConstraints(names, packing) : [])
    return (
      Conflict(constraints, isMinimal: isMinimal),
      [sentence(least, try self.packing(least, keeping: all), isMinimal: isMinimal)]
    )
  }

  /// Beginnings that are looked at for each question about fewer kernels or rules; many are asked.
  static let conflictLimit = 10_000

  /// The entries of `kernels`, and the regions, that a conflict is about, all where it names none; and
  /// whether it is one within a kernel's own memory.
  func entries(
    in conflict: Conflict
  ) throws(FittingError) -> (names: Set<String>, isWithin: Bool) {
    let placed = Set(
      conflict.constraints.compactMap { constraint -> String? in
        if case .placed(let item) = constraint.demand { item } else { nil }
      })
    var concerned = members.filter { !placed.isDisjoint(with: $0.names) }
    let isWithin = concerned.isEmpty && !placed.isEmpty
    if isWithin {
      for member in members where try hasNoRoomWithin(member) { concerned.append(member) }
    }
    let names = (concerned.isEmpty ? members : concerned).compactMap {
      $0.kernel?.name ?? $0.region?.name
    }
    return (Set(names), isWithin)
  }

  // MARK: - Room for their memory

  private func sentence(
    _ counts: [Int], _ packing: BlockPacking, isMinimal: Bool
  ) -> String {
    let needed = zip(members, counts).filter { $1 > 0 }
    let names = needed.map { Self.text(Array($0.names.prefix($1))) }.joined(separator: ", ")
    let nodes = Set(needed.map { $0.0.node?.number })
    let place =
      nodes.count == 1 ? (nodes.first ?? nil).map { " on node \($0)" } ?? "" : ""
    let sum = needed.reduce(UInt128(0)) { $0 + UInt128($1.0.byteCount) * UInt128($1.1) }
    let free = AddressSet(
      needed.flatMap { member, _ in
        pieces(of: member, keeping: Set(Self.placeRules)).ranges
      })
    let count = counts.reduce(0, +)
    var text =
      "\(names) \(count == 1 ? "takes" : "take") \(ByteCountText.format(sum))\(place), and"
      + " \(ByteCountText.format(free.byteCount)) are free there in"
      + " \(free.ranges.count == 1 ? "one piece" : "\(free.ranges.count) pieces")"
    if let largest = free.ranges.map(\.byteCount).max(), free.ranges.count > 1 {
      text += ", the largest of \(ByteCountText.format(largest))"
    }
    if sum > free.byteCount {
      text += ": \(ByteCountText.format(sum - free.byteCount)) are missing"
    }
    let smallest = needed.map(\.0.byteCount).min() ?? 0
    if isMinimal {
      text +=
        "; one more piece of \(ByteCountText.format(UInt128(smallest))) would do"
    }
    return text
  }

  /// `` `web-1` to `web-9` (9) ``.
  static func text(_ names: [String]) -> String {
    guard let first = names.first, let last = names.last, names.count > 2 else {
      return names.map { "`\($0)`" }.joined(separator: ", ")
    }
    return "`\(first)` to `\(last)` (\(names.count))"
  }

  // MARK: - Room in their memory

  /// Whether what a kernel needs does not fit into its memory, wherever that lies.
  private func hasNoRoomWithin(_ member: Member) throws(FittingError) -> Bool {
    guard let own = member.own else { return false }
    let pieces = pieces(of: member, keeping: Set(Self.placeRules))
    return try own.starts(in: pieces, unit: member.unit).runs.isEmpty
  }

  /// A kernel that does not fit into its own memory wherever there is room for that; nil if it fits
  /// somewhere, or if there is no room.
  private func shortageWithin(_ member: Member) throws(FittingError) -> Shortage? {
    guard let own = member.own else { return nil }
    let pieces = pieces(of: member, keeping: Set(Self.placeRules))
    let room = BlockStarts(pieces, byteCount: member.byteCount, unit: member.unit)
    guard let start = room.next(from: 0),
      try own.starts(in: pieces, unit: member.unit).runs.isEmpty,
      let search = own.search(at: start), case .conflict(let conflict) = try search.find()
    else { return nil }
    let size = ByteCountText.format(UInt128(member.byteCount))
    var text = "\(Self.text(member.names)): what it needs does not fit into its memory of \(size)"
    // Low and high, where other limits are.
    var least: UInt64?
    for start in Set([start, room.runs.map(\.last).max() ?? start]) {
      if let found = try leastMemory(own, from: start, unit: member.unit) {
        least = min(least ?? .max, found)
      }
    }
    if let least {
      text += "; into \(ByteCountText.format(UInt128(least))) it would, if it managed no more"
    }
    return (conflict, [text])
  }

  /// The least memory that what a kernel needs fits into; nil if that is not found soon.
  private func leastMemory(
    _ own: KernelMemory, from start: UInt64, unit: UInt64
  ) throws(FittingError) -> UInt64? {
    func fits(_ units: UInt64) throws(FittingError) -> Bool {
      guard units <= UInt64.max / unit,
        let region = AddressRange(start: start, byteCount: units * unit)
      else { return false }
      if case .fits = try IncrementalQuery(own.search(in: region)).find([]) { return true }
      return false
    }
    var failing = own.byteCount / unit
    guard failing < 1 << 40 else { return nil }
    var fitting = failing * 2
    for _ in 0..<8 {
      if try fits(fitting) { break }
      failing = fitting
      fitting *= 2
    }
    guard try fits(fitting) else { return nil }
    while fitting - failing > 1 {
      let middle = failing + (fitting - failing) / 2
      if try fits(middle) { fitting = middle } else { failing = middle }
    }
    return fitting * unit
  }

  // MARK: - Trampolines and devices

  func isShortOfTrampolines(_ counts: [Int]) -> Bool {
    guard let trampolines else { return false }
    return kernelCount(counts) + 1 > trampolines.count
  }

  private func kernelCount(_ counts: [Int]) -> Int {
    zip(members, counts).reduce(0) { $0 + ($1.0.own == nil ? 0 : $1.1) }
  }

  private func shortageOfTrampolines(_ counts: [Int]) -> Shortage {
    let count = kernelCount(counts)
    let pages = trampolines?.count ?? 0
    let text =
      "\(count) kernel\(count == 1 ? "" : "s") and the running one have a trampoline of a page each"
      + " below 1 MiB, and \(pages) page\(pages == 1 ? " is" : "s are") free there"
    let names = (0...count).map { $0 == 0 ? "the running kernel's trampoline" : "trampoline \($0)" }
    return (
      Conflict([.init(.trampoline, .countAtMost(names, pages), text)], isMinimal: true), [text]
    )
  }

  /// Devices that two kernels are given, or that lie in RAM; nil if there are none.
  var overlappingApertures: Shortage? {
    let all = kernels.kernels.flatMap { kernel in
      kernel.apertures.map { (range: $0, kernel: kernel.name) }
    }.sorted { ($0.range, $0.kernel) < ($1.range, $1.kernel) }
    func shortage(_ name: String, _ range: AddressRange, _ text: String) -> Shortage {
      (Conflict([.init(.apertures, .apart(name, [range]), text)], isMinimal: true), [text])
    }
    let ram = map.systemRAM
    if let (range, kernel) = all.first(where: { !ram.intersection($0.range).isEmpty }) {
      return shortage(
        kernel, range, "the aperture \(range) of `\(kernel)` lies in RAM of \(map.path)")
    }
    // Sorted by their starts; the one that reaches farthest may overlap any later one.
    var last: (range: AddressRange, kernel: String)?
    for (range, kernel) in all {
      if let last, last.range.overlaps(range) {
        return shortage(
          kernel, last.range,
          "the aperture \(range) of `\(kernel)` overlaps \(last.range) of `\(last.kernel)`")
      }
      if range.last >= last?.range.last ?? 0 { last = (range, kernel) }
    }
    for kernel in kernels.kernels where !kernel.apertures.isEmpty {
      let most = members.reduce(0) { $0 + ($1.kernel == kernel ? $1.names.count : 0) }
      if most > 1 {
        return shortage(
          kernel.name, kernel.apertures[0],
          "the aperture \(kernel.apertures[0]) is given to \(most) kernels `\(kernel.name)`")
      }
    }
    return nil
  }
}

extension KernelsPlacement.Kernel {
  /// The same kernel with a page to start its processors from.
  func starting(at trampoline: AddressRange?) -> KernelsPlacement.Kernel {
    KernelsPlacement.Kernel(
      name: name, node: node, memory: memory, items: items, trampoline: trampoline,
      architecture: architecture, apertures: apertures, processorNumbers: processorNumbers,
      processorCount: processorCount)
  }
}
