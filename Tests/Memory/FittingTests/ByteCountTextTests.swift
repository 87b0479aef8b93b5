import Fitting
import Testing

@Suite struct ByteCountTextTests {
  @Test(
    arguments: [
      ("0", 0), ("4096", 4_096), ("0x1000", 4_096), ("20MiB", 20 << 20), ("3 GiB", 3 << 30),
      ("1TiB", 1 << 40), ("7KiB", 7 << 10), ("18446744073709551615", .max),
    ] as [(String, UInt64)])
  func reads(text: String, byteCount: UInt64) {
    #expect(ByteCountText.parse(text) == byteCount)
  }

  @Test(arguments: [
    "", "x", "-1", "+1", "0x", "0x+1", "1MB", "MiB", "1.5GiB", "18446744073709551616",
    "16777216TiB", "1  MiB", "1..2",
  ])
  func refuses(text: String) { #expect(ByteCountText.parse(text) == nil) }

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
