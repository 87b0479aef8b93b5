import Foundation
import TestSupport
import Testing

/// `mpirun swapcheck check MODEL --cluster`: what one process says, and what becomes of it where ranks die or
/// there is no MPI.
///
/// `SWAPCHECK_MPIRUN` names another mpirun than the first on the path, and `SWAPCHECK_CLUSTER` the shim that
/// was built for it.
@Suite struct ClusterCommandTests {
  private static let environment = ProcessInfo.processInfo.environment
  private static let launcher = environment["SWAPCHECK_MPIRUN"] ?? "mpirun"
  private static let shim =
    environment["SWAPCHECK_CLUSTER"]
    ?? Program.root.appendingPathComponent(".build/cluster/libswapcheck-cluster.so").path

  /// Whether ranks can be started here.
  private static let hasMPI: Bool = {
    let script = "command -v \(launcher) && test -e '\(shim)'"
    return (try? Program.shell(script, in: Program.root))?.code == 0
  }()
  private static let isMissing: Comment =
    "there is no mpirun here, or no shim for it: make cluster"

  /// More ranks than the machine has cores, and as root in a container, which Open MPI asks about.
  private static let mpirun: String = {
    let version = try? Program.shell("\(launcher) --version 2>&1", in: Program.root)
    let isOpenMPI = version?.output.contains("Open MPI") ?? false
    return launcher + (isOpenMPI ? " --oversubscribe --allow-run-as-root" : "")
  }()

  private static func command(_ ranks: Int, _ arguments: String) -> String {
    "SWAPCHECK_CLUSTER='\(shim)' timeout 100 \(mpirun) -np \(ranks) swapcheck check \(arguments) "
      + "--cluster"
  }

  // MARK: - What is found

  /// Models, each with what is special of it; for `SWAPCHECK_CLUSTER_ALL` all that are shipped, too.
  private static let models =
    [
      "Benchmarks/swap.m --set PROCS=4",
      // Symmetry, invariants and liveness, by states of more than a word.
      "Models/hotswap.m --set CPUS=3", "Models/kexec.m --symmetry off",
      "Models/hotswap.m --patch Models/hotswap/early-free.patch",
      "Models/handshake.m --digest steps", "Models/bproc.m --max-depth 9",
      // Measures, covers, assumptions, and violations of each kind.
      "Tests/Corpus/holds/measure.m",
    ] + (isThorough ? RepositoryModel.models(below: "Models").map(\.path) : [])

  private static let isThorough = environment["SWAPCHECK_CLUSTER_ALL"] != nil

  @Test(.enabled(if: hasMPI, isMissing), arguments: models)
  func agreesWithOneProcess(model: String) throws {
    let root = Program.root
    let (output, errors, code) = try Program.shell(
      "swapcheck check \(model) --threads 1 --format json", in: root)
    // What has symbolic constants is refused, and another test says how.
    if model == "Models/regions.m" { return }
    let expected = try CheckDocument.found(output)
    let isFirst = model == Self.models[0] || model == Self.models[1]
    for ranks in isFirst || Self.isThorough ? [1, 2, 3, 8] : [3] {
      let (found, messages, ended) = try Program.shell(
        Self.command(ranks, "\(model) --format json"), in: root)
      #expect(ended == code, "\(errors)\(messages)")
      #expect(try CheckDocument.found(found) == expected, "\(ranks) ranks")
    }
  }

  // MARK: - What goes wrong

  /// Of a search that would take minutes one rank is killed.
  @Test(.enabled(if: hasMPI, isMissing)) func aRankThatDiesEndsTheOthers() throws {
    try Program.inTemporaryFolder { folder in
      // By this name its processes are found.
      let model = "killed-\(UUID().uuidString).m"
      try FileManager.default.copyItem(
        at: Program.root.appendingPathComponent("Models/hotswap.m"),
        to: folder.appendingPathComponent(model))
      let search = "\(model) --set CPUS=5 --set PROCS=9 --symmetry off"
      let script = """
        \(Self.command(3, search)) >out 2>errors & launcher=$!
        for i in $(seq 100); do
          ranks=$(ps -eo pid,comm,args | awk '$2 == "swapcheck" && /\(model)/ { print $1 }')
          [ "$(echo $ranks | wc -w)" = 3 ] && break
          sleep 0.1
        done
        sleep 1
        kill -KILL "${ranks##*[!0-9]}"
        start=$(date +%s)
        wait $launcher
        echo "code $? after $(($(date +%s) - start))"
        """
      let (output, _, _) = try Program.shell(script, in: folder)
      let words = output.split(whereSeparator: \.isWhitespace)
      try #require(words.count == 4, "\(output)")
      #expect(words[1] != "0")
      #expect(try #require(Int(words[3])) < 10)
      // Open MPI: "exited on signal 9 (Killed)"; MPICH: "EXIT CODE: 9".
      let errors = try String(
        contentsOf: folder.appendingPathComponent("errors"), encoding: .utf8)
      let said = try String(contentsOf: folder.appendingPathComponent("out"), encoding: .utf8)
      #expect((errors + said).contains("9"), "\(errors)\(said)")
    }
  }

