import Analysis
import TransitionSystem

extension CEmitter {
  /// The function that evaluates the properties in a state. It returns 0 where all is well, 1 for a
  /// state that an assumption discards, and 2 for one that is given back.
  mutating func inspection() {
    let properties = model.system.properties
    var calls: [String] = []
    var counts: [Property.Kind: Int] = [:]
    // In the interpreter's order: what discards a state comes before what is wrong with it.
    for kind in [Property.Kind.assumption, .invariant, .cover, .liveness, .measure] {
      for (number, property) in properties.enumerated() where property.kind == kind && !text.isFull
      {
        let count = property.parameters.reduce(1) { $0 * $1.count }
        self.property(property, number, first: counts[kind, default: 0])
        counts[kind, default: 0] += count
        switch kind {
        case .assumption: calls.append("if (!\(CName.part(.property, number))(c, s)) return 1;")
        case .invariant: calls.append("if (!\(CName.part(.property, number))(c, s)) return 2;")
        case .cover, .liveness, .measure: calls.append("\(CName.part(.property, number))(c, s);")
        }
      }
    }
    for (number, antecedent) in Antecedents(model.system).properties.enumerated() {
      self.antecedent(antecedent.condition, number)
      calls.append("if (!c->antecedents[\(number)]) \(CName.part(.antecedent, number))(c, s);")
    }
    text.line("int swapcheck_inspect(context *c, const u64 *words) {")
    text.line("if (_setjmp(c->jump)) return 2;")
    text.line("c->depth = c->nesting = c->top = 0;")
    text.line("state copy = *(const state *)words;")
    text.line("state *s = &copy;")
    text.line("(void)s;")
    if model.symbolic != nil { text.line("c->state_path = c->path = path_of(s);") }
    for call in calls { text.line(call) }
    text.line("return 0;")
    text.line("}")
  }

  private mutating func property(_ property: Property, _ number: Int, first: Int) {
    var body = CFunction(model: model, costsOfFunctions: costsOfFunctions)
    var instance = "\(first)"
    for (position, parameter) in property.parameters.enumerated() {
      open(parameter, at: position, &body)
      let name = CName.position(position)
      instance = position == 0 ? name : "(\(instance)) * \(parameter.count) + \(name)"
    }
    if first > 0, !property.parameters.isEmpty { instance = "\(first) + \(instance)" }
    if let symbolic = model.symbolic {
      evaluateRuns(property, instance, symbolic, &body)
    } else {
      evaluate(property, instance, &body)
    }
    for _ in property.parameters { body.text.line("}") }
    body.text.line("return 1;")
    close(body, property, CName.part(.property, number))
  }

  private func evaluate(_ property: Property, _ instance: String, _ body: inout CFunction) {
    if model.countsRounds { body.text.line("c->rounds = 0;") }
    let value = body.expression(property.expression)
    switch property.kind {
    case .assumption, .invariant:
      body.text.line("if (!\(value)) return 0;")
    case .cover:
      body.text.line("c->property_covers[\(instance)] = \(value);")
    case .liveness:
      body.text.line("c->live[\(instance)] = \(value);")
    case .measure:
      body.text.line("c->measures[\(instance)] = \(value);")
    }
  }

  /// Evaluates a property for all that the symbolic constants can be: hit if it is for some of
  /// them, true if it is for all, and from the least to the greatest value.
  private func evaluateRuns(
    _ property: Property, _ instance: String, _ symbolic: CSymbolicModel, _ body: inout CFunction
  ) {
    let usesAddresses = symbolic.dependence.usesAddresses(property.expression)
    switch property.kind {
    case .assumption, .invariant: break
    case .cover: body.text.line("i64 result = 0;")
    case .liveness: body.text.line("i64 result = 1;")
    case .measure: body.text.line("i64 least = \(Int64.max)LL, greatest = UNDEFINED;")
    }
    if usesAddresses {
      body.text.line("begin_runs(c);")
      body.text.line("do {")
    }
    if model.countsRounds { body.text.line("c->rounds = 0;") }
    let value = body.expression(property.expression)
    switch property.kind {
    case .assumption where usesAddresses:
      // The step that led here was taken where it holds alone; what goes wrong in it is noticed.
      body.text.line("(void)\(value);")
    case .assumption, .invariant: body.text.line("if (!\(value)) return 0;")
    case .cover: body.text.line("if (\(value)) result = 1;")
    case .liveness: body.text.line("if (!\(value)) result = 0;")
    case .measure:
      body.text.line("i64 value = \(value);")
      let (low, high) =
        property.isAddress
        ? (end("LEAST", instance), end("GREATEST", instance)) : ("value", "value")
      body.text.line("i64 low = \(low), high = \(high);")
      body.text.line("if (low < least) least = low;")
      body.text.line("if (high > greatest) greatest = high;")
    }
    if usesAddresses { body.text.line("} while (next_run(c));") }
    switch property.kind {
    case .assumption, .invariant: break
    case .cover: body.text.line("c->property_covers[\(instance)] = result;")
    case .liveness: body.text.line("c->live[\(instance)] = result;")
    case .measure:
      body.text.line("c->measures[\(instance)] = least;")
      body.text.line("c->greatest[\(instance)] = greatest;")
    }
  }

