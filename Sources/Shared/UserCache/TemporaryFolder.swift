import Glibc

/// A new folder that nobody else can read, for files that are needed for a while. Whoever makes it
/// removes it.
package struct TemporaryFolder {
  package let path: String

  /// - Parameter parent: Where it is made; nil for `place`.
  /// - Returns: Nil where none can be made there.
  package init?(in parent: String? = nil, prefix: String) {
    var template = Array("\(parent ?? Self.place)/\(prefix)XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { return nil }
    path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  /// `$TMPDIR`, unless others could exchange what is in it.
  package static var place: String {
    if let named = getenv("TMPDIR").map({ String(cString: $0) }), Files.isSafe(named) {
      return named
    }
    return "/tmp"
  }

  /// Writes a new file, and the folders that it lies in; whether all of it was written.
  ///
  /// - Parameter file: Its path in the folder, without `..`.
  package func write(_ bytes: [UInt8], to file: String) -> Bool {
    var folder = path
    for part in file.split(separator: "/").dropLast() {
      folder += "/\(part)"
      guard mkdir(folder, 0o700) == 0 || errno == EEXIST else { return false }
    }
    return Files.write(bytes, to: "\(path)/\(file)")
  }

  package func remove() { Files.remove(path) }
}
