import Foundation
import Testing

/// `--store disk`: what the exact store says, in the folder that is named; and whatever goes wrong there, no
/// verdict, and nothing left behind.
@Suite struct DiskCommandTests {
  private static let swap = ["check", "Benchmarks/swap.m", "--executor", "interpreter"]

  private static func onDisk(_ folder: URL, procs: Int) -> [String] {
    swap + [
      "--set", "PROCS=\(procs)", "--store", "disk", "--disk", folder.path, "--memory", "4MiB",
    ]
  }

  private static func contents(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path)
  }

  /// The counts are those of Rumur.
  @Test func theFolderIsMadeAndRemoved() throws {
    try Program.inTemporaryFolder { folder in
      let states = folder.appendingPathComponent("states")
      let (output, errors, code) = try Program.run(Self.onDisk(states, procs: 5))
      #expect(code == 0, "\(output)\(errors)")
      #expect(output.contains("all 12,756 states"))
      #expect(try Self.contents(folder).isEmpty)
    }
  }

  @Test func aFolderThatIsEmptyStays() throws {
    try Program.inTemporaryFolder { folder in
      let (_, _, code) = try Program.run(Self.onDisk(folder, procs: 4))
      #expect(code == 0)
      #expect(try Self.contents(folder).isEmpty)
    }
  }

  @Test func whatIsNoEmptyFolderIsRefused() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write("mine", to: "file", in: folder)
      let (_, errors, code) = try Program.run(Self.onDisk(folder, procs: 4))
      #expect(code == 2)
      #expect(errors.contains("is not empty: --disk takes an empty folder"), "\(errors)")
      let file = folder.appendingPathComponent("file")
      for (path, reason) in [
        (file, "Not a directory"),
        (folder.appendingPathComponent("none/states"), "No such file or directory"),
      ] {
        let (_, errors, code) = try Program.run(Self.onDisk(path, procs: 4))
        #expect(code == 2)
        #expect(errors.contains(reason), "\(errors)")
      }
      #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
    }
  }

  @Test(arguments: [
    (["--store", "disk"], "--disk FOLDER"), (["--disk", "x"], "--store disk"),
    (["--store", "exact", "--disk", "x"], "--store disk"),
    (["--store", "disk", "--disk", "x", "--sweep", "PROCS=1..2"], "--sweep"),
    (["--store", "disk", "--disk", "x", "--reduction", "por"], "--reduction por"),
    (["--store", "disk", "--disk", "x", "--engine", "bmc"], "disk"),
    (["--store", "disk", "--disk", "x", "--engine", "random-walk"], "disk"),
  ])
  func whatIsNotDoneIsSaid(options: [String], reason: String) throws {
    try Program.inTemporaryFolder { folder in
      let model = Program.root.appendingPathComponent("Benchmarks/swap.m").path
      let (_, errors, code) = try Program.run(["check", model] + options, in: folder)
      #expect(code == 2, "\(errors)")
      #expect(errors.contains(reason), "\(errors)")
      #expect(try Self.contents(folder).isEmpty)
    }
  }

  /// The report is that of the exact store, with the run.
  @Test(arguments: [
    ["Models/hotswap.m"], ["Models/cpuhp.m", "--patch", "Models/cpuhp/no-init.patch"],
  ])
  func livenessIsDecided(model: [String]) throws {
    try Program.inTemporaryFolder { folder in
      let arguments = ["check"] + model + ["--executor", "interpreter"]
      let (expected, _, code) = try Program.run(arguments)
      let onDisk = try Program.run(arguments + ["--store", "disk", "--disk", folder.path])
      #expect(onDisk == (expected, "", code))
      #expect(code == (model.count == 1 ? 0 : 1))
    }
  }

  /// The counts are those of Rumur.
  @Test func whatIsKeptGoesOnWithAnyStore() throws {
    try Program.inTemporaryFolder { folder in
      let model = Program.root.appendingPathComponent("Benchmarks/swap.m").path
      func run(_ words: String, _ code: Int32, _ said: String) throws {
        let (output, errors, ended) = try Program.shell("swapcheck check \(words)", in: folder)
        #expect(ended == code, "\(words)\n\(output)\n\(errors)")
        // Where lines break depends on where the repository is.
        let text = (output + errors).split(whereSeparator: \.isWhitespace).joined(separator: " ")
        #expect(text.contains(said), "\(words)\n\(output)\n\(errors)")
      }
      let onDisk = "--store disk --disk states --memory 4MiB"
      try run("\(model) --set PROCS=5 \(onDisk) --checkpoint kept --max-depth 9", 3, "is kept")
      try run("--resume kept --max-depth 12", 3, "is kept")
      try run("--resume kept \(onDisk) --max-states 9000", 3, "is kept")
      #expect(try Self.contents(folder) == ["kept"])
      try run("--resume kept --store compact", 2, "of a search with the default of --store")
      try run("--resume kept --store disk", 2, "--disk FOLDER")
      try run("--resume kept \(onDisk)", 0, "all 12,756 states")
      try run("--resume kept", 0, "all 12,756 states")
    }
  }

  /// What has been kept stays, and the disk that is full is no checkpoint's.
  @Test func aFullDiskLeavesTheLastCheckpoint() throws {
    try Program.inTemporaryFolder { folder in
      let model = Program.root.appendingPathComponent("Benchmarks/swap.m").path
      let search = "swapcheck check \(model) --set PROCS=6"
      let (_, _, kept) = try Program.shell("\(search) --checkpoint kept --max-depth 8", in: folder)
      #expect(kept == 3)
      let (output, errors, code) = try Program.shell(
        "ulimit -f 64; swapcheck check --resume kept --store disk --disk states --memory 4MiB",
        in: folder)
      #expect(code == 3, "\(output)\(errors)")
      #expect(errors.contains("the last checkpoint is kept"), "\(errors)")
      let (whole, _, ended) = try Program.shell("swapcheck check --resume kept", in: folder)
      let (expected, _, _) = try Program.shell(search, in: folder)
      #expect(ended == 0)
      #expect(whole == expected)
    }
  }

  /// As a disk that is full does it: what is written fails.
  @Test func aFullDiskEndsTheSearch() throws {
    try Program.inTemporaryFolder { folder in
      let words = Self.onDisk(folder, procs: 6).joined(separator: " ")
      let (output, errors, code) = try Program.shell(
        "ulimit -f 64; swapcheck \(words)", in: Program.root)
      #expect(code == 3, "\(output)\(errors)")
      // Lines break between words.
      let said = output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(said.contains("nothing more can be written to "), "\(output)")
      #expect(said.contains("File too large"), "\(output)")
      #expect(try Self.contents(folder).isEmpty)
    }
  }

  /// All states have had room, and what is good for whom has not.
  @Test func aFullDiskLeavesLivenessUndecided() throws {
    try Program.inTemporaryFolder { folder in
      let (output, errors, code) = try Program.shell(
        """
        ulimit -f 200; swapcheck check Models/hotswap.m --set CPUS=4 --set PROCS=5 --symmetry off \
          --executor interpreter --store disk --disk \(folder.path) --memory 1MiB --verbose
        """, in: Program.root)
      #expect(code == 3, "\(output)\(errors)")
      #expect(output.contains("states 20,176, rules"), "\(output)")
      #expect(output.contains("File too large"), "\(output)")
      #expect(try Self.contents(folder).isEmpty)
    }
  }

  /// Files without a name can be reached by whoever may look into the process.
  @Test func aFileThatIsChangedIsFoundOut() throws {
    try Program.inTemporaryFolder { folder in
      let words = Self.onDisk(folder, procs: 7).joined(separator: " ")
      let (output, errors, code) = try Program.shell(
        """
        swapcheck \(words) & id=$!
        for try in $(seq 1000); do
          kill -0 $id 2> /dev/null || break
          for file in /proc/$id/fd/*; do
            case "$(readlink $file)" in *states-*)
              if [ "$(stat -L -c %s $file)" -gt 70000 ]; then
                dd if=/dev/zero of=$file bs=70000 count=1 conv=notrunc status=none
              fi;;
            esac
          done
          sleep 0.02
        done
        wait $id
        """, in: Program.root)
      #expect(code == 3, "\(output)\(errors)")
      let said = output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      #expect(said.contains("is not what was written"), "\(output)")
    }
  }

  @Test(arguments: ["INT", "TERM", "KILL"])
  func nothingIsLeftBehind(signal: String) throws {
    try Program.inTemporaryFolder { folder in
      let words = Self.onDisk(folder, procs: 8).joined(separator: " ")
      let (output, errors, _) = try Program.shell(
        "swapcheck \(words) & id=$!; sleep 1; kill -\(signal) $id; wait $id", in: Program.root)
      #expect(try Self.contents(folder).isEmpty)
      if signal != "KILL" { #expect(output.contains("interrupted"), "\(output)\(errors)") }
    }
  }
}
