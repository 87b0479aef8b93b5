import Glibc

/// What the system lets this process have.
package enum ProcessLimits {
  /// Bytes of addresses, and of memory of its own, that the process may still have; nil where there
  /// is no limit (`ulimit -v`, `ulimit -d`).
  package static var addressesLeft: Int? {
    // Pages of the whole process first, of its data sixth (proc(5)).
    let pages = (text("/proc/self/statm") ?? "").split(whereSeparator: \.isWhitespace)
      .compactMap { Int($0) }
    let pageByteCount = sysconf(Int32(_SC_PAGESIZE))
    return [(RLIMIT_AS, 0), (RLIMIT_DATA, 5)].compactMap { resource, field -> Int? in
      var limit = rlimit()
      guard getrlimit(__rlimit_resource_t(resource.rawValue), &limit) == 0,
        limit.rlim_cur < Int.max, field < pages.count
      else { return nil }
      return max(0, Int(limit.rlim_cur) - pages[field] * pageByteCount)
    }.min()
  }

  /// Bytes beyond which the process is refused memory, or killed: by limits of its own and by those
  /// of its control groups; nil where there are none.
  package static var bytesLeft: Int? {
    [addressesLeft, ControlGroups(read: text).bytesLeft].compactMap { $0 }.min()
  }

  /// Whether control groups bound the memory of the process.
  package static var isBoundedByGroup: Bool { ControlGroups(read: text).bytesLeftAtMost != nil }

  /// Whether the process is about to be killed for what its control groups take.
  package static var isAboutToBeKilled: Bool {
    ControlGroups(read: text).bytesLeftAtMost.map { $0 < 6 << 20 } ?? false
  }

  /// Bytes that the machine has for whoever wants them, without swapping.
  package static var machineBytesLeft: Int? {
    (text("/proc/meminfo") ?? "").split(separator: "\n").first { $0.hasPrefix("MemAvailable:") }
      .flatMap { $0.split(separator: " ").dropFirst().first }.flatMap { Int($0) }.map { $0 << 10 }
  }

  /// A file of `/proc` or of a control group; nil if it cannot be read.
  private static func text(_ path: String) -> String? {
    guard let file = fopen(path, "r") else { return nil }
    defer { fclose(file) }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 12)
    while true {
      let count = fread(&buffer, 1, buffer.count, file)
      guard count > 0, bytes.count < 1 << 20 else { break }
      bytes += buffer[..<count]
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
