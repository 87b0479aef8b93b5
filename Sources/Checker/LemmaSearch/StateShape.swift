import TransitionSystem

/// The slots of a state by what they are of: `view[OLD][*]`, whatever the size of the scalarsets.
struct StateShape {
  /// What slots have in common that differ in elements of scalarsets alone.
  struct Place: Sendable {
    /// The text around the elements: one piece more than there are elements.
    let pieces: [String]
    /// Scalarsets of the elements.
    let sets: [Int]
    let type: ScalarType
  }

  struct Slot: Hashable {
    let place: Int
    let elements: [Int64]
  }

  private(set) var places: [Place] = []
  /// By number; nil for what lies in multisets, which no name leads to.
  private(set) var slots: [Slot?] = []
  private var numbers: [Slot: Int] = [:]
  private var slotsOfPlaces: [[Int]] = []
  /// For each scalarset by its identity, how many elements there are.
  private(set) var sizes: [Int: Int64] = [:]

  init(_ system: TransitionSystem, _ scalarsets: [ScalarType]) {
    for set in scalarsets { sizes[set.identity] = Int64(set.valueCount ?? 0) }
    var known: [String: Int] = [:]
    for variable in system.variables {
      add(variable.type, [variable.name], [], [], isNamed: !variable.isHidden, &known)
    }
  }

  func number(of slot: Slot) -> Int? { numbers[slot] }

  /// All slots of a place.
  func slots(of place: Int) -> [Int] { slotsOfPlaces[place] }

  private mutating func add(
    _ type: ValueType, _ pieces: [String], _ sets: [Int], _ elements: [Int64], isNamed: Bool,
    _ known: inout [String: Int]
  ) {
    func extended(_ text: String) -> [String] {
      pieces.dropLast() + [(pieces.last ?? "") + text]
    }
    switch type {
    case .scalar(let type):
      guard isNamed else { return slots.append(nil) }
      let key = pieces.joined(separator: "*")
      let place = known[key] ?? places.count
      if place == places.count {
        places.append(Place(pieces: pieces, sets: sets, type: type))
        slotsOfPlaces.append([])
        known[key] = place
      }
      let slot = Slot(place: place, elements: elements)
      numbers[slot] = slots.count
      slotsOfPlaces[place].append(slots.count)
      slots.append(slot)
    case .array(let index, let element):
      for position in 0..<(index.valueCount ?? 0) {
        let value = index.lower + Int64(position)
        if case .scalarset = index.kind {
          add(
            element, extended("[") + ["]"], sets + [index.identity], elements + [value],
            isNamed: isNamed, &known)
        } else {
          add(
            element, extended("[\(index.describe(value))]"), sets, elements,
            isNamed: isNamed && index.scalarsets.isEmpty, &known)
        }
      }
    case .record(let fields):
      for field in fields {
        add(field.type, extended(".\(field.name)"), sets, elements, isNamed: isNamed, &known)
      }
    case .multiset(let capacity, let element):
      for _ in 0..<capacity * (element.slotCount + 1) { slots.append(nil) }
    }
  }
}
