import Diagnostics
import Patches
import Scenarios

/// A model with its patches, and what is said of its verdict.
struct Variant {
  let text: SourceText
  /// As the last patch says it, or the model where there is none.
  let stated: StatedExpectation
  /// The file whose head may say it.
  let expectationPath: String

  /// Reads a model and applies patches.
  static func read(
    _ path: String, patches: [String], _ from: ModelFile.Source
  ) throws(CommandFailure) -> Variant {
    let base = try ModelFile.read(path, from)
    let read = try ModelFile.readPatches(patches, from)
    let text = try ModelFile.applied(read, to: base)
    let stating = patches.last ?? path
    do throws(StatedExpectation.Failure) {
      let stated =
        if let last = read.last { try StatedExpectation(last) } else {
          try StatedExpectation(base)
        }
      return Variant(text: text, stated: stated, expectationPath: stating)
    } catch {
      throw CommandFailure("\(stating):\(error.line): error: \(error.message)")
    }
  }
}
