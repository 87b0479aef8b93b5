import Foundation
import TestSupport
import Testing

/// `swapcheck fit` as users call it. What the golden layouts have for an answer is arithmetic that
/// stands in their first line, and leaves Z3 no choice.
@Suite struct FitCommandTests {
  private static let tests = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
  private static let golden = tests.appendingPathComponent("Golden")
  private static let root = Repository.root

  private func run(
    _ arguments: [String], in folder: URL = golden, command: String = "fit"
  ) throws -> (output: String, errors: String, code: Int32) {
    try Program.run([command] + arguments, in: folder)
  }

  private func temporary(_ name: String) -> URL {
    FileManager.default.temporaryDirectory.appendingPathComponent(
      "\(ProcessInfo.processInfo.processIdentifier)-\(name)")
  }

  @Test(arguments: ["fit-unique", "fit-conflict"], [false, true])
  func reportsAreAsExpected(name: String, isVerbose: Bool) throws {
    let file = name + (isVerbose ? ".verbose" : "") + ".expected"
    let expected = try String(
      contentsOf: Self.golden.appendingPathComponent(file), encoding: .utf8)
    let (output, errors, code) = try run(["\(name).yml"] + (isVerbose ? ["--verbose"] : []))
    #expect(output == expected)
    #expect(errors.isEmpty)
    #expect(code == 0)
  }

