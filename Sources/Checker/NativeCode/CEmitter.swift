package import Packing
package import Symmetry
package import TransitionSystem

/// Emits a system as C without includes: its rules as a function that expands states, its
/// properties as one that inspects them.
///
/// What cannot be emitted is a run-time error's message: where something goes wrong the code gives
/// the state back, and the reference interpreter repeats it (`CRuntime`).
package struct CEmitter {
  let model: CModel
  private(set) var costsOfFunctions: [CFunction.Cost]
  /// The most loop rounds of a guard, action or property so far.
  private var mostRounds = 0
  /// What expanding a state and looking at one takes, as the text bounds it; saturating.
  private(set) var work = 0
  /// The same, without what is told where it is done: by actions, and where rounds are counted by all
  /// loops and calls.
  private(set) var workOfState = 0
  /// Whether the successors of a state may be more than there is room for at first.
  let outgrows: Bool
  /// Bytes of rules times their instances, of rules that are unrolled.
  var unrolledByteCount = 0
  /// As `EmittedRules.stackByteCount`, of what has been emitted so far.
  private var stackByteCount = 0
  var text = CText()

  /// A system as C.
  ///
  /// - Parameters:
  ///   - layout: How its states are packed.
  ///   - alike: Scalarsets of which elements that are alike are tried once.
  ///   - successorRoom: Successors that there is room for at first.
  /// - Throws: `NativeCodeError.tooLarge` where frames are too large for a C stack, and `tooLong`.
  package static func rules(
    of system: TransitionSystem, packing: StatePacking, alike: AlikeElements = .init(),
    successorRoom: Int = .max
  ) throws(NativeCodeError) -> EmittedRules {
    let frames =
      system.functions.map { max($0.frameSlotCount, $0.resultSlotCount) }
      + system.rules.map(\.frameSlotCount) + system.properties.map(\.frameSlotCount)
    guard (frames.max() ?? 0) <= 1 << 14, packing.wordCount <= 1 << 14 else { throw .tooLarge }
    var emitter = CEmitter(
      CModel(system, packing, alike, countsRounds: false), successorRoom: successorRoom)
    emitter.emit()
    let mayTakeLong =
      emitter.mostRounds > ExecutionLimits.rounds || emitter.work > mostUncountedWork
    if mayTakeLong, !emitter.model.countsRounds {
      emitter = CEmitter(
        CModel(system, packing, alike, countsRounds: true), successorRoom: successorRoom)
      emitter.emit()
    }
    guard !emitter.text.isFull else { throw .tooLong }
    return EmittedRules(
      text: emitter.text.lines.joined(separator: "\n") + "\n",
      stackByteCount: emitter.model.countsCalls ? .max : emitter.stackByteCount,
      isDeeplyNested: emitter.text.nesting > Self.mostNestedBrackets)
  }

  /// tcc has room for 512 values of expressions that it is within, and each bracket takes up to four.
  private static let mostNestedBrackets = 120

  /// Rounds that a state may take without being counted: some milliseconds, after which it is asked
  /// whether the search is to end.
  private static let mostUncountedWork = 1 << 22

  private init(_ model: CModel, successorRoom: Int) {
    self.model = model
    costsOfFunctions = Array(repeating: .init(), count: model.system.functions.count)
    let instanceCount = RuleInstances(of: model.system.rules).count
    outgrows = instanceCount > successorRoom
  }

  private mutating func emit() {
    tables()
    text.verbatim(CRuntime.text(isSymbolic: model.symbolic != nil))
    functions()
    stepAssumptions()
    expansion()
    inspection()
  }

  /// Notes what a function takes that is emitted.
  ///
  /// - Parameters:
  ///   - instanceCount: For how many instances it is called; 0 where others call it.
  ///   - frameSlotCount: Slots of its frame: a value and a reference each.
  ///   - apart: Of its work, what it says itself each time.
  mutating func note(
    _ body: CFunction, instanceCount: Int, frameSlotCount: Int, apart: Int = 0
  ) {
    mostRounds = max(mostRounds, body.rounds)
    work = min(
      CFunction.unboundedRounds, work + CFunction.product(instanceCount, body.work + 1))
    workOfState = min(
      CFunction.unboundedRounds,
      workOfState
        + CFunction.product(instanceCount, model.countsRounds ? 1 : body.work - apart + 1))
    // What is not optimised has a place on the stack for each value: of a rule of 20,000 statements,
    // a byte for four bytes of C.
    stackByteCount +=
      frameSlotCount * 24 + body.temporarySlotCount * 8 + model.packing.wordCount * 8
      + body.text.byteCount / 2
  }

  // MARK: - State

  private mutating func tables() {
    let (bits, words) = (model.packing.bitCount, model.packing.wordCount)
    text.line("/* \(bits) bits of state in \(words) word\(words == 1 ? "" : "s"). */")
    text.verbatim(CRuntime.context)
    text.line("#define CONTEXT_BYTES \(MemoryLayout<NativeContext>.size)")
    text.line("#define WORDS \(model.packing.wordCount)")
    text.line("#define ALIKE \(model.alike.count)")
    text.line("#define OUTGROWS \(outgrows ? 1 : 0)")
    text.line("#define MAX_ROUNDS \(ExecutionLimits.rounds)")
    text.line("#define MAX_DEPTH \(ExecutionLimits.callDepth)")
    text.line("#define MAX_NESTING \(ExecutionLimits.nesting)")
    text.line("#define MAX_TOP \(ExecutionLimits.stackSlotCount(of: model.system))")
    text.line("#define EXCHANGES_OF_A_PLACE \(MultisetSlots.exchangesOfAPlace)")
    if let symbolic = model.symbolic { symbolic.definitions.forEach { text.line($0) } }
    text.line("enum {")
    text.line("no_variable,")
    for variable in model.system.variables where !variable.isHidden {
      text.line("\(CName.variable(variable.name)) = \(variable.slot),")
    }
    text.line("};")
    if model.packing.wordCount > 1 {
      let number = words > 1 << 16 ? "unsigned" : "unsigned short"
      table("\(number) WORD", of: { $0.word }, as: { String($0) })
      text.line("#define WORD_OF(slot) WORD[slot]")
    } else {
      text.line("#define WORD_OF(slot) ((void)(slot), 0)")
    }
    shifts()
    table("u64 MASK", of: { $0.mask }, as: { "\($0)ULL" })
    table("i64 LOWER", of: { $0.lower }, as: { CText.literal($0) })
    table("unsigned char UNDEFINABLE", of: { $0.mayBeUndefined }, as: { $0 ? "1" : "0" })
  }

  /// A table of something that neighbouring slots mostly have alike: a run of slots is one range.
  private mutating func table<Value: Equatable>(
    _ declaration: String, of value: (StatePacking.FieldSlot) -> Value,
    as describe: (Value) -> String
  ) {
    let fields = model.packing.fields
    var list: [String] = []
    var first = 0
    while first < fields.count {
      let shared = value(fields[first])
      var end = first + 1
      while end < fields.count, value(fields[end]) == shared { end += 1 }
      // A range is longer than a few values.
      if end - first > Self.fewAlike {
        list.append("[\(first) ... \(end - 1)] = \(describe(shared))")
      } else {
        list += Array(repeating: describe(shared), count: end - first)
      }
      first = end
    }
    table(declaration, list)
  }

  /// Where the slots lie in their words. Words that are divided alike name one list of shifts.
  private mutating func shifts() {
    let fields = model.packing.fields
    var list: [String] = []
    var names: [[UInt64]: String] = [:]
    var first = 0
    while first < fields.count {
      var end = first + 1
      while end < fields.count, fields[end].word == fields[first].word { end += 1 }
      let shifts = fields[first..<end].map(\.shift)
      if fields.count <= Self.fewSlots || shifts.count <= Self.fewAlike {
        list += shifts.map { String($0) }
      } else if let name = names[shifts] {
        list.append(name)
      } else {
        let name = CName.shifts(names.count)
        names[shifts] = name
        text.line("#define \(name) \(shifts.map { String($0) }.joined(separator: ", "))")
        list.append(name)
      }
      first = end
    }
    table("unsigned char SHIFT", list)
  }

  /// So many slots are written one by one.
  private static let fewSlots = 1_024
  private static let fewAlike = 4

  private mutating func table(_ declaration: String, _ values: [String]) {
    let list = values.isEmpty ? "0" : values.joined(separator: ", ")
    text.line("static const \(declaration)[] = { \(list) };")
  }

  /// Bytes of stack for what a compiler puts beside the variables, and for what is not called again.
  private static let stackReserve = 1 << 17

  // MARK: - Functions

  private mutating func functions() {
    for index in model.system.functions.indices { text.line("\(prototype(index));") }
    for index in model.calleesFirst ?? Array(model.system.functions.indices) where !text.isFull {
      function(index)
      recalledFunction(index)
    }
  }

  func prototype(_ index: Int, recalled: Bool = false) -> String {
    let function = model.system.functions[index]
    var parameters = ["context *c", "state *s"]
    for (position, parameter) in function.parameters.enumerated() {
      let isValue = !parameter.isReference && parameter.type.asScalar != nil
      parameters.append("\(isValue ? "i64" : "ref") \(CName.parameter(position))")
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
    note(body, instanceCount: 0, frameSlotCount: function.frameSlotCount)
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
        text.line("r[\(parameter.frameSlot)] = \(CName.parameter(position));")
      } else if parameter.type.asScalar != nil {
        text.line("f[\(parameter.frameSlot)] = \(CName.parameter(position));")
      } else {
        let count = parameter.type.slotCount
        if model.countsRounds { text.line("spend(c, \(count / 64));") }
        text.line(
          "copy(s, (ref){f, \(parameter.frameSlot)}, \(CName.parameter(position)), \(count));")
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

/// Rules as C.
package struct EmittedRules: Sendable {
  package let text: String
  /// Stack that the code takes at most where it is not optimised; `Int.max` where functions call
  /// themselves.
  package let stackByteCount: Int
  /// Whether expressions nest more deeply than every compiler can read.
  package let isDeeplyNested: Bool

  /// No rules.
  package init() { self.init(text: "", stackByteCount: 0, isDeeplyNested: false) }

  init(text: String, stackByteCount: Int, isDeeplyNested: Bool) {
    self.text = text
    self.stackByteCount = stackByteCount
    self.isDeeplyNested = isDeeplyNested
  }
}
