/// An operand that can be read without walking a tree: a literal, or a slot of the state or frame
/// with at most two indices that are slots of the frame themselves.
///
/// Most of what guards and invariants evaluate is of this form. The struct holds no reference, so
/// reading it costs no reference counting, which was measured to be most of the interpreter's time.
package struct LeafOperand: Sendable {
  package let kind: Kind
  /// Slots from the base, or the literal.
  package let value: Int64
  package let first: Index
  package let second: Index

  package enum Kind: Sendable {
    case literal
    case state
    case frame
  }

  /// An index that is a slot of the frame; a `count` of -1 is no index.
  package struct Index: Sendable {
    package let frameSlot: Int32
    package let count: Int32
    package let stride: Int32
    package let lower: Int64

    static let none = Index(frameSlot: 0, count: -1, stride: 0, lower: 0)
  }

  /// The literal 0.
  static let zero = LeafOperand()

  private init() {
    (kind, value, first, second) = (.literal, 0, .none, .none)
  }

  /// The operand that an expression is; nil if it is none.
  init?(_ kind: Expression.Kind) {
    switch kind {
    case .literal(let value):
      self.kind = .literal
      self.value = value
      first = .none
      second = .none
    case .load(let place):
      guard place.indices.count <= 2 else { return nil }
      switch place.base {
      case .state: self.kind = .state
      case .frame: self.kind = .frame
      case .reference: return nil
      }
      value = Int64(place.offset)
      var indices: [Index] = []
      for index in place.indices {
        guard let leaf = Index(index) else { return nil }
        indices.append(leaf)
      }
      first = indices.isEmpty ? .none : indices[0]
      second = indices.count < 2 ? .none : indices[1]
    default:
      return nil
    }
  }
}

extension LeafOperand.Index {
  fileprivate init?(_ index: Place.Index) {
    guard case .load(let place) = index.value.kind, place.base == .frame, place.indices.isEmpty,
      let frameSlot = Int32(exactly: place.offset), let count = Int32(exactly: index.count),
      let stride = Int32(exactly: index.stride)
    else { return nil }
    self.init(frameSlot: frameSlot, count: count, stride: stride, lower: index.lower)
  }
}

/// What can be evaluated from leaf operands alone. Where it does not yield a value, because
/// something is undefined or out of range, the expression itself is evaluated and says what is
/// wrong.
///
/// Not an enumeration, which would be copied as a whole, operands and all, to be looked at.
package struct Shortcut: Sendable {
  package let form: Form
  /// Of a leaf, or the left one of a comparison; a literal where there is none.
  package let left: LeafOperand
  /// The right one of a comparison; a literal where there is none.
  package let right: LeafOperand

  // Safe: the expression that the shortcut is of holds its operands as long as it lives itself.
  /// The operands of a connective, from left to right.
  package let operands: (Unmanaged<Expression>, Unmanaged<Expression>)?

  package enum Form: Sendable {
    case none
    /// The left operand.
    case leaf
    /// Of both operands.
    case comparison(Expression.ComparisonOperator)
    /// Of the operands of a connective; `not` has one, which is the first.
    case and, or, implies, not
  }

  private static func pair(
    _ first: Expression, _ second: Expression
  ) -> (Unmanaged<Expression>, Unmanaged<Expression>) {
    (.passUnretained(first), .passUnretained(second))
  }

  init(_ kind: Expression.Kind) {
    if let leaf = LeafOperand(kind) {
      (form, left, right, operands) = (.leaf, leaf, .zero, nil)
    } else if case .compare(let comparison, let first, let second) = kind,
      let left = LeafOperand(first.kind), let right = LeafOperand(second.kind)
    {
      form = .comparison(comparison)
      (self.left, self.right, operands) = (left, right, nil)
    } else {
      (left, right) = (.zero, .zero)
      switch kind {
      case .and(let first, let second): (form, operands) = (.and, Self.pair(first, second))
      case .or(let first, let second): (form, operands) = (.or, Self.pair(first, second))
      case .implies(let first, let second): (form, operands) = (.implies, Self.pair(first, second))
      case .not(let operand): (form, operands) = (.not, Self.pair(operand, operand))
      default: (form, operands) = (.none, nil)
      }
    }
  }
}
