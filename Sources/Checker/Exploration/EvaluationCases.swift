import Diagnostics
import Evaluation
import PathConditions
import TransitionSystem

/// An interpreter in a domain: what is evaluated is evaluated once, or once for each case that the
/// layouts fall into.
///
/// For one thread.
final class EvaluationCases {
  let interpreter: Interpreter
  /// Nil where there is one case alone.
  private let runs: ConditionRuns?

  init(_ system: TransitionSystem, _ domain: Domain, stop: StopCondition) {
    switch domain {
    case .numbers(let valuation):
      interpreter = Interpreter(system: system, valuation: valuation)
      runs = nil
    case .layouts(let paths):
      let runs = ConditionRuns(paths)
      interpreter = Interpreter(system: system, terms: paths.terms)
      interpreter.decider = runs
      self.runs = runs
    }
    interpreter.stop = stop
  }

  /// The path condition of the case that is evaluated; 0 where there is one alone.
  @inline(__always)
  var path: Int { runs?.current ?? 0 }

  /// Calls `body` for each case that it falls into, anew from its beginning.
  ///
  /// - Parameter path: A path condition that the cases part among them.
  @inline(__always)
  func forEach(from path: Int, _ body: () throws(Undecided) -> Void) throws(Undecided) {
    guard let runs else { return try body() }
    runs.begin(path)
    repeat { try body() } while try runs.next()
  }
}
