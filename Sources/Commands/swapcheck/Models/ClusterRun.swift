import ArgumentParser
import Checking
import Cluster
import Diagnostics
import Glibc

/// A check by several processes, of which this is one: rank 0 says what is found, and where it cannot be
/// begun, one process of each machine why.
struct ClusterRun {
  let communicator: any Communicator

  /// Silences all ranks but the first, by what the launcher says of them: before anything is written.
  static func silenceOthers() {
    if let launcher = ClusterLauncher.current, launcher.rank > 0 { Console.silence() }
  }

  /// Starts MPI, on the thread that will make all calls.
  static func start() throws(CommandFailure) -> ClusterRun {
    do throws(ClusterError) {
      return ClusterRun(communicator: try MPICommunicator())
    } catch {
      let failure = CommandFailure("error: --cluster: \(words(error))")
      // Another machine may have another MPI, or none, and a process less than its neighbours. What all of
      // them meet the first ones say, and whoever has started them ends the others.
      if let launcher = ClusterLauncher.current, launcher.rank > 0 {
        if launcher.machineRank > 0 { Console.waitIfSilent() }
        let line = "rank \(launcher.rank) on \(hostName): " as DisplayText + failure.text + "\n"
        _ = StandardStreams.write(Array(line.description.utf8), to: STDERR_FILENO)
      }
      throw failure
    }
  }

  var isFirst: Bool { communicator.rank == 0 }

  /// Sees to it that all ranks have read the same, or ends all of them.
  ///
  /// - Parameters:
  ///   - failure: Why this one has not read it.
  ///   - contents: What has to be the same.
  func agree(_ failure: (any Error)?, _ contents: String) throws(CommandFailure) {
    let reason: String =
      switch failure {
      case nil: ""
      case let failure as CommandFailure: failure.text.description
      default: "it was not read in the time that there is"
      }
    let text = failure == nil ? contents : "\(Self.hostName): \(reason)"
    let all = communicator.gather(bytes: [failure == nil ? 0 : 1] + Array(text.utf8))
    // A rank says what it has met itself.
    if failure != nil { return }
    if let rank = all.firstIndex(where: { $0.first != 0 }) {
      let reason = String(decoding: all[rank].dropFirst(), as: UTF8.self)
      throw CommandFailure(
        DisplayText("error: rank \(rank) on ") + DisplayText(document: reason))
    }
    if let rank = all.firstIndex(where: { $0 != all[0] }) {
      throw CommandFailure(
        "error: --cluster: rank \(rank) has another text of the model, other options or another version "
          + "of swapcheck than rank 0")
    }
  }

  /// Ends MPI.
  func finish() { communicator.finish() }

  private static var hostName: String {
    var name = [CChar](repeating: 0, count: 256)
    guard gethostname(&name, name.count - 1) == 0 else { return "a machine" }
    return String(decoding: name.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
  }

  // MARK: - Words

  private static func words(_ error: ClusterError) -> DisplayText {
    switch error {
    case .noShim(let places):
      "there is no \(places.first.map { $0.split(separator: "/").last.map(String.init) ?? "" } ?? "shim") "
        + "between swapcheck and MPI: `make cluster` builds it with the site's mpicc; SWAPCHECK_CLUSTER "
        + "names where it is, if not in \(DisplayText(places.joined(separator: ", ")))"
    case .notLoadable(let path, let reason):
      "\(DisplayText(path)) cannot be loaded (\(DisplayText(reason))): its MPI has to be installed here, "
        + "or `make cluster` builds it for another one"
    case .otherVersion(let path, let found, let wanted):
      "\(DisplayText(path)) has version \(found), and this swapcheck needs \(wanted): `make cluster` "
        + "builds it anew"
    case .notStarted:
      "nobody has started ranks: mpirun -np 8 swapcheck check MODEL --cluster, or srun in place of "
        + "mpirun"
    case .otherLauncher(let library, let started, let seen):
      "\(started) ranks were started, and \(DisplayText(library)) sees \(seen): start them with its own "
        + "mpirun (srun: --mpi=pmix or pmi2), or build for the other MPI: make cluster MPICC=…"
    case .noThreads(let library):
      "\(DisplayText(library)) cannot be called beside threads (MPI_THREAD_FUNNELED)"
    }
  }

  /// What several processes do not do together, and the way out.
  static func words(_ lack: ClusterLack) -> DisplayText {
    switch lack {
    case .engine(let name):
      "--engine \(name) is one process's: leave out --cluster, or --engine"
    case .store(let name):
      "--store \(name) is one process's, and ranks share states that they keep whole in memory: leave "
        + "out --store, or --cluster"
    case .partialOrderReduction:
      "--reduction por asks for the depths of states that other ranks have: leave out one of the two"
    case .symbolicConstants:
      "what is known of symbolic constants is Z3's in one process; `swapcheck instantiate` gives them "
        + "values"
    case .severalViolations: "one violation is found: not with --max-errors"
    }
  }
}
