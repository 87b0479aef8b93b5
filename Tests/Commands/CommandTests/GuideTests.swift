import Foundation
import Murphi
import Scenarios
import Settings
import TestSupport
import Testing

/// docs/modelling.md, docs/models.md and the pages of the models: every snippet is what it claims to be,
/// and every command prints what is shown.
@Suite final class GuideTests {
  private static let root = Repository.root

  private static func contents(of path: String) -> String {
    (try? String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)) ?? ""
  }

  private static let guide = GuideText(contents(of: "docs/modelling.md"))
  /// docs/models.md, and beside each model its own page.
  private static let modelPages: [(path: String, text: GuideText)] =
    (["docs/models.md"] + models.map { page(of: $0) }).map { ($0, GuideText(contents(of: $0))) }
  /// Paths from the root.
  private static let models = RepositoryModel.models(below: "Models").map(\.path)

  private static func page(of model: String) -> String { model.dropLast(2) + "/README.md" }
  private static let scenarios =
    ((try? ScenarioFile.read(contents(of: "swapcheck.yml"))) ?? [])
    .flatMap { $0.expanded(in: root.path + "/") ?? [] }

  /// Of each test by itself.
  private let cache = FileManager.default.temporaryDirectory
    .appendingPathComponent("guide-cache-\(UUID().uuidString)")

  deinit { try? FileManager.default.removeItem(at: cache) }

  /// What a command prints in a folder, and its exit code.
  private func run(_ arguments: [String], in folder: URL) throws -> (output: String, code: Int32) {
    // What is known from earlier would say so.
    let (output, _, code) = try Program.run(
      arguments, in: folder, environment: ["XDG_CACHE_HOME": cache.path])
    return (output, code)
  }

  /// A temporary folder with the guide's models beside the repository's.
  private func withGuideFolder(_ body: (URL) throws -> Void) throws {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appendingPathComponent("guide-\(UUID().uuidString)")
    try files.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? files.removeItem(at: folder) }
    for path in ["Models", "Benchmarks", "swapcheck.yml"] {
      try files.createSymbolicLink(
        at: folder.appendingPathComponent(path),
        withDestinationURL: Self.root.appendingPathComponent(path))
    }
    for (name, text) in Self.guide.models {
      try Data(text.utf8).write(to: folder.appendingPathComponent(name))
    }
    try body(folder)
  }

  private func compare(
    _ command: GuideText.Command, in folder: URL, of page: String = "", mayBeOpen: Bool = false
  ) throws {
    let place = "\(page):\(command.line)"
    #expect(command.arguments.first == "swapcheck", "\(place)")
    let (output, code) = try run(Array(command.arguments.dropFirst()), in: folder)
    #expect(
      code == 0 || code == 1 || mayBeOpen && code == 3, "\(place): \(command.arguments)")
    #expect(
      GuideText.shows(command.output, what: output.components(separatedBy: "\n")),
      "\(place): \(command.arguments.joined(separator: " ")) prints\n\(output)")
  }

  @Test func everySnippetSaysWhatItIs() {
    for (path, page) in [("docs/modelling.md", Self.guide)] + Self.modelPages {
      for block in page.blocks {
        let isKnown =
          block.info == ["console"] || block.value(of: "name") != nil
          || block.value(of: "part-of") != nil
        #expect(isKnown, "\(path):\(block.line): \(block.info)")
      }
    }
    #expect(Self.guide.models.count >= 4)
    #expect(Self.guide.commands.count >= 6)
    #expect(Self.modelPages.reduce(0) { $0 + $1.text.commands.count } >= Self.models.count - 2)
  }

  @Test func commandsOfTheGuidePrintWhatIsShown() throws {
    try withGuideFolder { folder in
      for command in Self.guide.commands { try compare(command, in: folder) }
    }
  }

  @Test func commandsOfTheModelsPrintWhatIsShown() throws {
    for (path, page) in Self.modelPages {
      for command in page.commands {
        try compare(command, in: Self.root, of: path)
      }
    }
  }

  /// docs/mutation.md: a model and what comes of it.
  @Test func commandsOfTheMutationPagePrintWhatIsShown() throws {
    let page = GuideText(Self.contents(of: "docs/mutation.md"))
    #expect(page.models.map(\.name) == ["door.m"])
    #expect(!page.commands.isEmpty)
    try withGuideFolder { folder in
      for (name, text) in page.models {
        try Data(text.utf8).write(to: folder.appendingPathComponent(name))
      }
      for command in page.commands { try compare(command, in: folder) }
    }
  }

  /// docs/automata.md: a model, a map, and what comes of them; the picture is that of the model.
  @Test func commandsOfThePageOfAutomataPrintWhatIsShown() throws {
    let page = GuideText(Self.contents(of: "docs/automata.md"))
    #expect(page.models.map(\.name) == ["plug.m", "plug.yml"])
    #expect(!page.commands.isEmpty)
    try withGuideFolder { folder in
      for (name, text) in page.models { try Program.write(text, to: name, in: folder) }
      for command in page.commands { try compare(command, in: folder) }
      let drawn = try run(
        ["automaton", "plug.m", "--observe", "plug.yml", "--for", "cpu", "--format", "svg"],
        in: folder)
      #expect(drawn.output == Self.contents(of: "docs/pictures/plug.svg"))
    }
  }

  /// docs/proofs.md: a model, lemmas, and what comes of them.
  @Test func commandsOfThePageOfProofsPrintWhatIsShown() throws {
    let page = GuideText(Self.contents(of: "docs/proofs.md"))
    #expect(page.models.map(\.name) == ["lock.m", "weak.m", "lemmas.m", "count.m"])
    #expect(page.commands.count >= 4)
    try Program.inTemporaryFolder { folder in
      for (name, text) in page.models { try Program.write(text, to: name, in: folder) }
      for command in page.commands { try compare(command, in: folder, mayBeOpen: true) }
    }
  }

  /// docs/language.md: its models are laid out, nothing in them is probably not meant, and its commands
  /// print what is shown.
  @Test func thePageOfTheLanguageIsRight() throws {
    let page = GuideText(Self.contents(of: "docs/language.md"))
    #expect(page.models.count >= 3 && page.commands.count == page.models.count)
    #expect(page.blocks.count == page.models.count + page.commands.count)
    try Program.inTemporaryFolder { folder in
      for (name, text) in page.models {
        try Program.write(text, to: name, in: folder)
        #expect(try run(["format", "--check", name], in: folder).code == 0, "\(name)")
        let (output, code) = try run(["lint", name], in: folder)
        #expect(code == 0, "\(output)")
      }
      for command in page.commands { try compare(command, in: folder) }
    }
  }

  /// Whoever adds a keyword says what it means.
  @Test func thePageOfTheLanguageHasAllKeywords() {
    let page = Self.contents(of: "docs/language.md").lowercased()
    // Long forms of `end` go by one sentence; of `real` there is nothing to say.
    for keyword in Keyword.allCases.map(\.rawValue)
    where !keyword.hasPrefix("end") && keyword != "real" {
      let word = try? Regex("\\b\(keyword)\\b")
      #expect(word.map { page.contains($0) } == true, "\(keyword)")
    }
  }

  /// docs/long-searches.md: the second command of a block goes on with what the first has kept.
  @Test func thePageOfLongSearchesIsRight() throws {
    let page = GuideText(Self.contents(of: "docs/long-searches.md"))
    let commands = page.commands
    #expect(commands.count == 4 && page.blocks.count == 2)
    try withGuideFolder { folder in
      for (command, expected) in zip(commands, [Int32(3), 0, 3, 0]) {
        let (output, errors, code) = try Program.run(
          Array(command.arguments.dropFirst()), in: folder,
          environment: ["XDG_CACHE_HOME": cache.path])
        #expect(code == expected, "\(errors)")
        let printed = (output + errors).components(separatedBy: "\n")
        #expect(GuideText.shows(command.output, what: printed), "\(output)\(errors)")
      }
    }
  }

  /// The model that the README begins with is one, of some 15 lines.
  @Test func theReadmeBeginsWithAModel() throws {
    let page = GuideText(Self.contents(of: "README.md"))
    let block = try #require(page.blocks.first { $0.info == ["murphi"] })
    #expect((10...16).contains(block.text.split(separator: "\n").count) && block.line < 30)
    try Program.inTemporaryFolder { folder in
      try Program.write(block.text, to: "a.m", in: folder)
      let (output, code) = try run(["check", "a.m"], in: folder)
      #expect(code == 0 && output.hasPrefix("a.m: verified: all 3 states\n"), "\(output)")
      #expect(try run(["lint", "a.m"], in: folder).code == 0)
      // It can fail: two drivers are not let pass.
      let broken = block.text.replacing("!old & !new ==> begin new", with: "!new ==> begin new")
      try Program.write(broken, to: "b.m", in: folder)
      #expect(try run(["check", "b.m"], in: folder).code == 1)
    }
  }

  @Test func commandsOfTheReadmePrintWhatIsShown() throws {
    let page = GuideText(Self.contents(of: "README.md"))
    #expect(!page.commands.isEmpty)
    for command in page.commands { try compare(command, in: Self.root, of: "README.md") }
  }

  @Test func excerptsStandInTheirFiles() {
    var count = 0
    for block in Self.guide.blocks {
      guard let path = block.value(of: "part-of") else { continue }
      count += 1
      #expect(Self.contents(of: path).contains(block.text), "line \(block.line): \(path)")
    }
    #expect(count > 0)
  }

  private static let scenarioPage = contents(of: "docs/scenarios.md")

  /// What docs/scenarios.md shows of a file stands there, and its entries can be read.
  @Test func theSnippetsOfTheScenarioPageAreRight() throws {
    let blocks = GuideText(Self.scenarioPage).blocks
    #expect(blocks.count >= 3)
    for block in blocks {
      if let path = block.value(of: "part-of") {
        #expect(Self.contents(of: path) == block.text, "line \(block.line): \(path)")
      } else {
        let head = block.text.hasPrefix("version:") ? "" : "version: 1\nscenarios:\n"
        #expect(try !ScenarioFile.read(head + block.text).isEmpty, "line \(block.line)")
      }
    }
  }

  @Test func theCommandsOfTheScenarioPageWork() throws {
    let commands = Self.scenarioPage.matches(of: /\n    swapcheck ([^>\n]+)/).map(\.1)
    #expect(commands.count >= 2)
    for command in commands {
      let (output, code) = try run(
        command.split(separator: " ").map(String.init), in: Self.root)
      #expect(code < 2 && !output.isEmpty, "\(command)")
    }
  }

  /// Each key that an entry may have has its line.
  @Test func theScenarioPageHasAllKeys() throws {
    let error = #expect(throws: SettingError.self) {
      try ScenarioFile.read("version: 1\nscenarios:\n  - { name: a, nonsense: 1 }")
    }
    let keys = try #require(error).message.split(separator: " none of ").last ?? ""
    #expect(keys.split(separator: ", ").count > 15)
    for key in keys.split(separator: ", ") {
      let row = try Regex("\n\\| (`[a-z-]+`, )?`\(key)`[ ,]")
      #expect(Self.scenarioPage.contains(row), "\(key)")
    }
  }

  @Test func theLastStageIsTheModelOfTheRepository() {
    let final = Self.guide.models.last { $0.name.hasPrefix("handover") }
    #expect(final?.name == "handover.m")
    #expect(final?.text == Self.contents(of: "Models/handover.m"))
  }

  @Test func modelsOfTheGuideAreLaidOut() throws {
    try withGuideFolder { folder in
      for (name, _) in Self.guide.models {
        let (_, code) = try run(["format", "--check", name], in: folder)
        #expect(code == 0, "\(name)")
      }
    }
  }

  /// Rumur gives the verdict and the counts that the guide shows.
  @Test func rumurFindsWhatTheGuideShows() throws {
    var compared = 0
    for (name, text) in Self.guide.models {
      let command = Self.guide.commands.first {
        $0.arguments.starts(with: ["swapcheck", "check", name])
      }
      guard let verdict = command?.output.first else { continue }
      compared += 1
      let plain = try Program.inTemporaryFolder { folder in
        try Program.write(text, to: name, in: folder)
        return try Program.run(["lint", "--plain", name], in: folder).output
      }
      var details = ""
      try withGuideFolder { details = try run(["check", name, "--verbose"], in: $0).output }
      let reduced = details.contains("\n  symmetry of ")
      let judgement = try RumurOracle(timeoutSeconds: 300).check(
        text: plain, symmetry: reduced ? .exhaustive : .off)
      if verdict.hasPrefix("\(name): verified") {
        #expect(judgement.verdict == .holds, "\(name)")
        #expect(verdict.hasSuffix(": all \(judgement.states) states"), "\(name): \(verdict)")
        let counts = "\n  states \(judgement.states), rules fired \(judgement.rulesFired), "
        #expect(details.contains(counts), "\(name): \(counts)")
      } else if case .violated(let message) = judgement.verdict {
        #expect(verdict.contains(message.replacing(" failed", with: "")), "\(name): \(message)")
      } else {
        Issue.record("\(name): \(verdict), and Rumur: \(judgement.verdict)")
      }
    }
    #expect(compared >= 4)
  }

  /// A page could not show what is not so.
  @Test func comparingCanFail() {
    let printed = ["a.m: verified", "  states 2", "  time 1 s, 2 rules/s", "b", "c", ""]
    #expect(GuideText.shows(["a.m: verified", "  states 2", "b", "c"], what: printed))
    #expect(GuideText.shows(["a.m: verified", "…"], what: printed))
    #expect(GuideText.shows(["a.m: verified", "    …", "c"], what: printed))
    #expect(GuideText.shows(["ok   a  verified, 0.1 s"], what: ["ok   a  verified, 2 s"]))
    #expect(!GuideText.shows(["a.m: verified", "  states 3", "…"], what: printed))
    #expect(!GuideText.shows(["a.m: verified", "…", "b"], what: printed))
    #expect(!GuideText.shows(["a.m: verified"], what: printed))
    #expect(!GuideText.shows(["a.m: verified", "  states 2", "b", "c", "d"], what: printed))
  }

  @Test(arguments: models)
  func everyModelHasItsPage(model: String) {
    let name = model.dropFirst("Models/".count)
    #expect(Self.contents(of: Self.page(of: model)).hasPrefix("# \(name)"))
    // It is named in the table of all.
    #expect(Self.contents(of: "Models/README.md").contains("](\(name))"))
  }

  /// What docs/models.md says of the proposal's sentences: the properties that it names are there.
  @Test func whatTheProposalSaysIsChecked() throws {
    let page = Self.contents(of: "docs/models.md")
    let rows = page.matches(of: /\n\| "[^|]+\| ([^|\n]+) \|/).map(\.1)
    #expect(rows.count >= 25, "\(rows.count)")
    var count = 0
    for row in rows {
      for place in row.matches(of: /([a-z-]+\.m): ((?:"[^"]+"(?:, )?)+)/) {
        let model = Self.contents(of: "Models/\(place.1)")
        for property in place.2.matches(of: /"([^"]+)"/).map(\.1) {
          count += 1
          #expect(model.contains("\"\(property)\""), "\(place.1): \(property)")
        }
      }
    }
    #expect(count >= 40, "\(count)")
  }

  /// Models, pages and sections of the fact sheet that comments and pages name.
  @Test func whatIsNamedExists() throws {
    var known = Set(Self.guide.models.map(\.name))
    var texts = ["swapcheck.yml", "README.md", "docs/modelling.md"] + Self.modelPages.map(\.path)
    for model in RepositoryModel.models(below: "Models") + RepositoryModel.variants {
      known.insert(model.path.split(separator: "/").last.map(String.init) ?? "")
      texts.append(model.testDescription)
    }
    let facts = Self.contents(of: "docs/background/facts.md")
    let sections = Set(facts.matches(of: /\n##+ ([0-9]+(?:\.[0-9]+)?)/).map(\.1))
    #expect(sections.count > 20)
    for path in texts {
      let text = Self.contents(of: path)
      for name in Set(text.matches(of: /[a-z0-9-]+\.m\b/).map(\.0)) {
        #expect(known.contains(String(name)), "\(path): \(name)")
      }
      for patch in Set(text.matches(of: /Models\/[a-z0-9\/-]+\.patch/).map(\.0)) {
        #expect(!Self.contents(of: String(patch)).isEmpty, "\(path): \(patch)")
      }
      for page in Set(text.matches(of: /docs\/[a-z\/-]+\.md/).map(\.0)) {
        #expect(!Self.contents(of: String(page)).isEmpty, "\(path): \(page)")
      }
      for section in Set(text.matches(of: /facts\.md ([0-9]+(?:\.[0-9]+)?)/).map(\.1)) {
        #expect(sections.contains(section), "\(path): facts.md \(section)")
      }
    }
  }

  /// The end of `make check`, as the README has it.
  @Test func theReadmeCountsTheScenarios() throws {
    let run = Self.scenarios.filter { !$0.tags.contains("nightly") }
    let readme = Self.contents(of: "README.md")
    #expect(readme.contains("\n    \(run.count) of \(run.count) scenarios as expected\n"))
    let shown = try #require(
      readme.firstMatch(of: /\n    ok   (\S+) +verified, ([0-9,]+) states/))
    let scenario = try #require(run.first { $0.name == shown.1 })
    #expect(scenario.stateCount == Int(shown.2.replacing(",", with: "")))
  }
}
