import Foundation
import Testing

/// What `swapcheck verify-proof` says of files that are no evidence, or of something else.
@Suite struct EvidenceFileTests {
  private static let folder = Program.root.appendingPathComponent("Proofs/layouts")

  private static func text(_ name: String) throws -> String {
    try String(contentsOf: folder.appendingPathComponent("\(name).smt2"), encoding: .utf8)
  }

  private func verify(
    _ text: String, layout: String? = nil
  ) throws -> (output: String, errors: String, code: Int32) {
    var result = (output: "", errors: "", code: Int32(-1))
    try Program.inTemporaryFolder { folder in
      try Program.write(text, to: "proof.smt2", in: folder)
      var arguments = ["verify-proof", folder.appendingPathComponent("proof.smt2").path]
      if let layout { arguments += ["--layout", "Models/layouts/\(layout).yml"] }
      result = try Program.run(arguments)
    }
    return result
  }

  private static let start = "(set-info :status unsat)\n(set-logic QF_LIA)\n"

  @Test(arguments: [
    ("", "there is no (check-sat)"),
    ("(check-sat)\n", "nothing"),
    (start + "(check-sat)\n", "nothing is asserted"),
    (start + "(assert false)\n(check-sat)\n", "speaks of no unknown"),
    (start + "(assert (< 1 0))\n(check-sat)\n", "speaks of no unknown"),
    (start + "(declare-const x Int)\n(assert (< x x))\n", "there is no (check-sat)"),
    (start + "(declare-const x Int)\n(assert (< x x))\n(check-sat)\n(exit)\n", "something follows"),
    (start + "(declare-const x Int)\n(push 1)\n", "`push` is not of this form"),
    (start + "(define-fun x () Int 5)\n(assert (< x 3))\n(check-sat)\n", "not of this form"),
    (start + "(set-info :status sat)\n", "two statuses"),
    (
      "(set-logic QF_LIA)\n(declare-const x Int)\n(assert (< x 0))\n(check-sat)\n",
      "what the answer has to be"
    ),
    (start + "(assert (< y 0))\n(check-sat)\n", "`y` is not declared"),
    ("a letter to a friend", "line 1"),
    ("\u{0}\u{1}\u{2}", "line 1"),
  ])
  func isRefused(text: String, words: String) throws {
    let (output, errors, code) = try verify(text)
    #expect(code == 2, "\(text)")
    #expect(output.isEmpty)
    #expect(errors.contains(words), "\(errors)")
  }

  /// A file that is cut anywhere is no evidence.
  @Test(arguments: ["one-gigabyte", "small-vm"])
  func isRefusedWhenCut(name: String) throws {
    let text = try Self.text(name)
    for tenth in 0..<10 {
      let (output, _, code) = try verify(String(text.prefix(text.count * tenth / 10)))
      #expect(code == 2)
      #expect(!output.contains("confirmed"))
    }
    // Behind the last command there is a line's end alone.
    #expect(try verify(String(text.dropLast(2))).code == 2)
    #expect(try verify(String(text.dropLast(1))).code == 0)
  }

  @Test func isReadHoweverLargeOrDeep() throws {
    let deep =
      String(repeating: "(not ", count: 50_000) + "b" + String(repeating: ")", count: 50_000)
    let declared = "(set-info :status sat)\n(set-logic QF_LIA)\n(declare-const b Bool)\n"
    #expect(try verify(declared + "(assert \(deep))\n(check-sat)\n").code == 0)
    let digits = String(repeating: "9", count: 10_000)
    let large =
      Self.start + "(declare-const x Int)\n(assert (and (<= \(digits) x) (< x 5)))\n(check-sat)\n"
    #expect(try verify(large).code == 0)
    let many = String(repeating: "(assert (or b (not b)))\n", count: 100_000)
    #expect(try verify(declared + many + "(check-sat)\n").code == 0)
    #expect(try Program.run(["verify-proof", "/no/such.smt2"]).code == 2)
    #expect(try Program.run(["verify-proof", "Proofs"]).code == 2)
  }

  // MARK: Evidence of something else

  /// With a layout, only what its own rules say is confirmed.
  @Test(arguments: [
    // Nothing is placed twice by addresses that contradict each other.
    ("cluster", "(declare-const ", "(assert (= kernel.0.start 1))\n\n(declare-const ", 1),
    // A smaller range, said twice.
    ("cluster", "(check-sat)", "(assert (<= size.0 20971520))\n(check-sat)", 2),
    ("cluster", "209715200", "20971520", 2),
    // A kernel that is larger than the layout's, and one that is smaller.
    ("one-gigabyte", "16777216", "33554432", 2),
    ("small-vm", "67108864", "4096", 2),
    // What has been found for the largest: of 768 MiB without 64 of the image, 64 of swiotlb and twice
    // the 128 that it unpacks to, 384 are left.
    ("crash-dump", "402653184", "402653185", 1),
  ])
  func isNotTheLayouts(name: String, old: String, new: String, code: Int32) throws {
    var text = try Self.text(name)
    #expect(try verify(text, layout: name).code == 0)
    if old == "(declare-const " {
      // Assertions stand behind the declarations.
      text = text.replacing("\n(check-sat)", with: "\n(assert (= kernel.0.start 1))\n\n(check-sat)")
    } else {
      #expect(text.contains(old))
      text = text.replacing(old, with: new)
    }
    let (output, errors, found) = try verify(text, layout: name)
    #expect(found == code, "\(output)\(errors)")
    #expect(!output.contains("confirmed"))
  }

  @Test func isAnotherLayouts() throws {
    for (name, other) in [("small-vm", "cluster"), ("one-gigabyte", "no-trampoline")] {
      let (output, errors, code) = try verify(try Self.text(name), layout: other)
      #expect(code == 2)
      #expect(output.isEmpty)
      #expect(errors.contains("its rules are not those of Models/layouts/\(other).yml"))
    }
  }
}
