internal import MemoryLayout
package import SMT

extension LayoutQuestion {
  /// What stands for an item's place in formulas.
  package struct Symbols: Hashable, Sendable {
    /// The unknown for the address of its first byte.
    package let start: String
    /// The unknown for how many bytes it takes.
    package let byteCount: String
  }

  /// For each item, `ITEM_base` and `ITEM_size`, where what is no letter or digit is `_`.
  package var symbols: [Symbols] {
    question.items.map { item in
      let name = PlacementTerms.symbol(item.name)
      return Symbols(start: "\(name)_base", byteCount: "\(name)_size")
    }
  }

  /// What every placement keeps to, over `symbols`: all items have a place, and quantities have at
  /// least the least value of their range. With a sentence each.
  package var formulas: [(formula: BoolTerm, text: String)] {
    let names = question.items.map(\.name)
    let terms = PlacementTerms(items: names, symbols: symbols)
    let least = quantities.flatMap { $0.constraints($0.bounds.lowerBound) }
    let placed = names.compactMap { name in
      terms[name].map { ($0.isPlaced, "`\(name)` has a place") }
    }
    let bounds = terms.bounds.map { ($0, "addresses have 64 bits") }
    let kept = (constraints + least).enumerated().map { index, constraint in
      (
        terms.formula(of: constraint.demand, label: PlacementSearch.label(index)),
        constraint.statement
      )
    }
    return placed + bounds + kept
  }
}
