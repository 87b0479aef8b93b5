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

  /// The same in one line, whatever is in the strings.
  @Test func documentsOfOneLineAreTheSame() throws {
    let value = JSONValue.object([
      ("a\nb", .array([.string("\r\n\u{2028}"), .number(1), .bool(false), .null, .decimal(0.5)])),
      ("none", .array([])), ("nothing", .object([])),
      ("deep", .array([.object([("x", .array([.array([.string("\"")])]))])])),
    ])
    #expect(!value.line.unicodeScalars.contains { $0 == "\n" || $0 == "\r" || $0 == "\u{2028}" })
    func read(_ text: String) throws -> NSObject? {
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? NSObject
    }
    #expect(try read(value.line) == read(value.text))
    #expect(try read(value.line) != nil)
  }
}
