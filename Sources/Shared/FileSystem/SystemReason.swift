import Glibc

/// Why the system did not do something, as it says it: `No space left on device`.
package struct SystemReason: Error, Hashable, Sendable, CustomStringConvertible {
  /// The system's number of the error: `ENOSPC`.
  package let code: Int32

  package init(_ code: Int32) { self.code = code }

  package var description: String { String(cString: strerror(code)) }
}
