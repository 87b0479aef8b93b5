import Analysis
import Symmetry
import TransitionSystem

extension CEmitter {
  /// The function that expands states, and one for each rule.
  mutating func expansion() {
    let instances = RuleInstances(of: model.system.rules)
    for (number, rule) in model.system.rules.enumerated() where !text.isFull {
      self.rule(rule, number, instances.range(ofRule: number))
    }
    let hasCovers = !model.system.covers.isEmpty
    let covers = model.system.covers.count
    text.line("void swapcheck_expand(context *c) {")
    text.line("if (_setjmp(c->jump)) {")
    text.line("c->produced = c->position > 0 ? c->ends[c->position - 1] : 0;")
    if hasCovers {
      text.line("for (int k = 0; k < \(covers); k++) c->cover_hits[k] = c->saved_cover_hits[k];")
    }
    text.line("return;")
    text.line("}")
    text.line("for (; c->position < c->count; c->position++) {")
    if !outgrows {
      text.line("if (c->room - c->produced < \(max(1, instances.count))) return;")
    }
    if workOfState > Self.leastWorkOfLook {
      text.line("spend(c, \(min(workOfState, Self.mostWorkAtOnce)));")
    }
    if hasCovers {
      text.line("for (int k = 0; k < \(covers); k++) c->saved_cover_hits[k] = c->cover_hits[k];")
    }
    text.line("c->depth = c->nesting = c->top = 0;")
    text.line("c->has_progress[c->position] = 0;")
    text.line("const state *p = (const state *)(c->states + c->position * WORDS);")
    if model.symbolic != nil {
      text.line("c->state_path = c->path = path_of(p);")
      text.line("c->is_enabled = c->has_changed = c->enabled_count = c->progress_count = 0;")
    }
    ruleCalls()
    if model.symbolic != nil {
      text.line(
        "c->has_progress[c->position] = covers(c, c->has_changed, c->progress, c->progress_count);")
      text.line(
        "c->is_stuck[c->position] = !covers(c, c->is_enabled, c->enabled, c->enabled_count);")
    }
    text.line("c->ends[c->position] = c->produced;")
    text.line("}")
    text.line("}")
  }

  /// Tries all rules on a state: where they have priorities, those that go before first. The guards
  /// of the others are evaluated all the same, since one may be an error.
  private mutating func ruleCalls() {
    guard model.system.hasPriorities else {
      for number in model.system.rules.indices { text.line("\(CName.part(.rule, number))(c, p);") }
      return
    }
    text.line("c->is_any_enabled = c->only_tries = 0;")
    for group in model.system.rulesByPriority {
      for number in group { text.line("\(CName.part(.rule, number))(c, p);") }
      text.line("c->only_tries = c->is_any_enabled;")
    }
  }

  /// What follows a guard that holds, where rules have priorities.
  private func noteEnabled(orElse exit: String, _ body: inout CFunction) {
    guard model.system.hasPriorities else { return }
    body.text.line("c->is_any_enabled = 1;")
    body.text.line("if (c->only_tries) \(exit)")
  }

