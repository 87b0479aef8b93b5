/// A random, well-typed Murphi model with a small state space.
///
/// The same seed and size give the same model on every machine. Every model is accepted by Rumur
/// 2022.08. More than half of them hold; the others violate an invariant or an assertion, read an
/// undefined value, leave a range, deadlock, or miss a cover or a liveness property.
///
/// ```swift
/// let model = RandomModel(seed: 7)
/// if disagrees(model) {
///   let small = model.shrink(while: disagrees)
///   print(small.text)
/// }
/// ```
package struct RandomModel: Equatable, Sendable {
  /// What counts as a deadlock of a model. The raw values are those of Rumur's
  /// `--deadlock-detection`.
  package enum Deadlock: String, CaseIterable, Sendable {
    /// Nothing.
    case off
    /// A state without an enabled rule.
    case stuck
    /// A state whose enabled rules, if any, all lead back to it.
    case stuttering
  }

  /// What counts as a deadlock when this model is checked.
  package internal(set) var deadlock = Deadlock.off

  var style = Style()
  var constants: [Constant] = []
  var types: [TypeDeclaration] = []
  var variables: [Declaration] = []
  var functions: [Function] = []
  var items: [ModelItem] = []

  init() {}

  /// Generates a model.
  ///
  /// - Parameters:
  ///   - seed: Any number.
  ///   - size: How much is in the model: about the number of rules. 1 gives models of a few lines,
  ///     5 of about a hundred. Also the state space grows: it is bounded by the product of the
  ///     ranges of all variables, at most 4,000 times `size` (undefined values come on top).
  ///     Precondition: positive.
  package init(seed: UInt64, size: Int = 5) {
    precondition(size > 0, "a model's size is at least 1")
    var generator = Generator(seed: seed, size: size)
    self = generator.makeModel()
  }

  /// The model as Murphi source text.
  package var text: String {
    var printer = ModelPrinter(style: style, constants: constants)
    printer.write(self)
    return printer.text
  }

  /// Makes the model smaller while something stays true of it.
  ///
  /// Removes rules, statements, properties, functions, variables and types and simplifies
  /// expressions, largest pieces first, until nothing more can go. Every model that `isFailing` is
  /// asked about is well-typed.
  ///
  /// - Parameters:
  ///   - limit: How often `isFailing` is called at most.
  ///   - isFailing: The property to keep, true of this model.
  /// - Returns: The smallest model found; this one if nothing could be removed.
  package func shrink(limit: Int = 3_000, while isFailing: (RandomModel) -> Bool) -> RandomModel {
    var shrinker = Shrinker(model: self, limit: limit)
    shrinker.run(while: isFailing)
    return shrinker.model
  }
}

/// Spellings that mean the same, chosen once for a model.
struct Style: Equatable, Sendable {
  /// `end` instead of `endrule`, `endif`, …
  var shortEnds = true
  /// `==`, `&&` and `||` instead of `=`, `&` and `|` (of truth values).
  var doubledOperators = false
  /// Keywords in capitals.
  var capitals = false
  /// Parentheses around every operation, instead of where the grammar needs them.
  var allParentheses = false
}
