import Foundation
import Randomness
import Testing

/// `--checkpoint` and `--resume`, as users call them: what ends a search, and what it finds when it goes on.
@Suite struct CheckpointCommandTests {
  private static let model = "$REPO/Models/hotswap.m"
  /// 54,284 states, some seconds by the interpreter and less than one by compiled rules.
  private static let size = "--set CPUS=4 --set PROCS=6 --symmetry off"
  private static let search = "swapcheck check \(model) \(size) --executor interpreter"

  private static let longSearch =
    "swapcheck check \(model) --set CPUS=4 --set PROCS=8 --symmetry off"

  /// What that search finds where nothing ends it before: it is asked once.
  private static let whole = Result {
    try Program.inTemporaryFolder { folder in
      let (output, errors, code) = try Program.shell("\(search) --format json", in: folder)
      try #require(code == 0, "\(output)\n\(errors)")
      return try CheckDocument.found(output)
    }
  }

  /// Runs a command of the shell that is to end with a code.
  @discardableResult
  private func run(
    _ script: String, _ code: Int32, in folder: URL, place: SourceLocation = #_sourceLocation
  ) throws -> (output: String, errors: String) {
    let (output, errors, ended) = try Program.shell(script, in: folder)
    #expect(ended == code, "\(script)\n\(output)\n\(errors)", sourceLocation: place)
    return (output, errors)
  }

  // MARK: - What ends a search

  /// 30 in `make test`, where each run of it has other moments.
  private static let killCount =
    ProcessInfo.processInfo.environment["SWAPCHECK_KILL_COUNT"].flatMap { Int($0) } ?? 30

  /// Many times, from before there is a checkpoint to about the end of the search. Most kills find it
  /// writing: there is a checkpoint after every few batches.
  @Test func killedAtAnyMoment() throws {
    var random = SplitMix64(seed: UInt64.random(in: 0...UInt64.max))
    let search = "\(Self.model) --set CPUS=3 --set PROCS=4 --symmetry off"
    try Program.inTemporaryFolder { folder in
      // What is compiled is kept from here on.
      let whole = try CheckDocument.found(
        try run("swapcheck check \(search) --format json", 0, in: folder).output)
      let started = ContinuousClock.now
      try run("swapcheck check \(search)", 0, in: folder)
      // None takes more than half a second, also where others keep the machine busy.
      let most = min(0.5, max(0.05, 2 * ((ContinuousClock.now - started) / .seconds(1))))
      var (killed, ended) = (0, 0)
      func goOn(until seconds: Double?) throws {
        let isKept = FileManager.default.fileExists(atPath: folder.path + "/kept/checkpoint")
        let what = isKept ? "--resume kept" : "\(search) --checkpoint kept"
        let threads = Int.random(in: 1...3, using: &random)
        let (output, errors, code) = try Program.shell(
          (seconds.map { "timeout -s KILL \($0) " } ?? "")
            + "swapcheck check \(what) --every 0.002 --threads \(threads) --format json",
          in: folder)
        // The signal itself where no shell is left between, for `timeout` ends all of its group.
        if [9, 137].contains(code), seconds != nil {
          killed += 1
          return
        }
        #expect(code == 0, "after \(seconds ?? 0) s: \(errors)")
        #expect(try CheckDocument.found(output) == whole)
        ended += 1
        try FileManager.default.removeItem(at: folder.appendingPathComponent("kept"))
      }
      while killed < Self.killCount { try goOn(until: .random(in: 0.01...most, using: &random)) }
      let isKept = FileManager.default.fileExists(atPath: folder.path + "/kept/checkpoint")
      try goOn(until: nil)
      #expect(isKept || ended > 1)
    }
  }

