internal import CZ3
internal import Glibc
import Synchronization

/// Z3's shared library, opened when a solver is first made.
///
/// It is opened and not linked, so that checking a model without unknowns neither needs Z3 nor pays
/// for loading it, and so that a missing Z3 is an error with a sentence. ARCHITECTURE.md has the
/// measurement.
package struct Z3Library: Sendable {
  /// What Z3's functions are; see `z3-functions.h`.
  let functions: Z3Functions

  /// The library, or why there is none. It stays loaded for as long as the process runs.
  static let shared = Result { () throws(SMTError) in try Z3Library(names: Self.names) }

  /// The name with the version of the binary interface first, then what the development package
  /// and other distributions install.
  private static let names = ["libz3.so.4", "libz3.so"]

  /// Opens the first library that is there.
  ///
  /// - Throws: `SMTError.missing`, `SMTError.tooOld`.
  package init(names: [String]) throws(SMTError) {
    var reason = "no library is named"
    let room = Z3Memory.bytesLeft
    if let room, room < Z3Memory.leastByteCount { throw .noMemory }
    for name in names {
      // Nothing is closed again: a library that has been loaded may have started threads.
      guard let library = dlopen(name, RTLD_NOW | RTLD_LOCAL) else {
        let words = dlerror().map { String(cString: $0) } ?? name
        // The file is there, and its pages are not.
        if Self.speaksOfMemory(words) { throw .noMemory }
        reason = words
        continue
      }
      let table = UnsafeMutablePointer<Z3Functions>.allocate(capacity: 1)
      defer { table.deallocate() }
      try Z3Version.of(library)?.check()
      if let absent = Z3Functions_fill(table, library) {
        throw .missing("\(name) has no \(String(cString: absent))")
      }
      functions = table.pointee
      // Warnings would go to standard error, unasked; what matters comes as an error code.
      functions.toggle_warning_messages(false)
      if let room {
        functions.global_param_set("memory_max_size", "\(Z3Memory.megabytes(of: room))")
      }
      return
    }
    throw .missing(reason)
  }
}

extension Z3Library {
  /// Whether the loader's words are about memory, and not about the file.
  package static func speaksOfMemory(_ words: String) -> Bool {
    let phrases = ["failed to map segment", "annot allocate memory", "cannot map zero-fill pages"]
    return phrases.contains { words.contains($0) }
  }
}

/// What Z3 may take of the memory. Of its own it goes on until the system refuses it some, which it
/// does not always survive; so it gets a limit of its own below that, at which it ends softly.
package enum Z3Memory {
  private static let room = Mutex<@Sendable () -> Int?>({ nil })

  /// What is mapped of the library: 25 MB of Z3 4.8.12.
  private static let libraryByteCount = 28 << 20

  /// What the library takes, and a context with a small question, which is 20 MB, with some to spare.
  static let leastByteCount = 64 << 20

  /// Has Z3 keep to what the process is given, as far as it does before the first solver is made.
  ///
  /// - Parameter bytesLeft: Bytes that the process may still have; nil where there is no limit.
  package static func keep(to bytesLeft: @escaping @Sendable () -> Int?) {
    room.withLock { $0 = bytesLeft }
  }

  static var bytesLeft: Int? { room.withLock { $0 }() }

  /// What is left beside the library, as the parameter has it; some of it is for others.
  static func megabytes(of room: Int) -> Int { (room - libraryByteCount) / 4 * 3 / 1_048_576 }
}

/// A version of Z3.
package struct Z3Version: Sendable, Hashable, Comparable, CustomStringConvertible {
  package let major: UInt32
  package let minor: UInt32
  package let build: UInt32

  package init(major: UInt32, minor: UInt32, build: UInt32) {
    self.major = major
    self.minor = minor
    self.build = build
  }

  /// The oldest that works, which Debian 12 has.
  package static let oldest = Z3Version(major: 4, minor: 8, build: 12)

  package var description: String { "\(major).\(minor).\(build)" }

  package static func < (left: Z3Version, right: Z3Version) -> Bool {
    (left.major, left.minor, left.build) < (right.major, right.minor, right.build)
  }

  /// The version of the library that solvers use; it is loaded if it was not yet.
  ///
  /// - Throws: `SMTError.missing`, `SMTError.tooOld`.
  package static func loaded() throws(SMTError) -> Z3Version {
    var major: UInt32 = 0
    var minor: UInt32 = 0
    var build: UInt32 = 0
    var revision: UInt32 = 0
    try Z3Library.shared.get().functions.get_version(&major, &minor, &build, &revision)
    return Z3Version(major: major, minor: minor, build: build)
  }

  /// Nil for what is no Z3 at all. It is asked before the table is filled, because an old Z3 may
  /// lack a function, and its age is the better reason.
  fileprivate static func of(_ library: UnsafeMutableRawPointer) -> Z3Version? {
    typealias GetVersion =
      @convention(c) (
        UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>, UnsafeMutablePointer<UInt32>,
        UnsafeMutablePointer<UInt32>
      ) -> Void
    guard let symbol = dlsym(library, "Z3_get_version") else { return nil }
    var parts: (UInt32, UInt32, UInt32, UInt32) = (0, 0, 0, 0)
    unsafeBitCast(symbol, to: GetVersion.self)(&parts.0, &parts.1, &parts.2, &parts.3)
    return Z3Version(major: parts.0, minor: parts.1, build: parts.2)
  }

  fileprivate func check() throws(SMTError) {
    if self < .oldest { throw .tooOld(self) }
  }
}
