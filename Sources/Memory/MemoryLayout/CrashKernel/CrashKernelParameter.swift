/// What stands behind `crashkernel=` on a kernel's command line, by parse_crashkernel of
/// kernel/crash_reserve.c: `128M`, `128M@16M`, `1G,high` with or without `256M,low`,
/// `1G-4G:192M,4G-:256M`, and with any of these `512M,cma`.
package struct CrashKernelParameter: Hashable, Sendable {
  /// Memory sizes of a machine, and what is reserved of it then.
  package struct Share: Hashable, Sendable {
    package let from: UInt64
    /// The first size that is too large; nil if there is none.
    package let end: UInt64?
    package let byteCount: UInt64

    package init(from: UInt64, end: UInt64?, byteCount: UInt64) {
      (self.from, self.end, self.byteCount) = (from, end, byteCount)
    }
  }

  package enum Form: Hashable, Sendable {
    /// `X` and `X@Y`; an address of 0 is none.
    case size(UInt64, at: UInt64?)
    /// `X,high`, and what `Y,low` says beside it: 0 for none.
    case high(UInt64, low: UInt64?)
    /// `range:size,…` and an address.
    case shares([Share], at: UInt64?)
  }

  package var form: Form
  /// Of `X,cma`: memory that the running kernel goes on using for what may be lost, from Linux 6.17
  /// on. No image lies there.
  package var movableByteCount: UInt64?

  package init(_ form: Form, movableByteCount: UInt64? = nil) {
    self.form = form
    self.movableByteCount = movableByteCount
  }

  /// Reads one parameter or several, with or without `crashkernel=` before each.
  ///
  /// As for Linux, the last of each kind counts, and `,high` only where there is none without an
  /// end such as that.
  ///
  /// - Throws: `CrashKernelParameterError`.
  package init(_ text: String) throws(CrashKernelParameterError) {
    var plain: Form?
    var high: UInt64?
    var low: UInt64?
    var movable: UInt64?
    for word in text.split(separator: " ") {
      let name = "crashkernel="
      let value = String(word.hasPrefix(name) ? word.dropFirst(name.count) : word)
      if value.hasSuffix(",high") {
        high = try Self.size(value.dropLast(5), value)
      } else if value.hasSuffix(",low") {
        low = try Self.size(value.dropLast(4), value)
      } else if value.hasSuffix(",cma") {
        movable = try Self.size(value.dropLast(4), value)
      } else {
        plain = try Self.plain(value)
      }
    }
    if let plain {
      self.init(plain, movableByteCount: movable)
    } else if let high {
      self.init(.high(high, low: low), movableByteCount: movable)
    } else {
      throw low != nil || movable != nil ? .alone(text) : .malformed(text)
    }
  }

  private static func plain(_ text: String) throws(CrashKernelParameterError) -> Form {
    let parts = text.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false)
    var address: UInt64?
    if parts.count == 2 {
      let stated = try size(parts[1], text)
      address = stated == 0 ? nil : stated
    }
    guard parts[0].contains(":") else { return .size(try size(parts[0], text), at: address) }
    var shares: [Share] = []
    for part in parts[0].split(separator: ",", omittingEmptySubsequences: false) {
      let words = part.split(separator: ":", omittingEmptySubsequences: false)
      let ends = (words.first ?? "").split(separator: "-", omittingEmptySubsequences: false)
      guard words.count == 2, ends.count == 2 else { throw .malformed(text) }
      let from = try size(ends[0], text)
      let end = ends[1].isEmpty ? nil : try size(ends[1], text)
      if let end, end <= from { throw .empty(text) }
      shares.append(Share(from: from, end: end, byteCount: try size(words[1], text)))
    }
    return .shares(shares, at: address)
  }

  /// memparse of lib/cmdline.c: decimal, or with `0x` or `0` before it hexadecimal or octal, and a
  /// letter for a power of 1024.
  private static func size(
    _ text: Substring, _ whole: String
  ) throws(CrashKernelParameterError) -> UInt64 {
    let units = "KMGTPE"
    var digits = text
    var shift = 0
    let isHexadecimal = text.hasPrefix("0x") || text.hasPrefix("0X")
    // `E` is a digit there, as it is for Linux.
    let letter = text.last?.uppercased().first
    if let letter, let index = units.firstIndex(of: letter), !(isHexadecimal && letter == "E") {
      shift = 10 * (units.distance(from: units.startIndex, to: index) + 1)
      digits = digits.dropLast()
    }
    let isOctal = !isHexadecimal && digits.count > 1 && digits.hasPrefix("0")
    if isHexadecimal { digits = digits.dropFirst(2) }
    guard let first = digits.utf8.first, first != UInt8(ascii: "+"), first != UInt8(ascii: "-")
    else { throw .malformed(whole) }
    guard let number = UInt64(digits, radix: isHexadecimal ? 16 : isOctal ? 8 : 10) else {
      let isNumber = digits.allSatisfy { $0.isHexDigit }
      throw isNumber ? .tooLarge(whole) : .malformed(whole)
    }
    let (bytes, overflows) = number.multipliedReportingOverflow(by: 1 << shift)
    guard !overflows else { throw .tooLarge(whole) }
    return bytes
  }

  /// Bytes that are asked for in a machine; 0 if none are for so much memory.
  ///
  /// - Parameter memory: Bytes of RAM, which are rounded up to 128 MiB where ranges are about them.
  package func byteCount(memory: UInt128) -> UInt64 {
    switch form {
    case .size(let byteCount, _), .high(let byteCount, _): return byteCount
    case .shares(let shares, _):
      let unit: UInt128 = 128 << 20
      let total = (memory + unit - 1) / unit * unit
      return shares.first {
        UInt128($0.from) <= total && $0.end.map { total < UInt128($0) } ?? true
      }?.byteCount ?? 0
    }
  }

  /// The same with another size, for whatever memory.
  package func with(byteCount: UInt64) -> CrashKernelParameter {
    switch form {
    case .size(_, let address), .shares(_, let address):
      CrashKernelParameter(.size(byteCount, at: address), movableByteCount: movableByteCount)
    case .high(_, let low):
      CrashKernelParameter(.high(byteCount, low: low), movableByteCount: movableByteCount)
    }
  }

  /// As the command line has it: `crashkernel=1G,high crashkernel=256M,low`.
  package var option: String {
    let words: [String] =
      switch form {
      case .size(let byteCount, let address):
        [Self.text(byteCount) + Self.suffix(address)]
      case .high(let byteCount, let low):
        [Self.text(byteCount) + ",high"] + (low.map { [Self.text($0) + ",low"] } ?? [])
      case .shares(let shares, let address):
        [
          shares.map { share in
            "\(Self.text(share.from))-\(share.end.map(Self.text) ?? ""):\(Self.text(share.byteCount))"
          }.joined(separator: ",") + Self.suffix(address)
        ]
      }
    let all = words + (movableByteCount.map { [Self.text($0) + ",cma"] } ?? [])
    return all.map { "crashkernel=\($0)" }.joined(separator: " ")
  }

  private static func suffix(_ address: UInt64?) -> String {
    address.map { "@0x" + String($0, radix: 16) } ?? ""
  }

  private static func text(_ byteCount: UInt64) -> String {
    for (shift, letter) in [(30, "G"), (20, "M"), (10, "K")]
    where byteCount > 0 && byteCount % (1 << shift) == 0 {
      return "\(byteCount >> shift)\(letter)"
    }
    return "\(byteCount)"
  }
}

/// What is wrong with a text.
package enum CrashKernelParameterError: Error, Equatable, Sendable, CustomStringConvertible {
  case malformed(String)
  /// A range of memory sizes ends where it begins, or before.
  case empty(String)
  case tooLarge(String)
  /// `,low` or `,cma` without what it goes with.
  case alone(String)

  package var description: String {
    switch self {
    case .malformed(let text):
      "`crashkernel` is what stands behind `crashkernel=` on the command line, such as 256M,"
        + " 256M@16M, `1G,high 256M,low` or 1G-4G:192M,4G-:256M, and not \(text)"
    case .empty(let text): "in `crashkernel`, \(text), a range of memory sizes has no size in it"
    case .tooLarge(let text): "in `crashkernel`, \(text), a number has more than 64 bits"
    case .alone(let text):
      "in `crashkernel`, \(text) says nothing by itself: `,low` goes with `,high`, and `,cma` with"
        + " a size"
    }
  }
}
