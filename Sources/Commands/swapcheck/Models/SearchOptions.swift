package import ArgumentParser
import Diagnostics
package import Exploration
import Glibc
import Report
package import Trace

extension DeadlockMode: ExpressibleByArgument {}
extension ExplorationOptions.Executor: ExpressibleByArgument {}
extension SearchSpace.Symmetry: ExpressibleByArgument {}
extension SearchSpace.Reduction: ExpressibleByArgument {}
extension StoreKind: ExpressibleByArgument {}

/// Options that bound a search.
struct SearchOptions: ParsableArguments {
  @Option(help: "What counts as a deadlock: stuttering, stuck or off.")
  var deadlock: DeadlockMode?

  @Option(help: "Stops after this many states.")
  var maxStates: Int?

  @Option(help: "Stops at this many steps from a start state.")
  var maxDepth: Int?

  @Option(help: "Stops after this many seconds.")
  var timeout: Double?

  @Option(
    help:
      "Stops at this much memory for states, such as 512MiB or 8GiB (default: 3/4 of what is free, 1/2 of what a limit leaves)."
  )
  var memory: ByteCount?

  @Option(help: "What is made of interchangeable elements of scalarsets: exact or off.")
  var symmetry = SearchSpace.Symmetry.exact

  @Option(help: "Which enabled rules are fired: none leaves out nothing, por what does not matter.")
  var reduction = SearchSpace.Reduction.none

  @Option(
    help: """
      How states are remembered: exact, compact (hashes of 64 bits) or bitstate (three bits of a \
      table of half of --memory, 1GiB at most); the last two may miss states, and say by what \
      chance.
      """)
  var store = StoreKind.exact

  @Option(help: "What fires the rules: auto, native or interpreter.")
  var executor = ExplorationOptions.Executor.auto

  @Option(help: "Threads that compiled rules run on (default: all cores).")
  var threads: Int?

  func validate() throws {
    if let threads, threads < 1 || threads > 1024 {
      throw ValidationError("--threads has to be from 1 to 1024")
    }
    if let maxStates, maxStates < 1 { throw ValidationError("--max-states has to be at least 1") }
    if let maxDepth, maxDepth < 0 { throw ValidationError("--max-depth cannot be negative") }
    if let timeout, !(timeout > 0) { throw ValidationError("--timeout has to be above 0") }
  }

  var exploration: ExplorationOptions {
    var options = Self.defaults
    options.deadlock = deadlock ?? .stuttering
    options.executor = executor
    options.store = store
    options.maximumStateCount = maxStates
    options.maximumDepth = maxDepth
    if let threads { options.threadCount = threads }
    if let memory { options.memoryByteCount = Self.granted(memory.value) }
    return options
  }

  /// When no more is wanted of what begins here.
  var stop: StopCondition { .forCommand(seconds: timeout) }

  /// Three quarters of what the machine has left; half of what the system lets this process have,
  /// where that is less (`ulimit -v`, control groups): a compiler takes some of it, and whoever takes
  /// more is killed. No other limit.
  static var defaults: ExplorationOptions {
    var options = ExplorationOptions()
    options.executor = .auto
    options.threadCount = min(64, max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))))
    let machine = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    let free = min(machine, ProcessLimits.machineBytesLeft ?? machine) / 4 * 3
    options.memoryByteCount = min(free, ProcessLimits.bytesLeft.map { $0 / 2 } ?? free)
    return options
  }

  /// As much as was asked for, as far as the process may have it; what it cannot have is said.
  private static func granted(_ asked: Int) -> Int {
    guard let left = ProcessLimits.bytesLeft, asked > left / 4 * 3 else { return asked }
    let granted = left / 4 * 3
    Console.error(
      "note: --memory is \(Wording.byteCount(granted)): the system lets this process have "
        + "\(Wording.byteCount(left)) more (ulimit -v, ulimit -d, or a control group)")
    return granted
  }
}

/// A number of bytes as users write it: `1000`, `64KiB`, `512MiB`, `8GiB`.
struct ByteCount: ExpressibleByArgument {
  let value: Int

  init?(argument: String) {
    let units = [
      ("KiB", 1 << 10), ("MiB", 1 << 20), ("GiB", 1 << 30), ("K", 1 << 10),
      ("M", 1 << 20), ("G", 1 << 30),
    ]
    let unit = units.first { argument.lowercased().hasSuffix($0.0.lowercased()) }
    let digits = argument.dropLast(unit?.0.count ?? 0)
    guard let number = Int(digits), number > 0 else { return nil }
    let (bytes, overflow) = number.multipliedReportingOverflow(by: unit?.1 ?? 1)
    guard !overflow else { return nil }
    value = bytes
  }
}