  /// An end of what an address can be under the path condition of the run.
  private func end(_ operation: String, _ instance: String) -> String {
    "look_up(c, c->path * KINDS + \(operation), value, \(instance))"
  }

  // MARK: - Assumptions of steps

  /// Whether assumptions about the state and symbolic constants narrow what a step leads to.
  var hasStepAssumptions: Bool { !(model.symbolic?.stepAssumptions.isEmpty ?? true) }

  /// The function that evaluates them in a successor: under the path condition of the step.
  mutating func stepAssumptions() {
    guard let symbolic = model.symbolic, hasStepAssumptions else { return }
    for number in symbolic.stepAssumptions {
      let property = model.system.properties[number]
      var body = CFunction(model: model, costsOfFunctions: costsOfFunctions)
      for (position, parameter) in property.parameters.enumerated() {
        open(parameter, at: position, &body)
      }
      if model.countsRounds { body.text.line("c->rounds = 0;") }
      body.text.line("if (!\(body.expression(property.expression))) return 0;")
      for _ in property.parameters { body.text.line("}") }
      body.text.line("return 1;")
      close(body, property, CName.part(.stepAssumption, number))
    }
    text.line("static int is_assumed(context *c, state *s) {")
    let calls = symbolic.stepAssumptions.map { "\(CName.part(.stepAssumption, $0))(c, s)" }
    text.line("return \(calls.joined(separator: " && "));")
    text.line("}")
  }

  /// Notes that the left side of an invariant has been true.
  private mutating func antecedent(_ property: Property, _ number: Int) {
    var body = CFunction(model: model, costsOfFunctions: costsOfFunctions)
    for (position, parameter) in property.parameters.enumerated() {
      open(parameter, at: position, &body)
    }
    let usesAddresses =
      model.symbolic?.dependence.usesAddresses(property.expression) ?? false
    if usesAddresses {
      body.text.line("i64 has_held = 0;")
      body.text.line("begin_runs(c);")
      body.text.line("do {")
    }
    if model.countsRounds { body.text.line("c->rounds = 0;") }
    let value = body.expression(property.expression)
    if usesAddresses {
      body.text.line("if (\(value)) has_held = 1;")
      body.text.line("} while (next_run(c));")
      body.text.line("if (has_held) { c->antecedents[\(number)] = 1; return 1; }")
    } else {
      body.text.line("if (\(value)) { c->antecedents[\(number)] = 1; return 1; }")
    }
    for _ in property.parameters { body.text.line("}") }
    body.text.line("return 0;")
    close(body, property, CName.part(.antecedent, number))
  }

  private func open(_ parameter: RuleParameter, at position: Int, _ body: inout CFunction) {
    let name = CName.position(position)
    body.text.line("for (i64 \(name) = 0; \(name) < \(parameter.count); \(name)++) {")
    body.text.line("spend(c, 1);")
    body.text.line("f[\(position)] = \(Self.value(of: parameter, at: name));")
    body.bind(parameter, at: position)
  }

  private mutating func close(_ body: CFunction, _ property: Property, _ name: String) {
    note(
      body, instanceCount: property.parameters.reduce(1) { CFunction.product($0, $1.count) },
      frameSlotCount: property.frameSlotCount)
    text.line(CText.comment(property.name))
    text.line("static int \(name)(context *c, state *s) {")
    for line in body.frame(slotCount: property.frameSlotCount) { text.line(line) }
    reset(property.frameSlotCount, from: property.parameters.count)
    text.append(body.text)
    text.line("}")
  }
}
