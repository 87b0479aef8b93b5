import Glibc

/// The user's folder for what can be made again at any time, such as compiled rules and verdicts.
package enum UserCache {
  /// `$XDG_CACHE_HOME/swapcheck`, else `~/.cache/swapcheck`, made if it is not there; nil where it
  /// cannot be made, or others could write to it or put another one in its place.
  package static var folder: String? {
    guard let base else { return nil }
    let folder = "\(base)/swapcheck"
    mkdir(base, 0o700)
    mkdir(folder, 0o700)
    return safe(folder)
  }

  /// A folder, where it is this user's own; else nil.
  package static func safe(_ folder: String?) -> String? {
    folder.flatMap { Files.isOurs($0, S_IFDIR) && Files.isSafe($0) ? $0 : nil }
  }

  private static var base: String? {
    if let cache = getenv("XDG_CACHE_HOME"), cache.pointee == UInt8(ascii: "/") {
      return String(cString: cache)
    }
    return getenv("HOME").map { "\(String(cString: $0))/.cache" }
  }
}
