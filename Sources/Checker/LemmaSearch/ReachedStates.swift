import Diagnostics
import Evaluation
import Exploration
import TransitionSystem

/// All states of a system at a small size, one for each orbit.
enum ReachedStates {
  enum Outcome {
    case all([[Int64]])
    /// There are more than were asked for.
    case tooMany
    /// Something goes wrong in one of them.
    case violated
    case stopped
  }

  static func of(_ system: TransitionSystem, most: Int, stop: StopCondition) -> Outcome {
    let space = SearchSpace(system, stop: stop)
    let states = MetStates(StepSource(space, ExplorationOptions()))
    do throws(Undecided) {
      var level = try states.starts()
      var known = Set(level)
      while !level.isEmpty {
        if stop.isDue() { return .stopped }
        if states.count > most { return .tooMany }
        try states.prepare(level)
        var next: [MetStates.Number] = []
        for state in level {
          if states.violation(in: state) != nil { return .violated }
          for step in try states.steps(from: state) where known.insert(step.state).inserted {
            next.append(step.state)
          }
        }
        level = next
      }
      return .all(known.sorted().map { states.slots(of: $0) })
    } catch {
      return .stopped
    }
  }
}
