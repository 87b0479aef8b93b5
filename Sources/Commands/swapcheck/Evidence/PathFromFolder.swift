import Glibc

/// Paths that stand in files, from the folder that a file lies in: so that both can be called from anywhere,
/// and moved together.
enum PathFromFolder {
  /// The path of a file from the folder of another one, which need not be there yet.
  static func of(_ path: String, inFile file: String) throws(CommandFailure) -> String {
    let folder = file.lastIndex(of: "/").map { String(file[...$0]) } ?? "."
    guard let whole = real(path), let start = real(folder) else {
      throw CommandFailure("\(file): error: the folder of the file cannot be found")
    }
    var (to, from) = (whole.split(separator: "/"), start.split(separator: "/"))
    while let first = to.first, first == from.first, to.count > 1 {
      to.removeFirst()
      from.removeFirst()
    }
    return (from.map { _ in ".." } + to).joined(separator: "/")
  }

  /// Where a path that stands in a file leads to.
  static func place(of path: String, inFile file: String) -> String {
    guard !path.hasPrefix("/"), let slash = file.lastIndex(of: "/") else { return path }
    return file[...slash] + path
  }

  /// The same as people write it: without folders that are left again.
  static func shown(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/", omittingEmptySubsequences: false) {
      if part == "..", let last = parts.last, last != "..", !last.isEmpty, last != "." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    let short = parts.joined(separator: "/")
    // Behind a link to a folder, what is left again is another one.
    return real(short) == real(path) ? short : path
  }

  private static func real(_ path: String) -> String? {
    guard let resolved = realpath(path, nil) else { return nil }
    defer { free(resolved) }
    return String(cString: resolved)
  }
}
