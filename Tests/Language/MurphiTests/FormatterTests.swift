import Diagnostics
import Foundation
import Murphi
import TestSupport
import Testing

/// Formatting changes nothing but the layout, and nothing the second time.
@Suite struct FormatterTests {
  @Test(arguments: RepositoryModel.models(below: "Models", "Tests/Corpus"))
  func keepsTheTree(file: RepositoryModel) throws {
    let source = try file.source()
    let (model, diagnostics) = Parser.parse(source)
    guard diagnostics.isEmpty else {
      #expect(Formatter.format(source).text == nil)
      return
    }
    let text = try #require(Formatter.format(source).text)
    let formatted = SourceText(path: file.path, text: text)
    #expect(Parser.parse(formatted).model == model)
    #expect(Formatter.format(formatted).text == text, "a second time changes it")
    #expect(comments(in: formatted) == comments(in: source))
    #expect(!text.split(separator: "\n").contains { $0.hasSuffix(" ") })
  }

  @Test(arguments: RepositoryModel.models(below: "Models") + RepositoryModel.variants)
  func shippedModelsAreFormatted(file: RepositoryModel) throws {
    let source = try file.source()
    #expect(Formatter.format(source).text == String(decoding: source.bytes, as: UTF8.self))
  }

  private func comments(in source: SourceText) -> [String] {
    Lexer.lex(source).comments.map {
      source.text(of: $0).trimmingCharacters(in: .whitespaces)
    }
  }

  @Test func laysOutBlocks() {
    let source = SourceText(
      path: "m",
      text: """
        var   x:0..3;
        startstate
        begin
        x:=0;
        end;
        rule "up"
        x<3&true
        ==>
        begin
        if x=0 then
        x:=- 1+2;   -- one
        else
        switch x
        case 1,2:
        x := x+1;
        else
        clear x;
        end;
        end;
        end;
        """)
    #expect(
      Formatter.format(source).text == """
        var   x: 0..3;
        startstate
        begin
          x := 0;
        end;
        rule "up"
          x < 3 & true
        ==>
        begin
          if x = 0 then
            x := -1 + 2;   -- one
          else
            switch x
              case 1, 2:
                x := x + 1;
              else
                clear x;
            end;
          end;
        end;

        """)
  }
}
