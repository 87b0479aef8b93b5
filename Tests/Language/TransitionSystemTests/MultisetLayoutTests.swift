import Diagnostics
import Murphi
import Testing
import TransitionSystem

/// Multisets are sorted, in time that is not quadratic: insertion sort would take hours here.
@Suite struct MultisetLayoutTests {
  @Test(arguments: [3, 40, 500_000]) func membersAreSorted(capacity: Int) throws {
    let text = """
      var m: multiset [\(capacity)] of 0..\(capacity);
      startstate begin end;
      """
    let system = try #require(MurphiModel.load(SourceText(path: "m", text: text)).system)
    let multiset = try #require(MultisetSlots.all(in: system).first)
    // One place is empty, each number stands there twice, and the greatest comes first.
    var slots = (0..<capacity).flatMap { place -> [Int64] in
      place == capacity / 2
        ? [0, Slot.undefined] : [1, Int64((capacity - place) / 2)]
    }
    let members = slots.indices.filter { $0 % 2 == 1 && slots[$0 - 1] == 1 }.map { slots[$0] }
    slots.withUnsafeMutableBufferPointer { buffer in
      if let base = buffer.baseAddress { multiset.normalize(in: base) }
    }
    let sorted: [Int64] =
      members.sorted().flatMap { [1, $0] as [Int64] } + [0, Slot.undefined]
    #expect(slots == sorted)
  }
}
