internal import MemoryLayout
internal import SMT

extension KernelsQuestion {
  /// The question about the fewest kernels that are asked for, without what lies in their memory.
  func leastQuestion() -> LayoutQuestion {
    question(names(counts(varied?.quantity.bounds.lowerBound)))
  }

  /// - Parameter isTrial: Whether nobody asks why it does not fit, or for long: with fewer beginnings
  ///   looked at more is not decided.
  func decide(isTrial: Bool = false) throws(LayoutError) -> LayoutResult {
    do throws(FittingError) {
      return try answer(isTrial)
    } catch {
      throw .fitting(error)
    }
  }

  /// How many blocks of each member there are.
  ///
  /// - Parameter value: Kernels of the member whose number is a range.
  private func counts(_ value: UInt64?) -> [Int] {
    members.enumerated().map { index, member in
      index == varied?.member ? Int(value ?? 0) : member.names.count
    }
  }

  private func names(_ counts: [Int]) -> [String] {
    zip(members, counts).flatMap { $0.names.prefix($1) }
  }

  private func question(_ names: [String]) -> LayoutQuestion {
    var question = PlacementQuestion(
      map: map, image: image, items: names.map { PlacementItem($0, .grant) },
      loader: description.loader)
    question.inUse = AddressSet(description.inUse)
    question.handedOver = AddressSet(description.handedOver)
    question.region = pool
    return LayoutQuestion(
      question: question,
      constraints: constraints(
        Set(names), keeping: Set(Self.placeRules).subtracting([.ownMemory])),
      quantities: varied.map { [$0.quantity] } ?? [], assumptions: assumptions, condition: nil,
      mayHaveHighCrashKernel: false, estimates: [])
  }

  // MARK: - The numbers that are asked for

  private func answer(_ isTrial: Bool) throws(FittingError) -> LayoutResult {
    guard let quantity = varied?.quantity else {
      return try result(nil, try outcome(nil, isTrial), isTrial: isTrial)
    }
    let bounds = quantity.bounds
    if isTrial {
      let value = quantity.quantifier == .all ? bounds.upperBound : bounds.lowerBound
      return try result(value, try outcome(value, isTrial), isTrial: true)
    }
    switch quantity.quantifier {
    case .some: return try result(bounds.lowerBound, try outcome(bounds.lowerBound))
    case .all: return try result(bounds.upperBound, try outcome(bounds.upperBound))
    case .largest: break
    }
    let least = try outcome(bounds.lowerBound)
    guard case .placed = least, bounds.lowerBound < bounds.upperBound else {
      return try result(bounds.lowerBound, least)
    }
    let greatest = try outcome(bounds.upperBound)
    if case .placed = greatest { return try result(bounds.upperBound, greatest) }
    var (fitting, found) = (bounds.lowerBound, least)
    var failing = bounds.upperBound
    while failing - fitting > 1 {
      let middle = fitting + (failing - fitting) / 2
      let outcome = try outcome(middle)
      // What is not known says nothing of more; it is said at the end.
      if case .placed = outcome { (fitting, found) = (middle, outcome) } else { failing = middle }
    }
    let beyond: FitAnswer
    switch try outcome(failing) {
    case .impossible: beyond = .conflict(try conflict(counts(failing)).conflict)
    case .placed, .unknown: beyond = .inconclusive(Self.tooManyOrders)
    }
    return try result(fitting, found, beyond: beyond)
  }

  private func outcome(
    _ value: UInt64?, _ isTrial: Bool = false
  ) throws(FittingError) -> BlockPacking.Outcome {
    let counts = counts(value)
    if overlappingApertures != nil || isShortOfTrampolines(counts) { return .impossible }
    let packing = try packing(counts, keeping: Set(Self.placeRules))
    return (isTrial ? packing.with(limit: Self.conflictLimit) : packing).outcome()
  }

  static let tooManyOrders = UnknownReason.other(
    "no placement of the kernels' memory was found, and their sizes are too different to try all"
      + " orders")

