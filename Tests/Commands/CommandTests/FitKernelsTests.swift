import Foundation
import Testing

/// Several kernels, regions and written forms, by the program.
@Suite struct FitKernelsTests {
  private static let map = """
    00001000-0009ffff : System RAM
    00100000-3fffffff : System RAM
      01000000-01bfffff : Kernel code
    40000000-4fffffff : Multikernel Memory Pool

    """

  private static let kernel =
    "kernel: { architecture: x86_64, size: 32MiB, alignment: 2MiB, address: 0x1000000 }\n"

  private func fit(
    _ layout: String, _ options: [String] = []
  ) throws -> (output: String, errors: String, code: Int32) {
    var result = (output: "", errors: "", code: Int32(-1))
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      try Program.write(
        "version: 1\nmap: iomem.txt\n" + Self.kernel + layout, to: "layout.yml", in: folder)
      result = try Program.run(["fit", "layout.yml"] + options, in: folder)
    }
    return result
  }

  private static let pool = """
    memory: 64MiB
    pool: Multikernel Memory Pool
    kernels: [{ name: web, cpus: 2-3 }, { name: db, cpus: 4-5 }]

    """

  @Test func textAndDocument() throws {
    let text = try fit(Self.pool)
    #expect(text.code == 0)
    #expect(
      text.output.contains("in the memory of `web`, and at the same distances in that of `db`:"))
    let json = try fit(Self.pool, ["--format", "json"])
    let layout = try #require(try FitDocument.layouts(json.output).first)
    let kernels = try #require(layout["kernels"] as? [[String: Any]])
    #expect(kernels.compactMap { $0["start"] as? String } == ["0x40000000", "0x44000000"])
    #expect(kernels.allSatisfy { ($0["items"] as? [Any])?.isEmpty == false })
  }

  @Test func howManyFit() throws {
    let result = try fit(
      "memory: 64MiB\npool: Multikernel Memory Pool\nkernels: [{ name: k }]\n",
      ["--for", "largest kernels"])
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("layout.yml: fits with at most 4 for `kernels`, of 1 to 5"))
    #expect(result.output.contains("one more does not fit:"))
  }

  @Test func whatIsMissing() throws {
    let result = try fit(
      "memory: 192MiB\npool: Multikernel Memory Pool\nkernels: [{ name: a }, { name: b }]\n")
    #expect(result.code == 1)
    let words = result.output.split(whereSeparator: \.isWhitespace).joined(separator: " ")
    #expect(words.contains("take 384 MiB, and 256 MiB are free there in one piece"))
    #expect(words.contains("128 MiB are missing"))
  }

  @Test func writtenForms() throws {
    let memmap = try fit(Self.pool, ["--write", "memmap"])
    #expect(memmap.code == 0)
    #expect(memmap.output.hasPrefix("memmap=128M$0x40000000\n#"))
    #expect(
      try fit(Self.pool, ["--write", "multikernel"]).output.hasPrefix("/dts-v1/;\n/plugin/;\n"))
    #expect(try fit(Self.pool, ["--write", "jailhouse:db"]).output.contains(".name = \"db\","))
    let unknown = try fit(Self.pool, ["--write", "nothing"])
    #expect(unknown.code == 2 && unknown.errors.contains("crashkernel, memmap, kho_scratch"))
    let failure = try fit(Self.pool, ["--write", "jailhouse:x"])
    #expect(failure.code == 2 && failure.output.isEmpty)
    #expect(failure.errors.contains("layout.yml: error: there is no kernel `x`"))
    let json = try fit(Self.pool, ["--write", "memmap", "--format", "json"])
    #expect(json.code == 2)
  }

  /// Nothing that does not fit is written as if it did.
  @Test func noFormOfWhatDoesNotFit() throws {
    let result = try fit(
      "memory: 1GiB\npool: Multikernel Memory Pool\nkernels: [{ name: k }]\n",
      ["--write", "memmap"])
    #expect(result.code == 1)
    #expect(result.output.hasPrefix("layout.yml: does not fit"))
  }

  @Test func intoARegion() throws {
    let layout = "processors: 1\nswiotlb: 0\n"
    let result = try fit(layout, ["--into", "Multikernel Memory Pool", "--write", "memmap"])
    #expect(result.code == 0)
    #expect(result.output.hasPrefix("memmap=256M$0x40000000\n"))
    #expect(try fit(layout, ["--into", "0x40000000-0x41ffffff"]).code == 1)
    let unknown = try fit(layout, ["--into", "nowhere"])
    #expect(unknown.code == 2 && unknown.errors.contains("has no region `nowhere`"))
  }

  @Test func noEvidence() throws {
    let result = try fit(Self.pool, ["--proof", "."])
    #expect(result.code == 2 && result.errors.contains("no evidence of several kernels"))
    #expect(result.errors.contains("(`into`)"))
  }

  @Test func drawing() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      try Program.write(
        "version: 1\nmap: iomem.txt\n" + Self.kernel + Self.pool, to: "layout.yml", in: folder)
      #expect(try Program.run(["fit", "layout.yml", "--svg", "fit.svg"], in: folder).code == 0)
      let svg = try String(contentsOf: folder.appendingPathComponent("fit.svg"), encoding: .utf8)
      #expect(svg.contains(">0x44000000-0x47ffffff</text>"))
    }
  }

  /// Two kernels' memory never overlaps, and a model that says so is verified on this machine.
  @Test func aModelThatIsTied() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      try Program.write(
        "version: 1\nmap: iomem.txt\n" + Self.kernel + Self.pool, to: "layout.yml", in: folder)
      let model = """
        symbolic
          web_base, web_size, db_base, db_size : address;
        var done : boolean;
        startstate begin done := false; end;
        rule "go on" true ==> begin done := !done; end;
        invariant "apart"
          web_base + web_size <= db_base | db_base + db_size <= web_base;
        invariant "in the pool" web_base >= 1GiB & db_base >= 1GiB;

        """
      try Program.write(model, to: "model.m", in: folder)
      let result = try Program.run(["check", "model.m", "--layout", "layout.yml"], in: folder)
      #expect(result.code == 0, "\(result.output)\(result.errors)")
      #expect(result.output.contains("verified"))
    }
  }
}
