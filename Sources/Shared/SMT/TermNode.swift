/// What a node of a term does with its operands.
enum Operation: Hashable, Sendable {
  case bool(Bool)
  case integer(IntegerValue)
  /// An unknown, by its name.
  case unknown(String, Sort)
  case not, and, or, implies, equal, ifThenElse
  case add, negate, less, lessOrEqual
  /// The first operand is a literal, so that terms stay linear.
  case multiply
  /// Euclidean division and remainder; the second operand is a positive literal.
  case divide, modulo
}

/// The sorts that terms have.
package enum Sort: String, Sendable, Hashable {
  case bool = "Bool"
  case integer = "Int"
}

/// A node of a term: an operation and its operands. Nodes are shared and never change.
///
/// Every walk over nodes keeps its own stack, because a sum over a long list may be as deep as the
/// list is long.
///
/// `@unchecked Sendable`: `operands` is a variable for `deinit` alone, when nobody else has it.
final class TermNode: @unchecked Sendable, Hashable {
  let operation: Operation
  private(set) var operands: [TermNode]
  let sort: Sort
  /// 1 for a node without operands.
  let depth: Int
  private let digest: Int

  init(_ operation: Operation, _ operands: [TermNode] = []) {
    self.operation = operation
    self.operands = operands
    sort =
      switch operation {
      case .unknown(_, let sort): sort
      case .integer, .add, .negate, .multiply, .divide, .modulo: .integer
      case .ifThenElse: operands[1].sort
      case .bool, .not, .and, .or, .implies, .equal, .less, .lessOrEqual: .bool
      }
    depth = 1 + (operands.lazy.map(\.depth).max() ?? 0)
    var hasher = Hasher()
    hasher.combine(operation)
    for operand in operands { hasher.combine(operand.digest) }
    digest = hasher.finalize()
  }

  /// Deeper than this, nodes are released in a loop: each level of nested releases takes stack.
  private static let deep = 100

  deinit {
    guard depth > Self.deep else { return }
    var released = operands
    operands = []
    while var node = released.popLast() {
      if node.depth > Self.deep, isKnownUniquelyReferenced(&node) {
        released.append(contentsOf: node.operands)
        node.operands = []
      }
    }
  }

  func hash(into hasher: inout Hasher) { hasher.combine(digest) }

  /// Two nodes on the way of a comparison.
  private struct Pair: Hashable {
    let left: ObjectIdentifier
    let right: ObjectIdentifier
  }

  /// Whether two terms are the same, in time linear in their nodes.
  static func == (left: TermNode, right: TermNode) -> Bool {
    var waiting = [(left, right)]
    var seen: Set<Pair> = []
    while let (left, right) = waiting.popLast() {
      if left === right { continue }
      guard left.digest == right.digest, left.depth == right.depth,
        left.operation == right.operation, left.operands.count == right.operands.count
      else { return false }
      if left.operands.isEmpty { continue }
      let pair = Pair(left: ObjectIdentifier(left), right: ObjectIdentifier(right))
      if seen.insert(pair).inserted {
        waiting.append(contentsOf: zip(left.operands, right.operands))
      }
    }
    return true
  }

  /// All nodes below and including this one, each once, operands first.
  var postorder: [TermNode] {
    var order: [TermNode] = []
    var seen: Set<ObjectIdentifier> = []
    var waiting: [(node: TermNode, isExpanded: Bool)] = [(self, false)]
    while let (node, isExpanded) = waiting.popLast() {
      if isExpanded {
        order.append(node)
      } else if seen.insert(ObjectIdentifier(node)).inserted {
        waiting.append((node, true))
        for operand in node.operands.reversed() { waiting.append((operand, false)) }
      }
    }
    return order
  }
}
