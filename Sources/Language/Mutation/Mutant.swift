package import Diagnostics

/// A small wrong change of a model: a few replaced ranges of its text, so that the mutant is read by
/// whoever reads models, and shown as a diff that a patch can be.
///
/// Source: DeMillo, Lipton, Sayward, "Hints on test data selection" (1978), for the idea; the kinds
/// are those of a protocol's engineer.
package struct Mutant: Sendable, Equatable {
  package let kind: MutantKind
  /// What it changes, in the text of the model.
  package let span: SourceSpan
  /// In the order of the text, none overlapping.
  package let edits: [TextEdit]
  package let declaration: MutatedDeclaration
  /// Positions among all rules of the text of those whose steps may differ: the rule itself, or all
  /// that call the function.
  package let rules: [Int]
  /// Whether what it changes is a function that properties call as well, so that they say something
  /// else too.
  package let isOfProperties: Bool
  /// What is to be asked, as a clause behind "nothing notices if".
  package let question: String

  /// The name of the rule that a split rule's second half is; nil of other kinds.
  package var secondHalf: String? {
    kind == .splitRule ? Self.secondHalf(of: declaration.name) : nil
  }

  static func secondHalf(of rule: String) -> String { "\(rule), second half" }

  /// The text of the mutant. Lines that patches brought are not known in it.
  package func text(of model: SourceText) -> SourceText {
    var bytes: [UInt8] = []
    var next = 0
    for edit in edits {
      bytes += model.bytes[next..<edit.span.start]
      bytes += edit.replacement.utf8
      next = edit.span.end
    }
    return SourceText(path: model.path, bytes: bytes + model.bytes[next...])
  }
}

/// A range of a text, and what stands there instead.
package struct TextEdit: Sendable, Equatable {
  package let span: SourceSpan
  package let replacement: String

  package init(_ span: SourceSpan, _ replacement: String) {
    self.span = span
    self.replacement = replacement
  }
}

/// What a mutant changes.
package enum MutantKind: String, Sendable, CaseIterable {
  case dropConjunct = "drop a condition"
  case negateConjunct = "negate a condition"
  case dropStatement = "drop a statement"
  case swapStatements = "swap two statements"
  case otherValue = "another value"
  case offByOne = "off by one"
  case otherQuantifier = "another quantifier"
  case dropIf = "drop an if"
  case dropCall = "drop a call"
  case doubleCall = "double a call"
  case reorderCall = "reorder a call"
  case dropRule = "drop a rule"
  case splitRule = "split a rule"
}

/// The rule or function that a mutant changes.
package struct MutatedDeclaration: Sendable, Hashable {
  package enum Kind: String, Sendable {
    case rule
    case function
    case procedure
  }

  package let kind: Kind
  /// As the transition system calls it: of a rule without a name `rule 3`.
  package let name: String
}
