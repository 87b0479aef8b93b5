import ArgumentParser
import Checking
import Diagnostics
import Exploration
import Murphi
import MutationTesting
import Options
import TransitionSystem

/// Finds out what becomes of the wrong changes of one model.
struct ModelMutation {
  let source: SourceText
  let sizes: [MutationSize]
  /// Of these the threads count, and the dialect where one is given.
  let settings: CheckSettings
  let usesCache: Bool
  var suggests = false
  let stop: StopCondition
  /// Told what is found, as soon as it is.
  let progress: MutationProgress

  /// - Throws: `CommandFailure`, `ReadingStopped`, or why the model itself cannot be checked.
  func report() throws -> MutationReport {
    let threadCount = settings.threadCount ?? Machine.threadCount
    var plan = MutationPlan()
    plan.stop = stop
    plan.threadCount = threadCount
    plan.usesCache = usesCache
    plan.suggests = suggests
    plan.programVersion = Swapcheck.configuration.version
    // Each thread may have its part of the memory. What is free changes: sizes are to be alike in it.
    let memoryByteCount = Machine.memoryByteCount / threadCount
    let sizes = sizes.map { size in
      var size = size
      size.settings.memoryByteCount = memoryByteCount
      size.settings.threadCount = 1
      if settings.dialect != .auto { size.settings.dialect = settings.dialect }
      return size
    }
    do {
      return try MutationRun(source, sizes, plan, telling: progress, load: load).report {
        Console.status($0)
      }
    } catch let failure as MutationRun.SizeFailure {
      throw self.failure(failure)
    } catch let objection as Objection {
      // Of a mutant, of which nothing else is said.
      throw CommandFailure(
        "error: a counterexample is not confirmed by its replay (\(objection)); this is a mistake "
          + "in swapcheck")
    }
  }

  private func failure(_ failure: MutationRun.SizeFailure) -> any Error {
    Console.clearStatus()
    switch failure {
    case .stopped: return ReadingStopped()
    case .objection(let objection, let system):
      return ModelCheck.failure(objection, system, source)
    case .noRule(let name, let size):
      return CommandFailure(
        "\(source.path): error: there is no rule \"\(name)\" that size `\(size)` could go without")
    case .notVerified(let size):
      return CommandFailure(
        lines: [
          "\(source.path): error: the model is not verified at size `\(size)`, and what is wrong with "
            + "it already, nobody notices in a change",
          "hint: swapcheck check \(shellWord(source.path)) shows what is wrong",
        ])
    }
  }

  private func load(
    _ constants: [String: Int64], _ dialect: DialectChoice
  ) throws -> (TransitionSystem, Dialect) {
    let loaded = MurphiModel.load(
      source, overrides: constants, dialect: dialect.dialect, stop: stop)
    if loaded.isStopped { throw ReadingStopped() }
    guard let system = loaded.system else {
      throw CommandFailure(
        Console.errorRenderer
          .render(loaded.diagnostics, of: source))
    }
    return (system, loaded.meaning.dialect)
  }
}
