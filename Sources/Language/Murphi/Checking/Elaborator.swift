package import Diagnostics
package import TransitionSystem

/// Turns a syntax tree into a transition system: resolves names, checks types, lays variables out
/// in slots, and multiplies rules by their rulesets.
///
/// Names are visible from their declaration on, as in Rumur. What is wrong is complained about once
/// and then agrees with everything, so that one mistake gives one message. Where no more is wanted,
/// everything is wrong, and what it comes to is of no use.
package struct Elaborator {
  let source: SourceText
  /// Values for constants that override those in the text.
  let overrides: [String: Int64]
  /// Whose meaning the model has.
  let dialect: Dialect
  let stop: StopCondition
  private var looks = 0

  var diagnostics: [Diagnostic] = []
  private var reported: Set<Diagnostic> = []
  /// Names that nothing declares and that have been complained about.
  var unknownNames: Set<String> = []
  var scopes: ScopeStack
  var variables: [StateVariable] = []
  var functions: [FunctionDraft] = []
  var startStates: [Rule] = []
  var rules: [Rule] = []
  var properties: [Property] = []
  var covers: [Cover] = []
  var constants: [TransitionSystem.Constant] = []
  let bounds = BoundingConstants()
  var context: [RuleContextEntry] = []
  let mixes = ScalarsetMixes()
  var remarks: [Remark] = []

  var stateSlotCount = 0
  var nextIdentity = 1
  /// Parameters that are references although they are no `var`; in Rumur's meaning those that would
  /// be, and of which is noted where that makes a difference.
  private(set) var aliasedParameters: Set<AliasedParameters.Key> = []
  /// Variables that are handed to parameters.
  var passed: [AliasedParameters.Passed] = []
  /// Whether it is noted where CMurphi would go another way, which costs a look each time.
  private(set) var notesDifferences = false
  /// Whether CMurphi would evaluate something ahead.
  var computesAhead = false
  /// The frame of the rule, function or property that is being elaborated.
  var frame = FrameBuilder()
  /// The function whose body is being elaborated, if it is one.
  var currentFunction: Int?
  var overridesUsed: Set<String> = []
  var instanceCount = 0
  var propertyInstanceCount = 0
  /// Expressions that stand in the model once more than in its text.
  var copyCount = 0
  var hasTooManyCopies = false
  var symbolicConstants: [SymbolicConstant] = []
  var layoutAssumptions: [Property] = []
  /// Whether anything is an address.
  var usesAddresses = false
  /// Where addresses and symbolic constants stand, for the plain model.
  var addressTypes: [SourceSpan] = []
  var symbolicAccesses: [SymbolicAccess] = []
  var symbolicSections: [SourceSpan] = []
  /// Where measures stand, which are no Murphi.
  var measureSpans: [SourceSpan] = []
  /// Where the values of overridden constants stand.
  var overriddenValues: [(span: SourceSpan, value: Int64, type: ScalarType)] = []

  /// More slots than this are not a state that can be explored.
  static let maximumSlotCount = 1 << 20
  /// More rule instances than this cannot be tried in each state. What the first parameters of a
  /// ruleset decide is decided for all the others at once, so they may be many: as many as can be
  /// numbered, the rules before them included.
  static let maximumInstanceCount = 1 << 62
  /// Each instance of a property is looked at in each state.
  static let maximumPropertyInstanceCount = 1 << 22

  /// Elaborates a model.
  ///
  /// - Parameters:
  ///   - overrides: Values for constants, by name, in place of those in the text.
  ///   - dialect: Whose meaning the model has.
  ///   - isReadByCMurphi: Whether CMurphi would read a model without errors, and a run has to note
  ///     where CMurphi would go another way.
  ///   - stop: When no more is wanted.
  /// - Returns: The system, or nil if a diagnostic is an error or it was ended.
  package static func elaborate(
    _ model: ModelSyntax, source: SourceText, overrides: [String: Int64] = [:],
    dialect: Dialect = .rumur, isReadByCMurphi: (TransitionSystem) -> Bool = { _ in false },
    stop: StopCondition = .init()
  ) -> (system: TransitionSystem?, diagnostics: [Diagnostic]) {
    var aliased: Set<AliasedParameters.Key> = []
    var notesDifferences = false
    while true {
      var elaborator = Elaborator(
        source: source, overrides: overrides, dialect: dialect, stop: stop)
      elaborator.aliasedParameters = aliased
      elaborator.notesDifferences = notesDifferences
      elaborator.elaborate(model)
      if elaborator.hasErrors || stop.reason != nil { return (nil, elaborator.diagnostics) }
      let system = elaborator.system
      let found = AliasedParameters.find(elaborator.passed, in: system, stop)
      let isComplete =
        found.isSubset(of: aliased) && (notesDifferences || !elaborator.computesAhead)
      if isComplete { return (system, elaborator.diagnostics) }
      if dialect == .rumur, !notesDifferences {
        guard isReadByCMurphi(system) else { return (system, elaborator.diagnostics) }
        notesDifferences = true
      }
      aliased.formUnion(found)
    }
  }

  /// The model without our extensions; nil if it has errors, or another number of elements.
  static func plain(
    of model: ModelSyntax, source: SourceText, overrides: [String: Int64], dialect: Dialect,
    _ valuation: [Int128]
  ) -> PlainModel? {
    var elaborator = Elaborator(
      source: source, overrides: overrides, dialect: dialect, stop: .init())
    elaborator.elaborate(model)
    guard !elaborator.hasErrors, valuation.count == elaborator.system.symbolicElementCount
    else { return nil }
    return PlainModel(elaborator, valuation)
  }

  /// The declarations that something in a model without errors refers to, by the places of their
  /// names.
  static func usedDeclarations(
    of model: ModelSyntax, source: SourceText, overrides: [String: Int64], dialect: Dialect
  ) -> Set<SourceSpan> {
    let uses = NameUses()
    var elaborator = Elaborator(
      source: source, overrides: overrides, dialect: dialect, stop: .init(), uses: uses)
    elaborator.elaborate(model)
    return uses.spans
  }

  private init(
    source: SourceText, overrides: [String: Int64], dialect: Dialect, stop: StopCondition,
    uses: NameUses? = nil
  ) {
    scopes = ScopeStack(uses: uses)
    self.stop = stop
    self.source = source
    self.overrides = overrides
    self.dialect = dialect
  }

  private var system: TransitionSystem {
    TransitionSystem(
      variables: variables, functions: functions.map(\.function), startStates: startStates,
      rules: rules, properties: properties, covers: covers, constants: constants,
      scalarsetMixes: mixes.list, symbolicConstants: symbolicConstants,
      layoutAssumptions: layoutAssumptions,
      usesAddresses: usesAddresses || !symbolicConstants.isEmpty, remarks: remarks)
  }

  private var hasErrors: Bool { diagnostics.contains { $0.severity == .error } }

  private mutating func elaborate(_ model: ModelSyntax) {
    declarePredefined()
    for item in model.items where !isStopped() { elaborate(item) }
    if stop.reason == nil { finish() }
  }

  /// Whether no more is wanted; whatever may be many asks.
  mutating func isStopped() -> Bool { stop.isDue(&looks) }

  private mutating func declarePredefined() {
    let nowhere = SourceSpan.none
    scopes.declare(Name("true", at: nowhere), as: .constant(1, .boolean))
    scopes.declare(Name("false", at: nowhere), as: .constant(0, .boolean))
  }

  private mutating func elaborate(_ item: ModelSyntax.Item) {
    switch item {
    case .declaration(let declaration): elaborateGlobal(declaration)
    case .function(let function): elaborate(function)
    case .rule(let rule): elaborate(rule)
    case .unreadable(let name): declare(name, as: .invalid)
    }
  }

  private mutating func finish() {
    if startStates.isEmpty, diagnostics.isEmpty {
      report(
        .noStartState, "the model has no start state", at: .none,
        hint: "`startstate begin … end` says where it starts")
    }
    if !symbolicConstants.isEmpty, let first = rules.first,
      let other = rules.first(where: { $0.priority != first.priority })
    {
      report(
        .unsupportedConstruct, "rules have no priorities in a model with symbolic constants",
        at: other.span,
        hint: "which rule is enabled may depend on the constants; say it in the guards")
    }
    for name in overrides.keys.sorted() where !overridesUsed.contains(name) {
      let known = Set(constants.map(\.name))
      report(
        .unknownConstant, "the model has no constant `\(name)` that could be set", at: .none,
        hint: didYouMean(name, among: known))
    }
  }
}

