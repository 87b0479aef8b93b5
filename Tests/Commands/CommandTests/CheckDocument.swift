import Foundation
import Testing

/// What `check --format json` prints.
enum CheckDocument {
  /// What a search has found, as JSON has it, without what depends on time, memory, ranks, and the place
  /// of the model.
  static func found(_ document: String) throws -> String {
    let object = try #require(
      try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: Any])
    var model = try #require((object["models"] as? [[String: Any]])?.first)
    let statistics = try #require(model["statistics"] as? [String: Any])
    model["statistics"] = ["states", "rulesFired", "depth", "stateBits"].map {
      statistics[$0] as? Int ?? -1
    }
    // A copy has another name, in its runs and their places, too, and no proof beside it.
    model["proof"] = nil
    let data = try JSONSerialization.data(withJSONObject: model, options: [.sortedKeys])
    return String(decoding: data, as: UTF8.self).replacingOccurrences(
      of: "\"(model|location)\":\"[^\"]*\"", with: "", options: .regularExpression)
  }
}
