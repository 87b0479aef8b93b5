import CIntrinsics
import CNativeContext
import Diagnostics
import Evaluation
import NativeCode
import Packing
import Symmetry
import TransitionSystem

/// Compiled rules with memory to work on, for one thread at a time. What they cannot decide they
/// give back; that is the interpreter's.
final class NativeWorker {
  // In memory of its own: an access to a property that may change is checked.
  private let library: UnsafeMutablePointer<NativeLibrary>
  private let properties: PropertyInstances
  /// For each instance of a cover that stands beside the rules, its number in the system.
  private let coverNumbers: [Int]

  // Memory that the native code works on.
  private let context: UnsafeMutablePointer<NativeContext>
  private let hits: UnsafeMutablePointer<Int>
  private let savedHits: UnsafeMutablePointer<Int>
  private let propertyCovers: UnsafeMutablePointer<Int>
  private let live: UnsafeMutablePointer<UInt8>
  private let measures: UnsafeMutablePointer<Int64>
  private let antecedents: UnsafeMutablePointer<UInt8>
  private let antecedentCount: Int
  private let remarks: UnsafeMutablePointer<UInt8>
  private let remarkCount: Int
  private let coverCount: Int
  private let canonicalizer: Canonicalizer
  private let alike: UnsafeMutablePointer<UInt16>
  private let wordCount: Int
  private let countsAlike: Bool
  /// What the code asks of symbolic constants; nil where there are none.
  private let questions: NativeQuestions?
  private let greatest: UnsafeMutablePointer<Int64>
  private let stop: StopCondition

  /// - Parameter held: For each antecedent, whether it has been true already.
  init(_ space: SearchSpace, _ library: NativeLibrary, antecedentsHeld held: [Bool]) {
    self.library = .allocate(capacity: 1)
    self.library.initialize(to: library)
    properties = PropertyInstances(space.system)
    coverNumbers = properties.covers.compactMap { space.system.properties[$0.property].cover }
    antecedentCount = held.count
    coverCount = space.system.covers.count
    stop = space.stop
    canonicalizer = Canonicalizer(space.symmetry, packing: space.packing)
    wordCount = space.packing.wordCount
    countsAlike = space.alikeElements.count > 0
    alike = Self.zeros(canonicalizer.alikeCount * SuccessorBatch.stateCount)
    hits = Self.zeros(coverCount)
    savedHits = Self.zeros(coverCount)
    propertyCovers = Self.zeros(properties.covers.count)
    live = Self.zeros(properties.liveness.count)
    measures = Self.zeros(properties.measures.count)
    greatest = Self.zeros(properties.measures.count)
    switch space.domain {
    case .numbers: questions = nil
    case .layouts(let paths): questions = NativeQuestions(paths, space.system)
    }
    antecedents = Self.zeros(held.count)
    for position in held.indices where held[position] { antecedents[position] = 1 }
    remarkCount = space.system.remarks.count
    remarks = Self.zeros(remarkCount)
    // The jump buffer in it is to be aligned as any C object.
    context = UnsafeMutableRawPointer.allocate(
      byteCount: MemoryLayout<NativeContext>.size, alignment: 16
    ).bindMemory(to: NativeContext.self, capacity: 1)
    var fields = NativeContext()
    fields.ticks = NativeContext.firstTicks
    fields.cover_hits = hits
    fields.saved_cover_hits = savedHits
    fields.property_covers = propertyCovers
    fields.live = live
    fields.measures = measures
    fields.antecedents = antecedents
    fields.remarks = remarks
    fields.alike = UnsafePointer(alike)
    fields.greatest = greatest
    fields.due_owner = Unmanaged.passUnretained(stop).toOpaque()
    fields.is_due = { owner in
      guard let owner else { return 0 }
      return Unmanaged<StopCondition>.fromOpaque(owner).takeUnretainedValue().isDue() ? 1 : 0
    }
    questions?.connect(to: &fields)
    context.initialize(to: fields)
  }

