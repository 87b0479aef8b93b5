/// A term as SMT-LIB, on lines of a readable length.
///
/// A term whose parts are used again and again may be exponentially longer written out than it is
/// as nodes. Past a length, such parts are written once, by `let`.
struct TermLayout {
  private let root: TermNode
  private let names: SymbolTable
  /// The characters of each node on one line.
  private var widths: [ObjectIdentifier: Int] = [:]
  /// The nodes that are bound by `let`, operands first.
  private var bound: [TermNode] = []
  private var boundNames: [ObjectIdentifier: String] = [:]

  private static let lineLength = 100
  private static let deepestIndent = 60
  /// Written out up to this length.
  private static let longestUnshared = 2000

  init(_ root: TermNode, _ names: SymbolTable) {
    self.root = root
    self.names = names
    let order = root.postorder
    measure(order)
    guard let width = widths[ObjectIdentifier(root)], width > Self.longestUnshared else { return }
    var uses: [ObjectIdentifier: Int] = [:]
    for node in order {
      for operand in node.operands { uses[ObjectIdentifier(operand), default: 0] += 1 }
    }
    var number = 0
    for node in order where !node.operands.isEmpty && uses[ObjectIdentifier(node), default: 0] > 1 {
      var name = ""
      repeat {
        number += 1
        name = "part\(number)"
      } while names.isTaken(name)
      bound.append(node)
      boundNames[ObjectIdentifier(node)] = name
    }
    measure(order)
  }

  private mutating func measure(_ order: [TermNode]) {
    for node in order {
      var width = head(node).utf8.count
      if !node.operands.isEmpty {
        width += 2
        for operand in node.operands {
          let inner =
            boundNames[ObjectIdentifier(operand)]?.utf8.count
            ?? widths[ObjectIdentifier(operand), default: 0]
          width = min(width + 1 + inner, Int.max / 4)
        }
      }
      widths[ObjectIdentifier(node)] = width
    }
  }

  /// What is still to be written.
  private enum Piece {
    case text(String)
    case node(TermNode, indent: Int, isBinding: Bool)
    case line(indent: Int)
  }

  /// - Parameter indent: Where the lines after the first begin.
  func text(indent: Int) -> String {
    var text = ""
    var waiting: [Piece] = []
    waiting.append(.text(String(repeating: ")", count: bound.count)))
    waiting.append(.node(root, indent: indent + 2, isBinding: true))
    for node in bound.reversed() {
      waiting.append(.line(indent: indent))
      waiting.append(.text("))"))
      waiting.append(.node(node, indent: indent + 4, isBinding: true))
      waiting.append(.text("(let ((\(boundNames[ObjectIdentifier(node), default: ""]) "))
    }
    while let piece = waiting.popLast() {
      switch piece {
      case .text(let piece): text += piece
      case .line(let indent):
        text += "\n" + String(repeating: " ", count: min(indent, Self.deepestIndent))
      case .node(let node, let indent, let isBinding):
        if !isBinding, let name = boundNames[ObjectIdentifier(node)] {
          text += name
        } else {
          write(node, indent, &text, &waiting)
        }
      }
    }
    return text
  }

  private func write(
    _ node: TermNode, _ indent: Int, _ text: inout String, _ waiting: inout [Piece]
  ) {
    let head = head(node)
    guard !node.operands.isEmpty else {
      text += head
      return
    }
    let width = widths[ObjectIdentifier(node), default: 0]
    let fits = min(indent, Self.deepestIndent) + width + 8 <= Self.lineLength
    text += "(" + head
    waiting.append(.text(")"))
    for operand in node.operands.reversed() {
      waiting.append(.node(operand, indent: indent + 2, isBinding: false))
      waiting.append(fits ? .text(" ") : .line(indent: indent))
    }
  }

  private func head(_ node: TermNode) -> String {
    switch node.operation {
    case .bool(let value): value.description
    case .integer(let value): value.isNegative ? "(- \(value.magnitude))" : value.magnitude
    case .unknown(let name, _): names.symbol(unknown: name)
    case .not: "not"
    case .and: "and"
    case .or: "or"
    case .implies: "=>"
    case .equal: "="
    case .ifThenElse: "ite"
    case .add: "+"
    case .negate: "-"
    case .multiply: "*"
    case .divide: "div"
    case .modulo: "mod"
    case .less: "<"
    case .lessOrEqual: "<="
    }
  }
}