  // MARK: - What is said of them

  private func result(
    _ value: UInt64?, _ outcome: BlockPacking.Outcome, beyond: FitAnswer? = nil,
    isTrial: Bool = false
  ) throws(FittingError) -> LayoutResult {
    let counts = counts(value)
    let layout = question(names(counts))
    let search = PlacementSearch(
      items: layout.question.items.map(\.name), constraints: layout.constraints)
    var placement: KernelsPlacement?
    var shortage: [String] = []
    let answer: FitAnswer
    switch outcome {
    case .placed(let starts):
      let (blocks, kernels) = try place(starts)
      answer = .fits(try search.verified(blocks))
      placement = kernels
    case .impossible where isTrial:
      answer = .conflict(Conflict(layout.constraints, isMinimal: false))
    case .impossible:
      let found = try conflict(counts)
      answer = .conflict(found.conflict)
      shortage = found.sentences
    case .unknown: answer = .inconclusive(Self.tooManyOrders)
    }
    var isExpected: Bool?
    if case .conflict(let conflict) = answer, let expected = description.conflictingRules {
      isExpected =
        conflict.isMinimal
        && Set(conflict.constraints.map(\.rule)).union([.placed]) == expected.union([.placed])
    }
    return LayoutResult(
      description: description, layout: layout, answer: answer,
      values: varied.flatMap { varied in value.map { [varied.quantity.name: $0] } } ?? [:],
      beyond: beyond, isOptimal: nil, search: search, plans: nil,
      isExpectedConflict: isExpected,
      kernels: KernelsResult(placement: placement, shortage: shortage))
  }

  /// The names of the kernels that use a region.
  private func users(_ region: KernelsDescription.Region?, starts: [[UInt64]]) -> [String] {
    let owner = region?.owner
    let wanted = region?.kernels ?? []
    return zip(members, starts).flatMap { member, starts -> [String] in
      guard let kernel = member.kernel, wanted.isEmpty || wanted.contains(kernel.name) else {
        return []
      }
      return member.names.prefix(starts.count).filter { owner == nil || $0 == owner }
    }
  }

  private func place(
    _ all: [[UInt64]]
  ) throws(FittingError) -> (blocks: Placement, kernels: KernelsPlacement) {
    var blocks: Placement = [:]
    var kernels: [KernelsPlacement.Kernel] = []
    var regions: [KernelsPlacement.Region] = []
    var indices: [String: Int] = [:]
    for (member, starts) in zip(members, all) {
      for (name, start) in zip(member.names, starts) {
        guard let memory = AddressRange(start: start, byteCount: member.byteCount) else { continue }
        blocks[name] = memory
        guard let kernel = member.kernel, let own = member.own else {
          regions.append(
            KernelsPlacement.Region(
              name: name, range: memory, kernels: users(member.region, starts: all),
              node: member.node?.number))
          continue
        }
        let index = indices[kernel.name, default: 0]
        indices[kernel.name] = index + 1
        // What was found at another place alike is verified at this one.
        let items = try own.placement(at: start) ?? [:]
        kernels.append(
          KernelsPlacement.Kernel(
            name: name, node: member.node?.number, memory: memory,
            items: try own.search(at: start)?.verified(items) ?? items, trampoline: nil,
            architecture: image.architecture.value, apertures: kernel.apertures,
            processorNumbers: kernel.processorNumbers(of: index), processorCount: own.processorCount
          ))
      }
    }
    kernels.sort { $0.memory < $1.memory }
    // The first page is the running kernel's.
    let pages = Array((trampolines ?? []).dropFirst())
    kernels = kernels.enumerated().map { index, kernel in
      kernel.starting(at: index < pages.count ? pages[index] : nil)
    }
    return (
      blocks, KernelsPlacement(kernels: kernels, regions: regions.sorted { $0.range < $1.range })
    )
  }
}
