import Foundation
import MemoryLayout
import Testing

/// The files of Samples.
enum Samples {
  static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .appendingPathComponent("Samples")

  static var names: [String] {
    get throws { try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted() }
  }

  static func path(_ name: String) -> String { folder.appendingPathComponent(name).path }

  static func bytes(_ name: String) throws -> [UInt8] {
    Array(try Data(contentsOf: folder.appendingPathComponent(name)))
  }

  static func map(_ name: String) throws -> MemoryMap {
    try MemoryMap.read(contentsOf: path(name))
  }
}

/// Reads a memory map from a text.
func map(_ text: String) throws(LayoutInputError) -> MemoryMap {
  try MemoryMap.read(path: "map", bytes: Array(text.utf8))
}

func range(_ start: UInt64, _ last: UInt64) throws -> AddressRange {
  try #require(AddressRange(start: start, last: last))
}

/// Checks that something is refused, and gives the error.
func error(
  _ body: () throws -> some Any, location: SourceLocation = #_sourceLocation
) throws -> LayoutInputError {
  let error = #expect(throws: LayoutInputError.self, sourceLocation: location) { try body() }
  return try #require(error, sourceLocation: location)
}

/// The same numbers for the same seed, on every machine (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
