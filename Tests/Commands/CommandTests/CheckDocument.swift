import Foundation
import Testing

/// What `check --format json` prints.
enum CheckDocument {
  /// What a search has found, as JSON has it, without what depends on time, memory and
  /// ranks.
  static func found(_ document: String) throws -> String {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
    var model = try #require((object["models"] as? [[String: Any]])?.first)
    let statistics = try #require(model["statistics"] as? [String: Any])
    model["statistics"] = ["states", "rulesFired", "depth", "stateBits"].map {
      statistics[$0] as? Int ?? -1
    }
    let data = try JSONSerialization.data(withJSONObject: model, options: [.sortedKeys])
    return String(decoding: data, as: UTF8.self)
  }
}
