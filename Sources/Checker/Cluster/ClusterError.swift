/// Why processes cannot search together.
package enum ClusterError: Error, Hashable, Sendable {
  /// The shim is in none of these places.
  case noShim(looked: [String])
  /// The shim is there and cannot be loaded, for the loader's reason: mostly that its MPI is missing.
  case notLoadable(path: String, reason: String)
  /// It is not the one of this checker.
  case otherVersion(path: String, found: Int, wanted: Int)
  /// Nobody has started ranks.
  case notStarted
  /// MPI sees other ranks than were started: it is another one than that of who started them.
  case otherLauncher(library: String, started: Int, seen: Int)
  /// MPI cannot be called in a process that has threads.
  case noThreads(library: String)
}
