import Foundation
import Testing

/// What is written keeps what was there: its mode, its owner, its names, and itself where the new
/// text cannot be written.
@Suite struct FileKeepingTests {
  private static let model = "var x:0..1;\nstartstate\nx:=0 end;\nrule begin x:=1-x end;\n"
  private static let layout = Program.root.appendingPathComponent(
    "Tests/Commands/CommandTests/Golden/fit-unique.yml"
  ).path

  private static func status(_ name: String, in folder: URL) -> stat {
    var status = stat()
    #expect(lstat(folder.appendingPathComponent(name).path, &status) == 0)
    return status
  }

  private static func text(_ name: String, in folder: URL) throws -> String {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
  }

  private static func withModel(_ mode: mode_t, _ body: (URL) throws -> Void) throws {
    try Program.inTemporaryFolder { folder throws in
      try Program.write(model, to: "model.m", in: folder)
      #expect(chmod(folder.appendingPathComponent("model.m").path, mode) == 0)
      try body(folder)
    }
  }

  /// Nothing is left beside the files.
  private static func expectNames(_ names: Set<String>, in folder: URL) throws {
    #expect(try Set(FileManager.default.contentsOfDirectory(atPath: folder.path)) == names)
  }

  @Test(arguments: [0o600, 0o640, 0o664, 0o755, 0o4750] as [mode_t])
  func modesStay(mode: mode_t) throws {
    try Self.withModel(mode) { folder throws in
      #expect(try Program.run(["format", "model.m"], in: folder).code == 0)
      #expect(try Self.text("model.m", in: folder).contains("\n  x := 0"))
      #expect(Self.status("model.m", in: folder).st_mode & 0o7777 == mode)
      try Self.expectNames(["model.m"], in: folder)
      for name in ["drawing.svg", "fit-unique.smt2"] {
        try Program.write("old", to: name, in: folder)
        #expect(chmod(folder.appendingPathComponent(name).path, mode) == 0)
      }
      let fit = try Program.run(
        ["fit", Self.layout, "--svg", "drawing.svg", "--proof", "."], in: folder)
      #expect(fit.code == 0, "\(fit.errors)")
      for name in ["drawing.svg", "fit-unique.smt2"] {
        #expect(try Self.text(name, in: folder) != "old")
        #expect(Self.status(name, in: folder).st_mode & 0o7777 == mode)
      }
    }
  }

  @Test func newFilesGetTheModeOfNewFiles() throws {
    try Program.inTemporaryFolder { folder throws in
      let script = "umask 027; swapcheck fit '\(Self.layout)' --svg a.svg --proof new > /dev/null"
      #expect(try Program.shell(script, in: folder).code == 0)
      #expect(Self.status("a.svg", in: folder).st_mode & 0o7777 == 0o640)
      #expect(Self.status("new/fit-unique.smt2", in: folder).st_mode & 0o7777 == 0o640)
      #expect(Self.status("new", in: folder).st_mode & 0o7777 == 0o750)
    }
  }

  @Test(.enabled(if: geteuid() == 0, "only root can give a file to another user"))
  func theOwnerStays() throws {
    try Self.withModel(0o600) { folder throws in
      #expect(chown(folder.appendingPathComponent("model.m").path, 1_234, 5_678) == 0)
      #expect(try Program.run(["format", "model.m"], in: folder).code == 0)
      let status = Self.status("model.m", in: folder)
      #expect(status.st_uid == 1_234 && status.st_gid == 5_678)
      #expect(status.st_mode & 0o7777 == 0o600)
    }
  }

  @Test func whatIsReadOnlyStays() throws {
    try Self.withModel(0o444) { folder throws in
      let answer = try Program.run(["format", "model.m"], in: folder)
      #expect(answer.code == 2)
      #expect(answer.errors.contains("model.m: error: the file cannot be written"))
      #expect(try Self.text("model.m", in: folder) == Self.model)
      #expect(try Program.run(["fit", Self.layout, "--svg", "model.m"], in: folder).code == 2)
      #expect(try Self.text("model.m", in: folder) == Self.model)
      try Self.expectNames(["model.m"], in: folder)
    }
  }

  @Test(arguments: ["layout.yml", "memory.txt", "kernel", "initrd"])
  func whatIsReadIsNotDrawnOver(name: String) throws {
    try Program.inTemporaryFolder { folder throws in
      let texts = [
        "layout.yml":
          "version: 1\nmap: memory.txt\nkernel: kernel\ninitrd: initrd\nmemory: 64MiB\n",
        "memory.txt": "00001000-0fffffff : System RAM\n", "kernel": "image", "initrd": "disk",
      ]
      for (name, text) in texts { try Program.write(text, to: name, in: folder) }
      let answer = try Program.run(["fit", "layout.yml", "--svg", name], in: folder)
      #expect(answer.code == 2)
      #expect(answer.errors.contains("error: the drawing would be written over"))
      #expect(try Self.text(name, in: folder) == texts[name])
    }
  }

