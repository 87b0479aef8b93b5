import ArgumentParser
import Diagnostics
import SMT

struct VerifyProof: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Checks files of evidence from their text alone.",
    discussion: """
      Example:
        swapcheck verify-proof Proofs/layouts/*.smt2

      Each file is a question in SMT-LIB 2.6 that says what its answer has to be.
      Exit codes: 0 confirmed, 1 refuted, 2 error, 3 not decided.
      """)

  @Argument(help: "Scripts with a status.", completion: .file(extensions: ["smt2"]))
  var paths: [String]

  @Option(help: "Seconds for each.")
  var timeout: UInt32 = 60

  func run() throws {
    var codes: Set<Int32> = []
    for path in paths {
      guard let source = ModelFile.read(path) else {
        codes.insert(Exit.error.rawValue)
        continue
      }
      do throws(SMTError) {
        let query = try Query(script: String(decoding: source.bytes, as: UTF8.self))
        let (milliseconds, overflows) = timeout.multipliedReportingOverflow(by: 1_000)
        let limits = Limits(timeoutMilliseconds: overflows ? .max - 1 : milliseconds)
        switch try query.verify(limits: limits) {
        case .confirmed: Console.write("\(path): confirmed\n")
        case .refuted:
          Console.write("\(path): refuted\n")
          codes.insert(Exit.violated.rawValue)
        case .undecided(let reason):
          Console.write("\(path): \(reason)\n")
          codes.insert(Exit.inconclusive.rawValue)
        }
      } catch {
        Console.error("\(path): error: \(error.description)")
        codes.insert(Exit.error.rawValue)
      }
    }
    for code in [Exit.error, Exit.violated, Exit.inconclusive] where codes.contains(code.rawValue) {
      throw code
    }
  }
}
