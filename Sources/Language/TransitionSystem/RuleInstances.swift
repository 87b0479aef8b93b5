/// All instances of a list of rules: rules in order, a rule's last parameter varying fastest.
///
/// They are known by their positions and made when they are asked for, so that any number of them
/// takes no memory.
package struct RuleInstances: Sendable, RandomAccessCollection {
  private let rules: [Rule]
  /// For each rule, the position of its first instance; behind them, the number of all.
  private let firsts: [Int]

  package init(of rules: [Rule]) {
    self.rules = rules
    var firsts = [0]
    for rule in rules {
      let count = rule.instanceCount
      let (end, overflow) = firsts[firsts.count - 1].addingReportingOverflow(count)
      precondition(!overflow, "whoever makes rules bounds their instances")
      firsts.append(end)
    }
    self.firsts = firsts
  }

  package var startIndex: Int { 0 }
  package var endIndex: Int { firsts[firsts.count - 1] }

  /// The positions of a rule's instances.
  package func range(ofRule rule: Int) -> Range<Int> { firsts[rule]..<firsts[rule + 1] }

  /// The rule that an instance is of.
  package func rule(of position: Int) -> Int {
    var (low, high) = (0, rules.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if firsts[middle] <= position { low = middle } else { high = middle }
    }
    return low
  }

  package subscript(position: Int) -> RuleInstance {
    let rule = rule(of: position)
    let parameters = rules[rule].parameters
    var bindings = Array(repeating: Int64(0), count: parameters.count)
    var rest = position - firsts[rule]
    for number in parameters.indices.reversed() {
      let count = parameters[number].count
      bindings[number] = parameters[number].value(at: rest % count)
      rest /= count
    }
    return RuleInstance(rule: rule, bindings: bindings)
  }
}

extension Rule {
  /// Instances of the rule; saturating.
  package var instanceCount: Int {
    if parameters.contains(where: { $0.count == 0 }) { return 0 }
    return parameters.reduce(1) { product, parameter in
      let (count, overflow) = product.multipliedReportingOverflow(by: parameter.count)
      return overflow ? .max : count
    }
  }
}
