import Analysis
import TransitionSystem

extension CEmitter {
  /// The function that evaluates the properties in a state. It returns 0 where all is well, 1 for a
  /// state that an assumption discards, and 2 for one that is given back.
  mutating func inspection() {
    let properties = model.system.properties
    var calls: [String] = []
    var counts: [Property.Kind: Int] = [:]
    for kind in Property.Kind.inOrderOfEvaluation {
      for (number, property) in properties.enumerated() where property.kind == kind && !text.isFull
      {
        let count = property.parameters.reduce(1) { $0 * $1.count }
        self.property(property, number, first: counts[kind, default: 0])
        counts[kind, default: 0] += count
        let call = "\(CName.part(.property, number))(c, s)"
        switch kind.meaning.failure {
        case .discards: calls.append("if (!\(call)) return 1;")
        case .violates: calls.append("if (!\(call)) return 2;")
        case .isNoted: calls.append("\(call);")
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
      open(parameter, at: position, of: property, &body)
      let name = CName.position(position)
      instance = position == 0 ? name : "(\(instance)) * \(parameter.count) + \(name)"
    }
    if first > 0, !property.parameters.isEmpty { instance = "\(first) + \(instance)" }
    evaluate(property, instance, &body)
    for _ in property.parameters { body.text.line("}") }
    body.text.line("return 1;")
    close(body, property, CName.part(.property, number))
  }

  /// Evaluates an instance of a property, and combines the values of all runs into one where there
  /// can be several.
  ///
  /// - Parameter instance: The number of the instance among those of its kind.
  private func evaluate(_ property: Property, _ instance: String, _ body: inout CFunction) {
    let meaning = property.kind.meaning
    let isCombined = model.symbolic != nil && meaning.failure == .isNoted
    let hasRuns = model.symbolic?.dependence.usesAddresses(property.expression) ?? false
    if isCombined { body.text.line(start(of: meaning.combination)) }
    if hasRuns {
      body.text.line("begin_runs(c);")
      body.text.line("do {")
    }
    if model.countsRounds { body.text.line("c->rounds = 0;") }
    let value = body.expression(property.expression)
    switch meaning.failure {
    case .discards where hasRuns:
      // The step that led here was taken where it holds alone; what goes wrong in it is noticed.
      body.text.line("(void)\(value);")
    case .discards, .violates: body.text.line("if (!\(value)) return 0;")
    case .isNoted where isCombined:
      combine(value, meaning.combination, property.isAddress ? instance : nil, &body)
    case .isNoted: body.text.line("\(result(of: property.kind, instance)) = \(value);")
    }
    if hasRuns { body.text.line("} while (next_run(c));") }
    if isCombined { keep(property.kind, instance, &body) }
  }

  /// Where the value of an instance is kept; of a range, the least.
  private func result(of kind: Property.Kind, _ instance: String) -> String {
    switch kind {
    case .cover: "c->property_covers[\(instance)]"
    case .liveness: "c->live[\(instance)]"
    case .measure, .assumption, .invariant: "c->measures[\(instance)]"
    }
  }

  private func start(of combination: PropertyMeaning.Combination) -> String {
    switch combination {
    case .any: "i64 result = 0;"
    case .all: "i64 result = 1;"
    case .range: "i64 least = \(Int64.max)LL, greatest = UNDEFINED;"
    }
  }

  /// Adds the value of a run.
  ///
  /// - Parameter address: The number of the instance, where the value is an address: both ends of what
  ///   it can be are asked for.
  private func combine(
    _ value: String, _ combination: PropertyMeaning.Combination, _ address: String?,
    _ body: inout CFunction
  ) {
    switch combination {
    case .any: body.text.line("if (\(value)) result = 1;")
    case .all: body.text.line("if (!\(value)) result = 0;")
    case .range:
      body.text.line("i64 value = \(value);")
      let (low, high) =
        address.map { (end("LEAST", $0), end("GREATEST", $0)) } ?? ("value", "value")
      body.text.line("i64 low = \(low), high = \(high);")
      body.text.line("if (low < least) least = low;")
      body.text.line("if (high > greatest) greatest = high;")
    }
  }

  /// Keeps what the runs have come to.
  private func keep(_ kind: Property.Kind, _ instance: String, _ body: inout CFunction) {
    let result = result(of: kind, instance)
    guard kind.meaning.combination == .range else { return body.text.line("\(result) = result;") }
    body.text.line("\(result) = least;")
    body.text.line("c->greatest[\(instance)] = greatest;")
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
        open(parameter, at: position, of: property, &body)
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
      open(parameter, at: position, of: property, &body)
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

  private func open(
    _ parameter: RuleParameter, at position: Int, of property: Property, _ body: inout CFunction
  ) {
    let name = CName.position(position)
    body.text.line("for (i64 \(name) = 0; \(name) < \(parameter.count); \(name)++) {")
    if Self.instanceCount(of: property) > Self.mostUncountedInstances {
      body.text.line("spend(c, 1);")
    }
    body.text.line("f[\(position)] = \(Self.value(of: parameter, at: name));")
    body.bind(parameter, at: position)
  }

  private static func instanceCount(of property: Property) -> Int {
    property.parameters.reduce(1) { CFunction.product($0, $1.count) }
  }

  private mutating func close(_ body: CFunction, _ property: Property, _ name: String) {
    note(
      body, instanceCount: Self.instanceCount(of: property),
      frameSlotCount: property.frameSlotCount)
    text.line(CText.comment(property.name))
    text.line("static int \(name)(context *c, state *s) {")
    for line in body.frame(slotCount: property.frameSlotCount) { text.line(line) }
    reset(property.frameSlotCount, from: property.parameters.count)
    text.append(body.text)
    text.line("}")
  }
}
