import Diagnostics
import Foundation
import Murphi
import TestSupport
import Testing

/// One mistake is one message: shipped models with one thing wrong.
@Suite struct OneMistakeTests {
  private static let models = RepositoryModel.models(below: "Models")

  @Test(arguments: models)
  func unknownType(model: RepositoryModel) throws {
    let source = try model.source()
    var spans: [SourceSpan] = []
    for item in Parser.parse(source).model.items { item.forEachType { spans.append($0.span) } }
    #expect(!spans.isEmpty)
    // Without an enumeration its members are unknown too, each where it is used.
    for span in spans where !source.text(of: span).lowercased().contains("enum") {
      expectOneMistake(in: source, at: span)
    }
  }

  @Test(arguments: models)
  func unknownName(model: RepositoryModel) throws {
    let source = try model.source()
    let uses = uses(in: source)
    #expect(!uses.isEmpty)
    // All of them take minutes.
    for position in stride(from: 0, to: uses.count, by: 41) {
      expectOneMistake(in: source, at: uses[position])
    }
  }

  /// Constants, results and so on that are wrong make nothing wrong that is made of them.
  @Test(arguments: [
    ("const N: -u; t: N..3; startstate begin end", 1),
    ("const N: u; var a: array [5..N] of scalarset(N); startstate begin end", 1),
    ("function f(): u; begin return 1; end; startstate begin end; rule f() = 2 ==> begin end", 1),
    ("function f(a: u): 0..1; begin return a; end; startstate begin end; rule begin f(); end", 1),
    ("startstate begin for i := 3 to u do i := 1; end; end", 1),
    ("startstate begin for i := 3 to 5 by u do i := 1; end; end", 1),
    ("type t: union {u, enum {A}}; var x: t; startstate begin x := A; end", 1),
    ("type t: multiset [u] of enum {A}; var x: t; startstate begin multisetadd(A, x); end", 1),
    ("var x: record a: u; b: 0..1; end; startstate begin x.b := 2; x.c := 3; end", 1),
    ("ruleset i: u do startstate begin clear i; end; end", 1),
    ("alias a: u do startstate begin a := a + 1; a.b[a] := 2; end; end", 1),
    ("var x: real(3, 4); startstate begin x := 1.5; end; rule x < 2.5 ==> begin end", 1),
    ("externproc p(a: 0..1; b: 0..1); startstate begin p(1, 2); end", 1),
    ("var x 0..3; y: 0..2; startstate begin x := y; y := x; end", 1),
    ("ruleset i 0..3 do startstate begin clear i; end; end", 1),
  ])
  func whatFollowsIsNotSaid(text: String, count: Int) {
    let diagnostics = MurphiModel.load(SourceText(path: "m", text: text)).diagnostics
    #expect(diagnostics.count == count, "\(text): \(diagnostics.map(\.message))")
  }

  /// A constant that is overridden and wrong is wrong once.
  @Test func overriddenConstant() {
    let source = SourceText(path: "m", text: "const N: u; startstate begin end")
    #expect(MurphiModel.load(source, overrides: ["N": 3]).diagnostics.map(\.code) == [.unknownName])
  }

  private func expectOneMistake(in source: SourceText, at span: SourceSpan) {
    var bytes = source.bytes
    bytes.replaceSubrange(span.start..<span.end, with: Array("no_such_name".utf8))
    let loaded = MurphiModel.load(SourceText(path: source.path, bytes: bytes))
    let (system, diagnostics) = (loaded.system, loaded.diagnostics)
    let place = "\(source.path):\(source.line(of: span.start)): \(source.text(of: span))"
    #expect(system == nil, "\(place)")
    #expect(diagnostics.count == 1, "\(place): \(diagnostics.map(\.message))")
    #expect(diagnostics.first?.span.start == span.start, "\(place)")
  }

  /// Names that stand where nothing is declared, by their neighbours.
  private func uses(in source: SourceText) -> [SourceSpan] {
    let tokens = Lexer.lex(source).tokens
    return tokens.indices.dropFirst().dropLast().compactMap { position in
      let token = tokens[position]
      guard token.kind == .identifier,
        !["true", "false", "symbolic", "measure", "address"].contains(source.text(of: token.span))
      else { return nil }
      switch tokens[position + 1].kind {
      case .symbol(.colon), .symbol(.comma), .symbol(.rightBrace): return nil
      case .identifier, .string: return nil
      default: break
      }
      switch tokens[position - 1].kind {
      case .symbol(.comma), .symbol(.leftBrace): return nil
      case .keyword(.function), .keyword(.procedure), .keyword(.for), .keyword(.forall),
        .keyword(.exists), .keyword(.ruleset):
        return nil
      case .symbol(.semicolon) where tokens[position + 1].kind == .symbol(.becomes): return nil
      default: return token.span
      }
    }
  }
}

extension ModelSyntax.Item {
  /// Calls `body` with each type in the declarations of the item, parts of types included.
  fileprivate func forEachType(_ body: (TypeSyntax) -> Void) {
    switch self {
    case .declaration(let declaration):
      declaration.forEachType(body)
    case .function(let function):
      for parameter in function.parameters { parameter.type.forEachPart(body) }
      function.result?.forEachPart(body)
      for declaration in function.declarations { declaration.forEachType(body) }
    case .rule, .unreadable:
      break
    }
  }
}

extension DeclarationSyntax {
  fileprivate func forEachType(_ body: (TypeSyntax) -> Void) {
    switch self {
    case .type(let declaration): declaration.type.forEachPart(body)
    case .variable(let declaration): declaration.type.forEachPart(body)
    case .constant, .symbolic: break
    }
  }
}

extension TypeSyntax {
  fileprivate func forEachPart(_ body: (TypeSyntax) -> Void) {
    body(self)
    switch kind {
    case .record(let fields):
      for field in fields { field.type.forEachPart(body) }
    case .array(let index, let element):
      index.forEachPart(body)
      element.forEachPart(body)
    case .multiset(_, let element):
      element.forEachPart(body)
    case .union(let members):
      for member in members { member.forEachPart(body) }
    case .boolean, .named, .range, .enumeration, .scalarset, .invalid:
      break
    }
  }
}
