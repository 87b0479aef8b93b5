import Diagnostics
import Glibc
import Scenarios
import Settings

/// The scenarios of a file that expect of one model, as it stands, that it holds.
struct ModelScenarios {
  private let scenarios: [Scenario]

  /// - Parameters:
  ///   - file: Nil for `swapcheck.yml`, which need not be there.
  ///   - source: The text of the model, whose head may say what is expected.
  init(_ model: String, file: String?, _ source: SourceText) throws(CommandFailure) {
    let path = file ?? "swapcheck.yml"
    guard file != nil || access(path, F_OK) == 0 else {
      scenarios = []
      return
    }
    let text = try ModelFile.read(path, limit: ScenarioFile.maximumByteCount)
    let all: [Scenario]
    do throws(SettingError) {
      all = try ScenarioFile.read(String(decoding: text.bytes, as: UTF8.self))
    } catch {
      throw CommandFailure("\(path)\(error.place): error: \(error.message)")
    }
    let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
    let stated = try? StatedExpectation(source)
    let own = all.filter { scenario in
      guard let named = scenario.model, scenario.patches.isEmpty, scenario.variants == nil,
        scenario.without.isEmpty, (scenario.expectation ?? stated?.verdict) == .holds
      else { return false }
      return OutputFile.isSame(ScenarioPath.resolved(named, in: folder), model)
    }
    scenarios = own.map { scenario in stated.map(scenario.adding) ?? scenario }
  }

  /// Those with a tag; where none is asked for, those with the tag `quick`, and where there are none
  /// of these, all that have no tag `nightly`.
  func chosen(tag: String?) -> [Scenario] {
    func tagged(_ tag: String) -> [Scenario] { scenarios.filter { $0.tags.contains(tag) } }
    let quick = tagged("quick")
    return tag.map(tagged)
      ?? (quick.isEmpty ? scenarios.filter { !$0.tags.contains("nightly") } : quick)
  }
}
