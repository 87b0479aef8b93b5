import Foundation

/// The files of a machine below a folder, as its kernel shows them; removed with it.
final class MachineTree {
  let root: String

  init() throws {
    let url = FileManager.default.temporaryDirectory
      .appendingPathComponent("machine-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    root = url.path
  }

  deinit { try? FileManager.default.removeItem(atPath: root) }

  func add(_ path: String, _ bytes: [UInt8]) throws {
    let url = URL(fileURLWithPath: root + path)
    try FileManager.default.createDirectory(
      at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(bytes).write(to: url)
  }

  func add(_ path: String, _ text: String) throws { try add(path, Array(text.utf8)) }

  func addFirmwareMap(_ entries: [(start: String, end: String, type: String)]) throws {
    for (index, entry) in entries.enumerated() {
      let folder = "/sys/firmware/memmap/\(index)"
      try add("\(folder)/start", "\(entry.start)\n")
      try add("\(folder)/end", "\(entry.end)\n")
      try add("\(folder)/type", "\(entry.type)\n")
    }
  }

  /// A property of 32-bit words.
  func add(_ path: String, cells: [UInt32]) throws {
    try add(path, cells.flatMap { cell in (0..<4).map { UInt8(cell >> (24 - 8 * $0) & 0xFF) } })
  }
}
