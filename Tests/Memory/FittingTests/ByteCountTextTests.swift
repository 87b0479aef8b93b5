import Fitting
import Testing

@Suite struct ByteCountTextTests {
  @Test(
    arguments: [
      ("0", 0), ("4096", 4_096), ("0x1000", 4_096), ("20MiB", 20 << 20), ("3 GiB", 3 << 30),
      ("1TiB", 1 << 40), ("7KiB", 7 << 10), ("18446744073709551615", .max),
      // As memparse() of Linux reads them.
      ("8M", 8 << 20), ("512M", 512 << 20), ("1G", 1 << 30), ("4k", 4 << 10), ("4K", 4 << 10),
      ("1T", 1 << 40), ("2p", 2 << 50), ("15E", 15 << 60), ("0x10M", 16 << 20), ("0X1f", 31),
      ("8 M", 8 << 20), ("8mib", 8 << 20), ("8MIB", 8 << 20), ("1 gib", 1 << 30),
      ("0xE", 14), ("0M", 0),
    ] as [(String, UInt64)])
  func reads(text: String, byteCount: UInt64) {
    #expect(ByteCountText.parse(text) == byteCount)
  }

  @Test(arguments: [
    "", "x", "-1", "+1", "0x", "0x+1", "1MB", "MiB", "1.5GiB", "18446744073709551616",
    "16777216TiB", "1  MiB", "1..2", "16777216T", "16E", "8 ", " 8", "8MB", "8mb", "8kB", "8B",
    "1_000", "1,000", "8Mi", "8iB", "M", "0xM", "0x", "-8MiB", "+8M", "8MM", "8 MiB ", "٣",
    "8\u{A0}MiB", "1e9",
  ])
  func refuses(text: String) { #expect(ByteCountText.parse(text) == nil) }

  /// What is meant is read or said, and is never the name of a file.
  @Test(
    arguments: [
      ("8MB", "8MiB, or 8M"), ("8 MB", "8MiB, or 8M"), ("8mb", "8MiB, or 8M"),
      ("4 GB", "4GiB, or 4G"), ("64 kB", "64KiB, or 64K"), ("1.5GiB", "1536MiB"),
      ("1.5 GB", "1536MiB"), ("0.5M", "512KiB"), ("1.1GiB", "1126MiB"), ("2.5K", "2560"),
      ("1_000_000", "1000000"), ("1,000,000", "1000000"), ("4096 bytes", "4096"),
      ("8B", "8"), ("1  MiB", "1MiB, or 1M"), ("+8MiB", "8MiB, or 8M"),
      ("-8MiB", nil), ("-1", nil), ("18446744073709551616", nil), ("0.1", nil),
      ("8.M", "8MiB, or 8M"), ("4Gi", "4GiB, or 4G"), ("99999999999999999999MB", nil),
    ] as [(String, String?)])
  func suggests(text: String, other: String?) {
    #expect(ByteCountText.parse(text) == nil)
    #expect(ByteCountText.isMeant(by: text))
    #expect(ByteCountText.suggestion(for: text) == other)
    // What is suggested is a size.
    for word in (other ?? "").split(separator: ", or ") {
      #expect(ByteCountText.parse(word) != nil)
    }
  }

  @Test(arguments: ["8M", "8mib", "0x1000", "unknown", "1M..2M", "1M..", "5..2", "1MB..2MB"])
  func isMeant(text: String) { #expect(ByteCountText.isMeant(by: text)) }

  @Test(arguments: [
    "initrd.img", "6.1.0-initrd.img", "2024.img", "80000f.img", "./8MB", "-", "--", "..", "a..b",
    "../8M", "8/M", "1.2.3", "", "+", "8M.img", "0xfile",
  ])
  func isMeantAsAName(text: String) { #expect(!ByteCountText.isMeant(by: text)) }

  @Test func ranges() {
    let mebibyte: UInt64 = 1 << 20
    #expect(ByteCountText.parseRange("20MiB..200MiB") == 20 * mebibyte...200 * mebibyte)
    let five: ClosedRange<UInt64> = 5...5
    #expect(ByteCountText.parseRange("5..5") == five)
    for text in ["5", "6..5", "..5", "5..", "1..2..3", "a..b"] {
      #expect(ByteCountText.parseRange(text) == nil, "\(text)")
    }
  }

  @Test(
    arguments: [
      (1, "1 byte", "1"), (5_000_000, "5000000 bytes", "5000000"), (64 << 20, "64 MiB", "64M"),
      (4_096, "4 KiB", "4K"), (15 << 30, "15 GiB", "15G"), (2 << 40, "2 TiB", "2048G"),
    ] as [(UInt128, String, String)])
  func writes(byteCount: UInt128, text: String, option: String) {
    #expect(ByteCountText.format(byteCount) == text)
    #expect(ByteCountText.option(byteCount) == option)
  }
}