  // MARK: - Checkpoints

  /// 12,500 states.
  private static let size = "--set CPUS=3 --set PROCS=5 --symmetry off --executor interpreter"

  /// What one process finds of that.
  private static let whole = Result {
    try CheckDocument.found(
      try Program.shell("swapcheck check Models/hotswap.m \(size) --format json", in: Program.root)
        .output)
  }

  /// A copy of the model by whose name its processes are found.
  private static func copyModel(into folder: URL) throws -> String {
    let model = "kept-\(UUID().uuidString).m"
    try FileManager.default.copyItem(
      at: Program.root.appendingPathComponent("Models/hotswap.m"),
      to: folder.appendingPathComponent(model))
    return model
  }

  private static func isKept(in folder: URL) -> Bool {
    FileManager.default.fileExists(atPath: folder.path + "/kept/checkpoint")
  }

  /// One rank or all are killed at random moments, and others go on: with what came since the last checkpoint to
  /// be found again, and nothing else.
  @Test(.enabled(if: hasMPI, isMissing)) func killedAtAnyMoment() throws {
    var random = SystemRandomNumberGenerator()
    try Program.inTemporaryFolder { folder in
      let model = try Self.copyModel(into: folder)
      var killed = 0
      var said = ""
      for attempt in 0..<5 {
        let search =
          Self.isKept(in: folder)
          ? "\(model) --resume kept" : "\(model) \(Self.size) --checkpoint kept"
        let ranks = [2, 3][attempt % 2]
        // All of the first ones, and then one, which another time is rank 0.
        let victims = attempt < 2 ? "$ranks" : "$(echo $ranks | tr ' ' '\\n' | shuf -n 1)"
        let script = """
          \(Self.command(ranks, "\(search) --every 0.05 --format json")) >out 2>errors & launcher=$!
          for i in $(seq 100); do
            ranks=$(ps -eo pid,comm,args | awk '$2 == "swapcheck" && /\(model)/ { print $1 }')
            [ "$(echo $ranks | wc -w)" = \(ranks) ] && break
            sleep 0.1
          done
          sleep \(Double.random(in: 0.1...1.5, using: &random))
          start=$(date +%s)
          for rank in \(victims); do kill -KILL $rank && echo killed; done
          wait $launcher
          [ $(($(date +%s) - start)) -lt 10 ] || echo late
          """
        let (output, _, _) = try Program.shell(script, in: folder)
        if output.contains("killed") {
          killed += 1
          #expect(!output.contains("late"))
        }
        said += try String(
          contentsOf: folder.appendingPathComponent("errors"), encoding: .utf8)
      }
      #expect(killed > 0)
      try #require(Self.isKept(in: folder))
      // Where it lies is said before a rank dies, which need not come to say it.
      #expect(said.contains("swapcheck check --resume kept --cluster"), "\(said)")
      let (last, errors, ended) = try Program.shell(
        Self.command(3, "\(model) --resume kept --format json"), in: folder)
      #expect(ended == 0, "\(errors)")
      #expect(try CheckDocument.found(last) == Self.whole.get())
    }
  }

