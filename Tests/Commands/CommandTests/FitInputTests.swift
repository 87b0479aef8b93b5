import Foundation
import Scenarios
import Testing

/// What `swapcheck fit` makes of several ranges and of input that is wrong, and how it says it.
@Suite struct FitInputTests {
  private static let map = """
    00001000-0009ffff : System RAM
    00100000-3fffffff : System RAM
      01000000-01bfffff : Kernel code

    """
  private static let layout = """
    version: 1
    map: iomem.txt
    kernel: { architecture: x86_64, size: 32MiB, alignment: 2MiB, address: 0x1000000 }
    memory: 1GiB
    processors: 2
    swiotlb: 0

    """

  /// Answers a layout of the lines above and some more.
  private func fit(
    _ more: String, map: String = map, _ options: [String] = []
  ) throws -> (output: String, errors: String, code: Int32) {
    var result = (output: "", errors: "", code: Int32(-1))
    try Program.inTemporaryFolder { folder in
      try Program.write(map, to: "iomem.txt", in: folder)
      try Program.write(Self.layout + more, to: "layout.yml", in: folder)
      result = try Program.run(["fit", "layout.yml", "--verbose"] + options, in: folder)
    }
    return result
  }

  // MARK: Ranges

  @Test func severalRanges() throws {
    let all = try fit("initrd: 1MiB..64MiB\nprocesses: 1MiB..128MiB\n")
    #expect(all.code == 0)
    #expect(all.output.contains("for all values of `initrd` from 1 MiB to 64 MiB"))
    #expect(all.output.contains("and for all values of `processes` from"))
    // RAM ends at 1 GiB, where the processes of the largest value do not fit beside all others.
    #expect(try fit("initrd: 1MiB..64MiB\nprocesses: 1MiB..1GiB\n").code == 1)
    #expect(try fit("initrd: 1MiB..64MiB\nprocesses: 1MiB..1GiB\nfor: some\n").code == 0)
    let largest = try fit("initrd: 1MiB..64MiB\nprocesses: unknown\nfor: largest processes\n")
    #expect(largest.code == 0)
    #expect(largest.output.contains("one byte more does not fit:"))
    let two = try fit("initrd: unknown\nprocesses: unknown\nfor: largest\n")
    #expect(two.code == 2)
    #expect(two.errors.contains("of several ranges one is to be the largest"))
  }