  /// A rule: a loop for each parameter, and in each as much of the guard as it decides.
  private mutating func rule(_ rule: Rule, _ number: Int, _ range: Range<Int>) {
    var body = CFunction(model: model, costsOfFunctions: costsOfFunctions)
    let isPure = rule.guardExpression.map(model.purity.isPure) ?? true
    let guardLevels = GuardLevels(rule) { conjunct in
      isPure && !(model.symbolic?.dependence.usesAddresses(conjunct) ?? false)
    }
    var levels = guardLevels.conjuncts
    // Rounds that the conjuncts further out have taken.
    var spent = "0"
    var instance = "\(range.lowerBound)"
    let alike = model.alike.offsets(of: rule)
    let countsCovers = model.alike.count > 0 || !model.system.covers.isEmpty
    if countsCovers { body.text.line("c->multiplicity = 1;") }
    // Lines that begin a loop over all values of a parameter.
    var loops: [Int] = []
    test(levels.removeFirst(), &body, &spent, orElse: "return;")
    for (position, parameter) in rule.parameters.enumerated() {
      let name = CName.position(position)
      var conjuncts = levels.removeFirst()
      let lanes = conjuncts.first.flatMap {
        LaneConjunct($0, parameter, at: position, model.packing)
      }
      if let lanes {
        conjuncts.removeFirst()
        loop(over: lanes, position, count: parameter.count, &body)
      } else {
        body.text.line("for (i64 \(name) = 0; \(name) < \(parameter.count); \(name)++) {")
        loops.append(body.text.lines.count - 1)
      }
      if range.count > Self.mostUncountedInstances { body.text.line("spend(c, 1);") }
      skipAlike(alike, position, &body)
      if countsCovers {
        let factors = (0...position).compactMap {
          alike[$0] == nil ? nil : CName.position($0, "count")
        }
        body.text.line("c->multiplicity = \((["1"] + factors).joined(separator: " * "));")
      }
      body.text.line("f[\(position)] = \(Self.value(of: parameter, at: name));")
      body.bind(parameter, at: position)
      test(conjuncts, &body, &spent, orElse: "continue;")
      instance = "(\(instance)) * \(parameter.count) + \(name)"
      if position == 0 { instance = "\(name)" }
    }
    let offset = rule.parameters.isEmpty ? instance : "\(range.lowerBound) + \(instance)"
    let hasRuns = model.symbolic?.usesAddresses(rule) ?? false || hasStepAssumptions
    if hasRuns {
      body.text.line("begin_runs(c);")
      body.text.line("do {")
      if isPure { test(guardLevels.rest, &body, &spent, orElse: "continue;") }
    }
    if isPure { noteEnabled(orElse: rule.parameters.isEmpty ? "return;" : "continue;", &body) }
    let workOfAction = action(rule, number, isPure: isPure, &body)
    if model.symbolic == nil {
      body.text.line("produce(c, s, p, \(offset));")
    } else {
      body.text.line("i64 has_changed = note_step(c, s, p);")
      if hasStepAssumptions {
        body.text.line("if (!is_assumed(c, s)) goto \(CName.part(.discard, number));")
      }
      body.text.line("produce_under(c, s, has_changed, \(offset));")
    }
    body.text.line("\(CName.part(.discard, number)):;")
    body.text.line("}")
    if hasRuns { body.text.line("} while (next_run(c));") }
    for _ in rule.parameters { body.text.line("}") }
    if unroll(range.count, of: body.text.byteCount) {
      for line in loops { body.text.prefix(line, with: "UNROLL ") }
    }
    note(
      body, instanceCount: range.count, frameSlotCount: rule.frameSlotCount, apart: workOfAction)
    text.line(CText.comment(rule.name))
    text.line(
      "\(isInlined ? "" : "APART ")static void \(CName.part(.rule, number))(context *c, const state *p) {"
    )
    for line in body.frame(slotCount: rule.frameSlotCount) { text.line(line) }
    reset(rule.frameSlotCount, from: rule.parameters.count)
    text.line("state *s = (state *)p; (void)s;")
    text.append(body.text)
    text.line("}")
  }

  /// Below this much work for a state, it is not worth it to ask whether the search is to end.
  private static let leastWorkOfLook = 1 << 10
  /// Above this much an action says itself what it takes: few of the instances of a state fire, and if
  /// all of them were counted, a search of wide states would ask at each, for a tenth of its time.
  private static let leastWorkOfAction = 1 << 6
  /// After so much it is asked in any case.
  private static let mostWorkAtOnce = Int(NativeContext.firstTicks)
  /// Instances of a rule that are tried without asking.
  static let mostUncountedInstances = 1 << 12

  /// Whether a rule is unrolled: the compiler then reads its body once for each instance, and is not
  /// to take much longer for all that. Unrolled without such a bound, a model of a cache protocol
  /// with multisets took it 4.4 s in place of 0.8.
  ///
  /// - Parameters:
  ///   - instanceCount: Instances of the rule.
  ///   - byteCount: Bytes of C of its body.
  private mutating func unroll(_ instanceCount: Int, of byteCount: Int) -> Bool {
    let (bytes, overflow) = byteCount.multipliedReportingOverflow(by: instanceCount)
    guard instanceCount > 1, !overflow, bytes <= Self.mostUnrolledBytesOfRule,
      unrolledByteCount + bytes <= Self.mostUnrolledBytes
    else { return false }
    unrolledByteCount += bytes
    return true
  }

  private static let mostUnrolledBytesOfRule = 48 << 10
  private static let mostUnrolledBytes = 192 << 10

  /// Whether rules may become part of the function that calls them. Where they are many, that is too
  /// large to be optimised well: 4,000 rules took clang three times as long as apart.
  private var isInlined: Bool { model.system.rules.count <= 256 }

