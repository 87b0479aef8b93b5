import Glibc

/// Ranks by the MPI that the shim was built with. Nothing of it changes; that calls come from one thread alone is
/// what `Communicator` asks of whoever has it.
package final class MPICommunicator: Communicator, @unchecked Sendable {
  /// Of the shim's functions.
  private static let version: Int32 = 1
  private static let fileName = "libswapcheck-cluster.so"
  /// Names another place for the shim.
  private static let variable = "SWAPCHECK_CLUSTER"

  private typealias Plain = @convention(c) () -> Int32
  private typealias Gather =
    @convention(c) (UnsafePointer<UInt64>, Int32, UnsafeMutablePointer<UInt64>) -> Void
  private typealias Counts =
    @convention(c) (UnsafePointer<Int32>, UnsafeMutablePointer<Int32>) -> Void
  private typealias Exchange =
    @convention(c) (
      UnsafePointer<UInt64>, UnsafePointer<Int32>, UnsafePointer<Int32>,
      UnsafeMutablePointer<UInt64>, UnsafePointer<Int32>, UnsafePointer<Int32>
    ) -> Void

  package let rank: Int
  package let size: Int
  package let machine: (rank: Int, size: Int)
  /// What the MPI calls itself.
  package let library: String

  private let gatherWords: Gather
  private let exchangeCounts: Counts
  private let exchangeWords: Exchange
  private let finishAll: @convention(c) () -> Void

  /// Opens the shim and starts MPI, on the thread that makes all calls.
  package init() throws(ClusterError) {
    let shim = try Shim.open()
    let found = unsafeBitCast(
      try shim.symbol("swapcheck_cluster_version"), to: Plain.self)()
    guard found == Self.version else {
      throw .otherVersion(path: shim.path, found: Int(found), wanted: Int(Self.version))
    }
    // Without a launcher, MPI would take this process for the only rank.
    guard let started = ClusterLauncher.current?.rankCount else { throw .notStarted }
    let name = unsafeBitCast(
      try shim.symbol("swapcheck_cluster_library"),
      to: (@convention(c) () -> UnsafePointer<CChar>?).self)
    gatherWords = unsafeBitCast(try shim.symbol("swapcheck_cluster_gather"), to: Gather.self)
    exchangeCounts = unsafeBitCast(try shim.symbol("swapcheck_cluster_counts"), to: Counts.self)
    exchangeWords = unsafeBitCast(
      try shim.symbol("swapcheck_cluster_exchange"), to: Exchange.self)
    finishAll = unsafeBitCast(
      try shim.symbol("swapcheck_cluster_finish"), to: (@convention(c) () -> Void).self)
    let start = unsafeBitCast(try shim.symbol("swapcheck_cluster_start"), to: Plain.self)
    let ownRank = unsafeBitCast(try shim.symbol("swapcheck_cluster_rank"), to: Plain.self)
    let allRanks = unsafeBitCast(try shim.symbol("swapcheck_cluster_size"), to: Plain.self)
    let ofMachine = unsafeBitCast(
      try shim.symbol("swapcheck_cluster_machine"),
      to: (@convention(c) (UnsafeMutablePointer<Int32>, UnsafeMutablePointer<Int32>) -> Void).self)
    let hasThreads = start() == 0
    library = name().map { String(cString: $0) } ?? "an MPI without a name"
    guard hasThreads else { throw .noThreads(library: library) }
    rank = Int(ownRank())
    size = Int(allRanks())
    guard size == started else {
      throw .otherLauncher(library: library, started: started, seen: size)
    }
    var place: (rank: Int32, size: Int32) = (0, 1)
    ofMachine(&place.rank, &place.size)
    machine = (Int(place.rank), Int(place.size))
  }

  package func gather(_ words: [UInt64]) -> [[UInt64]] {
    var all = [UInt64](repeating: 0, count: size * words.count)
    gatherWords(words, Int32(words.count), &all)
    return (0..<size).map { Array(all[$0 * words.count..<($0 + 1) * words.count]) }
  }

  package func exchange(counts: [Int32]) -> [Int32] {
    var received = [Int32](repeating: 0, count: size)
    exchangeCounts(counts, &received)
    return received
  }

  package func exchange(_ sent: WordSegments, into received: WordSegments) {
    exchangeWords(
      sent.words, sent.counts, sent.offsets, received.words, received.counts, received.offsets)
  }

  package func finish() { finishAll() }

  /// The shared object between this process and MPI.
  private struct Shim {
    let path: String
    private let handle: UnsafeMutableRawPointer

    static func open() throws(ClusterError) -> Shim {
      let places = places()
      guard let path = places.first(where: { access($0, F_OK) == 0 }) else {
        throw .noShim(looked: places)
      }
      // Plug-ins of an MPI may take its symbols from the process.
      guard let handle = dlopen(path, RTLD_NOW | RTLD_GLOBAL) else {
        throw .notLoadable(
          path: path, reason: dlerror().map { String(cString: $0) } ?? "for no reason")
      }
      return Shim(path: path, handle: handle)
    }

    func symbol(_ name: String) throws(ClusterError) -> UnsafeMutableRawPointer {
      guard let symbol = dlsym(handle, name) else {
        throw .notLoadable(path: path, reason: "it has no `\(name)`")
      }
      return symbol
    }

    /// Where it may be: where the user says, or where `make install` and `make cluster` put it.
    private static func places() -> [String] {
      if let named = getenv(MPICommunicator.variable), named.pointee != 0 {
        return [String(cString: named)]
      }
      var buffer = [CChar](repeating: 0, count: Int(PATH_MAX))
      let length = readlink("/proc/self/exe", &buffer, buffer.count - 1)
      guard length > 0 else { return [] }
      let path = String(
        decoding: buffer[..<length].map { UInt8(bitPattern: $0) }, as: UTF8.self)
      let folder = path.split(separator: "/").dropLast().map(String.init)
      func above(_ levels: Int, _ name: String) -> String {
        "/"
          + (Array(folder.dropLast(levels)) + [name, MPICommunicator.fileName]).joined(
            separator: "/")
      }
      // Beside .build/x86_64-unknown-linux-gnu/release and .build/static is .build/cluster. A folder of that
      // name may be another user's elsewhere.
      let built = (1...2).filter { folder.dropLast($0).last == ".build" }
      return [above(1, "lib/swapcheck")] + built.map { above($0, "cluster") }
    }
  }
}
