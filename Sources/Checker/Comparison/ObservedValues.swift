import Evaluation
package import TransitionSystem

/// What is read of the states of two models, by what it is called in both: variables, or an
/// expression.
package struct ObservedValues: Sendable {
  /// What is read, in the words of whoever asked.
  package let names: [String]
  private let base: Source
  private let head: Source

  package enum Source: Sendable {
    /// By their numbers.
    case variables([Int])
    /// A scalar, that reads no parameters.
    case expression(Expression, frameSlotCount: Int)
  }

  package init(_ names: [String], base: Source, head: Source) {
    (self.names, self.base, self.head) = (names, base, head)
  }

  /// Variables of both models, by name.
  ///
  /// - Returns: Nil where one of the models has no such variable, or it has another type there.
  package init?(variables names: [String], of pair: ModelPair) {
    let types = TypeIdentities(pair.base.system, pair.head.system)
    let common = pair.commonVariables(identified: types)
    var numbers: [(base: Int, head: Int)] = []
    for name in names {
      guard let twin = common.first(where: { pair.base.system.variables[$0.base].name == name })
      else { return nil }
      numbers.append(twin)
    }
    self.init(
      names, base: .variables(numbers.map(\.base)), head: .variables(numbers.map(\.head)))
  }

  /// The variables of both models that hold messages, by what they are: multisets, and what is
  /// called after messages or is of a type that is.
  ///
  /// - Returns: Nil where there are none.
  package init?(messagesOf pair: ModelPair) {
    let types = TypeIdentities(pair.base.system, pair.head.system)
    let names = pair.commonVariables(identified: types)
      .map { pair.base.system.variables[$0.base] }
      .filter { Self.isNamedAfterMessages($0.name) || $0.type.holdsMessages }
      .map(\.name)
    guard !names.isEmpty else { return nil }
    self.init(variables: names, of: pair)
  }

  /// Parts of names of what holds messages.
  private static let messageWords = [
    "message", "msg", "mail", "channel", "chan", "queue", "packet", "request", "reply", "inbox",
  ]

  fileprivate static func isNamedAfterMessages(_ name: String) -> Bool {
    let name = name.lowercased()
    return messageWords.contains { name.contains($0) }
  }

  /// What is read of a state: a value for each scalar place. What goes wrong in an expression has a
  /// value of its own.
  func reading(of system: TransitionSystem, isHead: Bool) -> ([Int64]) -> [Int64] {
    switch isHead ? head : base {
    case .variables(let numbers):
      let places = numbers.map { number in
        let variable = system.variables[number]
        return variable.slot..<variable.slot + variable.type.slotCount
      }
      return { state in places.flatMap { state[$0] } }
    case .expression(let expression, let frameSlotCount):
      let interpreter = Interpreter(system: system)
      let property = Property(
        kind: .cover, name: "", parameters: [], expression: expression,
        frameSlotCount: frameSlotCount, span: expression.span)
      return { state in
        for slot in state.indices { interpreter.slots[slot] = state[slot] }
        return [(try? interpreter.evaluate(property, [])) ?? Slot.undefined]
      }
    }
  }
}

extension ValueType {
  /// Whether it is a multiset, or of a type that is named after messages, at whatever depth.
  fileprivate var holdsMessages: Bool {
    switch self {
    case .scalar(let type): type.name.map(ObservedValues.isNamedAfterMessages) ?? false
    case .array(_, let element): element.holdsMessages
    case .record(let fields): fields.contains { $0.type.holdsMessages }
    case .multiset: true
    }
  }
}
