import Foundation
import FoundationXML
import Testing

/// Hostile names through every output of every command: each is read back as it was, and none is
/// anything but a name.
@Suite struct HostileNameTests {
  private let name = HostileText.name

  private var model: String {
    """
    var x: 0..2;
    startstate "start \(name)" begin x := 0; end;
    rule "rule \(name)" x < 2 ==> begin put "put \(name)"; x := x + 1; end;
    cover "cover \(name)" x = 1;
    invariant "invariant \(name)" x < 2;
    """
  }

  /// In a folder with the model as `model.m`.
  private func withModel(_ body: (URL) throws -> Void) throws {
    try Program.inTemporaryFolder { folder throws in
      try Program.write(model, to: "model.m", in: folder)
      try body(folder)
    }
  }

  @Test func reportsOfModels() throws {
    try withModel { folder throws in
      for command in [["check"], ["simulate"], ["check", "--executor", "native"]] {
        let text = try Program.run(command + ["model.m"], in: folder)
        #expect(text.code == 1)
        // What stands before a colon is who acts, and has a column.
        HostileText.expectShown("rule \(name)".replacing(": ", with: " "), in: text.output)
        HostileText.expectShown("invariant \"invariant \(name)\" does not hold", in: text.output)
        let json = try Program.run(command + ["model.m", "--format", "json"], in: folder)
        #expect(HostileText.isSafe(json.output))
        let strings = try HostileText.strings(json.output)
        #expect(strings.isSuperset(of: ["rule \(name)", "start \(name)", "invariant \(name)"]))
      }
      let sound = model.replacingOccurrences(of: "x < 2;", with: "x < 3;")
      try Program.write(sound, to: "sound.m", in: folder)
      let verified = try Program.run(
        ["check", "sound.m", "--deadlock", "off", "--verbose"], in: folder)
      HostileText.expectShown("cover \"cover \(name)\": hit once", in: verified.output)
      let lint = try Program.run(["lint", "model.m"], in: folder)
      #expect(lint.code == 0 && HostileText.isSafe(lint.output + lint.errors))
    }
  }

  @Test func reviewsOfChanges() throws {
    try withModel { folder throws in
      let other = model.replacingOccurrences(of: "x < 2 ==>", with: "x < 1 ==>")
      try Program.write(other, to: "other.m", in: folder)
      for format in ["text", "mail", "markdown"] {
        let found = try Program.run(

          ["review", "model.m", "other.m", "--deadlock", "off", "--format", format], in: folder)
        #expect(found.code == 0 && HostileText.isSafe(found.output), "\(found.errors)")
      }
      let json = try Program.run(["review", "model.m", "other.m", "--format", "json"], in: folder)
      #expect(HostileText.isSafe(json.output))
      let strings = try HostileText.strings(json.output)
      #expect(strings.isSuperset(of: ["rule \(name)", "start \(name)"]))
    }
  }

  /// Layout changes no byte of a name.
  @Test func aModelIsFormatted() throws {
    try withModel { folder throws in
      #expect(try Program.run(["format", "model.m"], in: folder).code == 0)
      let text = try String(contentsOf: folder.appendingPathComponent("model.m"), encoding: .utf8)
      for kind in ["start", "rule", "put", "invariant", "cover"] {
        #expect(HostileText.contains(text, "\"\(kind) \(name)\""))
      }
    }
  }

  @Test func automata() throws {
    try withModel { folder throws in
      for form in ["text", "dot", "svg", "json"] {
        let answer = try Program.run(
          ["automaton", "model.m", "--observe", "rules", "--format", form], in: folder)
        #expect(answer.code == 0, "\(answer.errors)")
        // Lines of the kernel's automata begin with tabs.
        #expect(HostileText.isSafe(answer.output.replacing("\t", with: " ")))
        if form == "json" {
          #expect(try HostileText.strings(answer.output).contains("rule \(name)"))
        }
      }
    }
  }

  @Test func emittedC() throws {
    try withModel { folder throws in
      let answer = try Program.run(["emit-c", "model.m"], in: folder)
      #expect(answer.code == 0)
      #expect(answer.output.utf8.allSatisfy { $0 == 10 || (0x20...0x7E).contains($0) })
      // Between the ends of a comment of C there is no other one.
      for comment in answer.output.components(separatedBy: "/*").dropFirst() {
        let parts = comment.components(separatedBy: "*/")
        #expect(parts.count == 2)
        #expect(!(parts.last ?? "").contains("int x;"))
      }
      try Program.write(answer.output, to: "rules.c", in: folder)
      let compiled = try Program.shell(
        "clang -fsyntax-only -Wcomment -Wtrigraphs -Werror -w rules.c", in: folder)
      #expect(compiled.code == 0, "\(compiled.errors)")
    }
  }

