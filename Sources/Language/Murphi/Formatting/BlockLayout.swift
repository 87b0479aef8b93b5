import Diagnostics

/// Follows the block structure word by word, and says how deep a line is indented.
struct BlockLayout {
  /// Something that indents what stands in it by one level.
  private enum Block {
    /// `const`, `type`, `var`: ends where something else begins.
    case section
    /// A rule, start state, function or procedure.
    case body
    /// `if`, loops, `record`, `ruleset`, quantifiers, …: up to their `end`.
    case block
    case switching
    case caseBody
    /// A property: up to `;`.
    case property
    case bracket
  }

  private var blocks: [Block] = []
  /// Where the word `symbolic` begins a section; elsewhere it is a name.
  let symbolicSections: Set<Int>
  /// The last word, to tell whether a line continues a statement.
  private var last: Token.Kind?

  init(symbolicSections: Set<Int>) { self.symbolicSections = symbolicSections }

  /// The depth of a line that begins with a word.
  func indent(before token: Token, text: String) -> Int {
    var layout = self
    layout.closeImplicit(before: token)
    var depth = layout.blocks.count
    switch token.kind {
    case .keyword(let keyword):
      if keyword.rawValue.hasPrefix("end") {
        if layout.blocks.last == .caseBody { depth -= 1 }
        depth -= 1
      } else if keyword == .case || keyword == .else && layout.blocks.last == .caseBody {
        if layout.blocks.last == .caseBody { depth -= 1 }
      } else if [.begin, .then, .else, .elsif, .do].contains(keyword) {
        depth -= 1
      }
    case .symbol(.arrow), .symbol(.rightParenthesis), .symbol(.rightBracket),
      .symbol(.rightBrace):
      depth -= 1
    default:
      break
    }
    return depth + (layout.isContinuation(token) ? 1 : 0)
  }

  /// The depth of a line of comments, before a word or at the end of the file.
  func indent(beforeComment following: Token?) -> Int {
    guard let following else { return 0 }
    if case .keyword(let keyword) = following.kind, keyword.closesBlock {
      // A comment before `end` belongs to what it closes.
      return blocks.count
    }
    return indent(before: following, text: "")
  }

  /// Whether a line that begins with a word goes on with a statement.
  private func isContinuation(_ token: Token) -> Bool {
    guard let last, blocks.last != .property, blocks.last != .bracket, blocks.last != .body else {
      return false
    }
    if case .keyword(let keyword) = token.kind, keyword.closesBlock || keyword.beginsSomething {
      return false
    }
    switch last {
    case .symbol(.becomes), .symbol(.plus), .symbol(.minus), .symbol(.star), .symbol(.comma),
      .symbol(.ampersand), .symbol(.pipe), .symbol(.implies), .symbol(.question), .symbol(.and),
      .symbol(.or), .symbol(.equal), .symbol(.notEqual):
      return blocks.last != .block || last == .symbol(.becomes)
    default:
      return false
    }
  }

  /// Goes on behind a word.
  mutating func pass(_ token: Token, text: String) {
    closeImplicit(before: token)
    switch token.kind {
    case .symbol(.leftParenthesis), .symbol(.leftBracket), .symbol(.leftBrace):
      blocks.append(.bracket)
    case .symbol(.rightParenthesis), .symbol(.rightBracket), .symbol(.rightBrace):
      if blocks.last == .bracket { blocks.removeLast() }
    case .symbol(.semicolon):
      if blocks.last == .property { blocks.removeLast() }
    case .keyword(let keyword):
      pass(keyword)
    case .identifier:
      if symbolicSections.contains(token.span.start) { blocks.append(.section) }
      if blocks.isEmpty, text.lowercased() == "measure" { blocks.append(.property) }
    default:
      break
    }
    last = token.kind
  }

  private mutating func pass(_ keyword: Keyword) {
    switch keyword {
    case .const, .type: blocks.append(.section)
    case .var:
      // In the head of a function a parameter, else a section.
      if blocks.last != .bracket { blocks.append(.section) }
    case .rule, .startstate, .function, .procedure: blocks.append(.body)
    case .if, .for, .while, .alias, .ruleset, .choose, .forall, .exists, .record:
      blocks.append(.block)
    case .switch: blocks.append(.switching)
    case .case:
      if blocks.last == .caseBody { blocks.removeLast() }
      blocks.append(.caseBody)
    case .assert, .invariant, .assume, .cover, .liveness: blocks.append(.property)
    default:
      guard keyword.rawValue.hasPrefix("end") else { return }
      if blocks.last == .property { blocks.removeLast() }
      if blocks.last == .caseBody { blocks.removeLast() }
      if !blocks.isEmpty { blocks.removeLast() }
    }
  }

  /// Closes what ends where something else begins: sections, and properties without `;`.
  private mutating func closeImplicit(before token: Token) {
    if symbolicSections.contains(token.span.start) {
      if blocks.last == .property || blocks.last == .section { blocks.removeLast() }
      return
    }
    guard case .keyword(let keyword) = token.kind else { return }
    if blocks.last == .property, keyword.beginsSomething || keyword.closesBlock {
      blocks.removeLast()
    }
    if blocks.last == .section, keyword.beginsSomething || keyword == .begin || keyword == .end {
      blocks.removeLast()
    }
  }
}

extension Keyword {
  /// Whether a section or property ends where this word begins something else.
  fileprivate var beginsSomething: Bool {
    switch self {
    case .alias, .assert, .assume, .cover, .if, .for, .while, .switch: true
    default: beginsItem
    }
  }
}
