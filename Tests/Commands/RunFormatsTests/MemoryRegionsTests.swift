import Diagnostics
import RunFormats
import Runs
import Testing

/// Who has which region of memory, as it is drawn beside a run.
@Suite struct MemoryRegionsTests {
  /// The second region goes from the old kernel to nobody, and from there to the new one; what is said
  /// of it is violated.
  private static func run(_ names: [String], _ states: [[String]], memory: String...) -> ShownRun {
    var run = ShownRun(
      model: "m.m", places: names.map { ShownPlace(name: $0, kind: .name) }, steps: [])
    var last = names.map { _ in ShownRun.undefined }
    for (number, state) in states.enumerated() {
      run.steps.append(
        .init(
          actor: number == 0 ? nil : number == 1 ? "old" : "new", rule: "step \(number)",
          changes: state.indices.filter { state[$0] != last[$0] }.map {
            .init(place: $0, old: last[$0], new: state[$0])
          }))
      last = state
    }
    run.finding = .init(
      kind: "invariant", message: "it does not hold", values: [.init("r", "HEAP")],
      reads: Array(names.indices))
    run.picture = Picture(lanes: ["old", "new"], tracks: ["none"], memory: memory)
    return run
  }

  /// The three ways in which a model says it, for the same run.
  private static let runs = [
    "by owner and region": run(
      ["has[OLD][TEXT]", "has[OLD][HEAP]", "has[NEW][TEXT]", "has[NEW][HEAP]"],
      [
        ["true", "true", "false", "false"], ["true", "false", "false", "false"],
        ["true", "false", "false", "true"],
      ], memory: "has"),
    "an array for each owner": run(
      ["old_has[TEXT]", "old_has[HEAP]", "new_has[TEXT]", "new_has[HEAP]"],
      [
        ["true", "true", "false", "false"], ["true", "false", "false", "false"],
        ["true", "false", "false", "true"],
      ], memory: "old_has", "new_has"),
    "values that name the owner": run(
      ["owner[TEXT]", "owner[HEAP]"],
      [["OF_OLD", "OF_OLD"], ["OF_OLD", "NOBODY"], ["OF_OLD", "OF_NEW"]], memory: "owner"),
  ]

  private static func bars(_ picture: SVGElements) -> [(color: String, x: Double, height: Double)] {
    // Colours of Okabe and Ito: blue for the old kernel, orange for the new one; grey is nobody's.
    picture.elements.filter { $0.name == "rect" }.compactMap { element in
      guard let color = element.attributes["fill"], color != "none",
        let x = element.number("x"), let height = element.number("height"),
        let width = element.number("width"), width > 4, width < 19, height > 12
      else { return nil }
      return (color, x, height)
    }
  }

  @Test(arguments: runs.keys.sorted()) func regionsHaveTheColoursOfWhoHasThem(name: String) throws {
    let picture = try SVGElements(RunFormat.svg.write(#require(Self.runs[name])))
    let bars = Self.bars(picture)
    let colors = bars.map(\.color)
    #expect(colors.count { $0 == "#0072B2" } == 2, "\(bars)")
    #expect(colors.count { $0 == "#E69F00" } == 1, "\(bars)")
    #expect(colors.count { $0 == "#9AA0A6" } == (name.hasPrefix("values") ? 1 : 0), "\(bars)")
    // The first region is had to the end; what the new kernel gets lies to the right of it.
    let first = try #require(bars.min { $0.x < $1.x })
    #expect(first.color == "#0072B2" && first.height == bars.map(\.height).max())
    let new = try #require(bars.first { $0.color == "#E69F00" })
    #expect(new.x > first.x)
    #expect(picture.texts.contains("TEXT … HEAP"))
    #expect(picture.texts.contains("memory, from the left: TEXT, HEAP"))
    // The region that the violation names is marked, and no other one.
    let blamed = picture.elements.filter { $0.attributes["class"] == "blamed" }
    #expect(blamed.count == 1)
    // What is drawn is not written at the steps besides.
    #expect(!picture.texts.contains { $0.contains("→") })
  }

  @Test func withoutTheKeyNothingIsDrawnAsMemory() throws {
    var run = try #require(Self.runs["an array for each owner"])
    run.picture?.memory = []
    let picture = try SVGElements(RunFormat.svg.write(run))
    #expect(!picture.texts.contains { $0.contains("memory, from the left") })
    run.picture?.memory = ["nowhere"]
    let other = try SVGElements(RunFormat.svg.write(run))
    #expect(!other.texts.contains { $0.contains("memory, from the left") })
  }

  /// More regions than anybody tells apart are counted.
  @Test func manyRegionsAreCounted() throws {
    let names = (0..<200).map { "page[\($0)]" }
    let owners = names.indices.map { $0 % 3 == 0 ? "OLD" : "NEW" }
    let run = Self.run(names, [owners, owners, owners], memory: "page")
    let picture = try SVGElements(RunFormat.svg.write(run))
    #expect(picture.texts.contains("without tracks of 104 more things"))
    #expect(picture.texts.contains("0 … 95"))
    #expect(try #require(picture.elements.first?.number("width")) < 1_200)
    #expect(RunFormat.html.write(run).contains("\"memory\""))
  }

  /// Names of a file are names of whatever there is.
  @Test func anythingMayBeNamed() throws {
    var run = HostileRun.run
    run.picture = Picture(memory: ["queue", "r", HostileRun.name, "#meta", "action"])
    _ = try SVGElements(RunFormat.svg.write(run))
    #expect(try ShownRun.read(Array(run.document.text.utf8)).first?.picture == run.picture)
  }
}
