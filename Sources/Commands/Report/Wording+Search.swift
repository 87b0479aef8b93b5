import Checking
package import Diagnostics
package import Exploration
import PartialOrder
import TransitionSystem

extension Wording {
  /// A figure of an engine: `states 6,634`, `12,000 rules/s`, `(42 bits a state)`.
  static func statistic(_ statistic: Statistic) -> String {
    let amount =
      switch statistic.amount {
      // A depth is a number of steps, of which people say no thousands.
      case .count(let count): statistic.key == .depth ? "\(count)" : grouped(count)
      case .bytes(let bytes): byteCount(bytes)
      case .seconds(let seconds): "\(decimal(seconds)) s"
      }
    return switch statistic.words {
    case .before(let name): "\(name) \(amount)"
    case .after(let unit): "\(amount) \(unit)"
    case .aside(let unit): "(\(amount) \(unit))"
    }
  }

  /// What some memory would hold if all states took as much as those that there are: `at this rate 1 GiB
  /// holds 110 million states`.
  package static func capacity(_ rate: MemoryRate, in bytes: Int) -> DisplayText {
    let holds: DisplayText = bytes == 1 << 30 ? "holds" : "hold"
    return "at this rate \(byteCount(bytes)) \(holds) \(rough(rate.stateCount(in: bytes))) states"
  }

  /// A number cut off behind its second digit: `1.9 billion`, `110 million`, `98,000`.
  static func rough(_ number: Int) -> String {
    var unit = 1
    while number / unit >= 100 { unit *= 10 }
    let cut = number / unit * unit
    for (size, name) in [(1_000_000_000, "billion"), (1_000_000, "million")] where cut >= size {
      let tenths = cut / (size / 10)
      return tenths >= 100 || tenths % 10 == 0
        ? "\(grouped(tenths / 10)) \(name)" : "\(tenths / 10).\(tenths % 10) \(name)"
    }
    return grouped(cut)
  }

  /// Why partial-order reduction was asked for and not made use of.
  func reductionRefusal(_ refusal: SearchSpace.ReductionRefusal) -> String {
    switch refusal {
    case .symbolicConstants: return "what is independent may depend on the symbolic constants"
    case .liveness(let property):
      return "it does not keep liveness \"\(system.properties[property].name)\""
    case .stubbornSets(let refusal):
      let place = refusal.span.map { " at \(location($0))" } ?? ""
      switch refusal.reason {
      case .propertyChangesState: return "evaluating a property changes the state\(place)"
      case .rulesHavePriorities: return "rules have priorities"
      case .tooManyInstances(let count, let limit):
        return
          "\(Self.grouped(count)) rule instances are more than \(Self.grouped(limit))"
      case .tooManyBytes(let limit):
        return "its tables would take more than \(Self.byteCount(limit))"
      }
    }
  }
}
