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

  package init(
    lanes: [String] = [], messages: [String] = [], tracks: [String] = [], beliefs: [String] = []
  ) {
    self.lanes = lanes
    self.messages = messages
    self.tracks = tracks
    self.beliefs = beliefs
  }

  /// The names by which a scenario file and a kept run have its parts.
  package enum Key: String, Sendable, CaseIterable {
    case lanes
    case messages
    case tracks
    case beliefs
  }

  package subscript(key: Key) -> [String] {
    get {
      switch key {
      case .lanes: lanes
      case .messages: messages
      case .tracks: tracks
      case .beliefs: beliefs
      }
    }
    set {
      switch key {
      case .lanes: lanes = newValue
      case .messages: messages = newValue
      case .tracks: tracks = newValue
      case .beliefs: beliefs = newValue
      }
    }
  }
}
