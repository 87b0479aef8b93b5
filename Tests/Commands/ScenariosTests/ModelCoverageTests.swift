import Diagnostics
import Foundation
import Patches
import Scenarios
import TestSupport
import Testing
import Trace

/// Each model of the seed and of today's protocols has what a model needs: covers, a liveness
/// property, a measure, scenarios of several sizes, and for each property a variant that violates
/// it.
@Suite struct ModelCoverageTests {
  private static let scenarios: [Scenario] = {
    let path = Repository.root.appendingPathComponent("swapcheck.yml").path
    let text = (try? String(contentsOfFile: path, encoding: .utf8)) ?? ""
    // Of those that search: a log is followed.
    return ((try? ScenarioFile.read(text)) ?? []).filter { $0.log == nil }
  }()

  private static func expectation(of patch: String) throws -> Scenario.Expectation? {
    let file = Repository.root.appendingPathComponent(patch)
    let text = SourceText(path: patch, bytes: Array(try Data(contentsOf: file)))
    return try StatedExpectation.of(try Patch(text))
  }

  private static func names(of kind: String, in text: String) throws -> [String] {
    text.matches(of: try Regex("(?m)^ *\(kind) +\"([^\"]+)\"")).compactMap { match in
      match.output[1].substring.map(String.init)
    }
  }

  @Test(arguments: [
    "hotswap", "degradation", "kexec", "handshake", "bproc", "devices", "connections", "cluster",
    "abort", "checkpoint", "luo-rfc", "luo", "luo-files", "luo-flb", "luo-unwind", "kho",
    "cpuhp", "crash", "multikernel", "overlay", "doorbell", "preserve", "memory", "handover",
    "lease",
  ])
  func aModelHasWhatItNeeds(name: String) throws {
    let model = RepositoryModel("Models/\(name).m")
    let source = try model.source()
    let text = String(decoding: source.bytes, as: UTF8.self)
    #expect(try StatedExpectation.of(source) == .holds)
    let invariants = try Self.names(of: "invariant", in: text)
    let liveness = try Self.names(of: "liveness", in: text)
    #expect(!invariants.isEmpty && !liveness.isEmpty)
    #expect(try !Self.names(of: "cover", in: text).isEmpty)
    #expect(try !Self.names(of: "measure", in: text).isEmpty)

    let own = Self.scenarios.filter { $0.model == model.path && $0.expectation == nil }
    #expect(Set(own.map(\.constants)).count >= 2, "sizes of \(name)")

    let violated = try RepositoryModel.variants.filter { $0.path == model.path }
      .map { try Self.expectation(of: $0.testDescription) }
    for property in invariants {
      #expect(violated.contains(.violates(property, kind: .invariant)), "\(name): \(property)")
    }
    // Where nothing happens beside the swap, what can never end is a deadlock.
    for property in liveness {
      #expect(
        violated.contains(.violates(property, kind: .liveness)) || violated.contains(.deadlock),
        "\(name): \(property)")
    }
  }

  /// Each variant says what it violates, is run, and lies with its model: `Models/hotswap/`, or a
  /// folder within, has those of `Models/hotswap.m`.
  @Test(arguments: RepositoryModel.variants)
  func aVariantIsAScenario(variant: RepositoryModel) throws {
    let patch = variant.testDescription
    #expect(patch.hasPrefix(variant.path.dropLast(2) + "/"))
    #expect(try Self.expectation(of: patch) != nil)
    let runs = Self.expanded.filter { $0.patches == [patch] && $0.model == variant.path }
    #expect(runs.count == 1)
  }

  /// The scenarios, each variant of a folder by itself.
  private static let expanded = scenarios.flatMap {
    $0.expanded(in: Repository.root.path + "/") ?? []
  }

  /// Models/README.md has a line for each model, with the number of its variants.
  @Test func theTableOfModelsIsWhole() throws {
    let file = Repository.root.appendingPathComponent("Models/README.md")
    let page = try String(contentsOf: file, encoding: .utf8)
    let models = RepositoryModel.models(below: "Models")
    for model in models {
      let count = RepositoryModel.variants.count { $0.path == model.path }
      let name = model.path.dropFirst("Models/".count)
      #expect(page.contains("\n| [\(name)](\(name)) | "), "\(name)")
      #expect(page.contains("| [\(count)](\(name.dropLast(2))) |\n"), "\(name): \(count)")
    }
    #expect(page.split(separator: "\n").count { $0.hasPrefix("| [") } == models.count)
  }

  /// What the head of a model or of a patch says is not said again.
  @Test func expectationsStandOnce() throws {
    for scenario in Self.scenarios {
      guard let model = scenario.model, let expectation = scenario.expectation else { continue }
      #expect(try StatedExpectation.of(try RepositoryModel(model).source()) != expectation)
      #expect(scenario.patches.isEmpty && scenario.variants == nil, "\(scenario.name)")
    }
  }
}
