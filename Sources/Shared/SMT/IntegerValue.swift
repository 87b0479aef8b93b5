/// A mathematical integer of any size, as literals and models have them.
///
/// It is never truncated: what does not fit the type that is asked for is nil, and `description`
/// has all digits.
package struct IntegerValue: Sendable, Hashable, Comparable, CustomStringConvertible {
  /// In 128 bits where it fits, else its digits. Each number has one form, so that equality is
  /// equality of forms.
  private enum Form: Hashable {
    case fits(Int128)
    case large(isNegative: Bool, digits: String)
  }
  private let form: Form

  package init(_ value: some BinaryInteger) {
    if let fits = Int128(exactly: value) {
      form = .fits(fits)
    } else {
      let text = value.description
      form = .large(isNegative: value < 0, digits: String(text.drop { $0 == "-" }))
    }
  }

  /// Reads decimal digits with an optional minus sign; nil for anything else.
  package init?(decimal text: String) {
    let isNegative = text.utf8.first == UInt8(ascii: "-")
    let digits = text.utf8.dropFirst(isNegative ? 1 : 0)
    guard !digits.isEmpty, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 })
    else { return nil }
    if let fits = Int128(text) {
      form = .fits(fits)
    } else {
      let shortest = digits.drop { $0 == UInt8(ascii: "0") }
      form = .large(isNegative: isNegative, digits: String(decoding: shortest, as: UTF8.self))
    }
  }

  /// The value in 64 bits, or nil if it does not fit.
  package var int64: Int64? { int128.flatMap { Int64(exactly: $0) } }

  /// The value in 128 bits, or nil if it does not fit.
  package var int128: Int128? {
    if case .fits(let value) = form { value } else { nil }
  }

  package var isNegative: Bool {
    switch form {
    case .fits(let value): value < 0
    case .large(let isNegative, _): isNegative
    }
  }

  /// The digits, without a sign.
  var magnitude: String {
    switch form {
    case .fits(let value): value.magnitude.description
    case .large(_, let digits): digits
    }
  }

  package var description: String { (isNegative ? "-" : "") + magnitude }

  package static func < (left: IntegerValue, right: IntegerValue) -> Bool {
    switch (left.form, right.form) {
    case (.fits(let left), .fits(let right)): return left < right
    case (.fits, .large(let isNegative, _)): return !isNegative
    case (.large(let isNegative, _), .fits): return isNegative
    case (.large(let leftNegative, let left), .large(let rightNegative, let right)):
      guard leftNegative == rightNegative else { return leftNegative }
      let isSmaller =
        left.utf8.count == right.utf8.count ? left < right : left.utf8.count < right.utf8.count
      return left != right && isSmaller != leftNegative
    }
  }
}

extension IntegerValue: ExpressibleByIntegerLiteral {
  package init(integerLiteral value: Int128) { self.init(value) }
}

/// What a term stands for under a model.
package enum Value: Sendable, Hashable, CustomStringConvertible {
  case bool(Bool)
  case integer(IntegerValue)

  package var description: String {
    switch self {
    case .bool(let value): value.description
    case .integer(let value): value.description
    }
  }
}