// MARK: - Messages

extension Elaborator {
  mutating func report(
    _ code: DiagnosticCode, _ message: String, at span: SourceSpan,
    labels: [Diagnostic.Label] = [], hint: String? = nil
  ) {
    // That a model computes with real numbers is one thing to say.
    if code == .realNumber, diagnostics.contains(where: { $0.code == .realNumber }) { return }
    let diagnostic = Diagnostic(code, message, at: span, labels: labels, hint: hint)
    // An alias of a ruleset is elaborated once for each rule in it.
    if reported.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
  }

  /// Makes a remark that a run may meet; its number.
  mutating func remark(_ kind: Remark.Kind, at span: SourceSpan) -> Int {
    remarks.append(Remark(kind, at: span))
    return remarks.count - 1
  }

  /// Declares a name, or complains that its scope has it already.
  mutating func declare(_ name: Name, as symbol: Symbol) {
    guard let earlier = scopes.declareOnce(name, as: symbol) else { return }
    report(
      .duplicateName, "`\(name.text)` is declared twice", at: name.span,
      labels: [.init(earlier, "first declared here")])
  }
}

// MARK: - Declarations

extension Elaborator {
  private mutating func elaborateGlobal(_ declaration: DeclarationSyntax) {
    frame = FrameBuilder()
    switch declaration {
    case .constant(let constant): elaborate(constant, isGlobal: true)
    case .type(let type):
      bounds.begin()
      elaborate(type)
      bounds.end(types: type.names.map(\.text))
    case .variable(let variable):
      bounds.begin()
      let type = elaborate(variable.type).flatMap {
        isNoAddress($0, in: "the state", at: variable.type.span) ? $0 : nil
      }
      for name in variable.names {
        guard let type else {
          declare(name, as: .invalid)
          continue
        }
        let slot = stateSlotCount
        stateSlotCount += type.slotCount
        guard stateSlotCount <= Self.maximumSlotCount else {
          report(
            .stateTooLarge,
            "with `\(name.text)` a state would need \(type.bitCountDescription) and more",
            at: name.span,
            hint: "a state may have \(Self.maximumSlotCount) single values; make a range or an "
              + "array smaller")
          stateSlotCount = slot
          declare(name, as: .invalid)
          continue
        }
        variables.append(
          StateVariable(
            name: name.text, type: type, slot: slot, span: name.span,
            boundingConstants: bounds.met))
        let place = Place(base: .state, offset: slot, type: type, span: name.span)
        declare(name, as: .place(place, isWritable: true))
      }
    case .symbolic(let declaration, let section):
      elaborateSymbolic(declaration, section)
    }
  }

