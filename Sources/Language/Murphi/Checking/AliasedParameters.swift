import Diagnostics
import TransitionSystem

/// Which parameters that are no `var` have to be references all the same.
///
/// CMurphi hands every variable on by reference, and only forbids to assign to the parameter
/// (`constparam::generate_decl` in src/cpp_code.cpp of 5.4.9). A copy means the same unless the
/// function may write to what the parameter stands for: found here from above, so that all other
/// parameters can be copies.
struct AliasedParameters {
  /// A parameter that stands for a variable in a call.
  struct Passed {
    let function: Int
    let parameter: Int
    /// What it stands for; an alias is followed to what that stands for.
    let place: Place
    /// What goes to the `var` parameters of the same call; aliases are followed too.
    let references: [Place]
  }

  /// A parameter, by the positions of its function and of itself.
  struct Key: Hashable {
    let function: Int
    let parameter: Int
  }

  /// What a function may write, callees included.
  private struct Effect: Equatable {
    /// Variables of the state, by position.
    var variables: Set<Int> = []
    /// Whether it writes through references that it was handed.
    var writesReferences = false
  }

  private let system: TransitionSystem
  private var effects: [Effect]

  /// The parameters through which a function may see what it writes itself.
  ///
  /// - Parameter stop: When no more is wanted; then not all are found.
  static func find(
    _ passed: [Passed], in system: TransitionSystem, _ stop: StopCondition
  ) -> Set<Key> {
    // Nearly all models.
    if passed.isEmpty { return [] }
    let analysis = AliasedParameters(system, stop)
    return Set(
      passed.filter(analysis.mayBeWritten).map {
        Key(function: $0.function, parameter: $0.parameter)
      })
  }

  private init(_ system: TransitionSystem, _ stop: StopCondition) {
    self.system = system
    effects = system.functions.map { _ in Effect() }
    var callees = system.functions.map { _ in Set<Int>() }
    var looks = 0
    for (position, function) in system.functions.enumerated() where !stop.isDue(&looks) {
      function.body.forEachPart { part in
        switch part {
        // What a reference is made to may be written through it.
        case .place(let place, .write), .place(let place, .update), .place(let place, .reference):
          note(place, by: position)
        case .call(let callee): callees[position].insert(callee)
        case .place, .expression, .statement: break
        }
      }
    }
    // Spread along calls until nothing changes.
    var before: [Effect]
    repeat {
      before = effects
      for (position, called) in callees.enumerated() where !stop.isDue(&looks) {
        for callee in called {
          effects[position].variables.formUnion(effects[callee].variables)
        }
      }
    } while effects != before
  }

  private mutating func note(_ place: Place, by function: Int) {
    switch place.base {
    case .state:
      if let variable = variable(of: place) { effects[function].variables.insert(variable) }
    case .reference: effects[function].writesReferences = true
    case .frame: break
    }
  }

  private func variable(of place: Place) -> Int? {
    system.variables.lastIndex { $0.slot <= place.offset }
  }

  private func mayBeWritten(_ passed: Passed) -> Bool {
    let effect = effects[passed.function]
    switch passed.place.base {
    case .state:
      return effect.writesReferences && passed.references.contains { mayMeet($0, passed.place) }
        || variable(of: passed.place).map(effect.variables.contains) ?? false
    case .frame:
      return effect.writesReferences && passed.references.contains { mayMeet($0, passed.place) }
    case .reference: return effect.writesReferences || !effect.variables.isEmpty
    }
  }

  /// Whether what goes to a `var` parameter may be a part of another place, or have it as a part.
  private func mayMeet(_ reference: Place, _ place: Place) -> Bool {
    switch (reference.base, place.base) {
    case (.state, .state): variable(of: reference) == variable(of: place)
    // What a parameter stands for is no part of the frame that the parameter belongs to.
    case (.state, .frame), (.frame, .state), (.reference, .frame), (.frame, .reference): false
    case (.frame, .frame), (.reference, _), (_, .reference): true
    }
  }
}
