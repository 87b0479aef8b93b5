import Foundation
import Testing

/// Arrows only point down: SwiftPM refuses cycles, but not imports of transitive dependencies.
@Suite struct LayerTests {
  /// What each target may import, beside what every target may.
  private static let allowed: [String: Set<String>] = [
    "Diagnostics": [],
    "TransitionSystem": ["Diagnostics"],
    "Murphi": ["Diagnostics", "TransitionSystem"],
    "Evaluation": ["Diagnostics", "TransitionSystem"],
    "Trace": ["Diagnostics", "TransitionSystem", "Evaluation"],
    "MemoryLayout": ["Diagnostics", "Glibc"],
    "Symmetry": ["Diagnostics", "TransitionSystem"],
    "NativeCode": ["TransitionSystem", "Glibc", "Synchronization"],
    "Exploration": [
      "TransitionSystem", "Evaluation", "Symmetry", "NativeCode", "Trace", "Dispatch", "Glibc",
    ],
    "Report": [
      "Diagnostics", "TransitionSystem", "Symmetry", "Evaluation", "Trace", "Exploration",
    ],
    "Scenarios": ["Yams"],
    "swapcheck": [
      "ArgumentParser", "Diagnostics", "TransitionSystem", "Murphi", "Evaluation", "NativeCode", "Trace",
      "Exploration", "Report", "Scenarios", "FoundationEssentials", "Glibc", "Synchronization",
    ],
  ]

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
    #expect(!swift.isEmpty)
    for file in swift {
      for line in try String(contentsOf: file, encoding: .utf8).split(separator: "\n") {
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), position <= 1,
          position + 1 < words.count, position == 0 || words[0] == "public"
        else { continue }
        let module = String(words[position + 1])
        #expect(Self.allowed[target]?.contains(module) == true, "\(file.path) imports \(module)")
      }
    }
  }
}
