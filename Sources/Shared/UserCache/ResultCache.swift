import Glibc

/// Texts that took long to come by, beside compiled code, in the folder that nobody
/// else can write to. What is not sound is not there.
package struct ResultCache: Sendable {
  private let folder: String?

  /// - Parameter folder: This user's own; nil for a cache that keeps nothing.
  package init(folder: String? = UserCache.folder) { self.folder = UserCache.safe(folder) }

  /// The most bytes of a text that is read back.
  private static let mostBytes = 64 << 20

  /// A name for what the bytes say, to keep results of it under.
  package static func key(_ bytes: [UInt8]) -> String {
    Files.fingerprint(bytes) + Files.fingerprint(bytes, isReversed: true)
  }

  /// What is kept under a key; nil if there is nothing, or something else than was written.
  package func text(_ key: String) -> [UInt8]? {
    guard let path = path(key), Files.isOurs(path, S_IFREG),
      let bytes = Files.read(path, atMost: Self.mostBytes + 1), bytes.count <= Self.mostBytes,
      bytes.count > Self.sealByteCount
    else { return nil }
    let text = Array(bytes.dropLast(Self.sealByteCount))
    guard bytes.suffix(Self.sealByteCount).elementsEqual(Self.seal(text)) else { return nil }
    Files.touch(path)
    return text
  }

  /// Keeps a text, in the place of an earlier one. Where that cannot be done, it is not kept.
  package func keep(_ text: [UInt8], _ key: String) {
    guard let folder, let path = path(key), text.count < Self.mostBytes else { return }
    let fresh = "\(folder)/new-\(getpid())-\(key)"
    unlink(fresh)
    guard Files.write(text + Self.seal(text), to: fresh), rename(fresh, path) == 0 else {
      unlink(fresh)
      return
    }
  }

  private func path(_ key: String) -> String? { folder.map { "\($0)/\(key).results" } }

  /// Behind the text, in a line of its own.
  private static func seal(_ text: [UInt8]) -> [UInt8] {
    Array("\(Files.fingerprint(text))\n".utf8)
  }
  private static let sealByteCount = 17
}
