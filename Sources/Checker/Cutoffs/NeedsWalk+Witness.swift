extension NeedsWalk {
  /// An element that is needed for a quantifier: the same one, where the same is asked again.
  ///
  /// Where what is asked about an element is read at that element, it is the same again for all elements
  /// but those that were written to, unless a loop wrote to all. Those that were written to are needed
  /// anyhow. So the first of the others at which the quantifier would end is enough for every time that
  /// it is asked.
  struct Witness: Hashable {
    /// The scalarset that it is of: what a sum adds need not say.
    let set: Int
    let expression: String
    /// The scalarsets of what it is asked for each of.
    let along: [Int]
    let reads: [Read]
  }

  /// Elements that are needed for what is asked of all.
  struct Grant {
    /// One at which it goes wrong: then no others matter.
    var one = false
    /// So many that end a quantifier, or add something to a sum.
    var adding = 0
    /// So many that do not add all they could.
    var missing = 0

    var total: Int { max(one ? 1 : 0, adding + missing) }
  }

  enum Read: Hashable {
    case value(slot: Int, AbstractValue)
    case unknown
    /// A variable of the state, at elements that variables stand for.
    case state(Int, at: Set<Int>, Version)
    /// A variable of the state, as it is for all elements that were not written to one by one.
    case element(ofVariable: Int, sweeps: Int)
  }

  struct Version: Hashable {
    /// How often it was written to.
    var writes = 0
    /// How often so where all elements may have been.
    var sweeps = 0
  }
}

extension NeedsWalk.Read {
  /// What it says of each of the elements that a variable runs over.
  func asked(of variable: Int) -> Self {
    switch self {
    case .value(_, .element(variable)): .value(slot: -1, .element(-1))
    case .state(let number, let elements, let version) where elements.contains(variable):
      .element(ofVariable: number, sweeps: version.sweeps)
    case .state(let number, _, let version): .state(number, at: [], version)
    case .value, .unknown, .element: self
    }
  }

  /// With the place of variables among those that it is asked for each of, and not their numbers.
  func naming(_ along: [Int]) -> Self {
    guard case .value(let slot, .element(let variable)) = self,
      let position = along.firstIndex(of: variable)
    else { return self }
    return .value(slot: slot, .element(-2 - position))
  }
}

extension NeedsWalk.Version {
  mutating func raise(to other: Self) {
    (writes, sweeps) = (max(writes, other.writes), max(sweeps, other.sweeps))
  }
}

extension NeedsWalk.Grant {
  func raised(to other: Self) -> Self {
    Self(
      one: one || other.one, adding: max(adding, other.adding),
      missing: max(missing, other.missing))
  }

  func common(with other: Self) -> Self {
    Self(
      one: one && other.one, adding: min(adding, other.adding),
      missing: min(missing, other.missing))
  }
}

extension [NeedsWalk.Witness: NeedsWalk.Grant] {
  /// What both have.
  func common(with other: Self) -> Self {
    var found: Self = [:]
    for (witness, grant) in self {
      if let second = other[witness] { found[witness] = grant.common(with: second) }
    }
    return found
  }
}
