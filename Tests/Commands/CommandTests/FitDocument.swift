import Foundation
import Testing

/// What `fit --format json` writes.
enum FitDocument {
  /// The layouts of a document.
  static func layouts(_ output: String) throws -> [[String: Any]] {
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(output.utf8)) as? [String: Any])
    #expect(document["format"] as? String == "swapcheck-fit")
    #expect(document["version"] as? Int == 3)
    return try #require(document["layouts"] as? [[String: Any]])
  }
}
