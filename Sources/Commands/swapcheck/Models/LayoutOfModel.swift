import Diagnostics
import Fitting
import PathConditions
import SMT
import TransitionSystem

/// Gives a model's symbolic constants what a layout says of the items of the same names.
enum LayoutOfModel {
  /// The constraints of a layout, for a model's symbolic constants `ITEM_base` and `ITEM_size`.
  ///
  /// - Throws: Also where the model has none of these names.
  static func facts(
    _ path: String, _ system: TransitionSystem, _ source: SourceText
  ) throws(CommandFailure) -> [LayoutFact] {
    let question = try LayoutReading.question(path)
    let names = Set(system.symbolicConstants.filter { $0.indices.isEmpty }.map(\.name))
    let known = question.symbols.flatMap { [$0.start, $0.byteCount] }
    guard !names.isDisjoint(with: known) else {
      throw CommandFailure(
        "\(source.path): error: no symbolic constant has a name of \(path), which are "
          + known.joined(separator: ", "))
    }
    return question.formulas.map { LayoutFact($0.formula, "\(path): \($0.text)") }
  }
}