  mutating func elaborate(_ constant: ConstantDeclaration, isGlobal: Bool) {
    let operand = elaborate(constant.value)
    for name in constant.names {
      guard let (value, type) = constantValue(of: operand, at: constant.value.span) else {
        if isGlobal { overridesUsed.insert(name.text) }
        declare(name, as: .invalid)
        continue
      }
      guard isGlobal, let override = overrides[name.text] else {
        declare(name, as: .constant(value, type))
        if isGlobal { append(.init(name: name.text, value: value, type: type)) }
        continue
      }
      overridesUsed.insert(name.text)
      if !type.isNumber, override < type.lower || override > type.upper {
        report(
          .unknownConstant,
          "`\(name.text)` is of type \(type.description) and cannot be set to \(override)",
          at: name.span)
      }
      overriddenValues.append((constant.value.span, override, type))
      declare(name, as: .constant(override, type))
      append(.init(name: name.text, value: override, type: type))
    }
  }

  private mutating func append(_ constant: TransitionSystem.Constant) {
    constants.append(constant)
    bounds.declare(constant.name)
  }

  mutating func elaborate(_ declaration: TypeDeclaration) {
    for name in declaration.names {
      guard let type = elaborate(declaration.type, name: name.text) else {
        declare(name, as: .invalid)
        continue
      }
      declare(name, as: .type(type))
    }
  }

  /// The declarations at the head of a rule or function; its variables are slots of the frame.
  mutating func elaborateLocals(_ declarations: [DeclarationSyntax]) {
    for declaration in declarations {
      switch declaration {
      case .constant(let constant): elaborate(constant, isGlobal: false)
      case .type(let type): elaborate(type)
      case .variable(let variable):
        let type = elaborate(variable.type)
        for name in variable.names {
          guard let type, let slot = allocate(type, at: name.span) else {
            declare(name, as: .invalid)
            continue
          }
          let place = Place(base: .frame, offset: slot, type: type, span: name.span)
          declare(name, as: .place(place, isWritable: true))
        }
      case .symbolic:
        // The parser reads them beside the rules alone.
        break
      }
    }
  }

  /// Slots of the frame for a variable, or nil and a complaint if it is too large.
  mutating func allocate(_ type: ValueType, at span: SourceSpan) -> Int? {
    guard frame.slotCount + type.slotCount <= Self.maximumSlotCount else {
      report(
        .stateTooLarge, "this variable would need \(type.bitCountDescription)", at: span)
      return nil
    }
    return frame.allocate(type.slotCount)
  }
}

/// Counts the slots of a frame.
struct FrameBuilder {
  private(set) var slotCount = 0
  /// What the aliases stand for, by the slots that hold where that is.
  var aliased: [Int: Place] = [:]
  /// The parameters, and the aliases of parts of them, that are copies of variables which may change.
  var copies: [CopiedVariable] = []

  init(reserving count: Int = 0) { slotCount = count }

  /// Takes slots and returns the first.
  mutating func allocate(_ count: Int) -> Int {
    defer { slotCount += count }
    return slotCount
  }
}

/// A function whose body may still be to come.
struct FunctionDraft {
  var function: Function
  /// Whether it has a result whose type could not be told, which has been complained about.
  var hasUnknownResult = false
  /// The remark that is met where a number is returned that is out of the result's range.
  var resultRemark: Int?
  /// The parameters as they stand in the text.
  var declared: [DeclaredParameter] = []
}

/// A parameter as it stands in the text.
struct DeclaredParameter {
  let parameter: Function.Parameter
  /// What is handed over too: where the variable is of which the parameter is a copy.
  let original: Function.Parameter?
  /// Whether the parameter is a reference although it is no `var`.
  let isAliased: Bool

  /// What a call fills in, in order.
  var filled: [Function.Parameter] { original.map { [$0, parameter] } ?? [parameter] }
}
