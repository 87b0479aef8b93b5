import Evaluation
import Packing

/// Expands states once more, and collects what they lead to, for one thread.
final class SuccessorCollector {
  /// Successors, each with the number of the state that leads to it behind its words.
  let collector: StateCollector
  /// What has ended it, if anything has.
  private(set) var ending: Ending?
  private let generator: any SuccessorGenerator
  private let batch: SuccessorBatch
  private let wordCount: Int
  private var inspection = Inspection()

  /// States that are to be expanded, and their numbers.
  private let states: UnsafeMutablePointer<UInt64>
  private let numbers: UnsafeMutablePointer<Int>
  private var count = 0
  /// What is collected next.
  private let entry: UnsafeMutablePointer<UInt64>

  enum Ending {
    case undecided(Undecided)
    case disk(DiskFailure)
    /// Successors had no room.
    case memory
  }

  /// Which successors are collected.
  enum Choice {
    case all
    /// Two of each state, any of them.
    case leads
  }

  /// - Parameter generator: Nobody else uses it.
  init(_ generator: any SuccessorGenerator, _ collector: StateCollector) {
    self.generator = generator
    self.collector = collector
    wordCount = generator.packing.wordCount
    batch = SuccessorBatch(wordCount: wordCount)
    states = .allocate(capacity: SuccessorBatch.stateCount * wordCount)
    numbers = .allocate(capacity: SuccessorBatch.stateCount)
    entry = .allocate(capacity: wordCount + 1)
  }

  deinit {
    states.deallocate()
    numbers.deallocate()
    entry.deallocate()
  }

  // MARK: - Properties

  /// Finds out which of some instances of liveness properties hold in states.
  ///
  /// - Parameter held: For each state, these as bits.
  func inspect(
    _ states: UnsafePointer<UInt64>, _ positions: Range<Int>, for instances: Range<Int>,
    into held: UnsafeMutablePointer<UInt64>
  ) {
    do throws(Undecided) {
      for position in positions {
        try generator.inspect(states + position * wordCount, into: &inspection)
        var bits: UInt64 = 0
        for instance in inspection.livenessHeld where instances.contains(instance) {
          bits |= 1 &<< UInt64(instance - instances.lowerBound)
        }
        held[position] = bits
      }
    } catch {
      ending = .undecided(error)
    }
  }

  // MARK: - Successors

  /// Collects successors of states.
  ///
  /// - Parameters:
  ///   - first: The number of the state at position 0.
  ///   - isWanted: Whether a state, by its number, is to be expanded.
  func expand(
    _ all: UnsafePointer<UInt64>, _ positions: Range<Int>, first: Int, _ choice: Choice,
    where isWanted: (_ number: Int) -> Bool
  ) {
    for position in positions where isWanted(first + position) {
      (states + count * wordCount).update(from: all + position * wordCount, count: wordCount)
      numbers[count] = first + position
      count += 1
      if count == SuccessorBatch.stateCount { expand(choice) }
    }
    expand(choice)
  }

  private func expand(_ choice: Choice) {
    defer { count = 0 }
    var first = 0
    while first < count, ending == nil, let expanded = expand(from: first) {
      do throws(DiskFailure) {
        for position in 0..<expanded { try collect(position, first + position, choice) }
      } catch {
        ending = .disk(error)
      }
      first += expanded
    }
  }

  private func expand(from first: Int) -> Int? {
    do throws(Undecided) {
      let expanded = try generator.expand(
        states + first * wordCount, count: count - first, into: batch)
      if !batch.isShort { return expanded }
      ending = .memory
    } catch {
      ending = .undecided(error)
    }
    return nil
  }

  /// - Parameters:
  ///   - position: Of an expanded state in the batch.
  ///   - place: Of the same among those that were to be expanded.
  private func collect(_ position: Int, _ place: Int, _ choice: Choice) throws(DiskFailure) {
    let successors = batch.successors(of: position)
    let state = UnsafePointer(states + place * wordCount)
    let number = numbers[place]
    switch choice {
    case .all:
      for successor in successors where !equals(successor, state) {
        try collect(successor, from: number)
      }
    case .leads:
      // Any will do, but no pattern in the order of states may lead in a circle.
      let random = Self.spread(number)
      guard let one = lead(of: successors, random &>> 32, except: state, state) else { return }
      try collect(one, from: number)
      if let other = lead(of: successors, random & 0xFFFF_FFFF, except: state, batch.state(one)) {
        try collect(other, from: number)
      }
    }
  }

  /// A number as bits that say nothing of it (the output function of SplitMix64).
  private static func spread(_ number: Int) -> UInt64 {
    var bits = (UInt64(number) &+ 1) &* 0x9E37_79B9_7F4A_7C15
    bits = (bits ^ bits &>> 30) &* 0xBF58_476D_1CE4_E5B9
    bits = (bits ^ bits &>> 27) &* 0x94D0_49BB_1331_11EB
    return bits ^ bits &>> 31
  }

  /// A successor from a place on that is none of two states.
  ///
  /// - Parameter random: 32 bits that say where.
  private func lead(
    of successors: Range<Int>, _ random: UInt64, except state: UnsafePointer<UInt64>,
    _ other: UnsafePointer<UInt64>
  ) -> Int? {
    let start = Int((random &* UInt64(successors.count)) &>> 32)
    for offset in 0..<successors.count {
      let place = start + offset
      let successor =
        successors.lowerBound + (place < successors.count ? place : place - successors.count)
      if !equals(successor, state), !equals(successor, other) { return successor }
    }
    return nil
  }

  private func equals(_ successor: Int, _ state: UnsafePointer<UInt64>) -> Bool {
    StateOrder.equal(batch.state(successor), state, wordCount)
  }

  private func collect(_ successor: Int, from number: Int) throws(DiskFailure) {
    entry.update(from: batch.state(successor), count: wordCount)
    entry[wordCount] = UInt64(number)
    try collector.append(entry)
  }
}
