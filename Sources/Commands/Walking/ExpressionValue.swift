package import Evaluation
import Report
import TransitionSystem

/// What an expression is in a state.
package enum ExpressionValue: Sendable, Equatable {
  /// In the model's words.
  case value(String)
  /// What has several: the name of each part behind the expression, such as `[OLD].cpu`, and its
  /// value.
  case parts([Part])
  /// It cannot be evaluated there.
  case interrupted(Interruption.Cause)

  package struct Part: Sendable, Equatable {
    package let name: String
    package let value: String

    package init(name: String, value: String) {
      self.name = name
      self.value = value
    }
  }

  /// Parts that are shown.
  static let maximumPartCount = 1_024

  init(of expression: ModelExpression, in state: [Int64], _ interpreter: Interpreter) {
    switch expression.kind {
    case .slots(let type, let first):
      var parts: [Part] = []
      var slot = first
      type.forEachLeaf(named: "") { name, leaf in
        if parts.count < Self.maximumPartCount {
          parts.append(Part(name: name, value: Self.words(for: state[slot], leaf)))
        }
        slot += 1
      }
      self = .parts(parts)
    case .value(_, let type):
      guard let property = expression.property(.measure) else {
        self = .parts([])
        return
      }
      interpreter.load(state)
      do throws(Interruption) {
        let result = try interpreter.evaluate(property, [])
        self = .value(type.map { Self.words(for: result, $0) } ?? String(result))
      } catch {
        self = .interrupted(error.cause)
      }
    }
  }

  private static func words(for value: Int64, _ type: ScalarType) -> String {
    value == Slot.undefined ? "undefined" : type.describe(value)
  }

  /// The whole in one line.
  package var text: String {
    switch self {
    case .value(let value): value
    case .parts(let parts): parts.map { "\($0.name) = \($0.value)" }.joined(separator: ", ")
    case .interrupted(let cause): cause.message
    }
  }
}
