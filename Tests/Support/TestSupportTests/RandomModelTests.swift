import TestSupport
import Testing

struct RandomModelTests {
  @Test func sameSeedGivesSameText() {
    for seed: UInt64 in 0..<50 {
      let one = RandomModel(seed: seed, size: 4)
      let other = RandomModel(seed: seed, size: 4)
      #expect(one.text == other.text)
      #expect(one.deadlock == other.deadlock)
    }
  }

  @Test func seedsGiveDifferentModels() {
    let texts = Set((0..<100).map { RandomModel(seed: $0).text })
    #expect(texts.count == 100)
  }

  /// Every construct of the language that the generator knows turns up within a few hundred models.
  @Test(arguments: [
    "const", "enum {", "scalarset", "record", "array [", "function", "procedure", "(var ",
    "ruleset", "alias", "for ", "while", "if ", "elsif", "else", "switch", "case", "clear",
    "undefine ", "isundefined", "forall", "exists", " ? ", "startstate", "invariant", "assert",
    "assume", "cover", "liveness", "error", "return", "<<", ">>", "^", "~", "%", "/", "->", "-1..",
    " by -1", "; p1: ",
  ])
  func everyConstructTurnsUp(_ construct: String) {
    #expect((0..<400).contains { RandomModel(seed: $0).text.contains(construct) })
  }

  /// The first models stay what they are: a change of the generator shows here, on any machine.
  @Test func firstModelIsPinned() {
    let hashes = (0..<20).map { seed in
      RandomModel(seed: seed).text.utf8.reduce(UInt64(14_695_981_039_346_656_037)) {
        ($0 ^ UInt64($1)) &* 1_099_511_628_211
      }
    }
    let combined = hashes.reduce(0, ^)
    #expect(combined == 7_531_355_202_375_406_068)
  }
}

struct ShrinkTests {
  @Test(arguments: [3, 17, 99] as [UInt64])
  func keepsOnlyWhatTheFailureNeeds(seed: UInt64) {
    let model = RandomModel(seed: seed, size: 6)
    let small = model.shrink { $0.text.contains("rule \"rule 1\"") }
    // A start state, the rule, and its begin and end.
    #expect(small.text.contains("rule \"rule 1\""))
    #expect(small.text.split(separator: "\n").count <= 9, "\(small.text)")
  }

  @Test func shrinksExpressions() throws {
    let seed = try #require((0..<200).first { RandomModel(seed: $0).text.contains("<<") })
    let small = RandomModel(seed: seed).shrink { $0.text.contains("<<") }
    #expect(small.text.count < 400, "\(small.text)")
    #expect(small.text.contains("<<"))
  }

  @Test func returnsTheModelItselfIfNothingSmallerFails() {
    let model = RandomModel(seed: 5)
    #expect(model.shrink { $0 == model } == model)
  }

  @Test func asksNoMoreOftenThanTheLimit() {
    var count = 0
    _ = RandomModel(seed: 8).shrink(limit: 25) { _ in
      count += 1
      return true
    }
    #expect(count <= 25)
  }
}
