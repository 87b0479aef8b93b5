import Foundation
import Revisions
import TestSupport
import Testing

@Suite struct GitRepositoryTests {
  private let temporary: TemporaryRepository
  private let repository: GitRepository

  init() throws {
    temporary = try TemporaryRepository()
    try temporary.write("one\n", to: "models/a.m")
    try temporary.write("two\n", to: "models/b.m")
    try temporary.commit("first")
    repository = try GitRepository.open(containing: temporary.root.path)
  }

  private func bytes(_ path: String, _ commit: Commit, limit: Int = 100) throws -> String? {
    try repository.bytes(of: path, at: commit, limit: limit)
      .map { String(decoding: $0, as: UTF8.self) }
  }

  private func error(_ body: () throws -> Void) throws -> RevisionError {
    try #require(throws: RevisionError.self, performing: body)
  }

  @Test func theRootIsFoundFromAFileWithin() throws {
    let file = temporary.root.appendingPathComponent("models/a.m").path
    #expect(try GitRepository.open(containing: file).root == temporary.root.path)
    #expect(repository.path(of: file) == "models/a.m")
    #expect(repository.path(of: temporary.root.path + "/models/gone.m") == "models/gone.m")
    #expect(repository.path(of: temporary.root.path + "/models/../models/a.m") == "models/a.m")
    #expect(repository.path(of: "/etc/passwd") == nil)
    #expect(repository.path(of: temporary.root.path) == nil)
  }

