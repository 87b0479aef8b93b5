import Diagnostics
import Foundation
import Murphi
import Testing

/// Models, and what is said about them.
@Suite struct GoldenTests {
  @Test(arguments: GoldenFile.all(in: "diagnostics"))
  func mistakes(file: GoldenFile) throws {
    let source = try file.source
    let loaded = MurphiModel.load(source, overrides: try file.overrides)
    let diagnostics = loaded.diagnostics
    try file.expect(DiagnosticRenderer().render(diagnostics, of: source).description)
  }

  @Test(arguments: GoldenFile.all(in: "lint"))
  func warnings(file: GoldenFile) throws {
    let source = try file.source
    let system = try #require(MurphiModel.load(source).system)
    let findings =
      file.testDescription.hasPrefix("W09")
      ? ModelLinter.lint(source, system) : Linter.lint(source, system)
    try file.expect(DiagnosticRenderer().render(findings, of: source).description)
  }

  @Test(arguments: GoldenFile.all(in: "format"))
  func layouts(file: GoldenFile) throws {
    try file.expect(try #require(Formatter.format(try file.source).text))
  }

  /// Codes that no golden file can show, and why.
  private static let unshown: [DiagnosticCode: String] = [
    .recursiveType:
      "a name is visible from behind its declaration on, so that a type that names itself is E0301",
    .brokenSymmetry:
      "order, arithmetic and literals want numbers, which a scalarset is not: E0401",
    .otherwiseInCMurphi: "needs a run that meets it; `WarningTests` has some",
    .noStartStateLeft: "needs the start states to be made; the tests of the commands do that",
    .malformedPatch: "needs a patch; `PatchTests` has some",
    .patchDoesNotFit: "needs a patch; `PatchTests` has some",
    .malformedCodeReference: "nobody but `swapcheck code` reads it; `CodeReferenceTests` has some",
    .fileTooLarge: "needs a file of 16 MiB; `DiagnosticTests` makes one",
  ]

  @Test func everyCodeIsShown() throws {
    let texts = try (GoldenFile.all(in: "diagnostics") + GoldenFile.all(in: "lint"))
      .map { try $0.expectedText }
    for code in DiagnosticCode.allCases {
      let isShown = texts.contains { $0.contains("[\(code.rawValue)]") }
      #expect(isShown != (Self.unshown[code] != nil), "\(code.rawValue)")
    }
  }

  /// A file that is named after a code shows it.
  @Test(arguments: GoldenFile.all(in: "diagnostics") + GoldenFile.all(in: "lint"))
  func namesAreCodes(file: GoldenFile) throws {
    let code = String(file.testDescription.prefix { $0 != "-" })
    guard file.testDescription.contains("-") else { return }
    #expect(try file.expectedText.contains("[\(code)]"))
  }
}
