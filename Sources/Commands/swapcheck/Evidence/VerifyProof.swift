import ArgumentParser
import Certificates
import Diagnostics
import Exploration
import Fitting
import SMT

struct VerifyProof: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks files of proofs and other evidence.",
    usage: "swapcheck verify-proof <paths> ... [<options>]",
    discussion: """
      Examples:
        swapcheck verify-proof Proofs/*.proof
        swapcheck verify-proof Proofs/crash.proof --smt questions
        swapcheck verify-proof Proofs/crash.proof crash-changed.m
        swapcheck verify-proof searched.json
        swapcheck verify-proof Proofs/layouts/*.smt2
        swapcheck verify-proof Proofs/layouts/small-vm.smt2 \\
          --layout Models/layouts/small-vm.yml

      A proof of a model (`swapcheck prove --proof`) is asked anew, of the model that
      it names or of the one behind it, and confirmed where it is of that model.

      What `swapcheck check --evidence` has written is compared with a search by the
      interpreter, on one thread.

      Other files are questions in SMT-LIB 2.6 that say what the answer has to be.
      Confirmed is that this is the answer. That the question is a layout's is
      compared with --layout: nothing else says that the rules in a file are the
      right ones.
      Exit codes: 0 confirmed, 1 refuted, 2 error, 3 not decided.
      """)

  @Argument(
    help: "Proofs and evidence, each with a model behind it or not, and scripts with a status.",
    completion: .file(extensions: ["proof", "json", "smt2", "m"]))
  var paths: [String]

  @Option(help: "Seconds for each.")
  var timeout: UInt32 = 60

  @Option(
    help: "The layout that the file has to be about.", completion: .file(extensions: ["yml"]))
  var layout: String?

  @Option(
    help: ArgumentHelp(
      "Writes what a proof asks of a solver to this folder, as SMT-LIB.", valueName: "FOLDER"),
    completion: .directory)
  var smt: String?

  /// Of a script; ours have some hundred kilobytes.
  private static let maximumByteCount = 256 << 20

  /// Files, each with the model that it is held against where one is named.
  private var files: [(path: String, model: String?)] {
    var files: [(path: String, model: String?)] = []
    for path in paths {
      if path.hasSuffix(".m"), let last = files.indices.last, files[last].model == nil {
        files[last].model = path
      } else {
        files.append((path, nil))
      }
    }
    return files
  }

  func validate() throws {
    if layout != nil || smt != nil, files.count != 1 {
      throw ValidationError("--layout and --smt go with one file")
    }
  }

  func run() throws {
    var question: LayoutQuestion?
    if let layout { question = try LayoutReading.question(layout) }
    var worst = Exit.verified
    for (path, model) in files {
      do {
        worst = Exit.worse(worst, try verify(path, model, question))
      } catch let failure as CommandFailure {
        failure.say()
        worst = Exit.worse(worst, failure.code)
      }
      if UserInterrupt.isRequested { break }
    }
    if UserInterrupt.isRequested { worst = Exit.interrupted }
    try Exit.end(with: worst)
  }

  private func verify(
    _ path: String, _ model: String?, _ question: LayoutQuestion?
  ) throws -> ExitCode {
    let source = try ModelFile.read(path, limit: Self.maximumByteCount)
    if ProofFile.isOne(source.bytes) || path.hasSuffix(".proof") {
      guard layout == nil else {
        throw CommandFailure("\(path): error: this is a proof of a model: --layout is not for it")
      }
      return try watched(path) { stop in
        try ProofVerification(source: source, model: model, scripts: smt, stop: stop).verify()
      }
    }
    if EvidenceOfSearch.isOne(source.bytes), layout == nil, smt == nil {
      return try watched(path) { stop in
        let found = try EvidenceOfSearch.confirm(source, model, stop: stop)
        Console.clearStatus()
        Console.write(found.text.wrapped(rest: "      ", 80).joined(separator: "\n") + "\n")
        return found.code
      }
    }
    guard model == nil, smt == nil else {
      throw CommandFailure("\(path): error: this is no proof of a model")
    }
    return try verify(source, question)
  }

  /// Does what may take long.
  private func watched(
    _ path: String, _ body: @escaping (StopCondition) throws -> ExitCode
  ) throws -> ExitCode {
    let stop = StopCondition.forCommand(seconds: Double(timeout))
    var code = Exit.verified
    try WatchedRun.run(
      stop,
      { limit in
        LastWords(
          UnreadModel(path: path, limit).text,
          code: limit == .cancelled ? Exit.interrupted : Exit.inconclusive)
      },
      { code = try body(stop) })
    return code
  }

  /// A script.
  private func verify(
    _ source: SourceText, _ question: LayoutQuestion?
  ) throws(CommandFailure) -> ExitCode {
    let path = source.path
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
