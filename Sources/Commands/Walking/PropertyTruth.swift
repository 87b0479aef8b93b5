package import Evaluation
package import Exploration
package import Report
import TransitionSystem

/// What an instance of a property is in a state.
package struct PropertyTruth: Sendable {
  package let instance: PropertyInstance
  package let value: Value
  /// Of a condition: what it is made of.
  package let parts: [ConditionPart]

  package enum Value: Sendable, Equatable {
    case condition(Bool)
    /// Of a measure.
    case number(Int64)
    /// It cannot be evaluated.
    case interrupted(Interruption.Cause)
  }
}

/// Evaluates the properties of a system.
struct PropertyTruths {
  private let system: TransitionSystem
  private let interpreter: Interpreter
  /// In the order of the text.
  private let instances: [PropertyInstance]
  private let parts: [ConditionParts]
  /// Whether there are more instances than are looked at.
  let isComplete: Bool

  private static let maximumCount = 2_048

  init(_ system: TransitionSystem, _ interpreter: Interpreter) {
    self.system = system
    self.interpreter = interpreter
    let sorted = PropertyInstances(system)
    let all = Property.Kind.allCases.flatMap { sorted[$0] }
      .sorted { ($0.property, $0.bindings.count) < ($1.property, $1.bindings.count) }
    instances = Array(all.prefix(Self.maximumCount))
    isComplete = all.count <= Self.maximumCount
    parts = system.properties.map { ConditionParts(of: $0) }
  }

  func inspect(_ state: [Int64]) -> [PropertyTruth] {
    instances.map { instance in
      let property = system.properties[instance.property]
      interpreter.load(state)
      let value: PropertyTruth.Value
      do throws(Interruption) {
        let result = try interpreter.evaluate(property, instance.bindings)
        value = property.kind == .measure ? .number(result) : .condition(result != 0)
      } catch {
        value = .interrupted(error.cause)
      }
      let parts =
        property.kind == .measure
        ? [] : parts[instance.property].inspect(state, instance.bindings, by: interpreter)
      return PropertyTruth(instance: instance, value: value, parts: parts)
    }
  }
}
