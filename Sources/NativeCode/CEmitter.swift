public import TransitionSystem

/// Emits a system as C without includes: its rules as a function that expands states, its
/// properties as one that inspects them.
///
/// What cannot be emitted is a run-time error's message: where something goes wrong the code gives
/// the state back, and the reference interpreter repeats it (`CRuntime`).
public struct CEmitter {
  let model: CModel
  private(set) var costsOfFunctions: [CFunction.Cost]
  /// The most loop rounds of a guard, action or property so far.
  private var mostRounds = 0
  /// What expanding a state and looking at one takes, as the text bounds it; saturating.
  private(set) var work = 0
  /// Rule instances in loops that are unrolled.
  var unrolledCount = 0
  /// Whether the successors of a state may be more than there is room for at first.
  let outgrows: Bool
  var text = CText()

  /// A system as C; nil where frames are too large for a C stack.
  ///
  /// - Parameters:
  ///   - layout: How its states are packed.
  ///   - alike: Scalarsets of which elements that are alike are tried once.
  ///   - successorRoom: Successors that there is room for at first.
  public static func source(
    of system: TransitionSystem, layout: StateLayout, alike: AlikeElements = .init(),
    successorRoom: Int = .max
  ) -> String? {
    let frames =
      system.functions.map { max($0.frameSlotCount, $0.resultSlotCount) }
      + system.rules.map(\.frameSlotCount) + system.properties.map(\.frameSlotCount)
    guard (frames.max() ?? 0) <= 1 << 14, layout.wordCount <= 1 << 14 else { return nil }
    var emitter = CEmitter(
      CModel(system, layout, alike, countsRounds: false), successorRoom: successorRoom)
    var source = emitter.emit()
    let mayTakeLong =
      emitter.mostRounds > ExecutionLimits.rounds || emitter.work > mostUncountedWork
    if mayTakeLong, !emitter.model.countsRounds {
      emitter = CEmitter(
        CModel(system, layout, alike, countsRounds: true), successorRoom: successorRoom)
      source = emitter.emit()
    }
    return source
  }

  /// Whether what has been emitted may need more stack than an ordinary thread has.
  public static func needsDeepStack(_ source: String) -> Bool {
    source.hasSuffix(deepStackMark + "\n")
  }

  /// The last line where that is so.
  private static let deepStackMark = "const int swapcheck_needs_deep_stack = 1;"

  /// Rounds that a state may take without being counted: some milliseconds, after which it is asked
  /// whether the search is to end.
  private static let mostUncountedWork = 1 << 22

  private init(_ model: CModel, successorRoom: Int) {
    self.model = model
    costsOfFunctions = Array(repeating: .init(), count: model.system.functions.count)
    let instanceCount = RuleInstances(of: model.system.rules).count
    outgrows = instanceCount > successorRoom
  }

  private mutating func emit() -> String {
    tables()
    text.verbatim(CRuntime.text(isSymbolic: model.symbolic != nil))
    functions()
    stepAssumptions()
    expansion()
    inspection()
    if model.needsDeepStack { text.line(Self.deepStackMark) }
    return text.lines.joined(separator: "\n") + "\n"
  }

  /// Notes what a function takes that is called for so many instances.
  mutating func note(_ body: CFunction, instanceCount: Int) {
    mostRounds = max(mostRounds, body.rounds)
    work = min(
      CFunction.unboundedRounds, work + CFunction.product(instanceCount, body.work + 1))
  }

  // MARK: - State

