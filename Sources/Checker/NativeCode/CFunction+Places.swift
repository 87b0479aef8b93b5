import Analysis
import Packing
import TransitionSystem

extension CFunction {
  /// Slots from the base of a place, indices checked.
  mutating func slot(of place: Place) -> String {
    var terms = [place.base == .state ? model.slotName(place.offset) : String(place.offset)]
    if place.indices.count > 1, let symbolic = model.symbolic,
      place.indices.contains(where: { symbolic.dependence.usesAddresses($0.value) })
    {
      return slotInTurn(terms[0], place.indices)
    }
    for index in place.indices { terms.append(distance(of: index)) }
    return terms.count == 1 ? terms[0] : "(\(terms.joined(separator: " + ")))"
  }

  /// The slots that an index is worth.
  mutating func distance(of index: Place.Index) -> String {
    let (value, lower) = (expression(index.value), CText.literal(index.lower))
    let position: String
    if let values = plainValues(of: index.value), isIndex(values, of: index) {
      position = index.lower == 0 ? value : "(\(value) - \(lower))"
    } else {
      position = "index_in(c, \(value), \(lower), \(index.count))"
    }
    return index.stride == 1 ? position : "\(position) * \(index.stride)"
  }

  private func isIndex(_ values: ClosedRange<Int64>, of index: Place.Index) -> Bool {
    let (distance, overflow) = values.upperBound.subtractingReportingOverflow(index.lower)
    return values.lowerBound >= index.lower && !overflow && distance < Int64(index.count)
  }

  /// The sum of a slot and of what indices are worth, the first index first.
  mutating func slotInTurn(_ slot: String, _ indices: [Place.Index]) -> String {
    let sum = fresh("slot")
    let steps = indices.map { "\(sum) += \(distance(of: $0)); " }.joined()
    return "({ i64 \(sum) = \(slot); \(steps)\(sum); })"
  }

  /// The place as a `ref`.
  mutating func reference(to place: Place) -> String {
    let slot = slot(of: place)
    switch place.base {
    case .state: return "((ref){0, \(slot)})"
    case .frame: return "((ref){f, \(slot)})"
    case .reference(let frameSlot):
      return "((ref){r[\(frameSlot)].frame, r[\(frameSlot)].slot + \(slot)})"
    }
  }

  /// The value of a scalar place, defined.
  mutating func load(_ place: Place) -> String {
    let slot = slot(of: place)
    switch place.base {
    case .state:
      let field = model.field(place.offset)
      let packing = "\(field.mask)ULL, \(CText.literal(field.lower))"
      return field.mayBeUndefined
        ? "load_checked(c, s, \(slot), \(packing))" : "load(s, \(slot), \(packing))"
    case .frame:
      return boundValues(of: place) == nil ? "defined_value(c, f[\(slot)])" : "f[\(slot)]"
    case .reference(let frameSlot):
      return "defined_value(c, peek(s, r[\(frameSlot)], \(slot)))"
    }
  }

  /// The value of a scalar place, or `UNDEFINED`.
  mutating func loadOrUndefined(_ place: Place) -> String {
    let slot = slot(of: place)
    switch place.base {
    case .state:
      let field = model.field(place.offset)
      let packing = "\(field.mask)ULL, \(CText.literal(field.lower))"
      return "\(field.mayBeUndefined ? "load_or_undefined" : "load")(s, \(slot), \(packing))"
    case .frame: return "f[\(slot)]"
    case .reference(let frameSlot): return "peek(s, r[\(frameSlot)], \(slot))"
    }
  }

  /// Whether a scalar place is undefined.
  mutating func isUndefined(_ place: Place) -> String {
    let slot = slot(of: place)
    switch place.base {
    case .state:
      let field = model.field(place.offset)
      guard field.mayBeUndefined else { return "((void)(\(slot)), 0)" }
      return "(code(s, \(slot), \(field.mask)ULL) == 0)"
    case .frame: return "(f[\(slot)] == UNDEFINED)"
    case .reference(let frameSlot):
      return "(peek(s, r[\(frameSlot)], \(slot)) == UNDEFINED)"
    }
  }

  /// Stores a value that is in range.
  mutating func store(_ value: String, in place: Place) {
    let slot = slot(of: place)
    switch place.base {
    case .state:
      let field = model.field(place.offset)
      let first = CText.literal(field.lower)
      let code = "(u64)\(value) - (u64)\(first)\(field.mayBeUndefined ? " + 1" : "")"
      text.line("set_code(s, \(slot), \(field.mask)ULL, \(code));")
    case .frame:
      text.line("f[\(slot)] = \(value);")
    case .reference(let frameSlot):
      text.line("poke(s, r[\(frameSlot)], \(slot), \(value));")
    }
  }

  /// Stores a value that is in range or undefined.
  mutating func storeOrUndefined(_ value: String, in place: Place) {
    guard place.base == .state else { return store(value, in: place) }
    let slot = slot(of: place)
    let field = model.field(place.offset)
    let name = fresh("v")
    let first = CText.literal(field.lower)
    text.line("{ i64 \(name) = \(value);")
    if field.mayBeUndefined {
      let code = "\(name) == UNDEFINED ? 0 : (u64)\(name) - (u64)\(first) + 1"
      text.line("  set_code(s, \(slot), \(field.mask)ULL, (\(code))); }")
    } else {
      let code = "(u64)defined_value(c, \(name)) - (u64)\(first)"
      text.line("  set_code(s, \(slot), \(field.mask)ULL, \(code)); }")
    }
  }