  @Test func revisionsAreResolved() throws {
    let hash = try temporary.git("rev-parse", "HEAD").dropLast()
    for revision in ["HEAD", "main", "@", String(hash), String(hash.prefix(8))] {
      #expect(try repository.resolve(revision).hash == hash)
    }
    #expect(
      try error { _ = try repository.resolve("gone") }
        == .unknown(revision: "gone", isShallow: false))
    #expect(
      try error { _ = try repository.resolve(String(repeating: "1", count: 40)) }
        == .unknown(revision: String(repeating: "1", count: 40), isShallow: false))
    // A file is no commit.
    #expect(
      try error { _ = try repository.resolve("HEAD:models/a.m") }
        == .unknown(revision: "HEAD:models/a.m", isShallow: false))
  }

  @Test(arguments: ["", "-h", "--all", "--output=x", "a\nb", "a\0b", "HEAD..HEAD"])
  func whatIsNoRevisionIsRefused(text: String) throws {
    #expect(try error { _ = try repository.resolve(text) } == .malformed(revision: text))
    #expect(!FileManager.default.fileExists(atPath: temporary.root.path + "/x"))
  }

  @Test func rangesAreThoseOfGit() throws {
    let fork = try repository.resolve("HEAD")
    try temporary.git("checkout", "--quiet", "-b", "side")
    try temporary.write("three\n", to: "models/a.m")
    try temporary.commit("side")
    let side = try repository.resolve("HEAD")
    try temporary.git("checkout", "--quiet", "main")
    try temporary.write("four\n", to: "models/b.m")
    try temporary.commit("main")
    let main = try repository.resolve("main")
    func expect(_ text: String, _ base: Commit, _ head: Commit?) throws {
      let range = try repository.range(text)
      #expect(range.base == base && range.head == head, "\(text)")
    }
    try expect("main..side", main, side)
    try expect("main...side", fork, side)
    try expect("side..", side, main)
    try expect("..side", main, side)
    try expect("side...", fork, main)
    try expect("side", side, nil)
    for text in ["..", "...", ""] {
      #expect(try error { _ = try repository.range(text) } == .malformed(revision: text))
    }
    try temporary.git("checkout", "--quiet", "--orphan", "other")
    try temporary.commit("other")
    #expect(
      try error { _ = try repository.range("main...other") }
        == .unrelated(base: "main", head: "other", isShallow: false))
  }

  @Test func bytesAreThoseOfTheCommit() throws {
    let first = try repository.resolve("HEAD")
    try temporary.write("changed\n", to: "models/a.m")
    try temporary.remove("models/b.m")
    try temporary.commit("second")
    let second = try repository.resolve("HEAD")
    #expect(try bytes("models/a.m", first) == "one\n")
    #expect(try bytes("./models//a.m", second) == "changed\n")
    #expect(try bytes("models/b.m", first) == "two\n")
    #expect(try bytes("models/b.m", second) == nil)
    // Nothing is a pattern.
    #expect(try bytes("models/*.m", first) == nil)
    #expect(try bytes(":/models/a.m", first) == nil)
    #expect(
      try error { _ = try bytes("models/a.m", second, limit: 7) }
        == .tooLarge(path: "models/a.m", limit: 7))
    #expect(
      try error { _ = try bytes("models", first) } == .unfit(path: "models", what: "a folder"))
    for path in ["../a.m", "/etc/passwd", "", "a\0b"] {
      #expect(
        try error { _ = try bytes(path, first) }
          == .unfit(path: path, what: "no path within the repository"))
    }
    #expect(try repository.paths(at: first, under: "") == ["models/a.m", "models/b.m"])
    #expect(try repository.paths(at: second, under: "models/") == ["models/a.m"])
    #expect(try repository.paths(at: second, under: "gone") == [])
  }

  @Test func changesAreListedWithTheirKinds() throws {
    let lines = (1...40).map { "line \($0)\n" }.joined()
    try temporary.write(lines, to: "old.m")
    try temporary.write("gone\n", to: "gone.m")
    try temporary.commit("second")
    let base = try repository.resolve("HEAD")
    try temporary.git("mv", "old.m", "new.m")
    try temporary.write(lines + "and one more\n", to: "new.m")
    try temporary.remove("gone.m")
    try temporary.write("one, changed\n", to: "models/a.m")
    try temporary.write("added\n", to: "added.m")
    try temporary.remove("models/b.m")
    try FileManager.default.createSymbolicLink(
      atPath: temporary.root.path + "/models/b.m", withDestinationPath: "a.m")
    func change(_ path: String, _ kind: Change.Kind, old: String? = nil) -> Change {
      Change(path: path, oldPath: old, kind: kind, isSubmodule: false)
    }
    let expected = [
      change("added.m", .added), change("gone.m", .removed), change("models/a.m", .modified),
      change("models/b.m", .retyped), change("new.m", .renamed, old: "old.m"),
    ]
    // Before anything is added to the index, after that, and of a commit.
    #expect(try repository.changedPaths(from: base, to: nil) == expected)
    try temporary.git("add", "--all")
    #expect(try repository.changedPaths(from: base, to: nil) == expected)
    try temporary.commit("third")
    let head = try repository.resolve("HEAD")
    #expect(try repository.changedPaths(from: base, to: head) == expected)
    #expect(try repository.changedPaths(from: head, to: nil) == [])
    #expect(try bytes("models/b.m", head) == "one, changed\n")
  }

  @Test func linksAreFollowedToWhatTheCommitHas() throws {
    func link(_ name: String, to target: String) throws {
      try FileManager.default.createSymbolicLink(
        atPath: temporary.root.path + "/" + name, withDestinationPath: target)
    }
    try link("here.m", to: "models/a.m")
    try link("again.m", to: "./here.m")
    try link("models/up.m", to: "../models//b.m")
    try link("folder", to: "models")
    try link("folder.m", to: "models")
    try link("nothing.m", to: "models/none.m")
    try link("through.m", to: "models/a.m/b.m")
    try link("circle.m", to: "circle.m")
    try link("out.m", to: "../\(temporary.root.lastPathComponent)/models/a.m")
    try link("absolute.m", to: temporary.root.path + "/models/a.m")
    try link("root.m", to: ".")
    try link("long.m", to: String(repeating: "./", count: 2_000) + "models/a.m")
    try temporary.commit("links")
    // The work tree does not matter.
    try temporary.remove("models/a.m")
    let head = try repository.resolve("HEAD")
    for name in ["here.m", "again.m", "folder/a.m", "long.m"] {
      #expect(try bytes(name, head) == "one\n", "\(name)")
      #expect(try repository.target(of: name, at: head) == "models/a.m", "\(name)")
    }
    #expect(try bytes("models/up.m", head) == "two\n")
    for (name, what) in [
      ("nothing.m", "to nothing"), ("through.m", "to nothing"), ("circle.m", "in a circle"),
      ("out.m", "out of the repository"),
      ("absolute.m", "out of the repository"), ("folder.m", "to a folder"),
      ("root.m", "to a folder"),
    ] {
      #expect(
        try error { _ = try bytes(name, head) }
          == .unfit(path: name, what: "a link that leads \(what)"), "\(name)")
    }
    #expect(try bytes("models/a.m/b.m", head) == nil)
    #expect(try bytes("folder/none.m", head) == nil)
  }

  @Test func pathsMayHaveAnyBytes() throws {
    let names = ["line\nbreak.m", "tab\t\"quote\".m", "ü 日本.m", "-option.m", ":(top)magic.m"]
    for name in names { try temporary.write("text of \(name)", to: name) }
    let base = try repository.resolve("HEAD")
    #expect(try repository.changedPaths(from: base, to: nil).map(\.path) == names.sorted())
    try temporary.commit("names")
    let head = try repository.resolve("HEAD")
    #expect(try repository.changedPaths(from: base, to: head).map(\.path) == names.sorted())
    for name in names { #expect(try bytes(name, head) == "text of \(name)") }
  }

  @Test func whatIsIgnoredIsNoChange() throws {
    try temporary.write("*.log\n", to: ".gitignore")
    try temporary.commit("ignore")
    try temporary.write("x", to: "build.log")
    let head = try repository.resolve("HEAD")
    #expect(try repository.changedPaths(from: head, to: nil) == [])
  }

  /// Settings and attributes of a repository could have git run programs for a diff.
  @Test func nothingThatIsConfiguredIsRun() throws {
    let mark = temporary.root.appendingPathComponent("mark").path
    let program = temporary.root.appendingPathComponent("program").path
    try "#!/bin/sh\necho called >> '\(mark)'\n"
      .write(toFile: program, atomically: false, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: program)
    try temporary.write("*.m diff=spy\n", to: ".gitattributes")
    try temporary.commit("attributes")
    for setting in [
      "diff.spy.command", "diff.spy.textconv", "diff.external", "core.pager", "core.fsmonitor",
      "pager.diff",
    ] {
      try temporary.git("config", setting, program)
    }
    let base = try repository.resolve("HEAD~1")
    try temporary.write("changed\n", to: "models/a.m")
    let changes = try repository.changedPaths(from: base, to: nil)
    #expect(changes.contains { $0.path == "models/a.m" })
    #expect(try bytes("models/a.m", base) == "one\n")
    #expect(!FileManager.default.fileExists(atPath: mark))
  }

  @Test func aSubmoduleIsOneChange() throws {
    let other = try TemporaryRepository()
    try other.write("theirs\n", to: "theirs.m")
    try other.commit("theirs")
    let base = try repository.resolve("HEAD")
    try temporary.git("submodule", "--quiet", "add", other.root.path, "sub")
    try temporary.commit("submodule")
    let head = try repository.resolve("HEAD")
    let changes = try repository.changedPaths(from: base, to: head)
    #expect(changes.map(\.path) == [".gitmodules", "sub"])
    #expect(changes.map(\.isSubmodule) == [false, true])
    #expect(
      try repository.paths(at: head, under: "") == [".gitmodules", "models/a.m", "models/b.m"])
    #expect(
      try error { _ = try bytes("sub", head) } == .unfit(path: "sub", what: "a submodule"))
    #expect(try bytes("sub/theirs.m", head) == nil)
  }

  @Test func aShallowCloneSaysSo() throws {
    let first = try repository.resolve("HEAD")
    try temporary.write("two\n", to: "models/a.m")
    try temporary.commit("second")
    let clone = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    defer { try? FileManager.default.removeItem(at: clone) }
    try temporary.git(
      "clone", "--quiet", "--depth=1", "file://" + temporary.root.path, clone.path)
    let shallow = try GitRepository.open(containing: clone.path)
    let error = try error { _ = try shallow.resolve(first.hash) }
    #expect(error == .unknown(revision: first.hash, isShallow: true))
    #expect(error.hint?.contains("fetch-depth") == true)
  }

  @Test func whatIsNoWorkTreeIsRefused() throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    func said(_ path: String) throws -> String {
      try error { _ = try GitRepository.open(containing: path) }.description
    }
    #expect(try said(folder.path).contains("not a git repository"))
    #expect(try said(folder.path + "/gone/a.m").contains("No such file or directory"))
    // Names of files, and not options or other repositories.
    #expect(try said("/--git-dir=x").contains("not a git repository"))
    try temporary.git("clone", "--quiet", "--bare", temporary.root.path, folder.path + "/bare")
    #expect(try said(folder.path + "/bare").contains("work tree"))
  }
}
