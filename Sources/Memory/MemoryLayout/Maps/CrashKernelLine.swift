/// A line of a kernel log about memory that is reserved for a crash kernel.
///
/// Source: kernel/crash_reserve.c of Linux 6.6 and later, `crashkernel reserved: 0xb1000000 -
/// 0xc1000000 (256 MB)`, whose end is behind the last byte; arch/x86/kernel/setup.c before,
/// `Reserving 256MB of memory at 2832MB for crashkernel`.
enum CrashKernelLine {
  /// The memory that is reserved; nil for any other line.
  static func range(_ bytes: ArraySlice<UInt8>) -> AddressRange? {
    var reader = TextReader(bytes)
    if reader.skip(through: "crashkernel reserved: ")
      || reader.skip(through: "crashkernel low memory reserved: ")
    {
      guard reader.skip("0x"), let start = reader.hexadecimal(), reader.skip(" - 0x"),
        let end = reader.hexadecimal(), end > 0
      else { return nil }
      return AddressRange(start: start, last: end - 1)
    }
    reader = TextReader(bytes)
    guard reader.skip(through: "Reserving "), let count = reader.decimal(), reader.skip("MB of "),
      reader.skip("low memory at ") || reader.skip("memory at "), let start = reader.decimal(),
      reader.skip("MB for crashkernel"), count <= 1 << 40, start <= 1 << 40
    else { return nil }
    return AddressRange(start: start << 20, byteCount: count << 20)
  }
}
