import Glibc

/// A private directory that is removed, with the files in it, when this goes out of scope.
struct TemporaryDirectory: ~Copyable {
  private let root: String

  init() throws(OracleError) {
    let parent = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    var template = Array("\(parent)/rumur-oracle-XXXXXX".utf8CString)
    let path = template.withUnsafeMutableBufferPointer { buffer in
      buffer.baseAddress.flatMap { mkdtemp($0) }.map { String(cString: $0) }
    }
    guard let path else { throw .system(call: "mkdtemp", errorNumber: errno) }
    root = path
  }

  deinit {
    if let directory = opendir(root) {
      while let entry = readdir(directory) {
        let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
          pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
        }
        if name != ".", name != ".." { unlink("\(root)/\(name)") }
      }
      closedir(directory)
    }
    rmdir(root)
  }

  func path(of file: String) -> String { "\(root)/\(file)" }

  func write(_ text: String, to file: String) throws(OracleError) {
    guard let stream = fopen(path(of: file), "w") else {
      throw .system(call: "fopen", errorNumber: errno)
    }
    defer { fclose(stream) }
    guard fputs(text, stream) >= 0 else { throw .system(call: "fputs", errorNumber: errno) }
  }
}