  @Test func otherNamesStay() throws {
    try Self.withModel(0o644) { folder throws in
      try FileManager.default.linkItem(
        at: folder.appendingPathComponent("model.m"), to: folder.appendingPathComponent("other.m"))
      #expect(try Program.run(["format", "model.m"], in: folder).code == 0)
      #expect(Self.status("model.m", in: folder).st_nlink == 2)
      #expect(try Self.text("other.m", in: folder) == Self.text("model.m", in: folder))
      // A shorter text leaves nothing of the longer one.
      try Program.write("x", to: "drawing.svg", in: folder)
      let long = String(repeating: "old ", count: 100_000)
      try Program.write(long, to: "long.svg", in: folder)
      for name in ["drawing.svg", "long.svg"] {
        try FileManager.default.linkItem(
          at: folder.appendingPathComponent(name), to: folder.appendingPathComponent("2" + name))
        #expect(try Program.run(["fit", Self.layout, "--svg", name], in: folder).code == 0)
        #expect(try Self.text("2" + name, in: folder).hasSuffix("</svg>\n"))
      }
    }
  }

  @Test func whatIsTheSameIsNotWritten() throws {
    try Self.withModel(0o644) { folder throws in
      #expect(try Program.run(["format", "model.m"], in: folder).code == 0)
      let arguments = ["fit", Self.layout, "--svg", "a.svg", "--proof", "."]
      #expect(try Program.run(arguments, in: folder).code == 0)
      let names = ["model.m", "a.svg", "fit-unique.smt2"]
      // Where nothing is to be changed, nothing has to be allowed.
      for name in names { chmod(folder.appendingPathComponent(name).path, 0o444) }
      let before = names.map { Self.status($0, in: folder) }
      #expect(try Program.run(["format", "model.m"], in: folder).code == 0)
      #expect(try Program.run(arguments, in: folder).code == 0)
      for (name, old) in zip(names, before) {
        let status = Self.status(name, in: folder)
        #expect(status.st_ino == old.st_ino && status.st_mtim.tv_nsec == old.st_mtim.tv_nsec)
      }
    }
  }

  @Test func linksOfTheUserAreFollowed() throws {
    try Self.withModel(0o600) { folder throws in
      let files = FileManager.default
      try files.createDirectory(
        at: folder.appendingPathComponent("far"), withIntermediateDirectories: true)
      func link(_ name: String, _ target: String) throws {
        try files.createSymbolicLink(
          atPath: folder.appendingPathComponent(name).path, withDestinationPath: target)
      }
      try link("one.m", "two.m")
      try link("two.m", "model.m")
      #expect(try Program.run(["format", "one.m"], in: folder).code == 0)
      #expect(try Self.text("model.m", in: folder).contains("\n  x := 0"))
      #expect(Self.status("one.m", in: folder).st_mode & S_IFMT == S_IFLNK)
      #expect(Self.status("model.m", in: folder).st_mode & 0o7777 == 0o600)
      // To what is not there yet.
      try link("new.svg", "far/new.svg")
      #expect(try Program.run(["fit", Self.layout, "--svg", "new.svg"], in: folder).code == 0)
      #expect(Self.status("new.svg", in: folder).st_mode & S_IFMT == S_IFLNK)
      #expect(try Self.text("far/new.svg", in: folder).hasSuffix("</svg>\n"))
      try link("round.svg", "round.svg")
      #expect(try Program.run(["fit", Self.layout, "--svg", "round.svg"], in: folder).code == 2)
    }
  }

