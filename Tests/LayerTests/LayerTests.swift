import Foundation
import Testing

/// Arrows only point down: SwiftPM refuses cycles, but not imports of transitive dependencies.
@Suite struct LayerTests {
  /// What each target may import, beside what every target may.
  private static let allowed: [String: Set<String>] = [
    "Diagnostics": ["Synchronization"],
    "Patches": ["Diagnostics"],
    "TransitionSystem": ["Diagnostics"],
    "Murphi": ["Diagnostics", "TransitionSystem"],
    "CZ3": [],
    "SMT": ["CZ3", "Diagnostics", "Glibc", "Synchronization"],
    "Evaluation": ["CIntrinsics", "Diagnostics", "TransitionSystem"],
    "PathConditions": ["Diagnostics", "TransitionSystem", "Evaluation", "SMT"],
    "Trace": ["Diagnostics", "TransitionSystem", "Evaluation"],
    "MemoryLayout": ["Diagnostics", "Glibc"],
    "Fitting": ["Diagnostics", "MemoryLayout", "SMT"],
    "Symmetry": ["Diagnostics", "TransitionSystem"],
    "PartialOrder": ["Diagnostics", "TransitionSystem"],
    "CIntrinsics": [],
    "NativeCode": ["TransitionSystem", "Glibc", "Synchronization"],
    "Exploration": [
      "CIntrinsics", "Diagnostics", "TransitionSystem", "Evaluation", "PathConditions", "Symmetry",
      "PartialOrder", "NativeCode", "Trace", "Glibc",
      "Synchronization",
    ],
    "Report": [
      "Diagnostics", "TransitionSystem", "Symmetry", "PartialOrder", "Evaluation", "Trace",
      "Exploration", "MemoryLayout", "Fitting", "PathConditions",
    ],
    "Scenarios": ["Diagnostics", "Patches", "MemoryLayout", "Fitting", "Glibc", "CYaml", "Yams"],
    "swapcheck": [
      "ArgumentParser", "CIntrinsics", "Diagnostics", "Patches", "TransitionSystem", "Murphi",
      "Evaluation",
      "PathConditions",
      "NativeCode", "Trace",
      "Exploration", "MemoryLayout", "SMT", "Fitting", "Report", "Scenarios",
      "FoundationEssentials", "Glibc",
      "Synchronization",
    ],
  ]

  /// What has no Swift of its own.
  private static let headers: Set<String> = ["CIntrinsics", "CZ3"]

  private static let sources = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Sources")

  @Test func everyTargetIsListed() throws {
    let folders = try FileManager.default.contentsOfDirectory(atPath: Self.sources.path)
    #expect(Set(folders) == Set(Self.allowed.keys))
  }

  @Test(arguments: allowed.keys.sorted())
  func importsPointDown(target: String) throws {
    let folder = Self.sources.appendingPathComponent(target)
    let files = try #require(
      FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)?.allObjects
        as? [URL])
    let swift = files.filter { $0.pathExtension == "swift" }
    #expect(swift.isEmpty == Self.headers.contains(target))
    for file in swift {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), position <= 1,
          position + 1 < words.count,
          position == 0 || ["public", "package", "internal"].contains(words[0])
        else { continue }
        let module = String(words[position + 1])
        #expect(Self.allowed[target]?.contains(module) == true, "\(file.path) imports \(module)")
      }
    }
  }
}
