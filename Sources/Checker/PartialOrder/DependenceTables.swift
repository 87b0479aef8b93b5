import Analysis
import TransitionSystem

/// What the choice of a stubborn set needs to know of a system. All of it is computed once.
final class DependenceTables: Sendable {
  let instanceCount: Int
  let slotCount: Int
  let conditions: PredicateTable
  /// All conditions, and their operands.
  let nodes: FixedTable<PredicateTable.Node>
  let operands: FixedTable<Int>
  /// For each instance, the conjuncts of its guard: positions in `conjuncts`.
  let guards: FixedTable<Range<Int>>
  let conjuncts: FixedTable<Int>
  /// For each instance t, those that do not accord with it: there may be a state in which t is
  /// enabled, the other is enabled or goes wrong, and the order of the two matters.
  let conflicts: BitMatrix
  /// For each instance, those that write what it reads or writes.
  let disturbers: BitMatrix
  let goals: FixedTable<GoalConditions>
  /// For each instance, the goals that it may make false: positions in `brokenGoals`.
  let brokenGoalRanges: FixedTable<Range<Int>>
  let brokenGoals: FixedTable<Int>
  /// In row 0, the instances that write what assumptions read.
  let visibleToAssumptions: BitMatrix

  /// The conditions of a goal, by number.
  struct GoalConditions: Sendable {
    let condition: Int
    let whole: Int
  }

  init(
    _ profiles: [InstanceProfile], _ footprints: [Footprint], slotCount: Int,
    table: PredicateTable, goals: Goals, knowledge: SlotKnowledge
  ) {
    let count = profiles.count
    instanceCount = count
    self.slotCount = slotCount
    self.goals = FixedTable(
      goals.all.map { GoalConditions(condition: $0.condition, whole: $0.whole) })
    let writers = BitMatrix(rowCount: slotCount, columnCount: count)
    let readers = BitMatrix(rowCount: slotCount, columnCount: count)
    for (instance, profile) in profiles.enumerated() {
      profile.writes.forEach { writers.insert(instance, intoRow: $0) }
      profile.actionReads.forEach { readers.insert(instance, intoRow: $0) }
    }
    var table = table
    var guards: [Range<Int>] = []
    var conjuncts: [Int] = []
    for profile in profiles {
      let numbers = profile.conjuncts.map { table.insert($0, knowledge) }
      guards.append(conjuncts.count..<conjuncts.count + numbers.count)
      conjuncts += numbers
    }
    table.link(footprints, writers: writers, slotCount: slotCount)
    conditions = table
    nodes = FixedTable(table.nodes)
    operands = FixedTable(table.operands)
    self.guards = FixedTable(guards)
    self.conjuncts = FixedTable(conjuncts)
    disturbers = Self.disturbers(profiles, writers)
    conflicts = Self.conflicts(profiles, writers, readers, table, guards, conjuncts)
    visibleToAssumptions = BitMatrix(rowCount: 1, columnCount: count)
    for slot in 0..<slotCount where goals.assumptionReads.contains(slot) {
      visibleToAssumptions.formUnion(row: 0, with: writers.row(slot))
    }
    var broken: [[Int]] = Array(repeating: [], count: count)
    for (number, goal) in goals.all.enumerated() {
      table.breakers.forEach(inRow: goal.condition) { instance in
        // Where the instance is enabled the goal is false anyway.
        if SlotConstraints.exclude(profiles[instance].enablingValues, goal.values) { return }
        broken[instance].append(number)
      }
    }
    var ranges: [Range<Int>] = []
    var end = 0
    for goals in broken {
      ranges.append(end..<end + goals.count)
      end += goals.count
    }
    brokenGoalRanges = FixedTable(ranges)
    brokenGoals = FixedTable(broken.flatMap { $0 })
  }

  private static func disturbers(
    _ profiles: [InstanceProfile], _ writers: BitMatrix
  ) -> BitMatrix {
    let disturbers = BitMatrix(rowCount: profiles.count, columnCount: profiles.count)
    for (instance, profile) in profiles.enumerated() {
      profile.reads.forEach { disturbers.formUnion(row: instance, with: writers.row($0)) }
      profile.writes.forEach { disturbers.formUnion(row: instance, with: writers.row($0)) }
    }
    return disturbers
  }

  private static func conflicts(
    _ profiles: [InstanceProfile], _ writers: BitMatrix, _ readers: BitMatrix,
    _ table: PredicateTable, _ guards: [Range<Int>], _ conjuncts: [Int]
  ) -> BitMatrix {
    let conflicts = BitMatrix(rowCount: profiles.count, columnCount: profiles.count)
    for (instance, profile) in profiles.enumerated() {
      profile.writes.forEach {
        conflicts.formUnion(row: instance, with: writers.row($0))
        conflicts.formUnion(row: instance, with: readers.row($0))
      }
      profile.actionReads.forEach { conflicts.formUnion(row: instance, with: writers.row($0)) }
      for conjunct in conjuncts[guards[instance]] {
        conflicts.formUnion(row: instance, with: table.breakers.row(conjunct))
        table.breakers.forEach(inRow: conjunct) { conflicts.insert(instance, intoRow: $0) }
      }
    }
    // Instances of which one slot would have to have two values are never enabled together.
    var cache: [Constraint: BitMatrix] = [:]
    for (instance, profile) in profiles.enumerated() {
      for (slot, bits) in profile.enablingValues {
        let constraint = Constraint(slot: slot, bits: bits)
        let excluded = cache[constraint] ?? constraint.excluded(profiles)
        cache[constraint] = excluded
        conflicts.subtract(excluded.row(0), fromRow: instance)
      }
      conflicts.remove(instance, fromRow: instance)
    }
    return conflicts
  }

  private struct Constraint: Hashable {
    let slot: Int
    let bits: UInt64

    /// The instances that neither are enabled nor go wrong under it.
    func excluded(_ profiles: [InstanceProfile]) -> BitMatrix {
      let row = BitMatrix(rowCount: 1, columnCount: profiles.count)
      for (instance, profile) in profiles.enumerated() {
        if let other = profile.arousingValues[slot], other & bits == 0 {
          row.insert(instance, intoRow: 0)
        }
      }
      return row
    }
  }
}
