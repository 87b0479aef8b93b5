import Foundation

/// The least ELF file that is a kernel: one segment of 4 KiB at 16 MiB.
enum LeastKernel {
  static func write(to name: String, in folder: URL) throws {
    func bytes(_ value: UInt64, _ count: Int) -> [UInt8] {
      (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt64($0))) }
    }
    var file: [UInt8] = [0x7F] + Array("ELF".utf8) + [2, 1, 1] + bytes(0, 9)
    file += bytes(2, 2) + bytes(62, 2) + bytes(1, 4) + bytes(0x100_0000, 8) + bytes(64, 8)
    file += bytes(0, 8) + bytes(0, 4) + bytes(64, 2) + bytes(56, 2) + bytes(1, 2) + bytes(0, 6)
    file += bytes(1, 4) + bytes(5, 4) + bytes(0, 8) + bytes(0x100_0000, 8) + bytes(0x100_0000, 8)
    file += bytes(120, 8) + bytes(4_096, 8) + bytes(4_096, 8)
    try Data(file).write(to: folder.appendingPathComponent(name))
  }
}