  @Test(arguments: ["TERM", "INT", "HUP"])
  func signalsKeepTheSearch(signal: String) throws {
    try Program.inTemporaryFolder { folder in
      // The interpreter takes half a minute, compiled rules a second: it has begun and not ended at the
      // signal, however busy the machine is. Without job control a shell lets nothing be interrupted that it
      // does not wait for.
      let (_, errors) = try run(
        """
        set -m; \(Self.longSearch) --executor interpreter --threads 1 --checkpoint kept --every 0.1 &
        for i in $(seq 600); do [ -e kept/checkpoint ] && break; sleep 0.05; done
        kill -s \(signal) %1; wait %1
        """, 130, in: folder)
      #expect(
        errors.contains("note: the search is kept: swapcheck check --resume kept"), "\(errors)")
      let last = try run("swapcheck check --resume kept --format json", 0, in: folder)
      let whole = try run("\(Self.longSearch) --format json", 0, in: folder)
      #expect(try CheckDocument.found(last.output) == CheckDocument.found(whole.output))
    }
  }

  /// Nothing has been searched then, and nothing is lost: what is said is what the checkpoint has.
  @Test(arguments: ["--memory 900KiB", "--memory 1MiB"])
  func aLimitBeforeAllIsReadSaysWhatIsKept(limit: String) throws {
    try Program.inTemporaryFolder { folder in
      func counts(_ output: String) -> Substring? {
        output.split(separator: "\n").first { $0.hasPrefix("  states ") }
      }
      let kept = try run("\(Self.search) --checkpoint kept --max-depth 17", 3, in: folder)
      let again = try run("swapcheck check --resume kept \(limit)", 3, in: folder)
      #expect(counts(kept.output) != nil)
      #expect(counts(again.output) == counts(kept.output), "\(again.output)")
      #expect(again.output.contains("depth 17"))
      #expect(again.errors.contains("ended before all of the checkpoint was read"), "\(again)")
      let last = try run("swapcheck check --resume kept --format json", 0, in: folder)
      #expect(try CheckDocument.found(last.output) == (try Self.whole.get()))
    }
  }

  @Test(arguments: [
    "--timeout 0.4", "--memory 4600KiB", "--memory 5MiB", "--max-states 20000", "--max-depth 17",
  ])
  func limitsKeepTheSearch(limit: String) throws {
    try Program.inTemporaryFolder { folder in
      let (search, whole) = (Self.search, try Self.whole.get())
      let (_, errors) = try run("\(search) \(limit) --checkpoint kept", 3, in: folder)
      #expect(errors.contains("note: the search is kept"), "\(errors)")
      let last = try run(
        "swapcheck check --resume kept --threads 2 --format json", 0, in: folder)
      #expect(try CheckDocument.found(last.output) == whole)
    }
  }

  @Test func theCounterexampleIsTheSame() throws {
    try Program.inTemporaryFolder { folder in
      let search = "swapcheck check \(Self.model) --patch $REPO/Models/hotswap/early-free.patch"
      let whole = try run(search, 1, in: folder).output
      #expect(whole.contains("1. "))
      for count in [2, 5, 11, 23, 30] {
        try run("\(search) --max-states \(count) --checkpoint kept-\(count)", 3, in: folder)
        let last = try run("swapcheck check --resume kept-\(count)", 1, in: folder)
        #expect(last.output == whole, "\(count)")
      }
    }
  }

  // MARK: - What goes wrong

  /// The limit stands in for a full disk: a write fails in the middle of a file.
  @Test func aFullDiskEndsNoSearch() throws {
    try Program.inTemporaryFolder { folder in
      let (search, whole) = (Self.search, try Self.whole.get())
      let full = try run(
        "ulimit -f 2; \(search) --checkpoint never --every 0.1 --format json", 0, in: folder)
      #expect(try CheckDocument.found(full.output) == whole)
      let warning = "warning: never: the checkpoint could not be written, and the search goes on: "
      #expect(full.errors.contains(warning), "\(full.errors)")
      #expect(full.errors.contains("File too large"))
      // Once, however often it fails for the same reason.
      #expect(full.errors.components(separatedBy: "warning: ").count == 2)

      try run("\(search) --max-states 5000 --checkpoint kept", 3, in: folder)
      let kept = try run("cat kept/*", 0, in: folder).output
      let later = try run(
        "ulimit -f 2; swapcheck check --resume kept --executor interpreter --max-states 20000", 3,
        in: folder)
      #expect(later.errors.contains("note: the last checkpoint is kept"), "\(later.errors)")
      #expect(try run("cat kept/*", 0, in: folder).output == kept)
      let last = try run("swapcheck check --resume kept --format json", 0, in: folder)
      #expect(try CheckDocument.found(last.output) == whole)
    }
  }

  private static let small = """
    var a: 0..30; b: 0..30;
    startstate begin a := 0; b := 0; end;
    rule "a" begin a := (a + 1) % 31; end;
    rule "b" begin b := (b + 1) % 31; end;
    invariant "small" a + b < 61;
    """

  @Test func aModelThatHasChangedIsRefused() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.small, to: "small.m", in: folder)
      try run("swapcheck check small.m --max-states 400 --checkpoint kept", 3, in: folder)
      let before = try run("cat kept/*", 0, in: folder).output
      // Comments and line breaks change nothing.
      let commented = "-- New words.\n" + Self.small.replacing(" begin", with: "\n  begin /* so */")
      try Program.write(commented, to: "small.m", in: folder)
      #expect(
        try run("swapcheck check --resume kept", 0, in: folder).output
          .contains("verified: all 961 states"))
      for other in [
        ("< 61", "< 60"), ("\"a\" begin", "\"a\" b < 9 ==> begin"), ("0..30;", "0..31;"),
      ] {
        try Program.write(Self.small.replacing(other.0, with: other.1), to: "small.m", in: folder)
        let (_, errors) = try run("swapcheck check --resume kept", 2, in: folder)
        #expect(
          errors.hasPrefix("small.m: error: the model has changed since the checkpoint in kept: "))
      }
      try FileManager.default.removeItem(at: folder.appendingPathComponent("small.m"))
      try run("swapcheck check --resume kept", 2, in: folder)
      #expect(try run("cat kept/*", 0, in: folder).output == before)
      try Program.write(Self.small, to: "moved.m", in: folder)
      let (_, notes) = try run("swapcheck check moved.m --resume kept", 0, in: folder)
      #expect(notes.contains("note: kept: the checkpoint is of a search of small.m\n"), "\(notes)")
    }
  }

  /// The folder that paths begin at is the one in which the search was begun.
  @Test func anotherFolderIsNoHindrance() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.small, to: "small.m", in: folder)
      try run("swapcheck check small.m --max-states 400 --checkpoint kept", 3, in: folder)
      let root = FileManager.default.temporaryDirectory
      let (output, _) = try run(
        "swapcheck check --resume '\(folder.path)/kept'", 0, in: root)
      #expect(output.contains("small.m: verified: all 961 states"))
    }
  }

  @Test func whatIsSaidOtherwiseIsRefused() throws {
    try Program.inTemporaryFolder { folder in
      let constant = "const N: 31;\n" + Self.small.replacing("% 31", with: "% N")
      try Program.write(constant, to: "small.m", in: folder)
      try run(
        "swapcheck check small.m --set N=30 --deadlock off --max-states 400 --checkpoint kept", 3,
        in: folder)
      for (flags, reason) in [
        ("--set N=29", "is of a search with --set N=30"),
        ("--deadlock stuck", "is of a search with --deadlock off"),
        ("--digest steps", "is of a search with the default of --digest"),
        ("--without a", "is of a search with all rules"),
      ] {
        let (_, errors) = try run("swapcheck check --resume kept \(flags)", 2, in: folder)
        #expect(
          errors.hasPrefix("kept: error: the checkpoint ") && errors.contains(reason), "\(errors)")
      }
      try run(
        "swapcheck check --resume kept --set N=30 --deadlock off --symmetry exact --threads 2", 0,
        in: folder)
    }
  }

  @Test func whatCannotBeKeptIsRefused() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.small, to: "small.m", in: folder)
      try Program.write("symbolic N: 1..9;\n" + Self.small, to: "symbolic.m", in: folder)
      for (flags, reason) in [
        ("small.m --store compact", "--store exact"), ("small.m --store bitstate", "--store exact"),
        ("small.m --engine random-walk", "not with --checkpoint"),
        ("small.m small.m", "goes with one model"), ("- < small.m", "a model in a file"),
        ("small.m --resume other", "give one of them"), ("small.m --every 0", "above 0"),
        ("small.m --sweep N=1..2", "and not with several"), ("", "goes with one model"),
      ] {
        let (_, errors) = try run("swapcheck check --checkpoint kept \(flags)", 2, in: folder)
        #expect(errors.contains(reason), "\(flags): \(errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: folder.path + "/kept"))
      try run("swapcheck check small.m --every 5", 2, in: folder)
      let (_, none) = try run("swapcheck check --resume kept", 2, in: folder)
      #expect(none == "kept: error: No such file or directory\n")
    }
  }

  @Test func aFolderIsOneSearchs() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.small, to: "small.m", in: folder)
      try run("swapcheck check small.m --max-states 400 --checkpoint kept", 3, in: folder)
      let before = try run("cat kept/*", 0, in: folder).output
      let (_, taken) = try run("swapcheck check small.m --checkpoint kept", 2, in: folder)
      #expect(taken.contains("there is a checkpoint already: go on from it with --resume"))
      try Program.write(
        Self.small.replacing("0..30", with: "0..3000").replacing("% 31", with: "% 3001")
          .replacing("< 61", with: "< 6001"),
        to: "large.m", in: folder)
      let both = try run(
        """
        swapcheck check large.m --executor interpreter --checkpoint two --every 0.01 --timeout 3 &
        for i in $(seq 100); do [ -e two/checkpoint ] && break; sleep 0.05; done
        swapcheck check --resume two; code=$?
        kill %1; wait
        exit $code
        """, 2, in: folder)
      #expect(both.errors.contains("two: error: another process writes checkpoints there"))
      #expect(try run("cat kept/*", 0, in: folder).output == before)
    }
  }
}
