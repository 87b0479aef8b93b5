import Checking
import Exploration
import Foundation
import Options
import TestSupport
import Testing
import Trace

/// The table of options, and what reads it.
@Suite struct CheckOptionTests {
  private static func settings(_ name: String, _ text: String) throws -> CheckSettings {
    let option = try #require(CheckOption.all.first { $0.name == name })
    var settings = CheckSettings()
    option.apply(try option.value(of: text), to: &settings)
    return settings
  }

  @Test func namesAreThereOnce() {
    #expect(Set(CheckOption.all.map(\.name)).count == CheckOption.all.count)
  }

  /// Whatever an option may be given changes the settings that it is about, and no word is another's.
  @Test(arguments: CheckOption.all.map(\.name))
  func eachValueIsNoted(name: String) throws {
    let option = try #require(CheckOption.all.first { $0.name == name })
    let texts: [String] =
      switch option.values {
      case .words(let words): words
      case .count: ["7", "8"]
      case .seconds: ["0.5", "9"]
      case .bytes: ["64KiB", "1GiB"]
      }
    let noted = Set(try texts.map { try Self.settings(name, $0) })
    #expect(noted.count == texts.count)
    #expect(noted.subtracting([CheckSettings()]).count >= texts.count - 1)
  }

  @Test func valuesGoWhereTheyBelong() throws {
    #expect(try Self.settings("deadlock", "stuck").deadlock == .stuck)
    #expect(try Self.settings("engine", "random-walk").engine == .randomWalk)
    #expect(try Self.settings("store", "bitstate").store == .bitstate)
    #expect(try Self.settings("reduction", "por").reduction == .por)
    #expect(try Self.settings("symmetry", "off").symmetry == .off)
    #expect(try Self.settings("executor", "native").executor == .native)
    #expect(try Self.settings("digest", "steps").digest == .steps)
    #expect(try Self.settings("dialect", "cmurphi").dialect == .cmurphi)
    #expect(try Self.settings("max-depth", "0").maximumDepth == 0)
    #expect(try Self.settings("max-states", "3").maximumStateCount == 3)
    #expect(try Self.settings("threads", "1024").threadCount == 1024)
    #expect(try Self.settings("timeout", "1.5").timeoutSeconds == 1.5)
    #expect(try Self.settings("memory", "512MiB").memoryByteCount == 512 << 20)
    #expect(try Self.settings("seed", "9").seed == 9)
    #expect(try Self.settings("steps", "0").maximumStepCount == 0)
    #expect(try Self.settings("depth", "12").solverDepth == 12)
    #expect(try Self.settings("ask", "safety").asked == .safety)
  }

  @Test(arguments: [
    ("deadlock", "never", "is one of `stuttering`, `stuck`, `off`, and not `never`"),
    (
      "engine", "native",
      "is one of `breadth-first`, `random-walk`, `bmc`, `induction`, `pdr`, `portfolio`, and not "
        + "`native`; `executor` may be that"
    ),
    ("threads", "0", "is a whole number from 1 to 1024, and not `0`"),
    ("threads", "1025", "is a whole number from 1 to 1024, and not `1025`"),
    ("max-states", "0", "is a whole number, at least 1, and not `0`"),
    ("max-depth", "-1", "is a whole number, at least 0, and not `-1`"),
    ("timeout", "0", "is a number of seconds above 0, and not `0`"),
    ("timeout", "nan", "is a number of seconds above 0, and not `nan`"),
    ("timeout", "inf", "is a number of seconds above 0, and not `inf`"),
    (
      "memory", "9999999999GiB",
      "is a number of bytes from 64KiB on, such as 512MiB or 8GiB, and not `9999999999GiB`"
    ),
    ("memory", "GiB", "is a number of bytes from 64KiB on, such as 512MiB or 8GiB, and not `GiB`"),
    // Of bytes; what is meant are GiB.
    ("memory", "4", "is a number of bytes from 64KiB on, such as 512MiB or 8GiB, and not `4`"),
  ])
  func otherValuesAreRefused(name: String, text: String, message: String) throws {
    let option = try #require(CheckOption.all.first { $0.name == name })
    #expect(throws: CheckOption.Failure(message: message)) { try option.value(of: text) }
  }

  /// Settings are what is asked of a model.
  @Test(arguments: CheckOption.all)
  func theDefaultIsWhatTheTableSays(option: CheckOption) throws {
    guard case .words(let words) = option.values else { return }
    let word = String(option.byDefault.filter { $0 != "`" })
    #expect(words.contains(word))
    #expect(try Self.settings(option.name, word) == CheckSettings())
  }

  /// docs/scenarios.md has the rows of the table, and no others in their place.
  @Test func thePageHasTheTable() throws {
    let page = try String(
      contentsOf: Repository.root.appendingPathComponent("docs/scenarios.md"), encoding: .utf8)
    let lines = page.split(separator: "\n").map(String.init)
    let start = try #require(lines.firstIndex { $0.hasPrefix("Each of these keys is a flag") })
    let rows = lines[start...].drop { !$0.hasPrefix("| `") }.prefix { $0.hasPrefix("| `") }
    #expect(Array(rows) == CheckOption.all.map(\.row))
  }
}
