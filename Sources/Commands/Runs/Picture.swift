/// What of a model is drawn as what, by names of actors and variables. Whatever is empty is guessed.
package struct Picture: Sendable, Hashable {
  /// Actors, in the order in which their lanes stand side by side.
  package var lanes: [String]
  /// Variables in which a word that appears is a message. The index that names a lane is who gets it.
  package var messages: [String]
  /// Arrays of which each element has a track, coloured by its value: who executes on a CPU.
  package var tracks: [String]
  /// Arrays by owner and thing that say what the owner believes of the thing.
  package var beliefs: [String]
  /// Arrays by region of memory, or by owner and region, that say who has the region. None is guessed.
  package var memory: [String]

  package init(
    lanes: [String] = [], messages: [String] = [], tracks: [String] = [], beliefs: [String] = [],
    memory: [String] = []
  ) {
    self.lanes = lanes
    self.messages = messages
    self.tracks = tracks
    self.beliefs = beliefs
    self.memory = memory
  }

  /// The names by which a scenario file and a kept run have its parts.
  package enum Key: String, Sendable, CaseIterable {
    case lanes
    case messages
    case tracks
    case beliefs
    case memory
  }

  package subscript(key: Key) -> [String] {
    get {
      switch key {
      case .lanes: lanes
      case .messages: messages
      case .tracks: tracks
      case .beliefs: beliefs
      case .memory: memory
      }
    }
    set {
      switch key {
      case .lanes: lanes = newValue
      case .messages: messages = newValue
      case .tracks: tracks = newValue
      case .beliefs: beliefs = newValue
      case .memory: memory = newValue
      }
    }
  }
}
