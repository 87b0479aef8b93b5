import NativeCode
import TransitionSystem

/// Successors by compiled rules; what they give back, by the interpreter.
final class NativeGenerator: SuccessorGenerator {
  let layout: StateLayout
  private let library: NativeLibrary
  private let fallback: InterpreterGenerator
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
  private let coverCount: Int

  /// - Parameter fallback: The generator so far; what it has counted still counts.
  init(_ space: SearchSpace, _ library: NativeLibrary, fallback: InterpreterGenerator) {
    layout = space.layout
    self.library = library
    self.fallback = fallback
    properties = PropertyInstances(space.system)
    coverNumbers = properties.covers.compactMap { space.system.properties[$0.property].cover }
    let held = fallback.antecedentsHeld
    antecedentCount = held.count
    coverCount = space.system.covers.count
    hits = Self.zeros(coverCount)
    savedHits = Self.zeros(coverCount)
    propertyCovers = Self.zeros(properties.covers.count)
    live = Self.zeros(properties.liveness.count)
    measures = Self.zeros(properties.measures.count)
    antecedents = Self.zeros(held.count)
    for position in held.indices where held[position] { antecedents[position] = 1 }
    // The C's own jump buffer stands behind the fields, and is to be aligned as any C object.
    context = UnsafeMutableRawPointer.allocate(
      byteCount: NativeContext.byteCount, alignment: 16
    ).bindMemory(to: NativeContext.self, capacity: 1)
    var fields = NativeContext()
    fields.coverHits = hits
    fields.savedCoverHits = savedHits
    fields.propertyCovers = propertyCovers
    fields.live = live
    fields.measures = measures
    fields.antecedents = antecedents
    context.initialize(to: fields)
  }

  deinit {
    UnsafeMutableRawPointer(context).deallocate()
    hits.deallocate()
    savedHits.deallocate()
    propertyCovers.deallocate()
    live.deallocate()
    measures.deallocate()
    antecedents.deallocate()
  }

  private static func zeros<Number: FixedWidthInteger>(
    _ count: Int
  ) -> UnsafeMutablePointer<Number> {
    let memory = UnsafeMutablePointer<Number>.allocate(capacity: max(1, count))
    memory.initialize(repeating: 0, count: max(1, count))
    return memory
  }

  var coverHits: [Int] { zip(fallback.coverHits, 0..<coverCount).map { $0 + hits[$1] } }

  var antecedentsHeld: [Bool] {
    zip(fallback.antecedentsHeld, 0..<antecedentCount).map { $0 || antecedents[$1] != 0 }
  }

  func startStates(into batch: SuccessorBatch) { fallback.startStates(into: batch) }

  func expand(
    _ states: UnsafePointer<UInt64>, count: Int, seen: borrowing SeenSet, into batch: SuccessorBatch
  ) -> Int {
    batch.removeAll()
    context.pointee.states = states
    context.pointee.count = count
    context.pointee.room = batch.capacity
    context.pointee.successors = batch.words
    context.pointee.instances = batch.instances
    context.pointee.ends = batch.ends
    context.pointee.hasProgress = batch.hasProgress
    context.pointee.position = 0
    context.pointee.produced = 0
    context.pointee.isGivenBack = 0
    library.expand(UnsafeMutableRawPointer(context))
    let expanded = context.pointee.position
    if expanded == 0 { return fallback.expand(states, count: 1, seen: seen, into: batch) }
    batch.count = context.pointee.produced
    lookUp(in: seen, batch)
    return expanded
  }

  private func lookUp(in seen: borrowing SeenSet, _ batch: SuccessorBatch) {
    context.pointee.hashes = batch.hashes
    context.pointee.numbers = batch.numbers
    context.pointee.table = seen.slots
    context.pointee.tableMask = seen.slotMask
    context.pointee.seen = seen.state(0)
    library.lookUp(UnsafeMutableRawPointer(context))
  }

  func inspect(_ state: UnsafePointer<UInt64>, into inspection: inout Inspection) {
    switch library.inspect(UnsafeMutableRawPointer(context), state) {
    case 0: break
    case 1:
      inspection.removeAll()
      inspection.isDiscarded = true
      return
    default:
      fallback.inspect(state, into: &inspection)
      return
    }
    inspection.removeAll()
    for instance in coverNumbers.indices where propertyCovers[instance] != 0 {
      inspection.coversHit.append(coverNumbers[instance])
    }
    for instance in properties.liveness.indices {
      inspection.livenessHolds.append(live[instance] != 0)
    }
    for instance in properties.measures.indices { inspection.measures.append(measures[instance]) }
  }
}
