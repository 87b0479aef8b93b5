import Diagnostics
import TransitionSystem

extension ModelLinter {
  // MARK: - Parameters

  /// A rule that does not depend on a parameter is tried once for each of its values, and does the
  /// same each time.
  mutating func lintParameters() {
    for rule in system.rules + system.startStates {
      var read: Set<Int> = []
      rule.guardExpression?.forEachPart { read.formUnion($0.frameSlots) }
      rule.body.forEachPart { read.formUnion($0.frameSlots) }
      lintParameters(rule.parameters, read, of: "rule \"\(rule.name)\"", rule.span)
    }
    for property in system.properties {
      var read: Set<Int> = []
      property.expression.forEachPart { read.formUnion($0.frameSlots) }
      lintParameters(
        property.parameters, read, of: "\(property.kind.rawValue) \"\(property.name)\"",
        property.span)
    }
  }

  private mutating func lintParameters(
    _ parameters: [RuleParameter], _ read: Set<Int>, of what: String, _ span: SourceSpan
  ) {
    for (slot, parameter) in parameters.enumerated()
    where !read.contains(slot) && parameter.count > 1 {
      warn(
        .unusedParameter, "\(what) does not depend on `\(parameter.name)`",
        at: nameSpan(of: span))
    }
  }
}

extension Part {
  /// The slots of the frame that a place begins at.
  fileprivate var frameSlots: [Int] {
    switch self {
    case .place(let place, _):
      switch place.base {
      case .frame: [place.offset]
      case .reference(let slot): [slot]
      case .state: []
      }
    case .expression, .statement, .call: []
    }
  }
}