  private mutating func tables() {
    let fields = model.layout.fields
    let (bits, words) = (model.layout.bitCount, model.layout.wordCount)
    text.line("/* \(bits) bits of state in \(words) word\(words == 1 ? "" : "s"). */")
    text.line("typedef long long i64;")
    text.line("typedef unsigned long long u64;")
    text.line("#define WORDS \(model.layout.wordCount)")
    text.line("#define ALIKE \(model.alike.count)")
    text.line("#define OUTGROWS \(outgrows ? 1 : 0)")
    text.line("#define MAX_ROUNDS \(ExecutionLimits.rounds)")
    text.line("#define MAX_DEPTH \(ExecutionLimits.callDepth)")
    text.line("#define MAX_NESTING \(ExecutionLimits.nesting)")
    text.line("#define MAX_TOP \(ExecutionLimits.stackSlotCount(of: model.system))")
    if let symbolic = model.symbolic { symbolic.definitions.forEach { text.line($0) } }
    text.line("enum {")
    text.line("no_variable,")
    for variable in model.system.variables where !variable.isHidden {
      text.line("v_\(variable.name) = \(variable.slot),")
    }
    text.line("};")
    if model.layout.wordCount > 1 {
      table("unsigned short WORD", fields.map { String($0.word) })
      text.line("#define WORD_OF(slot) WORD[slot]")
    } else {
      text.line("#define WORD_OF(slot) ((void)(slot), 0)")
    }
    table("unsigned char SHIFT", fields.map { String($0.shift) })
    table("u64 MASK", fields.map { "\($0.mask)ULL" })
    table("i64 LOWER", fields.map { CText.literal($0.lower) })
    table("unsigned char UNDEFINABLE", fields.map { $0.mayBeUndefined ? "1" : "0" })
  }

  private mutating func table(_ declaration: String, _ values: [String]) {
    let list = values.isEmpty ? "0" : values.joined(separator: ", ")
    text.line("static const \(declaration)[] = { \(list) };")
  }

  /// Bytes of stack for what a compiler puts beside the variables, and for what is not called again.
  private static let stackReserve = 1 << 17

  // MARK: - Functions

  private mutating func functions() {
    for index in model.system.functions.indices { text.line("\(prototype(index));") }
    for index in model.calleesFirst ?? Array(model.system.functions.indices) {
      function(index)
      recalledFunction(index)
    }
  }

  func prototype(_ index: Int, recalled: Bool = false) -> String {
    let function = model.system.functions[index]
    var parameters = ["context *c", "state *s"]
    for (position, parameter) in function.parameters.enumerated() {
      let isValue = !parameter.isReference && parameter.type.asScalar != nil
      parameters.append("\(isValue ? "i64" : "ref") p\(position)")
    }
    if function.aggregateResultSlotCount != nil { parameters.append("i64 *result") }
    let type = function.result?.asScalar == nil ? "void" : "i64"
    let name = recalled ? model.nameForCalls(ofFunction: index) : CModel.name(ofFunction: index)
    return "static \(type) \(name)(\(parameters.joined(separator: ", ")))"
  }

  private mutating func function(_ index: Int) {
    let function = model.system.functions[index]
    var body = CFunction(model: model, costsOfFunctions: costsOfFunctions)
    if let slotCount = function.aggregateResultSlotCount {
      body.returned = .aggregate(slotCount: slotCount)
    } else if let result = function.result {
      body.returned = .scalar(result.bounds, remark: function.resultRemark)
    }
    body.statements(function.body)
    costsOfFunctions[index] = .init(rounds: body.rounds, work: body.work)
    text.line(CText.comment(function.name))
    text.line("\(prototype(index)) {")
    for line in body.frame(slotCount: function.frameSlotCount) { text.line(line) }
    if model.countsCalls {
      let byteCount = body.frameByteCount(slotCount: function.frameSlotCount)
      text.line("need_stack(c, f, \(Self.stackReserve + 2 * byteCount));")
    }
    reset(function.frameSlotCount, from: 0)
    for (position, parameter) in function.parameters.enumerated() {
      if parameter.isReference {
        text.line("r[\(parameter.frameSlot)] = p\(position);")
      } else if parameter.type.asScalar != nil {
        text.line("f[\(parameter.frameSlot)] = p\(position);")
      } else {
        let count = parameter.type.slotCount
        if model.countsRounds { text.line("spend(c, \(count / 64));") }
        text.line("copy(s, (ref){f, \(parameter.frameSlot)}, p\(position), \(count));")
      }
    }
    text.append(body.text)
    if function.result != nil { text.line("bail(c);") }
    text.line("}")
  }

  /// Makes the slots of a frame undefined, from one on.
  mutating func reset(_ slotCount: Int, from first: Int) {
    guard first < slotCount else { return }
    text.line("for (int k = \(first); k < \(slotCount); k++) f[k] = UNDEFINED;")
  }
}
