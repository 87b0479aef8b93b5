import TransitionSystem

/// Follows a guard, an action or a property with its parameters bound, and notes what it may read
/// and write of the state: an abstract execution, in which a slot of a frame has a set of values
/// and a slot of the state any value.
///
/// Loops over few values are unrolled, calls are followed with what their arguments are known to
/// be, and of a condition whose value is known one branch is followed. Both branches of another one
/// are followed, and what they write to a frame is added to what may have been there before.
///
/// It gives up, by throwing `Overrun`, where that takes too long and where functions call
/// themselves.
struct AccessAnalysis {
  struct Overrun: Error {}

  let system: TransitionSystem
  var reads: SlotSet
  var writes: SlotSet
  /// For each slot that may be written, the values that may be written to it.
  var writtenValues: [Int: ValueSet] = [:]

  /// Frames of the calls that are being followed, innermost last.
  var frames: [Frame]
  /// Functions that are being followed.
  private var callees: [Int] = []
  /// Above 0, what is followed may not be executed at all.
  var uncertainty = 0
  private var effort = 0
  /// What the analysis has taken: expressions, statements, and slots that it went through.
  private(set) var cost = 0

  /// Expressions and statements that are followed at most. Usual rules take some hundred.
  private static let maximumEffort = 20_000
  /// Slots that take as long as an expression.
  private static let slotsOfStep = 16
  private static let maximumCallDepth = 30
  /// Loops of more rounds are not unrolled.
  static let maximumRounds: Int64 = 256

  struct Frame: Hashable {
    /// A slot that is not here may have any value.
    var values: [Int: ValueSet] = [:]
    /// What `var` parameters and aliases stand for.
    var references: [Int: Target] = [:]
    /// What may have been returned.
    var result: ValueSet?
  }

  /// The slots that a place may begin at.
  struct Target: Hashable {
    var base: Base
    var starts: [Int]

    enum Base: Hashable {
      case state
      /// The frame at this level.
      case frame(Int)
    }
  }

  /// - Parameter bindings: Values of the parameters, which are first in the frame; nil for all.
  init(system: TransitionSystem, bindings: [Int64]?) {
    self.system = system
    reads = SlotSet(slotCount: system.slotCount)
    writes = SlotSet(slotCount: system.slotCount)
    var frame = Frame()
    for (slot, value) in (bindings ?? []).enumerated() { frame.values[slot] = ValueSet(value) }
    frames = [frame]
  }

  mutating func spend(_ amount: Int = 1) throws(Overrun) {
    effort += amount
    cost += amount
    if effort > Self.maximumEffort { throw Overrun() }
  }

  /// Slots that are gone through at once; a large aggregate is not worth it.
  mutating func spend(slots count: Int) throws(Overrun) { try spend(count / Self.slotsOfStep) }

  /// Forgets what has been read and written so far, but not what is known of the frame.
  mutating func forgetAccesses() {
    reads = SlotSet(slotCount: system.slotCount)
    writes = SlotSet(slotCount: system.slotCount)
    writtenValues = [:]
  }

  // MARK: - Places

  var level: Int { frames.count - 1 }

  /// Where a place may begin. Its indices are evaluated.
  mutating func resolve(_ place: Place) throws(Overrun) -> Target {
    var target: Target
    switch place.base {
    case .state: target = Target(base: .state, starts: [place.offset])
    case .frame: target = Target(base: .frame(level), starts: [place.offset])
    case .reference(let slot):
      guard let reference = frames[level].references[slot] else { throw Overrun() }
      target = Target(base: reference.base, starts: reference.starts.map { $0 + place.offset })
    }
    for index in place.indices {
      let values = try evaluate(index.value).values
      let positions: [Int] =
        values?.compactMap { value in
          let (distance, overflow) = value.subtractingReportingOverflow(index.lower)
          return overflow || distance < 0 || distance >= Int64(index.count) ? nil : Int(distance)
        } ?? Array(0..<index.count)
      try spend(target.starts.count * positions.count)
      target.starts = target.starts.flatMap { start in
        positions.map { start + $0 * index.stride }
      }
    }
    return target
  }

  mutating func read(_ target: Target, slotCount: Int) {
    guard target.base == .state else { return }
    cost += target.starts.count * slotCount / 8
    for start in target.starts { reads.insert(start..<start + slotCount) }
  }

  /// The values that one slot of a place may have, and may be read with.
  func value(at target: Target, within bounds: ClosedRange<Int64>) -> ValueSet {
    guard case .frame(let level) = target.base,
      var union = target.starts.first.map({
        frames[level].values[$0] ?? .any
      })
    else { return ValueSet(bounds) }
    for start in target.starts.dropFirst() {
      union.formUnion(frames[level].values[start] ?? .any)
    }
    return union.clamped(to: bounds)
  }

  /// Writes to the slots of a place.
  ///
  /// - Parameter values: For each of its slots, what may be written; nil is anything.
  mutating func write(_ target: Target, slotCount: Int, _ values: [ValueSet]?) throws(Overrun) {
    try spend(target.starts.count)
    cost += target.starts.count * slotCount
    for start in target.starts {
      for offset in 0..<slotCount {
        let value = values?[offset] ?? .any
        switch target.base {
        case .state:
          writes.insert(start + offset..<start + offset + 1)
          writtenValues[start + offset] =
            writtenValues[start + offset].map { $0.union(value) } ?? value
        case .frame(let level):
          let isCertain = uncertainty == 0 && target.starts.count == 1
          let old = isCertain ? value : frames[level].values[start + offset] ?? .any
          frames[level].values[start + offset] = old.union(value)
        }
      }
    }
  }

  // MARK: - Calls

  /// What the slots of an argument may hold; nil is anything.
  private mutating func values(of argument: Argument) throws(Overrun) -> [ValueSet]? {
    switch argument {
    case .value(let expression):
      _ = try evaluate(expression)
      return nil
    case .aggregate(let aggregate): return try values(of: aggregate)
    case .reference, .temporary: throw Overrun()
    }
  }

  /// Follows a call, and returns what a single value that it returns may be.
  mutating func call(
    _ function: Int, _ arguments: [Argument]
  ) throws(Overrun) -> ValueSet {
    guard !callees.contains(function), callees.count < Self.maximumCallDepth else {
      throw Overrun()
    }
    let callee = system.functions[function]
    var frame = Frame()
    for (parameter, argument) in zip(callee.parameters, arguments) {
      switch argument {
      case .value(let expression):
        frame.values[parameter.frameSlot] = try evaluate(expression, within: parameter.bounds)
      case .aggregate(let aggregate):
        for (offset, value) in (try values(of: aggregate) ?? []).enumerated() {
          frame.values[parameter.frameSlot + offset] = value
        }
      case .reference(let place):
        frame.references[parameter.frameSlot] = try resolve(place)
      case .temporary(let place, let argument):
        let target = try resolve(place)
        try write(target, slotCount: place.slotCount, try values(of: argument))
        frame.references[parameter.frameSlot] = target
      }
    }
    frames.append(frame)
    callees.append(function)
    _ = try execute(callee.body)
    callees.removeLast()
    return frames.removeLast().result ?? .any
  }
}
