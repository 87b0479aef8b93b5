import TransitionSystem

/// A permutation of the elements of each scalarset.
package struct Renaming: Sendable, Hashable {
  /// For each set and element, its new name.
  package internal(set) var images: [[Int]]

  init(images: [[Int]]) { self.images = images }

  /// Leaves all elements as they are.
  static func identity(_ sets: [Scalarset]) -> Renaming {
    Renaming(images: sets.map { Array(0..<$0.count) })
  }

  /// This one after another.
  package func after(_ first: Renaming) -> Renaming {
    Renaming(images: zip(images, first.images).map { outer, inner in inner.map { outer[$0] } })
  }
}

extension ElementStructure {
  /// Renames the elements in a state, multisets being sorted anew.
  ///
  /// - Parameters:
  ///   - slots: A state.
  ///   - result: As many slots, overwritten.
  func rename(
    _ slots: UnsafePointer<Int64>, by renaming: Renaming,
    into result: UnsafeMutablePointer<Int64>
  ) {
    for slot in roles.indices {
      var target = slot
      for index in roles[slot].indices {
        target += (renaming.images[index.set][index.element] - index.element) * index.stride
      }
      var value = slots[slot]
      if !roles[slot].references.isEmpty, let named = element(named: value, in: slot) {
        value += Int64(renaming.images[named.set][named.element] - named.element)
      }
      result[target] = value
    }
    for multiset in multisets { multiset.normalize(in: result) }
  }
}
