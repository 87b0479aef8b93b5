import Foundation
import Scenarios
import Testing

/// Each model of the seed and of today's protocols has what a model needs: covers, a liveness
/// property, a measure, scenarios of several sizes, and for each property a variant that violates
/// it.
@Suite struct ModelCoverageTests {
  private static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  private static let scenarios: [Scenario] = {
    let path = root.appendingPathComponent("swapcheck.yml").path
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    return (try? ScenarioFile.read(text)) ?? []
  }()

  private static func names(of kind: String, in text: String) throws -> [String] {
    text.matches(of: try Regex("(?m)^ *\(kind) +\"([^\"]+)\"")).compactMap { match in
      match.output[1].substring.map(String.init)
    }
  }

  @Test(arguments: [
    "hotswap", "degradation", "kexec", "handshake", "bproc", "devices", "connections", "cluster",
    "abort", "checkpoint", "luo-rfc", "luo", "kho", "cpuhp", "multikernel", "memory", "handover",
  ])
  func aModelHasWhatItNeeds(name: String) throws {
    let path = Self.root.appendingPathComponent("Models/\(name).m").path
    let text = try String(contentsOfFile: path, encoding: .utf8)
    let invariants = try Self.names(of: "invariant", in: text)
    let liveness = try Self.names(of: "liveness", in: text)
    #expect(!invariants.isEmpty && !liveness.isEmpty)
    #expect(try !Self.names(of: "cover", in: text).isEmpty)
    #expect(try !Self.names(of: "measure", in: text).isEmpty)

    let own = Self.scenarios.filter { $0.model == "Models/\(name).m" && $0.expectation == .holds }
    #expect(Set(own.map(\.constants)).count >= 2, "sizes of \(name)")

    let variants = Self.scenarios.filter { scenario in
      guard let model = scenario.model else { return false }
      return model.hasPrefix("Models/broken/\(name)-")
        && !(name == "luo" && model.hasPrefix("Models/broken/luo-rfc-"))
    }
    for property in invariants {
      let violated = Scenario.Expectation("violates \"\(property)\"")
      #expect(variants.contains { $0.expectation == violated }, "\(name): \(property)")
    }
    // Where nothing happens beside the swap, what can never end is a deadlock.
    for property in liveness {
      let violated = Scenario.Expectation("violates \"\(property)\"")
      #expect(
        variants.contains {
          $0.expectation == violated || $0.expectation == Scenario.Expectation("deadlock")
        }, "\(name): \(property)")
    }
  }

  /// What is in the folder is run.
  @Test func eachVariantIsAScenario() throws {
    let folder = Self.root.appendingPathComponent("Models/broken").path
    let files = try FileManager.default.contentsOfDirectory(atPath: folder)
      .filter { $0.hasSuffix(".m") }
    #expect(files.count >= 150)
    let run = Set(Self.scenarios.map(\.model))
    for file in files { #expect(run.contains("Models/broken/\(file)"), "\(file)") }
  }
}
