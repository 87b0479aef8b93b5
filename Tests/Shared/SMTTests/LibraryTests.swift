import Foundation
import SMT
import TestSupport
import Testing

/// A missing or wrong Z3 is one line with the command that installs it.
@Suite struct LibraryTests {
  private func refusal(_ names: [String]) -> SMTError? {
    do {
      _ = try Z3Library(names: names)
      return nil
    } catch {
      return error
    }
  }

  private func expectOneLine(_ error: SMTError) {
    #expect(!error.description.contains("\n"))
    #expect(error.description.hasSuffix("install it with: apt-get install libz3-dev"))
  }

  @Test func theLibraryThatIsInstalled() throws {
    #expect(try Z3Version.loaded() >= .oldest)
    #expect(Z3Version(major: 4, minor: 8, build: 9) < .oldest)
    #expect(Z3Version(major: 4, minor: 13, build: 0) > .oldest)
  }

  /// The loader's words (glibc's `elf/dl-load.c` and `dl-map-segments.h`) for a file that is there.
  @Test func aLibraryWithoutRoomIsNotMissing() {
    let short = "libz3.so.4: failed to map segment from shared object"
    let refused = "libz3.so.4: cannot create shared object descriptor: Cannot allocate memory"
    let absent = "libz3.so.4: cannot open shared object file: No such file or directory"
    #expect(Z3Library.speaksOfMemory(short))
    #expect(Z3Library.speaksOfMemory(refused))
    #expect(!Z3Library.speaksOfMemory(absent))
    #expect(SMTError.noMemory.description == "the system gave Z3 no more memory")
  }

  @Test func aMissingLibrary() throws {
    let error = try #require(refusal(["libz3-that-is-not-there.so"]))
    guard case .missing(let reason) = error else {
      Issue.record("\(error)")
      return
    }
    #expect(reason.contains("libz3-that-is-not-there.so"))
    expectOneLine(error)
    #expect(refusal(["libz3-that-is-not-there.so", "libz3.so.4"]) == nil)
  }

  /// Libraries that are no Z3, or an old one, made by the C compiler.
  @Test func aWrongLibrary() throws {
    let folder = NSTemporaryDirectory() + "swapcheck-z3-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func library(_ name: String, _ source: String) throws -> String {
      let path = "\(folder)/\(name)"
      try source.write(toFile: "\(path).c", atomically: false, encoding: .utf8)
      let output = try OtherProgram.run(["cc", "-shared", "-fPIC", "-o", path, "\(path).c"]).said
      #expect(output == "")
      return path
    }
    func version(_ build: Int) -> String {
      "void Z3_get_version(unsigned *a, unsigned *b, unsigned *c, unsigned *d) "
        + "{ *a = 4; *b = 8; *c = \(build); *d = 0; }"
    }
    let old = try #require(refusal([try library("old.so", version(11))]))
    #expect(old == .tooOld(Z3Version(major: 4, minor: 8, build: 11)))
    expectOneLine(old)
    for (name, source) in [("part.so", version(12)), ("other.so", "int x;")] {
      let error = try #require(refusal([try library(name, source)]))
      guard case .missing = error else {
        Issue.record("\(error)")
        return
      }
      expectOneLine(error)
    }
  }
}
