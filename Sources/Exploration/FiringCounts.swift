import TransitionSystem

/// How often each rule has fired, for one thread.
final class FiringCounts {
  private let instances: RuleInstances
  /// For each instance, its rule; empty where they are too many for a list.
  private let rules: UnsafeMutablePointer<Int32>
  private let hasList: Bool
  private let counts: UnsafeMutablePointer<Int>
  private let ruleCount: Int

  /// Instances that a list is made for.
  private static let mostListed = 1 << 16

  init(_ system: TransitionSystem, _ instances: RuleInstances) {
    self.instances = instances
    ruleCount = system.rules.count
    counts = .allocate(capacity: max(1, ruleCount))
    counts.initialize(repeating: 0, count: max(1, ruleCount))
    hasList = instances.count <= Self.mostListed
    rules = .allocate(capacity: hasList ? max(1, instances.count) : 1)
    guard hasList else { return }
    for rule in 0..<ruleCount {
      let range = instances.range(ofRule: rule)
      (rules + range.lowerBound).initialize(repeating: Int32(rule), count: range.count)
    }
  }

  deinit {
    rules.deallocate()
    counts.deallocate()
  }

  /// Counts an instance, so many times.
  @inline(__always)
  func add(_ instance: Int, times count: Int) {
    let rule = hasList ? Int(rules[instance]) : instances.rule(of: instance)
    counts[rule] &+= count
  }

  /// For each rule, how often it has fired.
  var sums: [Int] { Array(UnsafeBufferPointer(start: counts, count: ruleCount)) }
}
