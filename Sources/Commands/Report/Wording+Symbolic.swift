import PathConditions
import TransitionSystem

extension Wording {
  /// The elements of the symbolic constants with their values, as numbers and as people read them:
  /// `0x40000000 (1 GiB)`.
  package func symbolicValues(
    _ valuation: [Int128]
  ) -> [(name: String, value: Int128, text: String)] {
    guard valuation.count == system.symbolicElementCount else { return [] }
    return system.symbolicConstants.flatMap { constant in
      (0..<constant.elementCount).map { position in
        let value = valuation[constant.first + position]
        return (constant.name(ofElement: position), value, Self.address(value))
      }
    }
  }

  /// An end of a measure: a number, or an address.
  func measured(_ value: Int64, of property: Int) -> String {
    guard system.properties[property].isAddress else { return "\(value)" }
    let limit = PathConditions.greatestMeasured
    let hexadecimal = "0x" + String(limit, radix: 16)
    switch value {
    case limit: return "\(hexadecimal) or more"
    case -limit: return "-\(hexadecimal) or less"
    default: return Self.address(Int128(value))
    }
  }

  /// An address in hexadecimal, and as a size.
  static func address(_ value: Int128) -> String {
    let magnitude = value < 0 ? 0 - value : value
    let sign = value < 0 ? "-" : ""
    let hexadecimal = sign + "0x" + String(magnitude, radix: 16)
    for (unit, name) in [(Int128(1) << 30, "GiB"), (1 << 20, "MiB"), (1 << 10, "KiB")]
    where magnitude != 0 && magnitude % unit == 0 {
      return "\(hexadecimal) (\(sign)\(magnitude / unit) \(name))"
    }
    return magnitude < 10 ? "\(sign)\(magnitude)" : "\(hexadecimal) (\(sign)\(magnitude) bytes)"
  }
}
