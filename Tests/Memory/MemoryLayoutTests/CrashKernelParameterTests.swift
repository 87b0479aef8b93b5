import MemoryLayout
import Testing

/// `crashkernel=` as kernel/crash_reserve.c and its documentation have it.
@Suite struct CrashKernelParameterTests {
  private static let mib: UInt64 = 1 << 20
  private static let gib: UInt64 = 1 << 30

  @Test func sizesAndAddresses() throws {
    #expect(try CrashKernelParameter("128M").form == .size(128 * Self.mib, at: nil))
    #expect(
      try CrashKernelParameter("crashkernel=64m@0x2000000").form
        == .size(64 * Self.mib, at: 32 * Self.mib))
    #expect(try CrashKernelParameter("0x10000000").form == .size(256 * Self.mib, at: nil))
    // simple_strtoull takes a leading 0 for octal digits.
    #expect(try CrashKernelParameter("0100M").form == .size(64 * Self.mib, at: nil))
    #expect(try CrashKernelParameter("65536K").form == .size(64 * Self.mib, at: nil))
    // An address of 0 is none.
    #expect(try CrashKernelParameter("1G@0").form == .size(Self.gib, at: nil))
  }

  @Test func highAndLow() throws {
    #expect(try CrashKernelParameter("2G,high").form == .high(2 * Self.gib, low: nil))
    #expect(
      try CrashKernelParameter("crashkernel=2G,high crashkernel=72M,low").form
        == .high(2 * Self.gib, low: 72 * Self.mib))
    #expect(try CrashKernelParameter("0,low 2G,high").form == .high(2 * Self.gib, low: 0))
    // Beside a plain size, `,high` is not looked at; of two of a kind the last counts.
    #expect(try CrashKernelParameter("2G,high 512M").form == .size(512 * Self.mib, at: nil))
    #expect(try CrashKernelParameter("512M 768M").form == .size(768 * Self.mib, at: nil))
    let movable = try CrashKernelParameter("256M 1G,cma")
    #expect(movable.form == .size(256 * Self.mib, at: nil))
    #expect(movable.movableByteCount == Self.gib)
  }

  /// The total is rounded up to 128 MiB, and the end of a range is not part of it.
  @Test func sharesOfMemory() throws {
    let parameter = try CrashKernelParameter("512M-2G:64M,2G-:128M")
    #expect(parameter.byteCount(memory: UInt128(511 * Self.mib)) == 64 * Self.mib)
    #expect(parameter.byteCount(memory: UInt128(384 * Self.mib)) == 0)
    #expect(parameter.byteCount(memory: UInt128(2 * Self.gib - 1)) == 128 * Self.mib)
    #expect(parameter.byteCount(memory: UInt128(1920 * Self.mib)) == 64 * Self.mib)
    #expect(parameter.byteCount(memory: UInt128(64 * Self.gib)) == 128 * Self.mib)
    let fixed = try CrashKernelParameter("1G-:192M@48M")
    #expect(
      fixed.form
        == .shares([.init(from: Self.gib, end: nil, byteCount: 192 * Self.mib)], at: 48 * Self.mib))
  }

  @Test(arguments: [
    "", "auto", "M", "-1M", "+64M", "64MB", "64M@", "64M@x", "64M,mid", "1G-2G", "1G-2G:", "1G:64M",
    "2G-1G:64M", "1G-1G:64M", "1G-:64M,", "64M,low", "64M,cma", "20000000000G",
    "99999999999999999999", "0x", "089M", "1.5G", ",high",
  ])
  func refuses(text: String) {
    #expect(throws: CrashKernelParameterError.self) { try CrashKernelParameter(text) }
  }

  /// What it says on the command line is read as the same.
  @Test(arguments: [
    "128M", "128M@0x1000000", "2G,high", "2G,high 256M,low", "1G-4G:192M,4G-64G:256M,64G-:512M",
    "256M 1G,cma", "100000",
  ])
  func isReadAsItIsWritten(text: String) throws {
    let parameter = try CrashKernelParameter(text)
    #expect(try CrashKernelParameter(parameter.option) == parameter)
    #expect(parameter.option.hasPrefix("crashkernel="))
  }
}
