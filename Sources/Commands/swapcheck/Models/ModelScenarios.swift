import Diagnostics
import Glibc
import Scenarios
import Settings

/// A file of scenarios, for who asks what it says of models.
struct ScenarioList {
  let path: String
  private let contents: ScenarioFile.Contents?

  /// - Parameter file: Nil for `swapcheck.yml`, which need not be there.
  init(file: String?) throws(CommandFailure) {
    path = file ?? "swapcheck.yml"
    guard file != nil || access(path, F_OK) == 0 else {
      contents = nil
      return
    }
    let text = try ModelFile.read(path, limit: ScenarioFile.maximumByteCount)
    do throws(SettingError) {
      contents = try ScenarioFile.contents(String(decoding: text.bytes, as: UTF8.self))
    } catch {
      throw CommandFailure("\(path)\(error.place): error: \(error.message)")
    }
  }

  /// Paths of the models that scenarios are about, as seen from here; each once, in the order of the file.
  var models: [String] {
    var seen: Set<String> = []
    return (contents?.scenarios ?? []).compactMap(\.model).filter { seen.insert($0).inserted }
      .map { ScenarioPath.resolved($0, in: folder) }
  }

  /// The scenarios that expect of one model, as it stands, that it holds.
  ///
  /// - Parameter source: The text of the model, whose head may say what is expected.
  func scenarios(of model: String, _ source: SourceText) -> ModelScenarios {
    let stated = try? StatedExpectation(source)
    let own = (contents?.scenarios ?? []).filter { scenario in
      guard let named = scenario.model, scenario.patches.isEmpty, scenario.variants == nil,
        (scenario.expectation ?? stated?.verdict) == .holds
      else { return false }
      return isSame(named, model)
    }
    return ModelScenarios(all: own.map { scenario in stated.map(scenario.adding) ?? scenario })
  }

  /// What it says of one model, and of nothing else.
  func contents(of model: String) -> ScenarioFile.Contents {
    ScenarioFile.Contents(
      scenarios: (contents?.scenarios ?? []).filter { scenario in
        scenario.model.map { isSame($0, model) } ?? false
      })
  }

  /// What a model's score is to be at least; nil where the file does not say it.
  func leastScore(of model: String) -> Double? {
    contents?.leastScores.first { isSame($0.key, model) }?.value
  }

  private func isSame(_ named: String, _ model: String) -> Bool {
    OutputFile.isSame(ScenarioPath.resolved(named, in: folder), model)
  }

  private var folder: String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "" }
}

/// The scenarios of a file that expect of one model, as it stands, that it holds.
struct ModelScenarios {
  let all: [Scenario]

  /// Those with a tag; where none is asked for, those with the tag `quick`, and where there are none
  /// of these, all that have no tag `nightly`.
  func chosen(tag: String?) -> [Scenario] {
    func tagged(_ tag: String) -> [Scenario] { all.filter { $0.tags.contains(tag) } }
    let quick = tagged("quick")
    return tag.map(tagged)
      ?? (quick.isEmpty ? all.filter { !$0.tags.contains("nightly") } : quick)
  }
}
