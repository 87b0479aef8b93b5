/// The engines, by the names that users give them. What answers questions of a new kind is a case
/// here, and a type that conforms to `CheckEngine`; nothing else knows of it.
package enum EngineName: String, Sendable, CaseIterable {
  case breadthFirst = "breadth-first"
  case randomWalk = "random-walk"
  /// Bounded model checking.
  case bounded = "bmc"
  case induction
  /// Property-directed reachability.
  case propertyDirected = "pdr"
  /// The three before, side by side.
  case portfolio

  /// The engine that a request names.
  static func engine(of request: CheckRequest) -> any CheckEngine {
    switch request.engine {
    case .breadthFirst: BreadthFirstSearch()
    case .randomWalk: RandomWalk(seed: request.seed, maximumStepCount: request.maximumStepCount)
    case .bounded: SolverSearch(.bounded, depth: request.solverDepth)
    case .induction: SolverSearch(.induction, depth: request.solverDepth)
    case .propertyDirected: SolverSearch(.propertyDirected, depth: nil)
    case .portfolio: SolverSearch(.portfolio, depth: request.solverDepth)
    }
  }
}
