/// Where in a file something stands.
package enum InputPlace: Hashable, Sendable, CustomStringConvertible {
  /// Line of a text, from 1.
  case line(Int)
  /// Offset of a byte from the start of the file.
  case offset(UInt64)
  /// A file within the folder that was read, such as `3/start`.
  case entry(String)
  case wholeFile

  package var description: String {
    switch self {
    case .line(let line): "line \(line)"
    case .offset(let offset): "offset 0x\(String(offset, radix: 16))"
    case .entry(let name): name
    case .wholeFile: "file"
    }
  }
}

/// Why a memory map or an image cannot be used.
package struct LayoutInputError: Error, Hashable, Sendable, CustomStringConvertible {
  package enum Reason: Hashable, Sendable {
    /// The file cannot be opened or read; the system's words.
    case unreadable(String)
    /// The file has more bytes than such a file can have.
    case tooLarge(limit: UInt64)
    /// Nothing that is known; what was looked for.
    case unknownFormat(expected: String)
    /// Something that is known and cannot be used here, such as a compressed kernel.
    case unsupported(String)
    /// All addresses are zero, as a user who is not root sees them.
    case addressesHidden
    /// Well formed, and no region in it.
    case noRegions
    /// The file ends too early.
    case truncated(what: String, neededByteCount: UInt64, byteCount: UInt64)
    /// What stands there breaks the format's rules.
    case malformed(String)
  }

  /// What the user calls the file.
  package let path: String
  package let place: InputPlace
  package let reason: Reason
  /// A way out, if there is one.
  package let hint: String?

  package init(
    _ reason: Reason, path: String, at place: InputPlace = .wholeFile, hint: String? = nil
  ) {
    self.path = path
    self.place = place
    self.reason = reason
    self.hint = hint
  }

  /// One sentence, without place and hint.
  package var message: String {
    switch reason {
    case .unreadable(let words): "cannot be read: \(words)"
    case .tooLarge(let limit): "has more than \(limit) bytes"
    case .unknownFormat(let expected): "is no \(expected)"
    case .unsupported(let words): words
    case .addressesHidden: "all addresses are zero: the kernel shows them to root only"
    case .noRegions: "has no memory region"
    case .truncated(let what, let needed, let count):
      "is cut off: \(what) needs \(needed) bytes, and there are \(count)"
    case .malformed(let words): words
    }
  }

  /// `path: place: message`, and the hint on a line of its own.
  package var lines: [String] {
    let location = place == .wholeFile ? path : "\(path): \(place)"
    return ["\(location): \(message)"] + (hint.map { ["  hint: \($0)"] } ?? [])
  }

  package var description: String { lines.joined(separator: "\n") }
}
