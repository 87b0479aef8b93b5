import ArgumentParser
import Glibc
import Processes

/// Which program this is, for who keeps its answers.
enum ProgramIdentity {
  /// Its version, and its file, because a program of one version is built again and again; and the
  /// variables of who calls it that its answers may depend on.
  static let lines: [String] = {
    var status = stat()
    let isKnown = stat("/proc/self/exe", &status) == 0
    let file =
      isKnown
      ? "\(status.st_size) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec)"
      // Nobody else has the number.
      : "process \(getpid()) \(time(nil))"
    return ["swapcheck \(Swapcheck.configuration.version)", file]
      + ChildProcess.environment.filter { $0.hasPrefix("SWAPCHECK_") }.sorted()
  }()
}
