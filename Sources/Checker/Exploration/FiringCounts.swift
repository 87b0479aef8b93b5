import TransitionSystem

/// How often each rule has fired, for one thread.
final class FiringCounts {
  private let instances: RuleInstances
  private let ruleCount: Int
  /// For each instance; where they are many, for each rule.
  private let counts: UnsafeMutablePointer<Int>
  private let isByInstance: Bool

  /// Instances that have a count each: to look for their rules takes longer.
  private static let mostInstances = 1 << 16

  init(_ system: TransitionSystem, _ instances: RuleInstances) {
    self.instances = instances
    ruleCount = system.rules.count
    isByInstance = instances.count <= Self.mostInstances
    let count = max(1, isByInstance ? instances.count : ruleCount)
    counts = .allocate(capacity: count)
    counts.initialize(repeating: 0, count: count)
  }

  deinit { counts.deallocate() }

  /// For each instance, its count; nil where they are too many. To add here is what `add` does,
  /// without a test for each successor.
  var ofInstances: UnsafeMutablePointer<Int>? { isByInstance ? counts : nil }

  /// Counts an instance, so many times.
  func add(_ instance: Int, times count: Int) {
    counts[isByInstance ? instance : instances.rule(of: instance)] &+= count
  }

  /// For each rule, how often it has fired.
  var sums: [Int] {
    (0..<ruleCount).map { rule in
      guard isByInstance else { return counts[rule] }
      return instances.range(ofRule: rule).reduce(0) { $0 + counts[$1] }
    }
  }
}
