import Checking
import Diagnostics
import Exploration
import Murphi
import Options
import TransitionSystem

/// The model itself at one size, which it holds at, with what its mutants are measured by.
final class ModelSize: Sendable {
  let size: MutationSize
  let system: TransitionSystem
  let dialect: Dialect
  let stateCount: Int
  let ruleFirings: [Int]
  let states: ReachableStates

  init(
    _ size: MutationSize, _ system: TransitionSystem, _ dialect: Dialect, stateCount: Int,
    ruleFirings: [Int]
  ) {
    (self.size, self.system, self.dialect) = (size, system, dialect)
    (self.stateCount, self.ruleFirings) = (stateCount, ruleFirings)
    states = ReachableStates(system)
  }

  /// How a mutant is checked at this size: by one thread, within some times the model's states.
  func request(_ mutant: TransitionSystem, stop: StopCondition) -> CheckRequest {
    var request = size.settings.request(mutant, stop: stop)
    request.options.threadCount = 1
    request.options.keepsCode = false
    request.options.maximumStateCount = Self.factor * max(stateCount, Self.leastStates)
    if ruleFirings.reduce(0, +) < Self.leastCompiledFirings {
      request.options.executor = .interpreter
    }
    return request
  }

  /// A mutant with so many times the model's states is not searched further.
  private static let factor = 20
  private static let leastStates = 100
  /// Rules fired from which on a mutant is worth compiling. Quick code of hotswap.m takes as long as the
  /// interpreter takes for 2,000 of them; but code stays loaded.
  private static let leastCompiledFirings = 5_000
}