  /// Somebody else may have put a link or another name of a file into the folder.
  @Test func linksInAFolderAreNotFollowed() throws {
    try Program.inTemporaryFolder { folder throws in
      let files = FileManager.default
      let symbolic =
        "symbolic x: address; var b: boolean; startstate b := false; end;\n"
        + "rule begin b := x > 0; end;\n"
      try Program.write(symbolic, to: "model.m", in: folder)
      try Program.write("precious", to: "victim", in: folder)
      try files.createDirectory(
        at: folder.appendingPathComponent("out"), withIntermediateDirectories: true)
      let commands = [
        ("fit-unique.smt2", ["fit", Self.layout, "--proof", "out"]),
        ("0001.smt2", ["check", "model.m", "--dump-smt", "out"]),
      ]
      for (name, command) in commands {
        let path = folder.appendingPathComponent("out/\(name)").path
        for target in ["../victim", "../nothing", "/dev/null"] {
          try files.createSymbolicLink(atPath: path, withDestinationPath: target)
          let answer = try Program.run(command, in: folder)
          #expect(answer.code == 2, "\(command) \(target)")
          #expect(
            answer.errors.contains("\(name): error: the file cannot be written: it is a link"))
          #expect(try Self.text("victim", in: folder) == "precious")
          #expect(!files.fileExists(atPath: folder.appendingPathComponent("nothing").path))
          try files.removeItem(atPath: path)
        }
        #expect(mkfifo(path, 0o600) == 0)
        #expect(try Program.run(command, in: folder).code == 2)
        try files.removeItem(atPath: path)
        try files.linkItem(atPath: folder.appendingPathComponent("victim").path, toPath: path)
        #expect(try Program.run(command, in: folder).code < 2)
        #expect(try Self.text("victim", in: folder) == "precious")
      }
    }
  }

  @Test func twoLayoutsOfOneNameAreRefused() throws {
    try Program.inTemporaryFolder { folder throws in
      let script = """
        mkdir a b && cp "$REPO"/Tests/Commands/CommandTests/Golden/fit-unique.yml a/x.yml
        cp a/x.yml b/x.yml; cp "$REPO"/Tests/Commands/CommandTests/Golden/fit.iomem.txt a
        cp "$REPO"/Tests/Commands/CommandTests/Golden/fit.iomem.txt b
        swapcheck fit a/x.yml b/x.yml --proof out
        """
      let answer = try Program.shell(script, in: folder)
      #expect(answer.code == 2)
      #expect(answer.errors.contains("a/x.yml") && answer.errors.contains("b/x.yml"))
      try Self.expectNames(["a", "b"], in: folder)
      // The same one twice has one answer.
      #expect(
        try Program.run(["fit", "a/x.yml", "a/x.yml", "--proof", "out"], in: folder).code == 0)
      try Self.expectNames(["a", "b", "out"], in: folder)
    }
  }

  @Test func aLayoutIsNotDrawnOver() throws {
    try Program.inTemporaryFolder { folder throws in
      let script = """
        cp "$REPO"/Tests/Commands/CommandTests/Golden/fit-unique.yml a.yml; ln -s a.yml b.yml
        cp "$REPO"/Tests/Commands/CommandTests/Golden/fit.iomem.txt .
        swapcheck fit a.yml --svg ./b.yml
        """
      let answer = try Program.shell(script, in: folder)
      #expect(answer.code == 2)
      #expect(answer.errors.contains("./b.yml: error: the drawing would be written over"))
      #expect(try Self.text("a.yml", in: folder).contains("version: 1"))
    }
  }

  /// The bytes that a file may have are a limit as a full disk is.
  @Test func aFullDiskLosesNothing() throws {
    try Self.withModel(0o644) { folder throws in
      let long = Self.model + String(repeating: "rule begin x:=1-x end;\n", count: 1_000)
      for name in ["model.m", "linked.m"] {
        try Program.write(long, to: name, in: folder)
      }
      try FileManager.default.linkItem(
        at: folder.appendingPathComponent("linked.m"), to: folder.appendingPathComponent("other.m"))
      let answer = try Program.shell(
        "ulimit -f 8; swapcheck format model.m linked.m 2>&1; echo $?", in: folder)
      #expect(answer.output.hasSuffix("\n2\n"))
      #expect(answer.output.contains("model.m: error: the file cannot be written: File too large"))
      for name in ["model.m", "linked.m"] {
        #expect(try Self.text(name, in: folder) == long)
      }
      try Self.expectNames(["model.m", "linked.m", "other.m"], in: folder)
    }
  }

  @Test func aQuestionThatCannotBeWrittenIsAnError() throws {
    try Program.inTemporaryFolder { folder throws in
      let symbolic =
        "symbolic x: address; var b: boolean; startstate b := false; end;\n"
        + "rule begin b := x > 0; end;\n"
      try Program.write(symbolic, to: "model.m", in: folder)
      let answer = try Program.shell(
        "mkdir -p out/0001.smt2; swapcheck check model.m --dump-smt out > /dev/null", in: folder)
      #expect(answer.code == 2, "\(answer.errors)")
      #expect(answer.errors.contains("out/0001.smt2: error: the file cannot be written"))
    }
  }
}