  /// A loop over the values of a parameter for which a conjunct holds.
  private func loop(
    over lanes: LaneConjunct, _ position: Int, count: Int, _ body: inout CFunction
  ) {
    let name = CName.position(position)
    let (table, rest) = (CName.position(position, "lanes"), CName.position(position, "rest"))
    let tables = lanes.segments.map(lanes.positions)
    let length = tables.map(\.count).max() ?? 0
    let rows = tables.map { "{ \($0.map(String.init).joined(separator: ", ")) }" }
    let hits = lanes.segments.map(lanes.hits)
    let (each, all) = (CName.position(position, "segment"), CName.position(position, "hits"))
    body.text.line(
      "static const unsigned short \(table)[][\(length)] = { \(rows.joined(separator: ", ")) };")
    var (row, first) = ("0", hits[0])
    if hits.count > 1 {
      body.text.line("const u64 \(all)[] = { \(hits.joined(separator: ", ")) };")
      body.text.line("for (int \(each) = 0; \(each) < \(hits.count); \(each)++)")
      (row, first) = (each, "\(all)[\(each)]")
    }
    body.text.line("for (u64 \(rest) = \(first); \(rest); \(rest) &= \(rest) - 1) {")
    body.text.line("i64 \(name) = \(table)[\(row)][__builtin_ctzll(\(rest))];")
    body.text.line("if (\(name) >= \(count)) __builtin_unreachable();")
  }

  /// Passes over an element that is like the one before it, unless a parameter further out is that
  /// one; `m` is the number of elements that this one stands for.
  private func skipAlike(_ alike: [Int?], _ position: Int, _ body: inout CFunction) {
    guard let offset = alike[position] else { return }
    let name = CName.position(position)
    let numbers = CName.position(position, "alike")
    let outer = (0..<position).filter { alike[$0] == offset }.map { CName.position($0) }
    let isTaken = outer.map { " && \($0) != \(name) - 1" }.joined()
    body.text.line(
      "const unsigned short *\(numbers) = c->alike + c->position * ALIKE + \(offset);")
    body.text.line(
      "if (\(name) > 0 && \(numbers)[\(name) - 1] > \(numbers)[\(name)]\(isTaken)) continue;")
    let isSame = outer.map { "\($0) == \(name)" }.joined(separator: " || ")
    let count = "\(numbers)[\(name)]"
    body.text.line(
      "i64 \(CName.position(position, "count")) = \(outer.isEmpty ? count : "\(isSame) ? 1 : \(count)");"
    )
  }

  private mutating func test(
    _ conjuncts: [Expression], _ body: inout CFunction, _ spent: inout String, orElse exit: String
  ) {
    if conjuncts.isEmpty { return }
    if model.countsRounds { body.text.line("c->rounds = \(spent);") }
    for conjunct in conjuncts { body.text.line("if (!\(body.expression(conjunct))) \(exit)") }
    guard model.countsRounds else { return }
    spent = body.fresh("spent")
    body.text.line("const i64 \(spent) = c->rounds;")
  }

  /// - Returns: The work that the action says itself, where it is much.
  private mutating func action(
    _ rule: Rule, _ number: Int, isPure: Bool, _ body: inout CFunction
  ) -> Int {
    let before = body.work
    body.text.line("{")
    let start = body.text.lines.count
    body.text.line("state next = *p;")
    body.text.line("state *s = &next;")
    if !isPure, let condition = rule.guardExpression {
      // It changes the state that the action then acts on.
      if model.countsRounds { body.text.line("c->rounds = 0;") }
      body.text.line("if (!\(body.expression(condition))) goto \(CName.part(.discard, number));")
      noteEnabled(orElse: "goto \(CName.part(.discard, number));", &body)
    }
    for slot in rule.parameters.count..<max(rule.parameters.count, rule.frameSlotCount) {
      body.text.line("f[\(slot)] = UNDEFINED;")
    }
    if model.countsRounds { body.text.line("c->rounds = 0;") }
    body.discardLabel = CName.part(.discard, number)
    body.returned = .jump(label: CName.part(.done, number))
    body.statements(rule.body)
    body.text.line("\(CName.part(.done, number)):;")
    let multisets = MultisetSlots.all(in: model.system)
    let slotCount = multisets.reduce(0) { $0 + $1.capacity * $1.stride }
    if slotCount >= Self.slotsOfATick {
      body.text.line("spend(c, \(slotCount / Self.slotsOfATick));")
    }
    for multiset in multisets {
      let name = multiset.mayNeedHeap ? "normalize_many" : "normalize"
      body.text.line("\(name)(s, \(multiset.slot), \(multiset.capacity), \(multiset.stride));")
    }
    let work = body.work - before
    guard work > Self.leastWorkOfAction, !model.countsRounds else { return 0 }
    body.text.prefix(start, with: "spend(c, \(min(work, Self.mostWorkAtOnce))); ")
    return work
  }

  /// Slots of multisets whose sorting takes about as long as a round of a loop, or longer.
  private static let slotsOfATick = 4

  static func value(of parameter: RuleParameter, at position: String) -> String {
    switch parameter.values {
    case .all(let lower, _):
      return "\(CText.literal(lower)) + \(position)"
    case .stepped(let first, let step, _):
      return "\(CText.literal(first)) + \(position) * \(CText.literal(step))"
    }
  }
}
