/// Makes a failing model smaller, one step at a time, for as long as it still fails.
///
/// Each round lists every model that is one step smaller (largest steps first) and takes the first
/// ones that fail. It ends when a whole round finds none. Steps may break a model; those that the
/// type checker does not accept are never tried.
struct Shrinker {
  private(set) var model: RandomModel
  private var remainingTests: Int

  init(model: RandomModel, limit: Int) {
    self.model = model
    remainingTests = limit
  }

  mutating func run(while isFailing: (RandomModel) -> Bool) {
    var position = 0
    var hasShrunk = true
    while hasShrunk, remainingTests > 0 {
      hasShrunk = false
      position = 0
      // After a success the list is made anew but not read from the start: what came before failed
      // to shrink a moment ago, and most likely still does.
      var candidates = model.reductions
      while position < candidates.count, remainingTests > 0 {
        let candidate = candidates[position]
        if keeps(candidate, isFailing) {
          model = candidate
          hasShrunk = true
          candidates = model.reductions
        } else {
          position += 1
        }
      }
    }
  }

  private mutating func keeps(
    _ candidate: RandomModel, _ isFailing: (RandomModel) -> Bool
  ) -> Bool {
    guard TypeChecker.accepts(candidate) else { return false }
    remainingTests -= 1
    return isFailing(candidate)
  }
}

/// Lists that are one step smaller: without a half, a quarter, … of the elements, then with one
/// element replaced by what `reduce` makes of it.
func reductions<Element>(
  of list: [Element], _ reduce: (Element) -> [[Element]] = { _ in [] }
) -> [[Element]] {
  var smaller: [[Element]] = []
  var length = list.count
  while length > 0 {
    for start in stride(from: 0, to: list.count, by: length) {
      var shorter = list
      shorter.removeSubrange(start..<min(start + length, list.count))
      smaller.append(shorter)
    }
    length /= 2
  }
  for (index, element) in list.enumerated() {
    for replacement in reduce(element) {
      var changed = list
      changed.replaceSubrange(index...index, with: replacement)
      smaller.append(changed)
    }
  }
  return smaller
}

extension RandomModel {
  /// The models that are one step smaller, largest steps first. Not all are well-typed.
  var reductions: [RandomModel] {
    var models: [RandomModel] = []
    func add(_ change: (inout RandomModel) -> Void) {
      var copy = self
      change(&copy)
      if copy != self { models.append(copy) }
    }
    add { $0.style = Style() }
    for items in TestSupport.reductions(of: items, { $0.reductions }) { add { $0.items = items } }
    for functions in TestSupport.reductions(of: functions, { $0.reductions.map { [$0] } }) {
      add { $0.functions = functions }
    }
    for variables in TestSupport.reductions(of: variables, { $0.reductions }) {
      add { $0.variables = variables }
    }
    for types in TestSupport.reductions(of: types, { $0.reductions.map { [$0] } }) {
      add { $0.types = types }
    }
    for constants in TestSupport.reductions(of: constants) { add { $0.constants = constants } }
    return models
  }
}

extension Declaration {
  /// The same name with a simpler type.
  var reductions: [[Declaration]] {
    type == .boolean ? [] : [[Declaration(name: name, type: .boolean)]]
  }
}

extension TypeDeclaration {
  var reductions: [TypeDeclaration] {
    let shapes: [TypeShape] =
      switch shape {
      case .enumeration(let members):
        TestSupport.reductions(of: members).map { .enumeration(members: $0) }
      case .record(let fields): TestSupport.reductions(of: fields).map { .record(fields: $0) }
      case .scalarset(let count): [.scalarset(count: count - 1)]
      case .synonym: []
      }
    return shapes.map { TypeDeclaration(name: name, shape: $0) }
  }
}
