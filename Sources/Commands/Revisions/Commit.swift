/// A commit of a repository.
package struct Commit: Sendable, Hashable, CustomStringConvertible {
  /// All of its hash, in hexadecimal digits.
  package let hash: String

  package var description: String { String(hash.prefix(12)) }
}

/// A file that is not the same in two commits, or in a commit and the work tree.
package struct Change: Sendable, Hashable {
  package enum Kind: Sendable, Hashable {
    case added
    case removed
    case modified
    /// It had another path, and may have been modified too.
    case renamed
    /// A file became a link or a submodule, or the other way.
    case retyped
  }

  /// From the root of the work tree. What is no UTF-8 in it is replaced, and cannot be read then.
  package let path: String
  /// Of what was renamed.
  package let oldPath: String?
  package let kind: Kind
  /// Whether it is a submodule on one of the sides; its files are not looked at.
  package let isSubmodule: Bool

  package init(path: String, oldPath: String?, kind: Kind, isSubmodule: Bool) {
    (self.path, self.oldPath, self.kind, self.isSubmodule) = (path, oldPath, kind, isSubmodule)
  }
}
