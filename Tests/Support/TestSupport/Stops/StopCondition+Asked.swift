package import Diagnostics
import Synchronization

extension StopCondition {
  /// Met when it has been asked for so many times: at any place that asks, whatever the machine has to do.
  package static func asked(times most: Int) -> StopCondition {
    let asked = Mutex(0)
    return StopCondition {
      asked.withLock { asked in
        asked += 1
        return asked > most
      }
    }
  }
}
