import Randomness

/// Builds one random model.
///
/// Everything generated is well-typed by construction. A model is *clean* unless its flavour says
/// otherwise: numbers are brought into range before they are assigned, undefined variables are read
/// behind `isundefined`, and properties are ones that cannot fail. The flavour loosens one of
/// these.
struct Generator {
  /// What may go wrong in a model.
  enum Flavor {
    case clean, loseRange, loseDefinition, breakInvariant, reachError, deadlock, missCover
    case missLiveness
  }

  var random: SplitMix64
  let size: Int
  let flavor: Flavor
  var model = RandomModel()
  /// Variables that start states may leave without a value.
  var undefinable: [String] = []
  /// The locals of the rule or function that is being generated.
  var locals: [Declaration] = []
  /// Whether expressions may call functions; not before all variables have a value.
  var mayCall = true
  /// Whether expressions may call functions whose result is a record or an array. Not in guards and
  /// properties, for which Rumur 2022.08 emits C code that does not compile.
  var mayCallForWhole = true
  /// In how many indices of arrays the expression being generated stands.
  var indexDepth = 0
  /// What the statements being generated may do.
  var allowance = Allowance.rule

  enum Allowance {
    case rule, start, procedure, pureFunction
  }

  init(seed: UInt64, size: Int) {
    random = SplitMix64(seed: seed)
    self.size = size
    flavor = random.weighted([
      .clean: 40, .loseRange: 8, .loseDefinition: 5, .breakInvariant: 15, .reachError: 9,
      .deadlock: 9, .missCover: 7, .missLiveness: 7,
    ])
  }

  mutating func makeModel() -> RandomModel {
    model.style = Style(
      shortEnds: random.chance(60), doubledOperators: random.chance(40),
      capitals: random.chance(10), allParentheses: random.chance(30))
    model.deadlock = makeDeadlock()
    makeConstants()
    makeTypes()
    makeVariables()
    for _ in 0..<random.integer(in: 0...(1 + size / 2)) { makeFunction() }
    makeStartStates()
    makeRules()
    makeProperties()
    return model
  }

  private mutating func makeDeadlock() -> RandomModel.Deadlock {
    if flavor == .deadlock { return random.weighted([.stuck: 1, .stuttering: 2]) }
    return random.weighted([.off: 5, .stuck: 2, .stuttering: 3])
  }

  /// The variables of the model, as rules see them.
  var globals: Scope {
    Scope().adding(
      model.variables.map {
        Symbol(
          name: $0.name, type: $0.type, isWritable: true,
          mayBeUndefined: undefinable.contains($0.name))
      })
  }

  func resolve(_ type: ModelType) -> ResolvedType? {
    model.types.resolve(type)
  }

  /// The type checker for expressions that may call any function made so far.
  var checker: TypeChecker {
    TypeChecker(model: model, visibleFunctions: model.functions)
  }
}