  /// What ends a rank by itself keeps the search: each limit once, and a signal to one of the ranks.
  @Test(
    .enabled(if: hasMPI, isMissing),
    arguments: ["--timeout 0.3", "--memory 5MiB", "--max-states 3000", "--max-depth 9", "signal"])
  func limitsKeepTheSearch(limit: String) throws {
    try Program.inTemporaryFolder { folder in
      let model = try Self.copyModel(into: folder)
      let isSignal = limit == "signal"
      let command = Self.command(
        2, "\(model) \(Self.size) --checkpoint kept \(isSignal ? "--every 0.05" : limit)")
      let kill = """
        for i in $(seq 200); do [ -e kept/checkpoint ] && break; sleep 0.05; done
        kill -TERM $(ps -eo pid,comm,args | awk '$2 == "swapcheck" && /\(model)/ { print $1; exit }')
        """
      let (_, errors, ended) = try Program.shell(
        isSignal ? "\(command) & \(kill); wait $!" : command, in: folder)
      #expect(isSignal ? ended != 0 : ended == 3, "\(errors)")
      #expect(
        errors.contains(": mpirun -np 2 swapcheck check --resume kept --cluster"), "\(errors)")
      // By one process, and by more ranks.
      try FileManager.default.copyItem(
        at: folder.appendingPathComponent("kept"), to: folder.appendingPathComponent("copy"))
      for again in ["swapcheck check --resume copy", Self.command(3, "--resume kept")] {
        let (last, errors, ended) = try Program.shell("\(again) --format json", in: folder)
        #expect(ended == 0, "\(errors)")
        #expect(try CheckDocument.found(last) == Self.whole.get())
      }
    }
  }

  /// What one process has begun ranks go on with.
  @Test(.enabled(if: hasMPI, isMissing)) func ranksGoOnWithWhatOneProcessHasBegun() throws {
    try Program.inTemporaryFolder { folder in
      let (_, begun, code) = try Program.shell(
        "swapcheck check $REPO/Models/hotswap.m \(Self.size) --max-states 2000 --checkpoint kept",
        in: folder)
      #expect(code == 3, "\(begun)")
      let (all, errors, ended) = try Program.shell(
        Self.command(2, "--resume kept --every 0.1 --format json"), in: folder)
      #expect(ended == 0, "\(errors)")
      #expect(try CheckDocument.found(all) == Self.whole.get())
    }
  }

  /// What is not done is said once, however many ranks there are.
  @Test(
    .enabled(if: hasMPI, isMissing),
    arguments: [
      ("Models/bproc.m --engine pdr", "--engine pdr is one process's"),
      ("Models/bproc.m --store compact", "--store compact is one process's"),
      ("Models/bproc.m --reduction por", "--reduction por asks for the depths"),
      ("Models/bproc.m --max-errors 5", "not with --max-errors"),
      ("--resume /nowhere", "No such file"),
      ("Models/bproc.m --threads 2", "leave out --threads"),
      ("Models/regions.m", "swapcheck instantiate"),
      ("Models/none.m", "No such file"),
    ])
  func whatIsNotDoneIsSaidOnce(arguments: String, words: String) throws {
    let (output, errors, code) = try Program.shell(
      Self.command(2, arguments), in: Program.root)
    #expect(code == 2)
    #expect(output.isEmpty, "\(output)")
    #expect(errors.components(separatedBy: words).count == 2, "\(errors)")
  }

  // MARK: - Without MPI

  @Test func withoutAShimTheWayOutIsSaid() throws {
    let (_, errors, code) = try Program.run(
      ["check", "Models/bproc.m", "--cluster"],
      environment: ["SWAPCHECK_CLUSTER": "/nowhere/libswapcheck-cluster.so"])
    #expect(code == 2)
    #expect(errors.contains("`make cluster` builds it"), "\(errors)")
    #expect(errors.split(separator: "\n").count == 1)
  }

  /// A rank that cannot begin is not the only one of its machine, nor the first of all.
  @Test func whatARankLacksIsSaid() throws {
    let (_, errors, code) = try Program.run(
      ["check", "Models/bproc.m", "--cluster"],
      environment: [
        "SWAPCHECK_CLUSTER": "/nowhere/libswapcheck-cluster.so", "OMPI_COMM_WORLD_SIZE": "4",
        "OMPI_COMM_WORLD_RANK": "3", "OMPI_COMM_WORLD_LOCAL_RANK": "1",
      ])
    #expect(code == 2)
    #expect(
      errors.hasPrefix("rank 3 on ") && errors.contains("`make cluster` builds it"), "\(errors)")
    #expect(errors.split(separator: "\n").count == 1)
  }

  @Test func aShimThatIsNoneIsRefused() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write("no library", to: "shim.so", in: folder)
      let (_, errors, code) = try Program.run(
        ["check", "Models/bproc.m", "--cluster"],
        environment: ["SWAPCHECK_CLUSTER": folder.path + "/shim.so"])
      #expect(code == 2)
      #expect(errors.contains("cannot be loaded"), "\(errors)")
    }
  }

  @Test func aShimOfAnotherVersionIsRefused() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(
        "int swapcheck_cluster_version(void) { return 999; }\n", to: "shim.c", in: folder)
      let script =
        "cc -shared -fPIC -o shim.so shim.c && SWAPCHECK_CLUSTER=$PWD/shim.so "
        + "swapcheck check $REPO/Models/bproc.m --cluster"
      let (_, errors, code) = try Program.shell(script, in: folder)
      #expect(code == 2)
      #expect(errors.contains("has version 999, and this swapcheck needs"), "\(errors)")
    }
  }

  @Test(.enabled(if: hasMPI, isMissing)) func withoutALauncherTheWayOutIsSaid() throws {
    let (_, errors, code) = try Program.run(
      ["check", "Models/bproc.m", "--cluster"], environment: ["SWAPCHECK_CLUSTER": Self.shim])
    #expect(code == 2)
    #expect(errors.contains("mpirun -np 8 swapcheck check MODEL --cluster"), "\(errors)")
  }

  /// As with the mpirun of another MPI: each process would search alone.
  @Test(.enabled(if: hasMPI, isMissing)) func anotherLauncherIsNoticed() throws {
    let (output, errors, code) = try Program.run(
      ["check", "Models/bproc.m", "--cluster"],
      environment: [
        "SWAPCHECK_CLUSTER": Self.shim, "SLURM_STEP_NUM_TASKS": "4", "SLURM_PROCID": "0",
      ])
    #expect(code == 2)
    #expect(output.isEmpty)
    #expect(errors.contains("4 ranks were started, and"), "\(errors)")
  }
}
