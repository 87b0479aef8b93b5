import Checkpoints
import Exploration
import Foundation
import Randomness
import Testing

/// What is not as it was written is refused, and nothing of it is changed.
@Suite struct CheckpointFolderTests {
  private static let model = """
    var a, b: 0..60; c: array [0..3] of 0..65535;
    startstate begin a := 0; b := 0; for i: 0..3 do c[i] := 0; end; end;
    rule "a" a < 60 ==> begin a := a + 1; c[a % 4] := a * 1000; end;
    rule "b" b < 60 ==> begin b := b + 1; c[b % 4] := b * 999; end;
    rule "all" a = 60 & b = 60 ==> begin a := 0; b := 0; for i: 0..3 do c[i] := 0; end; end;
    liveness "back" a = 0 & b = 0;
    measure "sum" a + b;
    """

  /// A search that has come to 2,000 states, with checkpoints on its way.
  private func withKeptSearch(_ body: (KeptSearch) throws -> Void) throws {
    var kept = try KeptSearch(Self.model)
    kept.options.executor = .interpreter
    defer { kept.remove() }
    for count in [500, 1_200, 2_000] { _ = try kept.goOn { $0.maximumStateCount = count } }
    try body(kept)
  }

  private func files(_ kept: KeptSearch) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: kept.path) {
      files[name] = try Data(contentsOf: URL(fileURLWithPath: kept.path + "/" + name))
    }
    return files
  }

  /// Goes on with other bytes in a file, and expects that this is refused.
  private func expectRefusal(
    _ kept: KeptSearch, _ name: String, _ bytes: Data?, _ what: String
  ) throws {
    let path = URL(fileURLWithPath: kept.path + "/" + name)
    let before = try Data(contentsOf: path)
    if let bytes { try bytes.write(to: path) } else { try FileManager.default.removeItem(at: path) }
    let changed = try files(kept)
    #expect(throws: CheckpointError.self, "\(name) \(what)") {
      let folder = try CheckpointFolder.open(kept.path, version: KeptSearch.version)
      _ = try Explorer.explore(
        kept.space(), options: kept.options, checkpoints: SearchCheckpoints(folder))
    }
    #expect(try files(kept) == changed, "\(name) \(what)")
    try before.write(to: path)
  }

  /// Where blocks end: a header of 48 bytes, then 16 bytes before each block and 8 behind it.
  private func boundaries(_ bytes: Data) -> [Int] {
    var ends = [48]
    while let last = ends.last, last + 16 <= bytes.count {
      let count = bytes[(last + 8)..<(last + 16)].reversed().reduce(0) { $0 << 8 | Int($1) }
      ends.append(last + 16 + count + 8)
    }
    return ends
  }

  @Test func whatIsTruncatedIsRefused() throws {
    try withKeptSearch { kept in
      var random = SplitMix64(seed: 1)
      for (name, bytes) in try files(kept) where name != "lock" {
        let boundaries = boundaries(bytes)
        // The end, too, is a block.
        #expect(boundaries.count >= 3 && boundaries.last == bytes.count, "\(name)")
        for end in boundaries.dropLast() {
          try expectRefusal(kept, name, bytes.prefix(end), "ends at \(end)")
        }
        for _ in 0..<30 {
          let end = Int.random(in: 0..<bytes.count, using: &random)
          try expectRefusal(kept, name, bytes.prefix(end), "ends at \(end)")
        }
        try expectRefusal(kept, name, bytes + Data([0]), "is longer")
        try expectRefusal(kept, name, nil, "is missing")
      }
      #expect(KeptSearch.found(try kept.goOn()) == KeptSearch.found(kept.inOneGo()))
    }
  }

  @Test func whatHasOtherBitsIsRefused() throws {
    try withKeptSearch { kept in
      var random = SplitMix64(seed: 2)
      for (name, bytes) in try files(kept) where name != "lock" {
        var places = Array(0..<min(80, bytes.count)) + Array((bytes.count - 24)..<bytes.count)
        places += (0..<40).map { _ in Int.random(in: 0..<bytes.count, using: &random) }
        for place in places {
          var other = bytes
          other[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
          try expectRefusal(kept, name, other, "has another bit at \(place)")
        }
      }
    }
  }

  @Test func filesOfAnotherSearchAreRefused() throws {
    try withKeptSearch { kept in
      try withKeptSearch { other in
        let others = try files(other)
        for (name, bytes) in try files(kept) where name != "lock" && name != "checkpoint" {
          let otherBytes = try #require(others[name])
          #expect(otherBytes.count == bytes.count)
          try expectRefusal(kept, name, otherBytes, "is another search's")
        }
      }
    }
  }

  /// Sums are right, and what they are of is not: somebody has made it up.
  @Test func statesThatAreNoneAreRefused() throws {
    var kept = try KeptSearch(Self.model)
    var other = try KeptSearch(
      Self.model.replacing("0..60;", with: "0..63;").replacing("60", with: "63"))
    defer {
      kept.remove()
      other.remove()
    }
    kept.options.executor = .interpreter
    other.options.executor = .interpreter
    _ = try other.goOn { $0.maximumDepth = 100 }
    // The two have the same rules and fields, and 63 is no value of the first.
    try FileManager.default.copyItem(atPath: other.path, toPath: kept.path)
    #expect(throws: CheckpointError.self) { try kept.goOn() }
  }

  // MARK: - Folders

  @Test func aFolderHasOneSearchAndOneProcess() throws {
    try withKeptSearch { kept in
      #expect(throws: CheckpointError(kept.path, .taken)) {
        try CheckpointFolder.make(kept.path, version: KeptSearch.version, description: [])
      }
      let before = try files(kept)
      let held = try CheckpointFolder.open(kept.path, version: KeptSearch.version)
      #expect(throws: CheckpointError(kept.path, .inUse)) {
        try CheckpointFolder.open(kept.path, version: KeptSearch.version)
      }
      #expect(throws: CheckpointError(kept.path, .inUse)) { try kept.goOn() }
      withExtendedLifetime(held) {}
      #expect(try files(kept) == before)
    }
  }

  /// A process that another thread has forked has all descriptors of this one until it is another program.
  @Test func whoGivesAFolderBackGivesItBackWhole() throws {
    try withKeptSearch { kept in
      var held: CheckpointFolder? = try CheckpointFolder.open(
        kept.path, version: KeptSearch.version)
      let lock = URL(fileURLWithPath: kept.path + "/lock").resolvingSymlinksInPath().path
      let copies = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").filter {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/" + $0)) == lock
      }.compactMap { Int32($0) }.map { fcntl($0, F_DUPFD_CLOEXEC, 0) }
      defer { for copy in copies { close(copy) } }
      #expect(copies.count == 1 && copies.allSatisfy { $0 >= 0 })
      withExtendedLifetime(held) {}
      held = nil
      #expect(throws: Never.self) { try kept.open() }
    }
  }

  @Test func whatIsNoCheckpointIsLeftAlone() throws {
    let path = NSTemporaryDirectory() + "folder-\(UUID().uuidString)"
    defer { try? FileManager.default.removeItem(atPath: path) }
    #expect(throws: CheckpointError(path, .system(file: nil, code: ENOENT))) {
      try CheckpointFolder.open(path, version: "1")
    }
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    #expect(throws: CheckpointError(path, .missing)) {
      try CheckpointFolder.open(path, version: "1")
    }
    try Data("mine".utf8).write(to: URL(fileURLWithPath: path + "/thesis.tex"))
    #expect(throws: CheckpointError(path, .foreign(name: "thesis.tex"))) {
      try CheckpointFolder.make(path, version: "1", description: [])
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: path) == ["thesis.tex"])
    try Data("mine".utf8).write(to: URL(fileURLWithPath: path + "/checkpoint"))
    #expect(throws: CheckpointError(path, .broken(file: "checkpoint", .isTruncated))) {
      try CheckpointFolder.open(path, version: "1")
    }
    let file = path + "/thesis.tex"
    #expect(throws: CheckpointError(file, .system(file: nil, code: ENOTDIR))) {
      try CheckpointFolder.make(file, version: "1", description: [])
    }
  }

  /// What a process leaves that is killed while it writes is not in the way, and goes.
  @Test func whatWasLeftIsRemoved() throws {
    try withKeptSearch { kept in
      for name in ["states-999", "level-4", "checkpoint.new"]
      where !FileManager.default.fileExists(atPath: kept.path + "/" + name) {
        try Data("half".utf8).write(to: URL(fileURLWithPath: kept.path + "/" + name))
      }
      #expect(KeptSearch.found(try kept.goOn { $0.maximumStateCount = 3_000 }).count > 0)
      let left = try files(kept).keys
      #expect(!left.contains("states-999") && !left.contains("checkpoint.new"))
      #expect(KeptSearch.found(try kept.goOn()) == KeptSearch.found(kept.inOneGo()))
    }
  }

  /// Little is written of wide states whose words are mostly the same.
  @Test func wideStatesTakeLittle() throws {
    let kept = try KeptSearch(
      """
      var a: array [0..999] of 0..65535; n: 0..1500;
      startstate begin for i: 0..999 do a[i] := 0; end; n := 0; end;
      rule "on" n < 1500 ==> begin a[n % 1000] := n; n := n + 1; end;
      rule "again" n = 1500 ==> begin n := 0; for i: 0..999 do a[i] := 0; end; end;
      """)
    defer { kept.remove() }
    let result = try kept.goOn { $0.maximumDepth = 1_000 }
    #expect(result.statistics.stateCount == 1_001)
    let written = try files(kept).values.reduce(0) { $0 + $1.count }
    // 250 words a state, of which one in a thousand is new.
    #expect(written < 1_001 * 250 * 8 / 3)
    #expect(KeptSearch.found(try kept.goOn()) == KeptSearch.found(kept.inOneGo()))
  }
}
