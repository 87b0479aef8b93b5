package import Diagnostics

/// Whose meaning a model has where Rumur's and CMurphi's differ; docs/dialects.md lists where.
package enum Dialect: String, Sendable, CaseIterable {
  /// The meaning that Rumur gives.
  case rumur
  /// The meaning that CMurphi 5.4.9 gives.
  case cmurphi

  /// Whose words they are, where the tools differ.
  package var lexicalRules: LexicalRules {
    switch self {
    case .rumur: .rumur
    case .cmurphi: .cmurphi
    }
  }

  /// The tool, as its authors write it.
  package var toolName: String {
    switch self {
    case .rumur: "Rumur"
    case .cmurphi: "CMurphi"
    }
  }
}

/// Which meaning a model has, and why that one.
package struct Meaning: Sendable, Hashable {
  package let dialect: Dialect
  package let reason: Reason

  package enum Reason: Sendable, Hashable {
    /// It was asked for.
    case asked
    /// Rumur reads the model.
    case readByRumur
    /// Rumur does not read the model, for what is named, and CMurphi does.
    case notReadByRumur(Diagnostic)
    /// Neither reads the model, each for what is named.
    case readByNeither(rumur: Diagnostic, cmurphi: Diagnostic)
  }

  package init(dialect: Dialect, reason: Reason) {
    self.dialect = dialect
    self.reason = reason
  }
}
