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
      for (number, property) in properties.enumerated() where property.kind == kind {
        let count = property.parameters.reduce(1) { $0 * $1.count }
        self.property(property, number, first: counts[kind, default: 0])
        counts[kind, default: 0] += count
        switch kind {
        case .assumption: calls.append("if (!property_\(number)(c, s)) return 1;")
        case .invariant: calls.append("if (!property_\(number)(c, s)) return 2;")
        case .cover, .liveness, .measure: calls.append("property_\(number)(c, s);")
        }
      }
    }
    for (number, antecedent) in Antecedents(model.system).properties.enumerated() {
      self.antecedent(antecedent.condition, number)
      calls.append("if (!c->antecedents[\(number)]) antecedent_\(number)(c, s);")
    }
    text.line("int swapcheck_inspect(context *c, const u64 *words) {")
    text.line("if (_setjmp(c->jump)) return 2;")
    text.line("c->depth = c->nesting = c->top = 0;")
    text.line("state copy = *(const state *)words;")
    text.line("state *s = &copy;")
    text.line("(void)s;")
    for call in calls { text.line(call) }
    text.line("return 0;")
    text.line("}")
  }

  private mutating func property(_ property: Property, _ number: Int, first: Int) {
    var body = CFunction(model: model, roundsOfFunctions: roundsOfFunctions)
    var instance = "\(first)"
    for (position, parameter) in property.parameters.enumerated() {
      open(parameter, at: position, &body)
      instance = position == 0 ? "k0" : "(\(instance)) * \(parameter.count) + k\(position)"
    }
    if first > 0, !property.parameters.isEmpty { instance = "\(first) + \(instance)" }
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
    for _ in property.parameters { body.text.line("}") }
    body.text.line("return 1;")
    close(body, property, "property_\(number)")
  }

  /// Notes that the left side of an invariant has been true.
  private mutating func antecedent(_ property: Property, _ number: Int) {
    var body = CFunction(model: model, roundsOfFunctions: roundsOfFunctions)
    for (position, parameter) in property.parameters.enumerated() {
      open(parameter, at: position, &body)
    }
    if model.countsRounds { body.text.line("c->rounds = 0;") }
    let value = body.expression(property.expression)
    body.text.line("if (\(value)) { c->antecedents[\(number)] = 1; return 1; }")
    for _ in property.parameters { body.text.line("}") }
    body.text.line("return 0;")
    close(body, property, "antecedent_\(number)")
  }

  private func open(_ parameter: RuleParameter, at position: Int, _ body: inout CFunction) {
    let name = "k\(position)"
    body.text.line("for (i64 \(name) = 0; \(name) < \(parameter.count); \(name)++) {")
    body.text.line("f[\(position)] = \(Self.value(of: parameter, at: name));")
  }

  private mutating func close(_ body: CFunction, _ property: Property, _ name: String) {
    noteRounds(body.rounds)
    text.line(CText.comment(property.name))
    text.line("static int \(name)(context *c, state *s) {")
    for line in body.frame(slotCount: property.frameSlotCount) { text.line(line) }
    reset(property.frameSlotCount, from: property.parameters.count)
    text.append(body.text)
    text.line("}")
  }
}
