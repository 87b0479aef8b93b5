internal import MemoryLayout

extension CrashKernelReservation.Refusal {
  private static func text(_ byteCount: UInt64) -> String {
    ByteCountText.format(UInt128(byteCount))
  }

  /// Why, as the end of a sentence.
  var sentence: String {
    switch self {
    case .nothing(let memory):
      "it asks for nothing in a machine with \(ByteCountText.approximate(memory)) of RAM"
    case .allOfMemory(let byteCount, let memory):
      "it asks for \(Self.text(byteCount)), and the machine has"
        + " \(ByteCountText.approximate(memory))"
    case .inUse(let byteCount, let address):
      "the \(Self.text(byteCount)) from 0x\(String(address, radix: 16)) on are not all free RAM, and"
        + " what has an address is not moved"
    case .unaligned(let address, let unit):
      "0x\(String(address, radix: 16)) is no multiple of \(Self.text(unit))"
    case .noRoom(let byteCount, let largest):
      "no hole has \(Self.text(byteCount)): the largest has \(ByteCountText.format(largest))"
    case .noLowRoom(let byteCount, let end):
      "there is room for it, and none for the \(Self.text(byteCount)) that go with it below"
        + " \(Self.text(end)), so that nothing is reserved"
    case .unknownArchitecture: "how it is reserved is known of x86_64, i386 and arm64"
    }
  }
}
