import Diagnostics
import Foundation
import Testing

/// What we write as JSON is read back the same by another reader.
@Suite struct JSONValueTests {
  @Test func stringsAreEscaped() throws {
    let text = "quote \" backslash \\ newline \n tab \t bell \u{7} é 😀 \u{2028}"
    let document = JSONValue.object([("key \"1\"", .string(text))]).text
    let read = try #require(
      try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [String: String])
    #expect(read == ["key \"1\"": text])
  }

  @Test func numbersAreExact() throws {
    let document = JSONValue.array([.number(.max), .number(.min), .number(0)]).text
    let read = try #require(
      try JSONSerialization.jsonObject(with: Data(document.utf8)) as? [NSNumber])
    #expect(read.map(\.int64Value) == [.max, .min, 0])
  }
}
