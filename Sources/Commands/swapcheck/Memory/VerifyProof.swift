import ArgumentParser
import Diagnostics
import Fitting
import SMT

struct VerifyProof: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks files of evidence from their text alone.",
    usage: "swapcheck verify-proof <paths> ... [<options>]",
    discussion: """
      Examples:
        swapcheck verify-proof Proofs/layouts/*.smt2
        swapcheck verify-proof Proofs/layouts/small-vm.smt2 \\
          --layout Models/layouts/small-vm.yml

      Each file is a question in SMT-LIB 2.6 that says what its answer has to be.
      Confirmed is that this is the answer. That the question is a layout's is
      compared with --layout: nothing else says that the rules in a file are the
      right ones.
      Exit codes: 0 confirmed, 1 refuted, 2 error, 3 not decided.
      """)

  @Argument(help: "Scripts with a status.", completion: .file(extensions: ["smt2"]))
  var paths: [String]

  @Option(help: "Seconds for each.")
  var timeout: UInt32 = 60

  @Option(
    help: "The layout that the file has to be about.", completion: .file(extensions: ["yml"]))
  var layout: String?

  /// Of a script; ours have some hundred kilobytes.
  private static let maximumByteCount = 256 << 20

  func validate() throws {
    if layout != nil, paths.count != 1 { throw ValidationError("--layout goes with one file") }
  }

  func run() throws {
    var question: LayoutQuestion?
    if let layout { question = try LayoutReading.question(layout) }
    var worst = Exit.verified
    for path in paths {
      do throws(CommandFailure) {
        worst = Exit.worse(worst, try verify(path, question))
      } catch {
        error.say()
        worst = Exit.worse(worst, error.code)
      }
    }
    try Exit.end(with: worst)
  }

  private func verify(
    _ path: String, _ question: LayoutQuestion?
  ) throws(CommandFailure) -> ExitCode {
    let source = try ModelFile.read(path, limit: Self.maximumByteCount)
    do throws(SMTError) {
      let query = try Query(script: String(decoding: source.bytes, as: UTF8.self))
      return try verify(path, query, question)
    } catch .noMemory {
      throw CommandFailure(
        "\(path): inconclusive: \(SMTError.noMemory.description)", code: Exit.inconclusive)
    } catch {
      throw CommandFailure("\(path): error: \(error.description)")
    }
  }

  private func verify(
    _ path: String, _ query: Query, _ question: LayoutQuestion?
  ) throws(SMTError) -> ExitCode {
    for (number, assertion) in query.assertions.enumerated() {
      guard try Query([assertion]).unknowns.isEmpty else { continue }
      Console.error(
        "\(path): error: assertion \(number + 1) speaks of no unknown: no evidence has it")
      return Exit.error
    }
    guard !query.assertions.isEmpty else {
      Console.error("\(path): error: nothing is asserted, so that nothing is confirmed")
      return Exit.error
    }
    let (milliseconds, overflows) = timeout.multipliedReportingOverflow(by: 1_000)
    let limits = Limits(timeoutMilliseconds: overflows ? .max - 1 : milliseconds)
    var claim =
      ": its formulas, as they stand, are \(query.expectation?.rawValue ?? ""); --layout compares"
      + " them with a layout's"
    var verification = try query.verify(limits: limits)
    if let question, verification == .confirmed {
      guard let evidence = try question.evidence(of: query) else {
        Console.error("\(path): error: its rules are not those of \(layout ?? "")")
        return Exit.error
      }
      let values = evidence.values.sorted { $0.key < $1.key }
      claim =
        ", \(layout ?? "") \(evidence.claim.rawValue)"
        + values.map { ", up to \($0.value) of `\($0.key)`" }.joined()
      if let premise = evidence.premise { verification = try premise.verify(limits: limits) }
    }
    switch verification {
    case .confirmed:
      Console.write(sentence: "\(path): confirmed\(claim)")
      return Exit.verified
    case .refuted:
      Console.write("\(path): refuted\n")
      return Exit.violated
    case .undecided(let reason):
      Console.write(sentence: "\(path): \(reason)")
      return Exit.inconclusive
    }
  }
}
