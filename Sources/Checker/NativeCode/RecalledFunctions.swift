import Analysis
import CNativeContext
import Packing
import TransitionSystem

/// Functions whose results are kept: those that ask much about addresses, and whose result depends
/// on little. What such a function gives for the same arguments, the same part of the state and the
/// same path condition has been found out once, and finding it out again teaches nothing.
struct RecalledFunctions {
  /// What the result of a function depends on beside its arguments, all of which are single values.
  struct Dependence {
    /// Words of the state that it reads, with the bits that it reads of them.
    let words: [(word: Int, mask: UInt64)]
    /// Whether addresses are compared.
    let onPath: Bool
  }

  /// For each function; nil where results are not kept.
  let dependences: [Dependence?]

  /// The values that a result may depend on.
  private static let keyCount = Int(RECALLED_KEYS)
  /// Operations on addresses that are worth keeping a result.
  private static let worth = 3

  init(_ system: TransitionSystem, _ packing: StatePacking, calleesFirst: [Int]) {
    var dependences: [Dependence?] = system.functions.map { _ in nil }
    var efforts = system.functions.map { _ in 0 }
    var areClosed = system.functions.map { _ in false }
    var compare = system.functions.map { _ in false }
    for number in calleesFirst {
      let function = system.functions[number]
      var scan = Scan()
      function.body.forEachPart { part in
        scan.visit(part)
        guard case .call(let callee) = part else { return }
        scan.effort += dependences[callee] == nil ? efforts[callee] : 1
        if !areClosed[callee] { scan.isClosed = false }
        if compare[callee] { scan.compares = true }
      }
      efforts[number] = scan.effort * (scan.hasLoop ? 4 : 1)
      areClosed[number] = scan.isClosed
      compare[number] = scan.compares
      guard scan.isClosed, efforts[number] >= Self.worth else { continue }
      dependences[number] = Self.words(of: number, system, packing).map {
        Dependence(words: $0, onPath: scan.compares)
      }
    }
    self.dependences = dependences
  }

  /// Nil where the function depends on too much, or has no single values.
  private static func words(
    of number: Int, _ system: TransitionSystem, _ packing: StatePacking
  ) -> [(word: Int, mask: UInt64)]? {
    let function = system.functions[number]
    guard function.result?.asScalar != nil,
      function.parameters.allSatisfy({ !$0.isReference && $0.type.asScalar != nil })
    else { return nil }
    let arguments = function.parameters.indices.map { position in
      let place = Place(
        base: .frame, offset: position, type: function.parameters[position].type,
        span: function.span)
      return Argument.value(Expression(.load(place), at: function.span))
    }
    let call = Expression(.call(function: number, arguments), at: function.span)
    let footprint = Footprint(
      of: call, frame: function.parameters.map { _ in nil }, in: system)
    guard footprint.writes.isEmpty else { return nil }
    var masks: [Int: UInt64] = [:]
    footprint.reads.forEach { slot in
      let field = packing.fields[slot]
      masks[field.word, default: 0] |= field.mask << field.shift
    }
    guard masks.count + arguments.count <= keyCount else { return nil }
    return masks.filter { $0.value != 0 }.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// What the text of a function says of it.
  private struct Scan {
    var effort = 0
    var hasLoop = false
    var compares = false
    /// Whether nothing but its result comes of it, and nothing but arguments and the state goes in.
    var isClosed = true

    mutating func visit(_ part: Part) {
      switch part {
      case .expression(let expression):
        switch expression.kind {
        case .symbolic(.element): break
        case .symbolic(.comparison):
          effort += 1
          compares = true
        case .symbolic: effort += 1
        case .quantified, .multisetCount: hasLoop = true
        default: break
        }
      case .place(let place, let use):
        if case .reference = place.base { isClosed = false }
        if use != .read, place.base != .frame { isClosed = false }
      case .statement(let statement):
        switch statement.kind {
        case .cover: isClosed = false
        case .whileLoop, .forLoop: hasLoop = true
        default: break
        }
      case .call: break
      }
    }
  }
}

extension CEmitter {
  /// The function that gives what another one has given before.
  mutating func recalledFunction(_ index: Int) {
    guard let dependence = model.recalled?.dependences[index] else { return }
    let function = model.system.functions[index]
    let arguments = function.parameters.indices.map { CName.parameter($0) }
    let keys = arguments + dependence.words.map { "(i64)(s->w[\($0.word)] & \($0.mask)ULL)" }
    let path = dependence.onPath ? "c->path * \(model.system.functions.count)LL + " : ""
    let names = keys.indices.map { CName.position($0) }
    let hash = names.enumerated().map { " + (u64)\($1) * \(Self.factors[$0])ULL" }.joined()
    let matches = names.enumerated().map { " && known->key[\($0)] == \($1)" }.joined()
    let copies = names.enumerated().map { " known->key[\($0)] = \($1);" }.joined()
    let call = (["c", "s"] + arguments).joined(separator: ", ")
    let parameters = ["context *c", "state *s"] + arguments.map { "i64 \($0)" }
    // Apart, so that a call that finds what it looks for saves no registers.
    text.line("static __attribute__((noinline, cold)) i64 \(CName.part(.renewed, index))(")
    text.line("\(parameters.joined(separator: ", ")), recalled *known, i64 kind) {")
    text.line("const i64 path = c->path;")
    for (name, key) in zip(names, keys) { text.line("const i64 \(name) = \(key);") }
    text.line("const i64 result = \(CModel.name(ofFunction: index))(\(call));")
    // A run that goes on under another path condition leaves one for the case that is not this.
    text.line("if (c->path == path) { known->kind = kind;\(copies) known->result = result; }")
    text.line("return result;")
    text.line("}")
    text.line("\(prototype(index, recalled: true)) {")
    text.line("const i64 kind = \(path)\(index + 1);")
    for (name, key) in zip(names, keys) { text.line("const i64 \(name) = \(key);") }
    text.line("recalled *known = recalled_at(c, (u64)kind * 0xD6E8FEB86659FD93ULL\(hash));")
    text.line("if (__builtin_expect(known->kind == kind\(matches), 1)) return known->result;")
    text.line("return \(CName.part(.renewed, index))(\(call), known, kind);")
    text.line("}")
  }

  /// Odd numbers without a pattern, one for each value that a result depends on.
  private static let factors = [
    "0x9E3779B97F4A7C15", "0xC2B2AE3D27D4EB4F", "0x165667B19E3779F9", "0xFF51AFD7ED558CCD",
    "0xC4CEB9FE1A85EC53", "0xBF58476D1CE4E5B9",
  ]
}