  /// Where the slots of an aggregate are, as a `ref`.
  mutating func materialize(_ aggregate: Aggregate) -> String {
    switch aggregate {
    case .place(let place):
      return reference(to: place)
    case .call(let function, let arguments, _):
      let result = temporary(slotCount: model.system.functions[function].resultSlotCount)
      let call = call(function, arguments, result: result)
      return "({ \(call); (ref){\(result), 0}; })"
    case .conditional(let condition, let then, let otherwise):
      let test = expression(condition)
      return "(\(test) ? \(materialize(then)) : \(materialize(otherwise)))"
    }
  }

  /// How many slots an aggregate has.
  func slotCount(of aggregate: Aggregate) -> Int {
    switch aggregate {
    case .place(let place): place.slotCount
    case .call(let function, _, _): model.system.functions[function].resultSlotCount
    case .conditional(_, let then, _): slotCount(of: then)
    }
  }

  /// A call of a function; its value is the function's, if that is a single one.
  mutating func call(_ index: Int, _ arguments: [Argument], result: String? = nil) -> String {
    let function = model.system.functions[index]
    noteCall(index)
    // The interpreter evaluates arguments in turn, and copies aggregates before the next one.
    let isSequenced =
      arguments.count > 1
      && !arguments.allSatisfy { model.purity.isPure($0) && !usesAddresses($0) }
    var setup = ""
    var values: [String] = []
    for (argument, parameter) in zip(arguments, function.parameters) {
      let (type, value) = pass(argument, to: parameter, copies: isSequenced)
      if isSequenced {
        let name = fresh("a")
        setup += "\(type) \(name) = \(value); "
        values.append(name)
      } else {
        values.append(value)
      }
    }
    if let result { values.append(result) }
    let call =
      "\(model.nameForCalls(ofFunction: index))(\((["c", "s"] + values).joined(separator: ", ")))"
    let counted = model.countsRounds ? "count_round(c); " : ""
    guard model.countsCalls else {
      return isSequenced || model.countsRounds ? "({ \(counted)\(setup)\(call); })" : call
    }
    let needs = "\(max(function.frameSlotCount, function.resultSlotCount)), \(function.height)"
    if function.result?.asScalar != nil {
      let value = fresh("v")
      return
        "({ \(counted)enter(c, \(needs)); \(setup)i64 \(value) = \(call); leave(c, \(needs)); \(value); })"
    }
    return "({ \(counted)enter(c, \(needs)); \(setup)\(call); leave(c, \(needs)); })"
  }

  private func usesAddresses(_ argument: Argument) -> Bool {
    model.symbolic?.dependence.usesAddresses(argument) ?? false
  }

  private mutating func pass(
    _ argument: Argument, to parameter: Function.Parameter, copies: Bool
  ) -> (type: String, value: String) {
    switch argument {
    case .value(let value):
      return ("i64", within(value, parameter.bounds))
    case .reference(let place):
      return ("ref", reference(to: place))
    case .temporary(let place, let argument):
      return ("ref", temporary(place, argument))
    case .aggregate(let aggregate):
      if parameter.type.asScalar != nil, case .place(let place) = aggregate, place.base == .frame {
        return ("i64", "f[\(slot(of: place))]")
      }
      let source = materialize(aggregate)
      if parameter.type.asScalar != nil {
        let from = fresh("from")
        return ("i64", "({ ref \(from) = \(source); peek(s, \(from), 0); })")
      }
      guard copies else { return ("ref", source) }
      let count = parameter.type.slotCount
      let memory = temporary(slotCount: count)
      return (
        "ref", "({ copy(s, (ref){\(memory), 0}, \(source), \(count)); (ref){\(memory), 0}; })"
      )
    }
  }

  /// A place of the frame that is given a value, as a `ref`.
  private mutating func temporary(_ place: Place, _ argument: Argument) -> String {
    let target = reference(to: place)
    switch argument {
    case .value(let value):
      return "({ poke(s, \(target), 0, \(within(value, place.bounds))); \(target); })"
    case .aggregate(let aggregate):
      let source = materialize(aggregate)
      return "({ copy(s, \(target), \(source), \(place.slotCount)); \(target); })"
    case .reference(let place): return reference(to: place)
    case .temporary(let place, let argument): return temporary(place, argument)
    }
  }

  /// A value that has to be in range.
  mutating func within(_ value: Expression, _ bounds: ClosedRange<Int64>) -> String {
    let plain = plainValues(of: value)
    if case .handedOn = value.kind, bounds != .min ... .max {
      return "within_or_undefined(c, \(expression(value)), \(CText.literal(bounds.lowerBound)), "
        + "\(CText.literal(bounds.upperBound)))"
    }
    let value = expression(value)
    if let plain, bounds.contains(plain.lowerBound), bounds.contains(plain.upperBound) {
      return value
    }
    // Addresses have no bounds: a slot holds the number of a term.
    if bounds == .min ... .max || bounds == ScalarType.address.lower...ScalarType.address.upper {
      return value
    }
    return "within(c, \(value), \(CText.literal(bounds.lowerBound)), "
      + "\(CText.literal(bounds.upperBound)))"
  }
}
