import Fitting
import Foundation
import LayoutFiles

/// A layout with its memory map, in a folder that is gone afterwards.
enum WrittenLayout {
  /// Answers a layout of an x86-64 kernel of 32 MiB, if none is in the settings.
  static func decide(_ settings: String, map: String) throws -> LayoutResult {
    try inFolder(settings, map) { try $0.decide() }
  }

  /// The question of a layout.
  static func question(_ settings: String, map: String) throws -> LayoutQuestion {
    try inFolder(settings, map) { try $0.question() }
  }

  private static func inFolder<Result>(
    _ settings: String, _ map: String, _ body: (LayoutDescription) throws -> Result
  ) throws -> Result {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("swapcheck-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try map.write(to: folder.appendingPathComponent("map.txt"), atomically: true, encoding: .utf8)
    var text = "version: 1\nmap: map.txt\n"
    let keys = settings.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    if !keys.contains("kernel") && !keys.contains("kernels") {
      text += "kernel: { architecture: x86_64, size: 32MiB, alignment: 2MiB, address: 16MiB }\n"
    }
    return try body(
      LayoutFile.read(text + settings, path: folder.appendingPathComponent("layout.yml").path))
  }
}
