import CNativeContext
import Evaluation
import Glibc
import NativeCode
import PathConditions
import TransitionSystem

/// What compiled rules ask of symbolic constants, and the memory that answers are kept in.
///
/// Path conditions and literals are numbered as they come up, and their numbers are not to depend
/// on who evaluates. The interpreter expands a state and then looks at what is new, state by state;
/// compiled rules expand many states before that. So of these the first alone may ask for what has
/// never been asked for; where another one would, it is given back, and is the first of the next
/// ones.
final class NativeQuestions {
  private let paths: PathConditions
  private let facts: UnsafeMutablePointer<native_fact>
  private let recalled: UnsafeMutablePointer<native_recalled>
  private let elements: UnsafeMutablePointer<Int64>
  // Path conditions: where runs are left, and of steps that lead on.
  private let pending: UnsafeMutablePointer<Int64>
  private let enabled: UnsafeMutablePointer<Int64>
  private let progress: UnsafeMutablePointer<Int64>
  /// What was asked and not decided, which is why a state is given back.
  private var undecided: Undecided?

  init(_ paths: PathConditions, _ system: TransitionSystem) {
    self.paths = paths
    facts = Self.zeros(NativeContext.factCount)
    recalled = Self.zeros(NativeContext.recalledCount)
    elements = .allocate(capacity: max(1, system.symbolicElementCount))
    for element in 0..<system.symbolicElementCount {
      (elements + element).initialize(to: paths.terms.element(element))
    }
    pending = .allocate(capacity: NativeContext.outcomeCount)
    enabled = .allocate(capacity: NativeContext.outcomeCount)
    progress = .allocate(capacity: NativeContext.outcomeCount)
  }

  private static func zeros<Entry>(_ count: Int) -> UnsafeMutablePointer<Entry> {
    // A cache line holds one result, or two facts.
    let byteCount = count * MemoryLayout<Entry>.stride
    let memory = UnsafeMutableRawPointer.allocate(byteCount: byteCount, alignment: 64)
    memset(memory, 0, byteCount)
    return memory.bindMemory(to: Entry.self, capacity: count)
  }

  deinit {
    UnsafeMutableRawPointer(facts).deallocate()
    UnsafeMutableRawPointer(recalled).deallocate()
    elements.deallocate()
    pending.deallocate()
    enabled.deallocate()
    progress.deallocate()
  }

  /// Makes a context ask here; it is not to be used after this has gone.
  func connect(to context: inout NativeContext) {
    context.facts = facts
    context.recalled = recalled
    context.elements = UnsafePointer(elements)
    context.pending = pending
    context.enabled = enabled
    context.progress = progress
    context.path_limit = Int64(paths.maximumPathCount)
    context.owner = Unmanaged.passUnretained(self).toOpaque()
    context.find_out = { context, kind, left, right in
      NativeQuestions.asked(by: context) { questions, fields in
        questions.findOut(kind, left, right, mayAsk: fields.pointee.position == 0)
      }
    }
    context.is_covered = { context, outcomes, count in
      let outcomes = UnsafeBufferPointer(start: outcomes, count: count).map { Int($0) }
      return NativeQuestions.asked(by: context) { questions, fields in
        questions.isCovered(
          Int(fields.pointee.state_path), outcomes, mayAsk: fields.pointee.position == 0)
      }
    }
  }

  private static func asked(
    by context: UnsafeMutableRawPointer?,
    _ answer: (NativeQuestions, UnsafeMutablePointer<NativeContext>) -> Int64?
  ) -> Int64 {
    guard let fields = context?.assumingMemoryBound(to: NativeContext.self),
      let owner = fields.pointee.owner
    else { return NativeContext.cannotTell }
    return answer(Unmanaged<NativeQuestions>.fromOpaque(owner).takeUnretainedValue(), fields)
      ?? NativeContext.cannotTell
  }

  /// What was not decided since this was asked last.
  func takeUndecided() -> Undecided? {
    defer { undecided = nil }
    return undecided
  }

  /// What is found out, if it is.
  private func answer<Answer>(_ find: () throws(Undecided) -> Answer) -> Answer? {
    do throws(Undecided) {
      return try find()
    } catch {
      undecided = error
      return nil
    }
  }

  /// What an operation gives: a term, a truth value, or two path conditions in one number.
  ///
  /// - Parameter mayAsk: Whether what has never been asked for may be.
  /// - Returns: Nil where the interpreter has to say what it is.
  private func findOut(_ kind: Int64, _ left: Int64, _ right: Int64, mayAsk: Bool) -> Int64? {
    let (path, number) = kind.quotientAndRemainder(dividingBy: NativeOperation.kindCount)
    switch NativeOperation(rawValue: number) {
    case nil: return nil
    case .equal: return compare(.equal, left, right, Int(path), mayAsk)
    case .notEqual: return compare(.notEqual, left, right, Int(path), mayAsk)
    case .less: return compare(.less, left, right, Int(path), mayAsk)
    case .lessOrEqual: return compare(.lessOrEqual, left, right, Int(path), mayAsk)
    case .number: return make(.number, left, right, mayAsk)
    case .sum: return make(.sum, left, right, mayAsk)
    case .difference: return make(.difference, left, right, mayAsk)
    case .product: return make(.product, left, right, mayAsk)
    case .quotient: return make(.quotient, left, right, mayAsk)
    case .remainder: return make(.remainder, left, right, mayAsk)
    // Asked for states that are looked at in turn.
    case .least: return extreme(.least, of: left, Int(path), measure: Int(right))
    case .greatest: return extreme(.greatest, of: left, Int(path), measure: Int(right))
    }
  }

  private func extreme(
    _ end: PathConditions.End, of term: TermTable.Handle, _ path: Int, measure: Int
  ) -> Int64? {
    answer { () throws(Undecided) in
      try paths.extreme(end, of: term, path, measure: measure)
    }
  }

  private func make(
    _ operation: TermTable.Operation, _ left: Int64, _ right: Int64, _ mayAsk: Bool
  ) -> Int64? {
    if let known = paths.terms.known(operation, left, right) { return known }
    return mayAsk ? try? paths.terms.make(operation, left, right) : nil
  }

  private func compare(
    _ comparison: Expression.ComparisonOperator, _ left: Int64, _ right: Int64, _ path: Int,
    _ mayAsk: Bool
  ) -> Int64? {
    let known = paths.terms.knownTruth(comparison, left, right)
    let made = mayAsk && known == nil ? try? paths.terms.truth(comparison, left, right) : nil
    switch known ?? made {
    case nil: return nil
    case .known(let value): return value ? 1 : 0
    case .open(let literal):
      if let known = paths.knownOutcome(path, literal) { return Self.code(known) }
      guard mayAsk else { return nil }
      return answer { () throws(Undecided) in try paths.outcome(path, literal) }
        .flatMap(Self.code)
    }
  }

  private static func code(_ outcome: PathConditions.Outcome) -> Int64? {
    switch outcome {
    case .holds: return 1
    case .fails: return 0
    case .open(let then, let otherwise):
      guard max(then, otherwise) < 1 << 31 else { return nil }
      return -1 - Int64(then << 31 | otherwise)
    }
  }

  private func isCovered(_ path: Int, _ outcomes: [Int], mayAsk: Bool) -> Int64? {
    if let known = paths.knownToCover(path, outcomes) { return known ? 1 : 0 }
    guard mayAsk else { return nil }
    return answer { () throws(Undecided) in try paths.covers(path, outcomes) }
      .map { $0 ? 1 : 0 }
  }
}