  /// One processor for each MiB that is left, in two pieces.
  @Test func aNumberOfProcessorsIsARange() throws {
    let answer = try fit("", []).output
    #expect(answer.contains("nr_cpus=2"))
    let text = Self.layout.replacing("processors: 2", with: "processors: 1..")
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      try Program.write(text + "for: largest\n", to: "layout.yml", in: folder)
      let (output, errors, code) = try Program.run(["fit", "layout.yml"], in: folder)
      #expect(code == 0, "\(errors)")
      // From the old kernel's end at 28 MiB to 1 GiB there are 996 MiB, and 15 below it. The kernel
      // takes 32 of them, `struct page` 16, working memory 10, and the rest is for processors, of 66
      // pages each, but for some pages of tables.
      let count = ((996 + 15 - 32 - 16 - 10) * 256 - 20) / 66
      #expect(output.contains("with at most \(count) for `processors`"), "\(output)")
      #expect(output.contains("one more does not fit:"))
    }
  }

  // MARK: How it is said

  /// What is asked of memory that the map does not have is said beside the verdict; of what firmware keeps of it
  /// it is not.
  @Test(arguments: [("1GiB", false), ("30GiB", true)])
  func memoryThatIsToBeAddedIsACondition(memory: String, isSaid: Bool) throws {
    try Program.inTemporaryFolder { folder in
      let layouts = Program.root.appendingPathComponent("Models/layouts")
      let text = try String(
        contentsOf: layouts.appendingPathComponent("small-vm.yml"), encoding: .utf8)
      try Program.write(
        text.replacing("memory: 1GiB", with: "memory: \(memory)"), to: "vm.yml", in: folder)
      let map = try String(
        contentsOf: layouts.appendingPathComponent("small-vm.iomem.txt"), encoding: .utf8)
      try Program.write(map, to: "small-vm.iomem.txt", in: folder)
      let (output, errors, _) = try Program.run(["fit", "vm.yml"], in: folder)
      #expect(output.contains("RAM is added: `memory` is 30 GiB") == isSaid, "\(output)\(errors)")
    }
  }

  /// Everything but what is to be copied fits into a terminal of 80 columns, in ASCII.
  @Test(arguments: [
    "cluster", "crash-dump", "dual-cpu", "instance", "kernels", "no-trampoline", "one-gigabyte",
    "small-vm",
  ])
  func reportsFitATerminal(name: String) throws {
    for options in [[], ["--verbose"]] {
      let (output, _, code) = try Program.run(["fit", "Models/layouts/\(name).yml"] + options)
      #expect(code == 0)
      #expect(output.utf8.allSatisfy { $0 < 0x80 })
      let lines = output.split(separator: "\n")
      for line in lines where !line.contains("kexec -") { #expect(line.count <= 80, "\(line)") }
      #expect(lines.count <= 23 || !options.isEmpty, "\(output)")
    }
  }

  /// What fits on a screen says the verdict, its figures and what it depends on; all else is asked for.
  @Test func whatIsSaidAtFirst() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      try Program.write(Self.layout + "processes: 700MiB\n", to: "layout.yml", in: folder)
      let brief = try Program.run(["fit", "layout.yml"], in: folder).output
      #expect(brief.hasPrefix("layout.yml: fits\n"))
      #expect(brief.contains("it fits as long as nothing but the kernel's image is in use below"))
      #expect(brief.contains("\n  shell: kexec -s -l KERNEL --reuse-cmdline\n"))
      #expect(!brief.contains("assumed:"))
      let full = try Program.run(["fit", "layout.yml", "-v"], in: folder).output
      #expect(full.contains("  assumed:\n") && full.contains("rules are kept"))
      let document = try Program.run(["fit", "layout.yml", "--format", "json"], in: folder).output
      let layout = try #require(try FitDocument.layouts(document).first)
      #expect((layout["dependsOn"] as? [String])?.count == 1)
      #expect((layout["assumptions"] as? [String])?.isEmpty == false)
      #expect((layout["memory"] as? [[String: Any]])?.last?["use"] as? String == "free")
    }
  }

  /// Of a program that is missing its package is named; nothing else takes one.
  @Test func initrdsWithoutPrograms() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      let bzip2 = Array("BZh9".utf8) + [0x31, 0x41, 0x59, 0x26, 0x53, 0x59, 0, 0, 0, 0]
      try Data(bzip2).write(to: folder.appendingPathComponent("initrd.img"))
      try Program.write(Self.layout + "initrd: initrd.img\n", to: "layout.yml", in: folder)
      let answer = try Program.run(
        ["fit", "layout.yml", "--verbose"], in: folder, environment: ["PATH": "/no/such/folder"])
      let words = answer.output.split { $0.isWhitespace }.joined(separator: " ")
      #expect(
        words.contains(
          "three times its size (`unpacked-initrd`): `bzip2`, which counts it, is not there (package"
            + " bzip2)"), "\(answer.output)\(answer.errors)")
    }
  }

  /// By kernel-parameters.txt, `memmap=` takes a size, `$` and a start, `crashkernel=` a size, `@`
  /// and a start, or `,high` and `,low`, each with K, M or G.
  @Test func hintsAreWords() throws {
    let granted = try fit("grant: 128MiB\nmemory-block: 128MiB\nprocesses: 5MiB\n")
    #expect(granted.output.contains(try Regex("\n    memmap=128M\\$0x[0-9a-f]+\n")))
    #expect(granted.output.contains(try Regex("\n    memmap=5M\\$0x[0-9a-f]+\n")))
    #expect(granted.output.contains("\n    kexec -s -l KERNEL --reuse-cmdline\n"))
    let crash = try fit("crash-kernel: 64MiB\nloader: kexec_load\ninitrd: 1MiB\n")
    #expect(crash.output.contains(try Regex("\n    crashkernel=64M@0x[0-9a-f]+000000\n")))
    #expect(
      crash.output.contains(
        try Regex(
          "\n    kexec -c -l KERNEL --initrd=INITRD --mem-min=0x[0-9a-f]+ --mem-max=0x[0-9a-f]+ ")))
    let both = try fit(
      "crash-kernel: 64MiB\nitems: [{ name: low, role: low crash kernel }]\n")
    #expect(both.output.contains("\n    crashkernel=64M,high crashkernel=256M,low\n"))
    let resident = try fit("loader: boot-protocol\n")
    // 16 MiB of `struct page` and the kernel's 32 MiB lie side by side behind the old kernel.
    #expect(resident.output.contains("\n    memmap=48M$0x1c00000\n"))
    #expect(resident.output.contains("keeps it out of `struct page`, `kernel`"))
    #expect(!resident.output.contains("kexec -"))
  }

  @Test func conflictsAreSummedUp() throws {
    let (output, _, code) = try fit(
      "", map: Self.map.replacing("00001000-0009ffff", with: "00001800-00002800"))
    #expect(code == 1)
    #expect(
      output.replacing("\n    ", with: " ").contains(
        "no hole of 4 KiB at a multiple of 4 KiB is free for `trampoline` below 0x100000:"))
  }

  /// The initrd is more than half of RAM, and the processes are more than all of it.
  @Test func twoChangesAreNamedTogether() throws {
    let (output, _, code) = try fit(
      "initrd: 900MiB\nunpacked-initrd: 1MiB\nprocesses: 1100MiB\n", ["--format", "json"])
    #expect(code == 1)
    let document = try FitDocument.layouts(output)
    let plans = try #require(document.first?["plans"] as? [[String: Any]])
    #expect(plans.count == 1)
    let text = try #require(plans.first?["text"] as? String)
    #expect(text.contains("an initrd of ") && text.contains(", and processes of "), "\(text)")
    #expect((plans.first?["steps"] as? [Any])?.count == 2)
  }

  /// What hardware asks for is no user's to change.
  @Test func noHardwareIsChanged() throws {
    let low = Self.map.replacing("00001000-0009ffff", with: "00001800-00002800")
    let answer = try fit("", map: low).output
    #expect(answer.contains("\n  nothing that can be set makes it fit, however far it goes\n"))
    // Two trampolines, and a page for one.
    let handed = try fit("handed-over: [0x2000-0x9ffff]\n").output
    #expect(handed.contains("\n  nothing that can be set makes it fit, however far it goes\n"))
  }

  // MARK: The least value of a parameter

  private static let dump = """
    crash-image: true
    initrd: 8MiB
    unpacked-initrd: 24MiB

    """

  /// What is printed fits, and 1 MiB less does not.
  @Test func theLeastCrashKernelIsALineToCopy() throws {
    let text = Self.layout.replacing("memory: 1GiB\n", with: "") + Self.dump
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      try Program.write(text, to: "layout.yml", in: folder)
      let (output, errors, code) = try Program.run(
        ["fit", "layout.yml", "--size", "crashkernel"], in: folder)
      #expect(code == 0, "\(errors)")
      let match = try #require(output.firstMatch(of: try Regex("\n    crashkernel=([0-9]+)M\n")))
      let size = try #require(Int(match.output[1].substring ?? ""))
      for (megabytes, expected) in [(size, Int32(0)), (size - 1, 1)] {
        try Program.write(text + "crashkernel: \(megabytes)M\n", to: "layout.yml", in: folder)
        #expect(try Program.run(["fit", "layout.yml"], in: folder).code == expected)
      }
    }
  }

  /// Its parts make it up, in one unit; and the table of what a larger initrd takes begins with this one.
  @Test func whatTheLeastCrashKernelConsistsOf() throws {
    let text = Self.layout.replacing("memory: 1GiB\n", with: "") + Self.dump
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      try Program.write(text, to: "layout.yml", in: folder)
      let output = try Program.run(
        ["fit", "layout.yml", "--size", "crashkernel"], in: folder
      ).output
      let match = try #require(output.firstMatch(of: /\n    crashkernel=([0-9]+)M\n/))
      let size = try #require(Int(match.1))
      let kilobytes = output.matches(of: /\n    [A-Za-z -]+ ([0-9]+) KiB(?=\n)/).map {
        Int($0.1) ?? 0
      }
      #expect(kilobytes.reduce(0, +) == size * 1024, "\(output)")
      #expect(
        output.contains(try Regex("\n  with `initrd`, [^\n]*\n    8 MiB +crashkernel=\(size)M\n")),
        "\(output)")
    }
  }

  @Test func theLeastSizeOfRanges() throws {
    let text = Self.layout.replacing("memory: 1GiB\n", with: "") + Self.dump
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      try Program.write(text, to: "layout.yml", in: folder)
      let (output, errors, code) = try Program.run(
        [
          "fit", "layout.yml", "--size", "crashkernel", "--for", "all", "processors 1..512",
          "--format", "json",
        ], in: folder)
      #expect(code == 0, "\(errors)")
      let layout = try #require(try FitDocument.layouts(output).first)
      let growth = try #require((layout["growth"] as? [[String: Any]])?.first)
      #expect(growth["setting"] as? String == "processors")
      let rows = try #require(growth["rows"] as? [[String: Any]])
      #expect(rows.first?["from"] as? Int == 1)
      #expect(rows.last?["to"] as? Int == 512)
      for (one, next) in zip(rows, rows.dropFirst()) {
        #expect(next["from"] as? Int == (one["to"] as? Int ?? 0) + 1)
      }
    }
  }

  /// Whoever asks for crashkernel= has a crash image: how much RAM it has is what is asked.
  @Test func theSizeOfACrashKernelIsOfACrashImage() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      let (_, errors, code) = try Program.run(
        ["fit", "--map", "iomem.txt", "--size", "crashkernel"], in: folder)
      #expect(code == 2 && errors.contains("--kernel is missing"), "\(errors)")
      #expect(!errors.contains("--memory"), "\(errors)")
    }
  }

  @Test func sizesThatAreNone() throws {
    #expect(try fit("", ["--size", "kernel"]).errors.contains("--size is one of crashkernel"))
    #expect(try fit("", ["--size", "crashkernel"]).errors.contains("`crash-image`"))
    #expect(try fit("", ["--size", "memory", "--svg", "out.svg"]).code == 2)
  }

  @Test func whoChoosesThePlacesIsSaid() throws {
    #expect(try fit("").output.contains("(`loader-order`:"))
    #expect(try fit("loader: kexec_load\n").output.contains("(`loader-order`:"))
    #expect(try !fit("loader: boot-protocol\n").output.contains("loader-order"))
  }

  /// Some editors write one.
  @Test func aByteOrderMarkIsNoPartOfAText() throws {
    let plain = try fit("")
    let marked = try fit("", map: "\u{FEFF}" + Self.map)
    #expect(marked.code == 0 && marked.errors.isEmpty, "\(marked.errors)")
    #expect(marked.output == plain.output)
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      try Program.write("\u{FEFF}" + Self.layout, to: "layout.yml", in: folder)
      let layout = try Program.run(["fit", "layout.yml", "--verbose"], in: folder)
      #expect(layout.output == plain.output, "\(layout.errors)")
    }
  }

  @Test func aMapWithoutRAMIsSaid() throws {
    let (output, errors, code) = try fit("", map: "00000000-00000fff : Reserved\n")
    #expect(code == 2)
    #expect(output.isEmpty)
    #expect(errors.contains("iomem.txt shows no System RAM"), "\(errors)")
  }

  // MARK: Input that is wrong

  @Test(arguments: [
    ("00000000-00000000 : System RAM\n  00000000-00000000 : Kernel code\n", "root"),
    ("", "no memory"), ("a letter", "line"),
    ("00001000-1ffffffffffffffff : System RAM\n", "line"),
  ])
  func mapsThatAreNone(map: String, word: String) throws {
    let (output, errors, code) = try fit("", map: map)
    #expect(code == 2)
    #expect(output.isEmpty)
    #expect(errors.hasPrefix("layout.yml: error: "), "\(errors)")
  }

  @Test(arguments: [
    ("kernel: vmlinuz", "error"), ("initrd: no-such-file", "No such file"),
    ("initrd: 18446744073709551616", "number of bytes"), ("memory: 0", "number of bytes"),
    ("tea: 1", "`tea` is none of"), ("initrd: 5MiB..2MiB", "number of bytes"),
    ("prefer: most-for-processes", "no item for processes"),
    ("for: largest", "no size is one"), ("crash-image: true\nloader: boot-protocol", "by kexec"),
    ("scratch: [0x1000000-0x1ffffff]\nhanded-over: [0x1fff000-0x1ffffff]", "KHO refuses"),
    ("items: [{ name: kernel, role: processes, size: 1 }]", "two items `kernel`"),
  ])
  func settingsThatAreNone(line: String, words: String) throws {
    let key = line.prefix { $0 != ":" }
    var text = Self.layout
    if let range = text.range(of: "(?m)^\(key): .*\n", options: .regularExpression) {
      text.removeSubrange(range)
    }
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      try Program.write(text + line + "\n", to: "layout.yml", in: folder)
      let (output, errors, code) = try Program.run(["fit", "layout.yml"], in: folder)
      #expect(code == 2, "\(output)")
      #expect(errors.contains(words), "\(errors)")
    }
  }

  /// A map of almost a hundred thousand pieces, of which one is large.
  @Test func aLongMap() throws {
    var map = "00001000-0009ffff : System RAM\n"
    for index in 1...99_000 {
      let start = UInt64(index) << 22
      map += "\(String(start, radix: 16))-\(String(start + 0xFFFFF, radix: 16)) : System RAM\n"
    }
    let loader = "loader: kexec_load\n"
    #expect(try fit(loader, map: map).code == 1)
    map += "10000000000-100ffffffff : System RAM\n"
    #expect(try fit(loader, map: map).code == 0)
  }

  /// The zero page holds 128 ranges. Behind them are 1 GiB, and two reserved pages.
  @Test func whatTheZeroPageDoesNotHold() throws {
    var map = "00001000-0009ffff : System RAM\n"
    for index in 1...127 {
      let start = UInt64(index) << 20
      map += "\(String(start, radix: 16))-\(String(start + 0xFFF, radix: 16)) : Reserved\n"
    }
    map += "100000000-13fffffff : System RAM\n140000000-140000fff : Reserved\n"
    map += "140002000-140002fff : Reserved\n"
    func text(_ more: String) throws -> (text: String, code: Int32) {
      let answer = try fit(more, map: map)
      return (answer.output.replacing(try Regex("\n +"), with: " "), answer.code)
    }
    let lost = try text("")
    #expect(lost.code == 1)
    #expect(
      lost.text.contains(
        "kexec_file_load passes on the first 128 of 131 ranges of memory of iomem.txt, as its lines"
          + " show them: the relieving kernel does not know of 1 GiB of RAM,"
          + " 0x100000000-0x13fffffff"))
    #expect(lost.text.contains("kexec_file_load tells an x86-64 kernel of the first 128 ranges"))
    // 16 bytes of a node of setup_data and 20 for each of three ranges are 76 bytes, in a page.
    let passed = try text("loader: kexec_load\n")
    #expect(passed.code == 0)
    #expect(
      passed.text.contains(try Regex("more of the memory map +0x[0-9a-f]+000-0x[0-9a-f]+fff")))
    #expect(passed.text.contains("3 of them in setup_data"))
    #expect(try text("loader: boot-protocol\n").code == 0)
  }

  /// 6 % of 4 GiB are 245.76 MiB, of 6 GiB 368.64, and swiotlb has a power of two.
  @Test func confidentialGuests() throws {
    func swiotlb(_ memory: String) throws -> Int? {
      var byteCount: Int?
      try Program.inTemporaryFolder { folder in
        let text = Self.layout.replacing("swiotlb: 0", with: "confidential: true")
          .replacing("memory: 1GiB", with: "memory: \(memory)")
        try Program.write(Self.map, to: "iomem.txt", in: folder)
        try Program.write(text, to: "layout.yml", in: folder)
        let (output, errors, code) = try Program.run(
          ["fit", "layout.yml", "--format", "json", "--proof", "."], in: folder)
        #expect(code == 0, "\(errors)")
        let proof = try Program.run(
          ["verify-proof", "layout.smt2", "--layout", "layout.yml"], in: folder)
        #expect(proof.code == 0, "\(proof.output)\(proof.errors)")
        let layouts = try FitDocument.layouts(output)
        let places = try #require(layouts.first?["placement"] as? [[String: Any]])
        byteCount = places.first { $0["item"] as? String == "swiotlb" }?["byteCount"] as? Int
      }
      return byteCount
    }
    #expect(try swiotlb("512MiB") == 64 << 20)
    #expect(try swiotlb("4GiB") == 256 << 20)
    #expect(try swiotlb("6GiB") == 512 << 20)
    #expect(try swiotlb("1GiB..6GiB") == 512 << 20)
    #expect(try fit("confidential: true\n").errors.contains("through swiotlb"))
    #expect(try fit("swiotlb-areas: 4\n").errors.contains("no swiotlb that could have"))
    #expect(try fit("swiotlb-areas: 0\n").errors.contains("1 at least, and not 0"))
    #expect(try fit("confidential: perhaps\n").errors.contains("`true` or `false`"))
  }

  @Test func whatCannotBeWrittenIsSaid() throws {
    let answer = try Program.run(
      ["fit", "Models/layouts/dual-cpu.yml"], output: "/dev/full")
    #expect(answer.code == 2)
    #expect(answer.errors.contains("cannot be written"))
    let folder = try Program.run(
      ["fit", "Models/layouts/dual-cpu.yml", "--proof", "/dev/null/folder"])
    #expect(folder.code == 2)
    #expect(folder.errors.contains("/dev/null/folder: error: the folder cannot be made"))
  }

  // MARK: Scenarios

  @Test func everyLayoutIsAScenario() throws {
    let text = try String(
      contentsOf: Program.root.appendingPathComponent("swapcheck.yml"), encoding: .utf8)
    let scenarios = try ScenarioFile.read(text).filter { $0.model == nil }
    let layouts = try FileManager.default.contentsOfDirectory(
      atPath: Program.root.appendingPathComponent("Models/layouts").path
    )
    .filter { $0.hasSuffix(".yml") }
    #expect(
      Set(scenarios.map(\.subject.path)) == Set(layouts.map { "Models/layouts/\($0)" }))
    #expect(scenarios.allSatisfy { !$0.tags.contains("nightly") })
  }

  @Test(arguments: [
    ("fits", "expect: fits", 0, "ok "),
    ("fits", "expect: does-not-fit", 1, "expected does not fit"),
    ("large", "expect: does-not-fit", 0, "ok "),
    ("large", "expect: does-not-fit\n    conflict: [in-usable-ram, image-size]", 0, "ok "),
    ("large", "expect: does-not-fit\n    conflict: [trampoline]", 1, "not without one of them"),
    (
      "large", "expect: does-not-fit\n    conflict: [in-usable-ram, image-size, trampoline]", 1,
      "not without one of them"
    ),
    ("none", "expect: fits", 2, "cannot be asked about"),
    ("stated", "expect: does-not-fit", 2, "expects another verdict"),
  ])
  func layoutsAreScenarios(name: String, expectation: String, code: Int32, words: String) throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      try Program.write(Self.layout, to: "fits.yml", in: folder)
      try Program.write(Self.layout + "expect: fits\n", to: "stated.yml", in: folder)
      try Program.write(
        Self.layout.replacing("32MiB", with: "2GiB"), to: "large.yml", in: folder)
      try Program.write(
        "version: 1\nscenarios:\n  - name: a\n    layout: \(name).yml\n    \(expectation)\n",
        to: "swapcheck.yml", in: folder)
      let (output, errors, found) = try Program.run(["check"], in: folder)
      #expect(found == code, "\(output)\(errors)")
      let text = (output + errors).replacing("\n    ", with: " ").replacing("\n  ", with: " ")
      #expect(text.contains(words), "\(output)\(errors)")
      let json = try Program.run(["check", "--format", "json"], in: folder)
      #expect(json.code == code)
      #expect(throws: Never.self) {
        try JSONSerialization.jsonObject(with: Data(json.output.utf8))
      }
    }
  }
}
