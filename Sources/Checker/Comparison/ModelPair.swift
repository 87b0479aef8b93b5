package import Diagnostics
package import TransitionSystem

/// Two models that are compared: before a change and after it.
package struct ModelPair: Sendable {
  package let base: Model
  package let head: Model
  package let rules: RuleMatching
  package let startStates: RuleMatching
  /// The text of a span without comments, its words one blank apart.
  private let plainText: @Sendable (SourceText, SourceSpan) -> String

  /// A model with the text that it was read from.
  package struct Model: Sendable {
    package let system: TransitionSystem
    package let source: SourceText

    package init(system: TransitionSystem, source: SourceText) {
      self.system = system
      self.source = source
    }
  }

  /// - Parameters:
  ///   - renamed: Names of rules of the base with the names that the head has for them.
  ///   - plainText: The text of a span without comments, as the language has them.
  package init(
    base: Model, head: Model, renamed: [String: String] = [:],
    plainText: @escaping @Sendable (SourceText, SourceSpan) -> String = { $0.text(of: $1) }
  ) {
    self.plainText = plainText
    self.base = base
    self.head = head
    rules = RuleMatching(
      (base.system.rules, base.source), (head.system.rules, head.source), given: renamed)
    startStates = RuleMatching(
      (base.system.startStates, base.source), (head.system.startStates, head.source),
      given: renamed)
  }

  /// Variables of one name and type, by their numbers.
  func commonVariables(identified types: TypeIdentities) -> [(base: Int, head: Int)] {
    let relocation = Relocation(slotCount: 0, functionCount: 0, types: types)
    var numbers: [String: Int] = [:]
    for (number, variable) in head.system.variables.enumerated() {
      numbers[variable.name] = number
    }
    return base.system.variables.enumerated().compactMap { number, variable in
      guard !variable.isHidden, let twin = numbers[variable.name],
        relocation.moved(head.system.variables[twin].type) == variable.type
      else { return nil }
      return (number, twin)
    }
  }

  /// The texts of spans of one of the models.
  func texts(of spans: [SourceSpan], isHead: Bool) -> [String] {
    spans.map { plainText(isHead ? head.source : base.source, $0) }
  }

  /// Whether a span of the base and one of the head say other things.
  func textsDiffer(_ old: SourceSpan, _ new: SourceSpan) -> Bool {
    texts(of: [old], isHead: false) != texts(of: [new], isHead: true)
  }

  /// Whether what two properties call is different.
  func callsDiffer(_ old: Property, _ new: Property) -> Bool {
    // The span of a function is its name.
    func texts(_ property: Property, in system: TransitionSystem, isHead: Bool) -> [[String]] {
      system.functionsCalled(by: property.expression).map { number in
        let function = system.functions[number]
        return self.texts(of: [function.span] + function.body.map(\.span), isHead: isHead)
      }
    }
    return texts(old, in: base.system, isHead: false) != texts(new, in: head.system, isHead: true)
  }

  /// Whether one of them has symbolic constants.
  var isSymbolic: Bool {
    [base.system, head.system].contains { $0.pathSlot != nil || !$0.symbolicConstants.isEmpty }
  }

  /// Whether both leave the same constants open, and assume the same of them in the same words.
  var haveSameSymbolicConstants: Bool {
    let (old, new) = (base.system, head.system)
    guard old.symbolicConstants.count == new.symbolicConstants.count,
      old.layoutAssumptions.count == new.layoutAssumptions.count
    else { return false }
    let areAlike = zip(old.symbolicConstants, new.symbolicConstants).allSatisfy { first, second in
      first.name == second.name && first.first == second.first
        && first.indices.map(\.lower) == second.indices.map(\.lower)
        && first.indices.map(\.upper) == second.indices.map(\.upper)
    }
    return areAlike
      && zip(old.layoutAssumptions, new.layoutAssumptions).allSatisfy { first, second in
        !textsDiffer(first.span, second.span) && !callsDiffer(first, second)
      }
  }

  /// Whether variables of one name have one type.
  var haveSharedVariablesOfOneType: Bool {
    let common = commonVariables(identified: TypeIdentities(base.system, head.system))
    let names = Set(base.system.variables.map(\.name))
    return common.count == head.system.variables.count { !$0.isHidden && names.contains($0.name) }
  }

  /// Whether both systems have the same variables.
  package var haveSameVariables: Bool {
    let count = base.system.variables.count { !$0.isHidden }
    return count == head.system.variables.count { !$0.isHidden }
      && commonVariables(identified: TypeIdentities(base.system, head.system)).count == count
  }
}

extension TransitionSystem {
  /// Functions that are called when an expression is evaluated, by number.
  fileprivate func functionsCalled(by expression: Expression) -> [Int] {
    var called: Set<Int> = []
    var open: [Int] = []
    func note(_ part: Part) {
      if case .call(let function) = part, called.insert(function).inserted { open.append(function) }
    }
    expression.forEachPart(note)
    while let function = open.popLast() { functions[function].body.forEachPart(note) }
    return called.sorted()
  }
}
