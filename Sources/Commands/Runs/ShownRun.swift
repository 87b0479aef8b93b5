/// A run with all that people and programs are shown of it: what a file of a kept run holds, and what
/// every format is written from.
///
/// It needs no model. Values are in the model's words; a state is a value for each place.
package struct ShownRun: Sendable, Hashable {
  /// The path of the model, as it was given.
  package var model: String
  /// The paths of the patches that it was checked with.
  package var patches: [String]
  /// Rules that it was checked without.
  package var without: [String]
  /// In declaration order.
  package var constants: [NamedValue]
  /// The symbolic constants for which the run is one: the value in decimal digits.
  package var layout: [LayoutValue]
  /// Where a state has values, in slot order.
  package var places: [ShownPlace]
  /// The first is a start state. A run of which nothing could be taken has the failing step alone.
  package var steps: [Step]
  /// What goes wrong at its end; nil for a run that is shown for another reason.
  package var finding: Finding?
  /// How it is drawn; nil leaves all to a guess.
  package var picture: Picture?

  package init(
    model: String, patches: [String] = [], without: [String] = [], constants: [NamedValue] = [],
    layout: [LayoutValue] = [], places: [ShownPlace], steps: [Step], finding: Finding? = nil,
    picture: Picture? = nil
  ) {
    self.model = model
    self.patches = patches
    self.without = without
    self.constants = constants
    self.layout = layout
    self.places = places
    self.steps = steps
    self.finding = finding
    self.picture = picture
  }

  /// What stands for a value that is not there.
  package static let undefined = "undefined"

  /// A name and a value in the model's words.
  package struct NamedValue: Sendable, Hashable {
    package let name: String
    package let value: String

    package init(_ name: String, _ value: String) {
      self.name = name
      self.value = value
    }
  }

  /// A symbolic constant: its value in decimal digits, and as people read it.
  package struct LayoutValue: Sendable, Hashable {
    package let name: String
    package let value: String
    package let text: String

    package init(name: String, value: String, text: String) {
      self.name = name
      self.value = value
      self.text = text
    }
  }

  /// One step, and what it changes.
  package struct Step: Sendable, Hashable {
    /// What stands before the colon of the rule's name.
    package var actor: String?
    /// The rule's whole name, or that of the start state.
    package var rule: String
    package var parameters: [NamedValue]
    /// `file:line` of the rule.
    package var location: String?
    /// In the order of the places. In the first step, the places that have a value.
    package var changes: [Change]
    /// What `put` printed, by line.
    package var output: [String]
    /// Whether it is the step that cannot be taken to its end; then it changes nothing.
    package var fails: Bool

    package init(
      actor: String? = nil, rule: String, parameters: [NamedValue] = [], location: String? = nil,
      changes: [Change] = [], output: [String] = [], fails: Bool = false
    ) {
      self.actor = actor
      self.rule = rule
      self.parameters = parameters
      self.location = location
      self.changes = changes
      self.output = output
      self.fails = fails
    }

    /// The rule's name without the actor in front of it.
    package var action: String {
      guard let actor, rule.hasPrefix(actor + ":") else { return rule }
      return String(rule.dropFirst(actor.count + 1).drop { $0 == " " })
    }

    /// The rule with its parameters: `old: halt the CPU (c = cpu_t_1)`.
    package var title: String { rule + parameterList }

    /// The parameters in brackets, behind a space; nothing where there are none.
    package var parameterList: String {
      if parameters.isEmpty { return "" }
      return " (" + parameters.map { "\($0.name) = \($0.value)" }.joined(separator: ", ") + ")"
    }
  }

  /// A value that a step brings.
  package struct Change: Sendable, Hashable {
    /// The position of the place in `places`.
    package let place: Int
    package let old: String
    package let new: String

    package init(place: Int, old: String, new: String) {
      self.place = place
      self.old = old
      self.new = new
    }
  }

  /// What goes wrong.
  package struct Finding: Sendable, Hashable {
    /// The word that expectations have for it, such as `invariant`.
    package var kind: String
    /// What is violated, by its name in the text.
    package var name: String?
    /// The whole in a sentence.
    package var message: String
    /// `file:line:column` of the part that does not hold, and its text.
    package var location: String?
    package var part: String?
    /// What explains the part: texts of the model with their values in the last state.
    package var values: [NamedValue]
    /// The places, by position, that what is violated may read.
    package var reads: [Int]
    /// Other places of the text that help to understand it, such as calls that led there.
    package var notes: [Note]

    package init(
      kind: String, name: String? = nil, message: String, location: String? = nil,
      part: String? = nil, values: [NamedValue] = [], reads: [Int] = [], notes: [Note] = []
    ) {
      self.kind = kind
      self.name = name
      self.message = message
      self.location = location
      self.part = part
      self.values = values
      self.reads = reads
      self.notes = notes
    }

    /// A place of the text, and what is to be seen there.
    package struct Note: Sendable, Hashable {
      package let location: String
      package let part: String
      package let message: String

      package init(location: String, part: String, message: String) {
        self.location = location
        self.part = part
        self.message = message
      }
    }
  }

  // MARK: - States

  /// Calls `body` with each step and the state behind it, one value for each place.
  package func forEachState(_ body: (_ number: Int, _ step: Step, _ state: [String]) -> Void) {
    var state = [String](repeating: Self.undefined, count: places.count)
    for (number, step) in steps.enumerated() {
      for change in step.changes { state[change.place] = change.new }
      body(number, step, state)
    }
  }

  /// The actors, in the order in which they appear.
  package var actors: [String] {
    var seen: Set<String> = []
    return steps.compactMap(\.actor).filter { seen.insert($0).inserted }
  }
}
