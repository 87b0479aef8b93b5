import Foundation
import Testing

/// `swapcheck init` as users call it.
@Suite struct InitCommandTests {
  private static let names = [
    ".github/workflows/models.yml", ".gitlab-ci.yml", "handshake.m", "swapcheck.yml",
  ]

  private func files(in folder: URL) -> [String] {
    let enumerator = FileManager.default.enumerator(atPath: folder.path)
    return (enumerator?.allObjects as? [String] ?? []).filter {
      var isFolder: ObjCBool = false
      let isThere = FileManager.default.fileExists(
        atPath: folder.appendingPathComponent($0).path, isDirectory: &isFolder)
      // A link that leads nowhere is there all the same.
      return !(isThere && isFolder.boolValue)
    }.sorted()
  }

  @Test func whatIsMadePasses() throws {
    try Program.inTemporaryFolder { folder in
      #expect(try Program.run(["init"], in: folder).code == 0)
      #expect(files(in: folder) == Self.names)
      let check = try Program.run(["check"], in: folder)
      #expect(check.code == 0 && check.output.contains("2 of 2 scenarios as expected"))
      #expect(try Program.run(["lint", "handshake.m"], in: folder).code == 0)
      #expect(try Program.run(["format", "--check", "handshake.m"], in: folder).code == 0)
      // A second time there is nothing to start.
      #expect(try Program.run(["init"], in: folder).code == 2)
    }
  }

  @Test func aFolderIsMade() throws {
    try Program.inTemporaryFolder { folder in
      let (output, errors, code) = try Program.run(["init", "new/it\u{1b}s"], in: folder)
      #expect(code == 0 && errors == "")
      #expect(!output.contains("\u{1b}"))
      #expect(files(in: folder.appendingPathComponent("new/it\u{1b}s")) == Self.names)
    }
  }

  @Test(arguments: names) func nothingIsOverwritten(path: String) throws {
    try Program.inTemporaryFolder { folder in
      let file = folder.appendingPathComponent("a").appendingPathComponent(path)
      try FileManager.default.createDirectory(
        at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data("mine".utf8).write(to: file)
      let (_, errors, code) = try Program.run(["init", "a"], in: folder)
      #expect(code == 2 && errors.contains("a/\(path): error: it is there already"))
      #expect(files(in: folder.appendingPathComponent("a")) == [path])
      #expect(try String(contentsOf: file, encoding: .utf8) == "mine")
    }
  }

  @Test func aFileIsNoFolder() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write("mine", to: "a", in: folder)
      let (_, errors, code) = try Program.run(["init", "a"], in: folder)
      #expect(code == 2 && errors.contains("folder"))
    }
  }
}
