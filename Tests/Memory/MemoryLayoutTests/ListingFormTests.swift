import Foundation
import MemoryLayout
import Testing

/// Listings and logs as they come out of mails, reports and terminals: whatever stands around the
/// lines, the map is the same.
@Suite struct ListingFormTests {
  /// What is done to a text, by a name for messages.
  private struct Form: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let change: @Sendable (String) -> String

    init(_ name: String, _ change: @escaping @Sendable (String) -> String) {
      testDescription = name
      self.change = change
    }

    /// Something before each line, by its number from 1.
    init(before prefix: @escaping @Sendable (Int) -> String) {
      self.init("`\(prefix(12))`") { text in
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        for index in lines.indices where !lines[index].isEmpty {
          lines[index] = prefix(index + 1) + lines[index]
        }
        return lines.joined(separator: "\n")
      }
    }
  }

  /// RFC 2045: lines of 76 characters at most, a `=` for each break that is none.
  @Sendable private static func quotedPrintable(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var line = Substring(line.replacing("=", with: "=3D"))
      if line.hasSuffix(" ") { line = line.dropLast() + "=20" }
      var pieces: [Substring] = []
      while line.count > 76 {
        let piece = line.prefix(75)
        // Not within `=3D`.
        let cut = piece.lastIndex(of: "=").map { piece.distance(from: $0, to: piece.endIndex) } ?? 9
        pieces.append(cut < 3 ? piece.dropLast(cut) : piece)
        line = line.dropFirst(pieces.last?.count ?? 0)
      }
      return (pieces + [line]).joined(separator: "=\n")
    }.joined(separator: "\n")
  }

  /// Those that any text goes through.
  private static let ofAll = [
    Form(before: { _ in "> " }), Form(before: { _ in ">> " }), Form(before: { _ in "> > > " }),
    Form(before: { _ in ">" }), Form(before: { _ in "| " }), Form(before: { _ in "&gt; " }),
    Form(before: { _ in "\u{1B}[32m\u{1B}[K" }), Form(before: { _ in "    " }),
    Form("CR LF") { $0.replacing("\n", with: "\r\n") },
    Form("CR") { $0.replacing("\n", with: "\r") },
    Form("CR CR LF") { $0.replacing("\n", with: "\r\r\n") },
    Form("colours") {
      $0.replacing(" : ", with: " \u{1B}[0m: ").replacing("[mem", with: "\u{1B}[1;31m[mem")
    },
    Form("a title") { "\u{1B}]0;host: ~\u{07}" + $0.replacing("\n", with: "\u{1B}(B\n") },
    Form("non-breaking spaces") { $0.replacing("  ", with: "\u{A0}\u{A0}") },
    Form("dashes") { $0.replacing("-0", with: "\u{2013}0") },
    Form("entities") { text in
      text.replacing("&", with: "&amp;").replacing("<", with: "&lt;").replacing(">", with: "&gt;")
    },
    Form("<br>") { $0.replacing("\n", with: "<br />\n") },
    Form("quoted-printable", quotedPrintable),
    Form("quotation of quoted-printable") {
      quotedPrintable("> " + $0.replacing("\n", with: "\n> "))
    },
    Form("a mail") { "Hello,\n\nthis is what it has (865fdb08197e):\n\n\($0)\n-- \nJane\n" },
    Form("a terminal") { "root@host:~# cat it\n\($0)root@host:~# uname -r\n6.18.0\n" },
    Form("twice") { $0 + "\n" + $0 },
    Form("twice with a heading") { "again:\n\n" + $0 + "\nonce more:\n" + $0 },
  ]

  private static let ofListings = [
    Form(before: { _ in "/proc/iomem:" }), Form(before: { "iomem.txt:\($0):" }),
    Form(before: { "\($0):" }), Form(before: { "iomem.txt-\($0)-" }), Form(before: { "\($0)-" }),
    Form(before: { "     \($0)\t" }), Form(before: { "\($0)  " }),
    Form(before: { _ in "> /proc/iomem:" }), Form(before: { _ in "(standard input):" }),
    Form(before: { _ in "Nov 30 03:00:00 host sosreport[812]: " }),
    Form(before: { _ in "Nov 30 03:00:00 host kernel: [    0.000000] " }),
    Form(before: { _ in "> \u{A0}" }), Form(before: { _ in "* " }),
    Form(before: { _ in "+" }), Form(before: { _ in "JD> " }), Form(before: { _ in "host1: " }),
  ]

  private static let ofLogs = [
    Form(before: { _ in "Nov 30 03:00:00 host kernel: " }),
    Form(before: { _ in "Nov 30 03:00:00 host kernel: [    0.000000] " }),
    Form(before: { _ in "2026-11-30T03:00:00.000000+00:00 host kernel: " }),
    Form(before: { _ in "[Mon Nov 30 03:00:00 2026] " }), Form(before: { _ in "<6>" }),
    Form(before: { _ in "<6>[    0.000000] " }), Form(before: { _ in "kern  :info  : " }),
    Form(before: { _ in "kern  :info  : [    0.000000] " }), Form(before: { _ in "6,0,0,-;" }),
    Form(before: { _ in "dmesg.txt:" }), Form(before: { "dmesg.txt:\($0):" }),
    Form(before: { "\($0):[    0.000000] " }), Form(before: { _ in "[    0.000000][    T0] " }),
    Form(before: { _ in "> [    0.000000] " }), Form(before: { _ in "[  +0.000000] " }),
    Form(before: { _ in "[    0.000000] host kernel: " }), Form(before: { _ in "MESSAGE=" }),
    Form("JSON") {
      $0.replacing("BIOS", with: "{\"MESSAGE\":\"BIOS").replacing(
        "usable\n", with: "usable\",\"PRIORITY\":\"6\"}\n")
    },
  ]

  private static let ofFirmwareMaps = [
    Form(before: { _ in "memmap.txt:" }), Form(before: { "memmap.txt:\($0):" }),
    Form(before: { _ in "sos/host/" }),
  ]

  /// What a map says, without lines and findings about the text.
  private func content(_ map: MemoryMap) -> [String] {
    map.regions.map { "\($0.range) \($0.kind.rawValue) \($0.name)" }
  }

  private func check(_ sample: String, _ forms: [Form]) throws {
    let text = String(decoding: try Samples.bytes(sample), as: UTF8.self)
    let plain = try Samples.map(sample)
    for form in forms {
      let changed = try map(form.change(text))
      // The content of a text that has the lines twice is that of one of them, or has each twice.
      let ranges = content(changed).reduce(into: [String]()) {
        if !$0.contains($1) { $0.append($1) }
      }
      var expected: [String] = []
      for line in content(plain) where !expected.contains(line) { expected.append(line) }
      #expect(ranges == expected, "\(sample), \(form.testDescription)")
      #expect(changed.format == plain.format)
      #expect(changed.systemRAM == plain.systemRAM)
      #expect(changed.usableRAM == plain.usableRAM)
      #expect(
        !changed.findings.contains { finding in
          if case .severalListings = finding.kind { return true }
          if case .severalStarts = finding.kind { return true }
          return false
        }, "\(sample), \(form.testDescription)")
    }
  }

  private static func samples(_ suffix: String) throws -> [String] {
    try Samples.names.filter { $0.hasSuffix(suffix) }
  }

  @Test func listings() throws {
    for sample in try Self.samples(".iomem.txt") {
      try check(sample, Self.ofAll + Self.ofListings)
    }
  }

  @Test func logs() throws {
    for sample in try Self.samples(".dmesg.txt") { try check(sample, Self.ofAll + Self.ofLogs) }
  }

  @Test func firmwareMaps() throws {
    for sample in try Self.samples(".memmap.txt") {
      try check(sample, Self.ofAll)
      let text = String(decoding: try Samples.bytes(sample), as: UTF8.self)
      // What `grep . -r /sys/firmware/memmap` writes of the same.
      var files = ""
      for line in text.split(separator: "\n") {
        let parts = try #require(line.wholeMatch(of: /(\d+) start=(\S+) end=(\S+) type=(.*)/))
        let folder = "/sys/firmware/memmap/\(parts.1)"
        files += "\(folder)/type:\(parts.4)\n\(folder)/end:\(parts.3)\n\(folder)/start:\(parts.2)\n"
      }
      for form in Self.ofAll + Self.ofFirmwareMaps {
        #expect(
          try content(map(form.change(files))) == content(Samples.map(sample)),
          "\(form.testDescription)")
      }
    }
  }

  /// Forms one after the other, in any order.
  @Test func formsOfForms() throws {
    let seed = UInt64.random(in: 0...UInt64.max)
    var generator = SeededGenerator(seed: seed)
    // An encoding is the last that is done; what a terminal or a mail has goes around all lines.
    let inner = [Self.ofListings, Self.ofLogs].map { forms in
      forms.filter { !$0.testDescription.contains(">") }
    }
    let quotations = Array(Self.ofAll.prefix(5))
    let outer = Self.ofAll.dropFirst(8).filter { !$0.testDescription.contains("twice") }
    for sample in try Samples.names
    where sample.hasSuffix("mesg.txt") || sample.hasSuffix("iomem.txt") {
      let text = String(decoding: try Samples.bytes(sample), as: UTF8.self)
      let own = inner[sample.hasSuffix("iomem.txt") ? 0 : 1]
      for _ in 0..<20 {
        let forms = try [
          #require(own.randomElement(using: &generator)),
          #require(quotations.randomElement(using: &generator)),
          #require(quotations.randomElement(using: &generator)),
          #require(outer.randomElement(using: &generator)),
        ]
        let changed = try map(forms.reduce(text) { $1.change($0) })
        #expect(
          try changed.usableRAM == Samples.map(sample).usableRAM,
          "\(sample), \(forms.map(\.testDescription)), seed \(seed)")
      }
    }
  }

  @Test func sixteenBits() throws {
    let text = "00001000-0009ffff : System RAM\n  00002000-00002fff : Kernel code\n"
    for isBig in [true, false] {
      var bytes: [UInt8] = isBig ? [0xFE, 0xFF] : [0xFF, 0xFE]
      for unit in text.utf16 {
        let pair = [UInt8(unit >> 8), UInt8(unit & 0xFF)]
        bytes += isBig ? pair : pair.reversed()
      }
      #expect(try MemoryMap.read(path: "map", bytes: bytes).runningKernel.byteCount == 0x1000)
      // Cut within a character.
      _ = try MemoryMap.read(path: "map", bytes: bytes + [0])
    }
  }

  // MARK: Several listings

  /// The last that has RAM is taken, and that there are others is said.
  @Test func severalListings() throws {
    let map = try map(
      """
      before:
      00001000-0009ffff : System RAM
      00100000-1fffffff : System RAM

      after:
      00001000-0009ffff : System RAM
      00100000-3fffffff : System RAM

      ports:
      0000-001f : dma1
      """)
    #expect(try map.systemRAM.ranges == [range(0x1000, 0x9_FFFF), range(0x10_0000, 0x3FFF_FFFF)])
    #expect(map.findings == [MapFinding(.severalListings(otherCount: 1), at: .line(6))])
    #expect(map.regions.count == 2)
  }

  @Test func portsAreNoMemory() throws {
    let map = try map(
      """
      00000000-00000fff : Reserved
      00001000-0009ffff : System RAM
      00100000-3fffffff : System RAM
      0000-0cf7 : PCI Bus 0000:00
        0000-001f : dma1
      0cf8-0cff : PCI conf1
      """)
    #expect(map.regions.count == 3)
    #expect(map.findings.isEmpty)
  }

  /// A listing that hides its addresses beside a log that does not.
  @Test func whatIsShownIsTaken() throws {
    let map = try map(
      """
      00000000-00000000 : Reserved
      00000000-00000000 : System RAM
      [    0.000000] BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
      [    0.000000] BIOS-e820: [mem 0x0000000000100000-0x00000000bfffffff] usable
      """)
    #expect(map.format == .e820)
    #expect(map.systemRAM.byteCount == 0x9_FC00 + 0xBFF0_0000)
  }

  /// The kernel's own messages may stand between the lines on a serial line.
  @Test func messagesBetweenLines() throws {
    let map = try map(
      """
      00001000-0009ffff : System RAM
      [   12.345678] random: crng init done
      00100000-3fffffff : System RAM
      """)
    #expect(map.systemRAM.ranges.count == 2)
  }

  @Test(arguments: [
    // A name that was wrapped.
    ("00001000-0009ffff : System\nRAM\n00100000-3fffffff : System RAM\n", 1),
    ("00100000-3fffffff : System RAM\n  01000000-01bfffff : Kernel\ncode\n", 2),
    ("00001000-0009ffff : PCI Bus\n0000:00\n00100000-3fffffff : System RAM\n", 2),
    // A range that was wrapped, within the listing, before and behind it.
    ("00001000-0009ffff : System RAM\n00100000-\n3fffffff : System RAM\n", 2),
    ("00001000-\n0009ffff : System RAM\n00100000-3fffffff : System RAM\n", 2),
    ("00001000-0009ffff : System RAM\n00100000-3fff\n", 2),
    // Lines that were joined.
    (
      "00000000-00000fff : Reserved 00001000-0009ffff : System RAM\n"
        + "00100000-3fffffff : System RAM\n", 1
    ),
    // Lines that were left out.
    ("00001000-0009ffff : System RAM\n\n[...]\n00100000-3fffffff : System RAM\n", 3),
    ("00001000-0009ffff : System RAM\n<snip>\n00100000-3fffffff : System RAM\n", 2),
    ("> 00001000-0009ffff : System RAM\n> and then\n> 00100000-3fffffff : System RAM\n", 2),
  ])
  func linesThatAreNotWhole(text: String, line: Int) throws {
    let error = try error { try map(text) }
    #expect(error.place == .line(line))
    #expect(error.hint != nil)
  }

  /// Nesting is that of the ranges, and what comes before a line is no indentation.
  @Test func indentationBehindAPrefix() throws {
    let nested = "00100000-3fffffff : System RAM\n  01000000-01bfffff : Kernel code\n"
    let flat = nested.replacing("  ", with: "")
    for prefix in ["> ", "/proc/iomem:", "7:", "    "] {
      func prefixed(_ text: String) -> String {
        text.split(separator: "\n").map { prefix + $0 + "\n" }.joined()
      }
      #expect(try map(prefixed(nested)).findings.isEmpty, "\(prefix)")
      #expect(try map(prefixed(flat)).findings.map(\.kind) == [.indentationLost], "\(prefix)")
      #expect(try map(prefixed(flat)).runningKernel.byteCount == 0xC0_0000)
    }
  }

  /// Equals signs that are no encoding.
  @Test func equalsSignsOfALog() throws {
    let map = try map(
      """
      Command line: nr_cpus=16 log_buf_len=1M root=/dev/vda
      BIOS-e820: [mem 0x0000000000000000-0x000000000009fbff] usable
      e820: update [mem 0x00000000-0x00000fff] usable ==> reserved
      """)
    #expect(map.systemRAM.byteCount == 0x9_EC00)
  }
}
