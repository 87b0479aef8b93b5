import Diagnostics
import Murphi
import Packing
import Testing
import TransitionSystem

/// Packing and unpacking are each other's inverse.
@Suite struct StatePackingTests {
  private func system(_ declarations: String) throws -> TransitionSystem {
    let source = SourceText(path: "m", text: declarations + "\nstartstate begin end;")
    return try #require(MurphiModel.load(source).system)
  }

  private func roundTrip(_ slots: [Int64], _ packing: StatePacking) -> [Int64] {
    var words = [UInt64](repeating: .max, count: packing.wordCount)
    var result = [Int64](repeating: 7, count: slots.count)
    slots.withUnsafeBufferPointer { slots in
      words.withUnsafeMutableBufferPointer { words in
        result.withUnsafeMutableBufferPointer { result in
          guard let from = slots.baseAddress, let packed = words.baseAddress,
            let to = result.baseAddress
          else { return }
          packing.encode(from, into: packed)
          packing.decode(packed, into: to)
        }
      }
    }
    return result
  }

  @Test func everySmallStateSurvives() throws {
    let system = try system("var a: -2..1; b: boolean; c: enum {A, B, C}; d: 5..5;")
    for isUndefinable in [true, false] {
      let packing = StatePacking(
        system: system, mayBeUndefined: Array(repeating: isUndefinable, count: 4))
      #expect(packing.wordCount == 1)
      #expect(packing.bitCount == (isUndefinable ? 3 + 2 + 2 + 1 : 2 + 1 + 2 + 0))
      let undefined: [Int64] = isUndefinable ? [Slot.undefined] : []
      for a in Array(-2...1) + undefined {
        for b in [0, 1] + undefined {
          for c in [0, 1, 2] + undefined {
            for d in [5] + undefined { #expect(roundTrip([a, b, c, d], packing) == [a, b, c, d]) }
          }
        }
      }
    }
  }

  @Test func wideRangesSurvive() throws {
    let system = try system(
      "var a: -9223372036854775807..9223372036854775807; b: 0..1; "
        + "c: -9223372036854775807..9223372036854775807;")
    let packing = StatePacking(system: system, mayBeUndefined: [true, true, true])
    #expect(packing.wordCount == 3)
    for value in [Int64.min + 1, -1, 0, 1, Int64.max, Slot.undefined] {
      #expect(roundTrip([value, 1, value], packing) == [value, 1, value])
    }
  }

  @Test func noFieldStraddlesWords() throws {
    let system = try system("var a: array [0..40] of 0..4; b: array [0..9] of 0..1000000;")
    let packing = StatePacking(
      system: system, mayBeUndefined: Array(repeating: true, count: system.slotCount))
    var used = [UInt64](repeating: 0, count: packing.wordCount)
    for field in packing.fields {
      let bits = field.mask << field.shift
      #expect(bits >> field.shift == field.mask, "a field leaves its word")
      #expect(used[field.word] & bits == 0, "two fields overlap")
      used[field.word] |= bits
    }
    let random = (0..<system.slotCount).map { $0 < 41 ? Int64($0 % 5) : Int64($0 * 19_999) }
    #expect(roundTrip(random, packing) == random)
  }
}
