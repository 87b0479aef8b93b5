import Diagnostics
import RunFormats
import Runs
import Scenarios
import TransitionSystem

/// Files of runs.
enum RunFiles {
  /// Of a run of some hundred thousand steps of a large model.
  static let maximumByteCount = 1 << 30

  /// Reads a run.
  ///
  /// - Parameters:
  ///   - number: Which one of the file, from 1; nil where there is to be one alone.
  static func read(_ path: String, _ number: Int?) throws(CommandFailure) -> ShownRun {
    let runs = try read(path)
    if let number {
      guard number <= runs.count else {
        throw CommandFailure(
          "\(path): error: it has \(runs.count) run\(runs.count == 1 ? "" : "s"), and no number "
            + "\(number)")
      }
      return runs[number - 1]
    }
    guard runs.count == 1 else {
      throw CommandFailure(
        "\(path): error: it has \(runs.count) runs; say which one by --number")
    }
    return runs[0]
  }

  /// Reads all runs of a file.
  static func read(_ path: String) throws(CommandFailure) -> [ShownRun] {
    let text = try ModelFile.read(path, limit: maximumByteCount)
    do throws(RunFileError) {
      return try ShownRun.read(text.bytes)
    } catch {
      throw CommandFailure("\(path): error: this \(error)")
    }
  }

  /// The constants that a run has with other values than the model gives them.
  static func overrides(of run: ShownRun, in system: TransitionSystem) -> [String: Int64] {
    let kept = Dictionary(
      run.constants.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    var overrides: [String: Int64] = [:]
    for constant in system.constants {
      guard let text = kept[constant.name], text != constant.type.describe(constant.value),
        let value = text == "true" ? 1 : text == "false" ? 0 : Int64(text)
      else { continue }
      overrides[constant.name] = value
    }
    return overrides
  }

  /// The rules that a run was found without, of those that the model has.
  static func absentRules(of run: ShownRun, in system: TransitionSystem) -> [String] {
    let known = Set(system.rules.map(\.name))
    return run.without.filter(known.contains)
  }

  /// The values that a run has for the symbolic constants, in order; nil where it lacks one.
  static func valuation(of run: ShownRun, in system: TransitionSystem) -> [Int128]? {
    let kept = Dictionary(
      run.layout.map { ($0.name, $0.value) }, uniquingKeysWith: { first, _ in first })
    var valuation: [Int128] = []
    for constant in system.symbolicConstants {
      for element in 0..<constant.elementCount {
        guard let value = kept[constant.name(ofElement: element)].flatMap({ Int128($0) }) else {
          return nil
        }
        valuation.append(value)
      }
    }
    return valuation
  }

  /// Writes runs: the first into the file that is named, others beside it as `run-2.json`.
  ///
  /// - Parameter format: Nil where the name says it.
  static func write(
    _ runs: [ShownRun], to path: String, _ format: RunFormat?
  ) throws(CommandFailure) {
    let format = if let format { format } else { try self.format(of: path) }
    for (number, run) in runs.enumerated() {
      try OutputFile.write(
        format.write(run), to: number == 0 ? path : numbered(path, number + 1, format))
    }
  }

  /// How a file of scenarios has runs of a model drawn; nil where there is none, or it says nothing.
  /// What is wrong in it is said where its scenarios are run.
  static func picture(of model: String, _ scenarios: String) -> Picture? {
    guard let text = try? ModelFile.read(scenarios, limit: ScenarioFile.maximumByteCount),
      let contents = try? ScenarioFile.contents(String(decoding: text.bytes, as: UTF8.self))
    else { return nil }
    return contents.pictures[model]
  }

  /// The form that a name says.
  static func format(of path: String) throws(CommandFailure) -> RunFormat {
    guard let format = RunFormat(path: path) else {
      let endings = RunFormat.allCases.map(\.ending).joined(separator: " ")
      throw CommandFailure(
        "\(path): error: its name does not say how a run is written there: one of \(endings)")
    }
    return format
  }

  private static func numbered(_ path: String, _ number: Int, _ format: RunFormat) -> String {
    guard path.hasSuffix(format.ending) else { return "\(path)-\(number)" }
    return path.dropLast(format.ending.count) + "-\(number)" + format.ending
  }
}