  /// Code in a name that closes the comment for whoever reads bytes.
  @Test(arguments: [
    "\u{600}*/", "*/", "*\u{301}/", "*\\\n/", "??/\n*/", "\u{110BD}*/", "*\u{200D}/",
  ])
  func codeInANameIsNotRun(end: String) throws {
    try Program.inTemporaryFolder { folder throws in
      let code =
        "int creat(const char *, unsigned); __attribute__((constructor)) static void f(void)"
        + "{ char name[] = {109, 97, 100, 101, 0}; creat(name, 384); }"
      for kind in ["rule", "startstate", "invariant", "cover", "assert"] {
        let given = "\(end) \(code) /*"
        func text(_ other: String) -> String { kind == other ? given : other }
        try Program.write(
          """
          var x: 0..1;
          function f(a: 0..1): 0..1; begin return a; end;
          startstate "\(text("startstate"))" begin x := 0; end;
          rule "\(text("rule"))" true ==>
            begin assert f(x) < 2 "\(text("assert"))"; x := 1 - x; end;
          invariant "\(text("invariant"))" x < 2;
          cover "\(text("cover"))" x = 1;
          """, to: "\(kind).m", in: folder)
        let answer = try Program.run(
          ["check", "\(kind).m", "--executor", "native"], in: folder)
        #expect(answer.code == 0, "\(answer.output)\(answer.errors)")
      }
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("made").path))
    }
  }

  @Test func anInstance() throws {
    try Program.inTemporaryFolder { folder throws in
      try Program.write(
        """
        symbolic a: address;
        var x: 0..2;
        assume "assume \(name)" a > 4KiB;
        startstate begin x := 0; end;
        rule "rule \(name)" a > 4KiB & x < 2 ==> begin x := x + 1; end;
        invariant "invariant \(name)" x < 2;
        """, to: "model.m", in: folder)
      let answer = try Program.run(
        ["check", "model.m", "--format", "json", "--dump-smt", "questions"], in: folder)
      #expect(answer.code == 1, "\(answer.errors)")
      #expect(try HostileText.strings(answer.output).contains("rule \(name)"))
      try Program.write(answer.output, to: "trace.json", in: folder)
      let instance = try Program.run(
        ["instantiate", "model.m", "--from", "trace.json"], in: folder)
      #expect(instance.code == 0, "\(instance.errors)")
      #expect(HostileText.contains(instance.output, "\"rule \(name)\""))
      try Program.write(instance.output, to: "instance.m", in: folder)
      let checked = try Program.run(["check", "instance.m"], in: folder)
      #expect(checked.code == 1)
      HostileText.expectShown("rule \(name)".replacing(": ", with: " "), in: checked.output)
      // Each question is one of SMT-LIB for another solver, too.
      let questions = try FileManager.default.contentsOfDirectory(
        atPath: folder.appendingPathComponent("questions").path)
      #expect(!questions.isEmpty)
      for question in questions {
        let path = folder.appendingPathComponent("questions/\(question)")
        let text = try String(contentsOf: path, encoding: .utf8)
        #expect(HostileText.isSafe(text))
        let solved = try Program.shell(
          "if command -v cvc5 > /dev/null; then cvc5 'questions/\(question)'; else echo sat; fi",
          in: folder)
        #expect(["sat\n", "unsat\n"].contains(solved.output), "\(solved.output)\(solved.errors)")
      }
      // Without a layout that keeps to it, an assumption is named in an error.
      try Program.write(
        """
        symbolic a: address;
        var x: 0..1;
        assume "assume \(name)" a < 1;
        assume "other" a > 1;
        startstate begin x := 0; end;
        rule begin x := 1 - x; end;
        """, to: "none.m", in: folder)
      let none = try Program.run(["check", "none.m"], in: folder)
      #expect(none.code == 2)
      HostileText.expectShown("assume \(name)", in: none.errors)
    }
  }

  // MARK: Layouts

  @Test func reportsOfLayouts() throws {
    try Program.inTemporaryFolder { folder throws in
      let layouts = Program.root.appendingPathComponent("Models/layouts")
      let map = try String(
        contentsOf: layouts.appendingPathComponent("small-vm.iomem.txt"), encoding: .utf8)
      try Program.write(map, to: "small-vm.iomem.txt", in: folder)
      let layout = try String(
        contentsOf: layouts.appendingPathComponent("small-vm.yml"), encoding: .utf8)
      try Program.write(
        layout + "items: [{ name: \(HostileText.yaml(name)), role: processes, size: 64KiB }]",
        to: "small-vm.yml", in: folder)
      let text = try Program.run(["fit", "small-vm.yml", "--verbose"], in: folder)
      #expect(text.code == 0, "\(text.errors)")
      #expect(HostileText.isSafe(text.output))
      #expect(
        HostileText.contains(
          HostileText.read(text.output).replacing(" ", with: "").replacing("\n", with: ""),
          name.replacing(" ", with: "").replacing("\n", with: "")))
      let files = try Program.run(
        [
          "fit", "small-vm.yml", "--format", "json", "--svg", "drawing.svg", "--proof", "proofs",
        ], in: folder)
      #expect(files.code == 0, "\(files.errors)")
      #expect(try HostileText.strings(files.output).contains(name))
      let svg = try String(
        contentsOf: folder.appendingPathComponent("drawing.svg"), encoding: .utf8)
      #expect(HostileText.isSafe(svg))
      let titles = try SVGText.texts(Data(svg.utf8))
      #expect(titles.contains { HostileText.read($0) == name }, "\(titles)")
      let script = try String(
        contentsOf: folder.appendingPathComponent("proofs/small-vm.smt2"), encoding: .utf8)
      #expect(HostileText.isSafe(script))
      let verified = try Program.run(
        ["verify-proof", "proofs/small-vm.smt2", "--layout", "small-vm.yml"], in: folder)
      #expect(verified.code == 0, "\(verified.output)\(verified.errors)")
    }
  }

  // MARK: Paths, arguments, scenarios

  @Test func pathsAndArguments() throws {
    try Program.inTemporaryFolder { folder throws in
      // A name of a file has 255 bytes at most, and no slash.
      let path = "n\u{1B}[31m\r\nother.m: verified\u{9B}\u{202E}\u{2028}.m"
      try Program.write("var x: 0..1; bad \(name)", to: path, in: folder)
      try Program.write("a: [", to: path + ".yml", in: folder)
      for command in [
        ["check"], ["simulate"], ["lint"], ["format"], ["emit-c"], ["instantiate", "--from", "x"],
        ["automaton", "--observe", "rules"], ["verify-proof"], ["fit"], ["check", "--scenarios"],
      ] {
        let given = command == ["fit"] || command.contains("--scenarios") ? path + ".yml" : path
        let answer = try Program.run(command + [given], in: folder)
        #expect(answer.code == 2, "\(command)")
        HostileText.expectShown(given, in: answer.output + answer.errors)
        let missing = try Program.run(command + ["missing" + given], in: folder)
        #expect(missing.code == 2, "\(command)")
        HostileText.expectShown("missing" + given, in: missing.output + missing.errors)
      }
      for arguments in [
        [name], ["check", "--\(name)"], ["check", "x.m", "--format", name],
        ["check", "x.m", "--set", name], ["check", "x.m", "--memory", name],
        ["simulate", "x.m", "--seed", name], ["fit", "--map", "x", "--memory", name],
        ["fit", "--map", name, "--kernel", name, "--memory", "1GiB"],
        ["verify-proof", "x", "--timeout", name], ["check", "--tag", name],
        ["fit", "--map", "x", "--for", name], ["check", "x.m", "--dump-smt", "/dev/null/\(name)"],
      ] {
        let answer = try Program.run(arguments, in: folder)
        #expect(answer.code == 2, "\(arguments)")
        #expect(HostileText.isSafe(answer.output + answer.errors), "\(answer.errors)")
        #expect(!answer.errors.split(separator: "\n").contains { $0.hasPrefix("other.m") })
      }
      try Program.write("var x : 0..1;\nstartstate x:=0; end;", to: path, in: folder)
      let formatted = try Program.run(["format", "--check", path], in: folder)
      HostileText.expectShown("\(path): would change", in: formatted.output)
    }
  }

  @Test func scenarios() throws {
    try withModel { folder throws in
      let yaml = HostileText.yaml
      try Program.write(
        """
        version: 1
        scenarios:
          - { name: \(yaml(name)), model: model.m, expect: \(yaml("violates \"invariant \(name)\"")) }
          - { name: \(yaml("2 " + name)), model: model.m, expect: holds }
          - { name: \(yaml("3 " + name)), model: \(yaml("no/" + name)), expect: holds }
        """, to: "s.yml", in: folder)
      let text = try Program.run(["check", "--scenarios", "s.yml"], in: folder)
      #expect(text.code == 2, "\(text.errors)")
      HostileText.expectShown("ok   \(name)", in: text.output)
      HostileText.expectShown("FAIL 2 \(name)", in: text.output)
      HostileText.expectShown("no/\(name)", in: text.errors)
      let json = try Program.run(
        ["check", "--scenarios", "s.yml", "--format", "json"], in: folder)
      #expect(try HostileText.strings(json.output).isSuperset(of: [name, "2 \(name)"]))
      let markdown = try Program.run(
        ["check", "--scenarios", "s.yml", "--format", "markdown"], in: folder)
      #expect(markdown.code == 2 && HostileText.isSafe(markdown.output))
    }
  }
}

/// The texts of a document of SVG, as another reader of XML sees them.
private final class SVGText: NSObject, XMLParserDelegate {
  private var texts: [String] = [""]

  /// - Throws: if it is no XML.
  static func texts(_ data: Data) throws -> [String] {
    let reader = SVGText()
    let parser = XMLParser(data: data)
    parser.delegate = reader
    #expect(parser.parse(), "\(parser.parserError.debugDescription)")
    return reader.texts
  }

  func parser(_ parser: XMLParser, foundCharacters string: String) {
    texts[texts.count - 1] += string
  }

  func parser(
    _ parser: XMLParser, didStartElement name: String, namespaceURI: String?,
    qualifiedName: String?, attributes: [String: String]
  ) {
    #expect(name != "script")
    texts.append("")
  }

  func parser(
    _ parser: XMLParser, didEndElement name: String, namespaceURI: String?, qualifiedName: String?
  ) {
    texts.append("")
  }
}
