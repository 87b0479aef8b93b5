import Foundation
import TestSupport
import Testing

/// Whether properties ask for more or for less than before.
@Suite struct ReviewStrengthTests {
  private typealias Door = ReviewedDoor

  @Test func propertiesAreCompared() throws {
    let weaker = Door.text.replacing("door = SHUT -> people = 0", with: "people <= 2")
    let found = try Door.review(Door.text, weaker)
    #expect(found.code == 1, "true in all reachable states, as it was, and asks nothing any more")
    #expect(
      Door.firstLine(found.output).contains(
        "worse, invariant \"nobody is locked in\" says something else"),
      "\(found.output)")
    let gone = Door.text.replacing("invariant \"nobody", with: "cover \"nobody")
    let removed = try Door.review(Door.text, gone)
    #expect(removed.code == 1)
    #expect(removed.output.contains("invariant \"nobody is locked in\" is gone"))
    #expect(removed.output.contains("cover \"nobody is locked in\" is new"))
    let stronger = try Door.review(
      Door.text, Door.text.replacing("door = SHUT -> people = 0", with: "people = 0"))
    #expect(stronger.output.contains("\"nobody is locked in\" is stronger"), "\(stronger.output)")
    #expect(stronger.code == 1)
  }

  /// Over all states that the types allow, and over those that are reached.
  @Test func strengthIsSaidOfTypedStatesToo() throws {
    let equal = try Door.review(
      Door.text,
      Door.text.replacing("door = SHUT -> people = 0", with: "!(door = SHUT & people > 0)"))
    #expect(
      Door.joined(equal.output).contains("is true in the same states of all there could be"),
      "\(equal.output)")
    let weaker = try Door.review(
      Door.text, Door.text.replacing("door = SHUT -> people = 0", with: "door = SHUT -> people < 2")
    )
    #expect(
      Door.joined(weaker.output).contains(
        "is weaker in states that could be, and true in the same of those that are reached"),
      "\(weaker.output)")
    #expect(weaker.code == 1)
    // Another variable does not hide it.
    let hidden = try Door.review(
      Door.text,
      Door.text.replacing("door = SHUT -> people = 0", with: "true")
        .replacing("var door", with: "var lamp: boolean; door"))
    #expect(hidden.code == 1, "\(hidden.output)")
    #expect(hidden.output.contains("\"nobody is locked in\" is weaker"), "\(hidden.output)")
    // A product is decided by its cases.
    let product = try Door.review(
      Door.text,
      Door.text.replacing("door = SHUT -> people = 0", with: "door = SHUT -> people * people < 2"))
    #expect(product.code == 1 && product.output.contains("is weaker"), "\(product.output)")
    // What Z3 is not asked is not known, and said so: more rounds than are written out.
    let counting = Door.text.replacing(
      "startstate",
      with: "function L(): boolean; var m: 0 .. 60; begin m := 0; while m < 50 do m := m + 1; end; "
        + "return m >= people; end; startstate")
    let unknown = try Door.review(
      counting, counting.replacing("door = SHUT -> people = 0", with: "L()"))
    #expect(unknown.code == 3, "\(unknown.output)")
  }

  /// What Z3 is not asked may be told by the text, and is left to a person where it is not.
  @Test(arguments: [
    // In another order, with other names of what is bound, and apart.
    (
      "A(p) & B() & (forall i: 0..1 do C(i) end)", "(forall k: 0..1 do C(k) end) & B() & A(p)", 0,
      "says the same in other words, or in another order"
    ),
    (
      "p >= 0 -> (A(p) & B())", "(p >= 0 -> B()) & (p >= 0 -> A(p))", 0,
      "says the same in other words, or in another order"
    ),
    (
      "A(p)", "B() & A(p)", 0,
      "asks in any state for what it asked for, and for `B()` besides"
    ),
    // Less, something else, and what an error could keep from being evaluated.
    ("A(p) & B()", "B()", 3, "see whether it asks for less, without `A(p)`"),
    ("A(p)", "A(p) | B()", 3, "see whether it asks for less, with `A(p) | B()` for `A(p)`"),
    ("A(p) | B()", "B() | A(p)", 3, "see whether it asks for less"),
    ("!(A(p) & B()) -> p < 0", "!(B() & A(p)) -> p < 0", 3, "see whether it asks for less"),
    (
      "forall i: 0..1 do C(i) end", "forall i: 0..0 do C(i) end", 3,
      "see whether it asks for less"
    ),
  ])
  func textTellsWhatZ3IsNotAsked(_ old: String, _ new: String, _ code: Int32, _ words: String)
    throws
  {
    // All are true in all states; loops of many rounds are not for Z3.
    let model = Door.text.replacing(
      "startstate",
      with: """
        function A(n: 0 .. 2): boolean; var m: 0 .. 60; begin
          m := 0;
          while m < 50 do m := m + 1; end;
          return m >= n;
        end;
        function B(): boolean; begin return A(people); end;
        function C(n: 0 .. 1): boolean; begin return A(n); end;
        startstate
        """
    ).replacing("invariant", with: "invariant \"loops\" OLD;\ninvariant")
    let (base, head) = (old, new)
    let found = try Door.review(
      model.replacing("OLD", with: base.replacing("p", with: "people")),
      model.replacing("OLD", with: head.replacing("p", with: "people")))
    #expect(found.code == code, "\(found.output)")
    #expect(
      Door.joined(found.output).contains(words.replacing("p)", with: "people)")),
      "\(found.output)")
  }

  /// What a function says that a property calls is a part of it.
  @Test func whatIsCalledIsLookedAtToo() throws {
    func model(_ bound: String) -> String {
      Door.text.replacing(
        "startstate",
        with:
          "function A(): boolean; var m: 0 .. 60; begin m := 0; while m < \(bound) do m := m + 1; "
          + "end; return m >= people; end; startstate"
      ).replacing("invariant", with: "invariant \"loops\" A();\ninvariant")
    }
    let found = try Door.review(model("50"), model("51"))
    #expect(found.code == 3)
    #expect(
      Door.joined(found.output).contains("see whether it asks for less, in what it calls"),
      "\(found.output)")
    // Z3 is asked where there is no such loop, or one of few rounds.
    // Of at most 2 people both bounds are true.
    let few = try Door.review(model("2"), model("3"))
    #expect(few.code == 0, "\(few.output)")
    #expect(
      Door.joined(few.output).contains("is true in the same states of all there could be"),
      "\(few.output)")
    let plain = Door.text.replacing(
      "startstate",
      with: "function B(): boolean; begin return people < 2 | door = OPEN; end; startstate"
    ).replacing("invariant", with: "invariant \"calls\" B();\ninvariant")
    let weaker = try Door.review(plain, plain.replacing("people < 2 |", with: "people < 3 |"))
    #expect(weaker.code == 1 && weaker.output.contains("\"calls\" is weaker"), "\(weaker.output)")
    // In other words.
    let same = try Door.review(model("50"), model("(50)"))
    #expect(same.code == 0, "\(same.output)")
    #expect(same.output.contains("says the same in other words"), "\(same.output)")
  }
}
