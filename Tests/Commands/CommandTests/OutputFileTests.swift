import Foundation
import Testing

/// What is written where something stands already, and read where no file does.
@Suite struct OutputFileTests {
  private static let layout = Program.root.appendingPathComponent(
    "Tests/Commands/CommandTests/Golden/fit-unique.yml"
  ).path

  private static func kind(_ name: String, in folder: URL) throws -> FileAttributeType? {
    let path = folder.appendingPathComponent(name).path
    return try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
  }

  private static func link(_ name: String, to target: String, in folder: URL) throws {
    try FileManager.default.createSymbolicLink(
      atPath: folder.appendingPathComponent(name).path, withDestinationPath: target)
  }

  /// Runs the program while another one is at the other end of a pipe with a name.
  private static func withPipe(
    _ command: String, in folder: URL, _ arguments: [String]
  ) throws -> (text: String, errors: String, code: Int32) {
    let other = Process()
    other.executableURL = URL(fileURLWithPath: "/bin/sh")
    other.arguments = ["-c", command]
    other.currentDirectoryURL = folder
    let output = Pipe()
    other.standardOutput = output
    try other.run()
    let (_, errors, code) = try Program.run(arguments, in: folder)
    let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    other.waitUntilExit()
    return (text, errors, code)
  }

  @Test func aDeviceIsWrittenTo() throws {
    try Program.inTemporaryFolder { folder in
      try Self.link("drawing.svg", to: "/dev/null", in: folder)
      let answer = try Program.run(["fit", Self.layout, "--svg", "drawing.svg"], in: folder)
      #expect(answer.code == 0, "\(answer.errors)")
      #expect(try Self.kind("drawing.svg", in: folder) == .typeSymbolicLink)
      // A device that takes nothing.
      try Self.link("full.svg", to: "/dev/full", in: folder)
      let full = try Program.run(["fit", Self.layout, "--svg", "full.svg"], in: folder)
      #expect(full.code == 2)
      #expect(full.errors.contains("full.svg: error: the file cannot be written: No space left"))
    }
  }

  @Test func whyAFolderCannotBeMadeIsSaid() throws {
    try Program.inTemporaryFolder { folder in
      let words = "error: the folder cannot be made: Not a directory\n"
      let proof = try Program.run(["fit", Self.layout, "--proof", "/dev/null/x"], in: folder)
      #expect(proof.code == 2)
      #expect(proof.errors == "/dev/null/x: " + words)
      let model =
        "symbolic x : address; var b : boolean; startstate b := false; end;\n"
        + "rule begin b := x > 0; end;\n"
      try Program.write(model, to: "model.m", in: folder)
      let dump = try Program.run(["check", "model.m", "--dump-smt", "/dev/null/x"], in: folder)
      #expect(dump.code == 2)
      #expect(dump.errors == "/dev/null/x: " + words)
      try Program.write("", to: "file", in: folder)
      let file = try Program.run(["fit", Self.layout, "--proof", "file"], in: folder)
      #expect(file.code == 2)
      #expect(!file.errors.contains("rawValue"), "\(file.errors)")
    }
  }

  @Test func aPipeIsWrittenTo() throws {
    try Program.inTemporaryFolder { folder in
      #expect(mkfifo(folder.appendingPathComponent("pipe").path, 0o600) == 0)
      let (text, errors, code) = try Self.withPipe(
        "cat pipe", in: folder, ["fit", Self.layout, "--svg", "pipe"])
      #expect(code == 0, "\(errors)")
      #expect(text.hasPrefix("<svg ") && text.hasSuffix("</svg>\n"))
      let type = try Self.kind("pipe", in: folder)
      #expect(type != .typeRegular && type != .typeSymbolicLink)
    }
  }

  @Test func aLinkStaysOne() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write("old", to: "drawing.svg", in: folder)
      try Self.link("link.svg", to: "drawing.svg", in: folder)
      #expect(try Program.run(["fit", Self.layout, "--svg", "link.svg"], in: folder).code == 0)
      #expect(try Self.kind("link.svg", in: folder) == .typeSymbolicLink)
      let text = try String(
        contentsOf: folder.appendingPathComponent("drawing.svg"), encoding: .utf8)
      #expect(text.hasPrefix("<svg "))
    }
  }

  @Test func aLinkToAModelStaysOne() throws {
    try Program.inTemporaryFolder { folder in
      let model = "var x: boolean;\nstartstate\nx := false;\nend;\nrule x := !x; end;\n"
      try Program.write(model, to: "model.m", in: folder)
      try Self.link("link.m", to: "model.m", in: folder)
      let answer = try Program.run(["format", "link.m"], in: folder)
      #expect(answer.code == 0, "\(answer.errors)")
      #expect(try Self.kind("link.m", in: folder) == .typeSymbolicLink)
      let text = try String(contentsOf: folder.appendingPathComponent("model.m"), encoding: .utf8)
      #expect(text.contains("\n  x := false;\n"), "\(text)")
    }
  }

  @Test func aModelIsReadFromAPipe() throws {
    try Program.inTemporaryFolder { folder in
      #expect(mkfifo(folder.appendingPathComponent("model.m").path, 0o600) == 0)
      let model = Program.root.appendingPathComponent("Models/hotswap.m").path
      let answer = try Self.withPipe("cat '\(model)' > model.m", in: folder, ["check", "model.m"])
      #expect(answer.code == 0, "\(answer.errors)")
      // Longer than a model may be, and without an end.
      let endless = try Program.run(["check", "/dev/zero"], in: folder)
      #expect(endless.code == 2)
      #expect(endless.errors.contains("error[E0702]"))
      #expect(try Program.run(["check", "/dev/null"], in: folder).code == 2)
    }
  }
}