  @Test func theLargestSizeOfARange() throws {
    let (output, _, code) = try run(["fit-range.yml"])
    #expect(
      output.hasPrefix(
        "fit-range.yml: fits with at most 2 MiB for `processes`, of 1 MiB to 8 MiB\n"))
    #expect(output.contains("one byte more does not fit:"))
    #expect(code == 0)
  }

  /// The largest value first, 2 MiB, and then the best placement with it. Of what has 2 MiB, one is
  /// beside the kernel's 4 MiB, and the other in the second piece; the kernel is at a multiple of
  /// 2 MiB, so it is the lower of the two or the upper one by 2 MiB, and the other by 4 MiB.
  @Test(arguments: [
    ("lowest", "0x40200000-0x405fffff"), ("highest", "0x40000000-0x403fffff"),
    ("least-reserved", nil), ("most-for-processes", nil),
  ])
  func theBestPlacementForTheLargestSize(objective: String, kernel: String?) throws {
    let (output, errors, code) = try run(["fit-range.yml", "--prefer", objective])
    #expect(code == 0, "\(errors)")
    #expect(
      output.replacing("\n    ", with: " ").hasPrefix(
        "fit-range.yml: fits with at most 2 MiB for `processes`, of 1 MiB to 8 MiB,"
          + " best by `\(objective)`"), "\(output)")
    #expect(output.contains("one byte more does not fit:"))
    if let kernel { #expect(output.contains(kernel)) }
    let document = try run(["fit-range.yml", "--prefer", objective, "--format", "json"])
    #expect(document.output.contains("\"isOptimal\": true"))
  }

  @Test func shippedLayoutsAreAsExpected() throws {
    let folder = Self.root.appendingPathComponent("Models/layouts")
    let layouts = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".yml") }.sorted()
    #expect(layouts.count >= 4)
    let (output, errors, code) = try run(layouts + ["--format", "json"], in: folder)
    #expect(code == 0, "\(errors)")
    let documents = try FitDocument.layouts(output)
    #expect(documents.map { $0["layout"] as? String } == layouts)
    #expect(documents.allSatisfy { $0["asExpected"] as? Bool == true })
  }

  @Test func exitCodesSayTheVerdict() throws {
    let text = try String(
      contentsOf: Self.golden.appendingPathComponent("fit-conflict.yml"), encoding: .utf8
    ).replacingOccurrences(
      of: "fit.iomem.txt", with: Self.golden.appendingPathComponent("fit.iomem.txt").path)
    let file = temporary("layout.yml")
    defer { try? FileManager.default.removeItem(at: file) }
    func code(expecting line: String) throws -> Int32 {
      let changed = text.replacingOccurrences(of: "expect: does-not-fit", with: line)
      try Data(changed.utf8).write(to: file)
      return try run([file.path]).code
    }
    #expect(try code(expecting: "expect: does-not-fit") == 0)
    #expect(try code(expecting: "expect: fits") == 1)
    #expect(try code(expecting: "") == 1)
    #expect(try code(expecting: "expect: perhaps") == 2)
    #expect(try run(["fit-unique.yml", "no-such-layout.yml"]).code == 2)
    #expect(try run(["fit-unique.yml", "--memory", "1GiB"]).code != 0)
  }

  @Test func documents() throws {
    let (output, _, code) = try run(["fit-unique.yml", "--format", "json"])
    #expect(code == 0)
    let document = try FitDocument.layouts(output)
    let layout = try #require(document.first)
    #expect(layout["verdict"] as? String == "fits")
    #expect(layout["asExpected"] as? Bool == true)
    let placement = try #require(layout["placement"] as? [[String: Any]])
    #expect(
      placement.map { $0["item"] as? String } == [
        "kernel", "device tree", "struct page", "direct map",
      ])
    #expect(placement.first?["start"] as? String == "0x40000000")
    #expect(placement.first?["last"] as? String == "0x405fffff")
    #expect(placement.first?["byteCount"] as? Int == 6 << 20)
  }

  @Test func drawings() throws {
    let file = temporary("fit.svg")
    defer { try? FileManager.default.removeItem(at: file) }
    #expect(try run(["fit-unique.yml", "--svg", file.path]).code == 0)
    let svg = try String(contentsOf: file, encoding: .utf8)
    #expect(svg.hasPrefix("<svg ") && svg.hasSuffix("</svg>\n"))
    #expect(svg.contains(">0x40000000-0x405fffff</text>") && svg.contains(">6 MiB</text>"))
    // The kernel has the first 6 MiB of 9 MiB and 140 KiB, and the bar 900 units.
    let bar = "<rect x=\"30\" y=\"60\" width=\"591\" height=\"36\" fill=\"#2f74b5\""
    #expect(svg.contains(bar))
    #expect(try run(["fit-unique.yml", "--svg", "/no/such/folder/fit.svg"]).code == 2)
  }

  /// A path longer than a line of text stays on the page.
  @Test func longPathsInADrawing() throws {
    let folder = temporary(String(repeating: "long", count: 50))
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["fit-conflict.yml", "fit.iomem.txt"] {
      try FileManager.default.copyItem(
        at: Self.golden.appendingPathComponent(name), to: folder.appendingPathComponent(name))
    }
    let file = folder.appendingPathComponent("fit.svg")
    let layout = folder.appendingPathComponent("fit-conflict.yml")
    #expect(try run([layout.path, "--svg", file.path]).code == 0)
    let svg = try String(contentsOf: file, encoding: .utf8)
    let lines = svg.matches(of: try Regex("<text[^>]*>([^<]*)</text>")).compactMap {
      $0.output[1].substring
    }
    #expect(lines.contains { $0.contains("longlong") })
    #expect(lines.allSatisfy { $0.count <= 116 })
  }

  /// No letter hides another one, and all items have one in some bar.
  @Test(arguments: ["cluster", "dual-cpu", "small-vm", "crash-dump"])
  func lettersOfADrawing(layout: String) throws {
    let file = temporary("letters-\(layout).svg")
    defer { try? FileManager.default.removeItem(at: file) }
    let path = "../../../../Models/layouts/\(layout).yml"
    #expect(try run([path, "--svg", file.path]).code == 0)
    let svg = try String(contentsOf: file, encoding: .utf8)
    let kinds = try Regex(
      "<text x=\"([0-9.]+)\" y=\"([0-9.]+)\" class=\"(on|above)\">(.)</text>")
    var rows: [String: [(x: Double, letter: String)]] = [:]
    for match in svg.matches(of: kinds) {
      let texts = match.output.dropFirst().compactMap { $0.substring.map(String.init) }
      let x = try #require(Double(texts[0]))
      rows["\(texts[1]) \(texts[2])", default: []].append((x, texts[3]))
    }
    for row in rows.values {
      let sorted = row.map(\.x).sorted()
      #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $1 - $0 >= 10 })
    }
    // Those of the table stand at one place, and no bar has a letter there.
    let letters = rows.values.joined()
    let table = Set(letters.filter { $0.x == 38 }.map(\.letter))
    #expect(table.count >= 8)
    #expect(Set(letters.filter { $0.x != 38 }.map(\.letter)) == table)
    #expect(!svg.contains("NaN") && !svg.contains("inf"))
  }

  /// What is written is confirmed, and with a changed number it is not.
  @Test(arguments: ["fit-unique", "fit-conflict", "fit-range"])
  func proofs(name: String) throws {
    let folder = temporary("proofs-\(name)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let answer = try run(["\(name).yml", "--proof", folder.path])
    #expect(answer.code == 0)
    let file = folder.appendingPathComponent("\(name).smt2")
    let (output, errors, code) = try run([file.path], command: "verify-proof")
    let status = name == "fit-conflict" ? "unsat" : "sat"
    let claim =
      ": its formulas, as they stand, are \(status); --layout compares them with a layout's"
    #expect(output == "\(file.path): confirmed\(claim)\n", "\(errors)")
    #expect(code == 0)
    let script = try String(contentsOf: file, encoding: .utf8)
    let isRefutation = name == "fit-conflict"
    let changed =
      isRefutation
      ? script.replacingOccurrences(of: "7340032", with: "6291456")
      : script.replacingOccurrences(of: "(= kernel.0.start ", with: "(= kernel.0.start 1")
    #expect(changed != script)
    try Data(changed.utf8).write(to: file)
    #expect(try run([file.path], command: "verify-proof").code == 1)
  }

  @Test func shippedProofsAreConfirmed() throws {
    let folder = Self.root.appendingPathComponent("Proofs/layouts")
    let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
    let layouts = try FileManager.default.contentsOfDirectory(
      atPath: Self.root.appendingPathComponent("Models/layouts").path)
    #expect(
      files
        == layouts.filter { $0.hasSuffix(".yml") && $0 != "kernels.yml" }
        .map { "\($0.dropLast(4)).smt2" }.sorted(), "of several kernels there is no evidence")
    let (output, errors, code) = try run(files, in: folder, command: "verify-proof")
    #expect(code == 0, "\(errors)")
    let lines = output.split(separator: "\n")
    #expect(lines.count == files.count)
    for (line, file) in zip(lines, files) {
      #expect(line.hasPrefix("\(file): confirmed: its formulas, as they stand, are "), "\(line)")
    }
    // Each is about the layout of its name, and says of it what is expected.
    for file in files {
      let layout = "Models/layouts/\(file.dropLast(5)).yml"
      let (output, errors, code) = try run(
        ["Proofs/layouts/\(file)", "--layout", layout], in: Self.root, command: "verify-proof")
      #expect(code == 0, "\(file): \(errors)")
      let text = try String(
        contentsOf: Self.root.appendingPathComponent(layout), encoding: .utf8)
      let claim = text.contains("expect: fits") ? " fits" : " does not fit"
      #expect(output.contains("confirmed, \(layout)\(claim)"), "\(output)")
    }
    // Another solver, which `make test` installs, is asked what the file says that it has to say.
    for file in files {
      let script = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
      let answer = try OtherProgram.run(["cvc5", folder.appendingPathComponent(file).path]).output
      #expect(script.contains("(set-info :status \(answer.dropLast()))"), "\(file): \(answer)")
    }
  }

  /// A bzImage of zeros behind its header (Documentation/arch/x86/boot.rst), on a machine's map.
  @Test func anImageFromTheCommandLine() throws {
    var image = [UInt8](repeating: 0, count: 5 * 512 + 65_536)
    func put(_ value: UInt64, at offset: Int, _ count: Int) {
      for index in 0..<count {
        image[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index))
      }
    }
    let fields: [(value: UInt64, offset: Int, byteCount: Int)] = [
      (4, 0x1F1, 1), (4_096, 0x1F4, 4), (0xAA55, 0x1FE, 2), (0xEB, 0x200, 1), (0x6A, 0x201, 1),
      (0x5372_6448, 0x202, 4), (0x020F, 0x206, 2), (1, 0x211, 1), (0x37FF_FFFF, 0x22C, 4),
      (0x20_0000, 0x230, 4), (1, 0x234, 1), (12, 0x235, 1), (3, 0x236, 2), (2_047, 0x238, 4),
      (0x100, 0x248, 4), (0x8000, 0x24C, 4), (0x100_0000, 0x258, 8), (0x12_3000, 0x260, 4),
    ]
    for field in fields { put(field.value, at: field.offset, field.byteCount) }
    let kernel = temporary("vmlinuz")
    defer { try? FileManager.default.removeItem(at: kernel) }
    try Data(image).write(to: kernel)
    let map = "Tests/Memory/MemoryLayoutTests/Samples/kvm-guest-6.18.iomem.txt"
    let arguments = ["--map", map, "--kernel", kernel.path]

    let start = try run(arguments, in: Self.root)
    #expect(start.code == 2)
    #expect(start.errors.hasPrefix("error: --memory is missing"))

    let fits = try run(
      arguments
        + ["--initrd", "20MiB..200MiB", "--memory", "4GiB", "--processors", "2", "--verbose"],
      in: Self.root)
    #expect(fits.code == 0)
    let words = fits.output.split { $0.isWhitespace }.joined(separator: " ")
    #expect(words.contains(": fits for all values of"))
    #expect(fits.output.contains("init_size at 0x260"))

    // The largest piece of RAM has 21 GiB, and half of it is what kexec takes.
    let large = try run(
      arguments + [
        "--initrd", "22GiB", "--unpacked-initrd", "1GiB", "--memory", "4GiB", "--processors", "2",
        "--verbose",
      ], in: Self.root)
    #expect(large.code == 1)
    #expect(large.output.contains("these rules conflict"))
    #expect(large.output.contains("an initrd of "))
    #expect(try run(arguments + ["--memory", "many"], in: Self.root).code != 0)
  }
}
