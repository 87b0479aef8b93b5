import Dispatch
import Synchronization

/// Rumur, asked what it thinks of a model.
///
/// A check translates the model to C (`rumur`), compiles that (`clang`, `gcc` or `cc`, the first
/// that is installed) and runs the result on one thread. Values are
/// computed in 64 bits: with `--value-type auto`, Rumur takes the narrowest C type that holds all
/// declared ranges, and intermediate results then overflow that need not; the widest type that
/// Rumur 2022.08 takes is `int32_t`, by which it means `int_fast32_t`, 64 bits wide on 64-bit
/// Linux.
///
/// Any number of threads may use the same oracle.
package struct RumurOracle: Sendable {
  /// What counts as a deadlock. The raw values are those of `--deadlock-detection`.
  package enum Deadlock: String, CaseIterable, Sendable {
    case off, stuck, stuttering
  }

  /// Whether one state stands for each orbit; `exhaustive` tries all permutations. The raw values
  /// are those of `--symmetry-reduction`.
  package enum Symmetry: String, Sendable {
    case off, exhaustive
  }

  /// A model and how to check it.
  package struct Question: Sendable {
    /// Murphi source text.
    package var text: String
    package var deadlock: Deadlock
    package var symmetry: Symmetry

    package init(text: String, deadlock: Deadlock, symmetry: Symmetry = .off) {
      self.text = text
      self.deadlock = deadlock
      self.symmetry = symmetry
    }
  }

  /// How long each of the three steps of a check may take.
  package var timeoutSeconds: Int

  /// Commands that compile C, in order of preference. Measured on 2 cores for a random model: clang
  /// without optimisation takes half the time of gcc, and the state spaces are too small for `-O1`
  /// to pay.
  package var compilers = ["clang", "gcc", "cc"]

  package init(timeoutSeconds: Int = 60) {
    self.timeoutSeconds = timeoutSeconds
  }

  /// Checks one model.
  ///
  /// - Parameters:
  ///   - text: Murphi source text.
  ///   - deadlock: What counts as a deadlock.
  ///   - symmetry: Whether one state stands for each orbit.
  /// - Throws: If Rumur or a C compiler is missing, does not end in time or crashes.
  package func check(
    text: String, deadlock: Deadlock = .stuttering, symmetry: Symmetry = .off
  ) throws(OracleError) -> Judgement {
    let directory = try TemporaryDirectory()
    let source = directory.path(of: "model.m")
    let code = directory.path(of: "model.c")
    let program = directory.path(of: "model")
    try directory.write(text, to: "model.m")

    let translation = try run(
      .translate, in: directory, translation(source, code, deadlock, symmetry))
    guard translation.status == .exited(0) else {
      guard case .exited = translation.status else {
        throw .crashed(.translate, output: translation.output)
      }
      return Judgement(verdict: .rejected(message: translation.output), states: 0, rulesFired: 0)
    }
    let compilation = try compile(code, to: program, in: directory)
    guard compilation.status == .exited(0) else {
      throw .crashed(.compile, output: compilation.output)
    }
    let execution = try run(.explore, in: directory, [program])
    guard case .exited(0...1) = execution.status,
      let judgement = Judgement(machineReadable: execution.output)
    else { throw .crashed(.explore, output: execution.output) }
    return judgement
  }

  /// What Rumur says of a model that it does not take; nil for one that it takes. Nothing is searched.
  ///
  /// - Throws: If Rumur is missing, does not end in time or crashes.
  package func rejection(of text: String) throws(OracleError) -> String? {
    let directory = try TemporaryDirectory()
    try directory.write(text, to: "model.m")
    let translation = try run(
      .translate, in: directory,
      self.translation(
        directory.path(of: "model.m"), directory.path(of: "model.c"), .off, .exhaustive))
    switch translation.status {
    case .exited(0): return nil
    case .exited: return translation.output
    default: throw .crashed(.translate, output: translation.output)
    }
  }

  /// Checks several models, a few at a time.
  ///
  /// - Parameters:
  ///   - questions: The models.
  ///   - workers: How many are checked at the same time.
  /// - Returns: One answer for each question, in the same order.
  package func check(
    all questions: [Question], workers: Int = 2
  ) -> [Result<Judgement, OracleError>] {
    let answers = Mutex([Result<Judgement, OracleError>?](repeating: nil, count: questions.count))
    let next = Atomic(0)
    DispatchQueue.concurrentPerform(iterations: max(1, workers)) { _ in
      while true {
        let index = next.add(1, ordering: .relaxed).oldValue
        guard index < questions.count else { return }
        let question = questions[index]
        let answer = Result { () throws(OracleError) in
          try check(
            text: question.text, deadlock: question.deadlock, symmetry: question.symmetry)
        }
        answers.withLock { $0[index] = answer }
      }
    }
    return answers.withLock { $0.compactMap { $0 } }
  }

  // MARK: Steps

  private func translation(
    _ source: String, _ code: String, _ deadlock: Deadlock, _ symmetry: Symmetry
  ) -> [String] {
    [
      "rumur", "--quiet", "--threads", "1", "--symmetry-reduction", symmetry.rawValue,
      "--scalarset-schedules", "off", "--value-type", "int32_t",
      "--counterexample-trace", "off", "--output-format", "machine-readable",
      "--deadlock-detection", deadlock.rawValue, "--output", code, source,
    ]
  }

  private func compile(
    _ code: String, to program: String, in directory: borrowing TemporaryDirectory
  ) throws(OracleError) -> Execution {
    #if arch(x86_64)
      let machine = ["-mcx16"]
    #else
      let machine: [String] = []
    #endif
    for compiler in compilers {
      let arguments = [compiler, "-std=c11", "-O0", "-w"] + machine
      do {
        return try run(
          .compile, in: directory, arguments + ["-o", program, code, "-lpthread"])
      } catch .missing {
        continue
      } catch {
        throw error
      }
    }
    throw .missing(command: "cc", install: "apt-get install gcc libc6-dev")
  }

  private func run(
    _ step: OracleError.Step, in directory: borrowing TemporaryDirectory, _ arguments: [String]
  ) throws(OracleError) -> Execution {
    let execution = try Execution(
      arguments, in: directory, outputFile: "\(step).txt", timeoutSeconds: timeoutSeconds)
    if execution.status == .timedOut {
      throw .timedOut(step, seconds: timeoutSeconds)
    }
    return execution
  }
}