  deinit {
    library.deallocate()
    UnsafeMutableRawPointer(context).deallocate()
    hits.deallocate()
    savedHits.deallocate()
    propertyCovers.deallocate()
    live.deallocate()
    measures.deallocate()
    greatest.deallocate()
    antecedents.deallocate()
    remarks.deallocate()
    alike.deallocate()
  }

  private static func zeros<Number: FixedWidthInteger>(
    _ count: Int
  ) -> UnsafeMutablePointer<Number> {
    let memory = UnsafeMutablePointer<Number>.allocate(capacity: max(1, count))
    memory.initialize(repeating: 0, count: max(1, count))
    return memory
  }

  /// Goes on with the same rules compiled otherwise.
  func use(_ library: NativeLibrary) { self.library.pointee = library }

  /// How often each cover has been hit within bodies.
  var coverHits: [Int] { (0..<coverCount).map { hits[$0] } }

  /// For each antecedent, whether it has been true.
  var antecedentsHeld: [Bool] { (0..<antecedentCount).map { antecedents[$0] != 0 } }

  /// For each of the system's remarks, whether it has been met.
  var remarksMet: [Bool] { (0..<remarkCount).map { remarks[$0] != 0 } }

  /// Takes over which antecedents have been true elsewhere.
  func note(antecedentsHeld held: [Bool]) {
    for position in held.indices where held[position] { antecedents[position] = 1 }
  }

  /// Throws what compiled rules could not find out, where a state was given back for that: an error
  /// cannot go through their C.
  func throwUndecided() throws(Undecided) {
    if let reason = questions?.takeUndecided() { throw reason }
  }

  /// Fires every enabled rule instance on states, up to one that is given back.
  ///
  /// - Returns: How many states were expanded. Where that is none, the first is given back.
  func expand(_ states: UnsafePointer<UInt64>, count: Int, into batch: SuccessorBatch) -> Int {
    batch.removeAll()
    var expanded = run(states, count: count, into: batch)
    while expanded == 0, context.pointee.is_full != 0, batch.grow() {
      expanded = run(states, count: count, into: batch)
    }
    batch.canonicalize(by: canonicalizer)
    return expanded
  }

  private func run(
    _ states: UnsafePointer<UInt64>, count: Int, into batch: SuccessorBatch
  ) -> Int {
    context.pointee.is_full = 0
    context.pointee.stack_floor = stack_floor()
    context.pointee.states = states
    context.pointee.count = count
    context.pointee.room = batch.capacity
    context.pointee.successors = batch.words
    context.pointee.instances = batch.instances
    context.pointee.ends = batch.ends
    context.pointee.has_progress = batch.hasProgress
    context.pointee.is_stuck = batch.isStuck
    context.pointee.position = 0
    context.pointee.produced = 0
    context.pointee.multiplicities = batch.multiplicities
    if countsAlike {
      for state in 0..<count {
        canonicalizer.countAlike(
          states + state * wordCount, into: alike + state * canonicalizer.alikeCount)
      }
    }
    library.pointee.expand(context)
    batch.count = context.pointee.produced
    return context.pointee.position
  }

  /// Evaluates the properties in a state.
  ///
  /// - Returns: False if that is the interpreter's.
  func inspect(_ state: UnsafePointer<UInt64>, into inspection: inout Inspection) -> Bool {
    inspection.removeAll()
    // Whatever is not known yet may be asked for: states are looked at in turn.
    context.pointee.position = 0
    context.pointee.stack_floor = stack_floor()
    switch library.pointee.inspect(context, state) {
    case 0: break
    case 1:
      inspection.end(by: .discards)
      return true
    default: return false
    }
    for instance in coverNumbers.indices where propertyCovers[instance] != 0 {
      inspection.noteCover(coverNumbers[instance])
    }
    for instance in properties.liveness.indices where live[instance] != 0 {
      inspection.noteLiveness(instance)
    }
    for instance in properties.measures.indices {
      inspection.noteMeasure(instance, measures[instance])
      if questions != nil { inspection.noteMeasure(instance, greatest[instance]) }
    }
    return true
  }
}
