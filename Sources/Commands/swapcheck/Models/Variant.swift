import Diagnostics
import Patches
import Scenarios

/// A model with its patches, and what is said of its verdict.
struct Variant {
  let text: SourceText
  /// As the last patch says it, or the model where there is none; nil where it says nothing.
  let expectation: Scenario.Expectation?
  /// The file whose head may say it.
  let expectationPath: String

  /// Reads a model and applies patches, or writes an error on standard error.
  static func read(
    _ path: String, patches: [String], _ from: ModelFile.Source
  ) -> Variant? {
    guard let base = ModelFile.read(path, from), let read = ModelFile.readPatches(patches, from),
      let text = ModelFile.applied(read, to: base)
    else { return nil }
    let stating = patches.last ?? path
    do throws(StatedExpectation.Failure) {
      let expectation =
        if let last = read.last { try StatedExpectation.of(last) } else {
          try StatedExpectation.of(base)
        }
      return Variant(text: text, expectation: expectation, expectationPath: stating)
    } catch {
      Console.error("\(stating):\(error.line): error: \(error.message)")
      return nil
    }
  }
}
