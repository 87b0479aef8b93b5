import Foundation
import NativeCode
import Testing

/// Compiled code is loaded only if it is whole and nobody else could have put it there.
@Suite struct CodeCacheTests {
  /// The least C that has the functions of compiled rules.
  private static let source = """
    void swapcheck_expand(void *c) {}
    void swapcheck_look_up(void *c) {}
    int swapcheck_inspect(void *c, const unsigned long long *s) { return 7; }
    """

  private let folder: String

  init() throws {
    folder = NSTemporaryDirectory() + "swapcheck-cache-\(UUID().uuidString)"
    try FileManager.default.createDirectory(
      atPath: folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
  }

  private func remove() { try? FileManager.default.removeItem(atPath: folder) }

  private func compile(_ source: String) throws -> NativeLibrary {
    let compilation = NativeCompilation(source, cache: CodeCache(folder: folder))
    compilation.wait()
    return try #require(compilation.result).get()
  }

  /// Compiles the source into the cache; the entry's folder.
  private func fill() throws -> String {
    let library = try compile(Self.source)
    #expect(library.inspect(UnsafeMutablePointer<NativeContext>(bitPattern: 8)!, [0]) == 7)
    let entries = try FileManager.default.contentsOfDirectory(atPath: folder)
    return folder + "/" + (try #require(entries.first))
  }

  // Files are replaced and not written into, because this process has loaded some of them.
  private var isCached: Bool { CodeCache(folder: folder).cached(Self.source) != nil }

  @Test func whatWasCompiledIsLoadedAgain() throws {
    defer { remove() }
    #expect(!isCached)
    _ = try fill()
    #expect(isCached)
    #expect(CodeCache(folder: folder).cached(Self.source + " ") == nil)
  }

  /// Folders that code was loaded from and that are gone since, without the letters at their ends that are
  /// chosen at random.
  private func originsThatAreGone() throws -> Set<Substring> {
    // `String(contentsOfFile:)` takes the first page of it.
    let file = try #require(FileHandle(forReadingAtPath: "/proc/self/maps"))
    let maps = try file.readToEnd() ?? Data()
    let lines = String(decoding: maps, as: UTF8.self).split(separator: "\n").filter {
      $0.contains(folder + "/") && $0.hasSuffix("rules.so (deleted)")
    }
    return Set(try lines.map { try #require($0.split(separator: "/").dropLast().last).dropLast(6) })
  }

  /// What has been loaded under a name is loaded for ever: `dlopen` gives it again, whatever has come
  /// there since. Letters at random come again, once in some hundred thousand times.
  @Test func otherCodeHasAnotherName() throws {
    defer { remove() }
    let other = Self.source.replacing("7", with: "8")
    for source in [Self.source, other] {
      for _ in 0..<3 { _ = try compile(source) }
    }
    #expect(try originsThatAreGone().count == 2)
  }

  @Test func whatWasLeftUnfinishedIsRememberedUntilItIsCompiled() throws {
    defer { remove() }
    let cache = CodeCache(folder: folder)
    #expect(!cache.isUnfinished(Self.source))
    cache.noteUnfinished(Self.source)
    #expect(cache.isUnfinished(Self.source))
    #expect(!cache.isUnfinished(Self.source + " "))
    #expect(!isCached)
    _ = try compile(Self.source)
    #expect(!cache.isUnfinished(Self.source))
    #expect(isCached)
  }

  @Test(arguments: ["rules.so", "rules.c", "seal"])
  func aChangedFileIsNotLoaded(name: String) throws {
    defer { remove() }
    let file = try fill() + "/" + name
    var bytes = try Data(contentsOf: URL(fileURLWithPath: file))
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: file), options: .atomic)
    #expect(!isCached)
    bytes[bytes.count / 2] ^= 1
    try bytes.write(to: URL(fileURLWithPath: file), options: .atomic)
    #expect(isCached)
    try bytes.prefix(bytes.count / 2).write(to: URL(fileURLWithPath: file), options: .atomic)
    #expect(!isCached)
  }

  @Test(arguments: ["", "/rules.so"])
  func whatOthersCanWriteToIsNotLoaded(name: String) throws {
    defer { remove() }
    let entry = try fill()
    #expect(chmod(entry + name, 0o722) == 0)
    #expect(!isCached)
  }

  @Test func aFolderThatOthersCanWriteToIsNoCache() throws {
    defer { remove() }
    _ = try fill()
    #expect(chmod(folder, 0o777) == 0)
    #expect(!isCached)
  }

  /// Who can write to a folder can put another one in the place of what is in it.
  @Test func aFolderBelowOneThatOthersCanWriteToIsNoCache() throws {
    defer { remove() }
    let inner = folder + "/inner"
    try FileManager.default.createDirectory(
      atPath: inner, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    func fills() throws -> Bool {
      let compilation = NativeCompilation(Self.source, cache: CodeCache(folder: inner))
      compilation.wait()
      _ = try #require(compilation.result).get()
      return CodeCache(folder: inner).cached(Self.source) != nil
    }
    #expect(chmod(folder, 0o777) == 0)
    #expect(try !fills())
    // As in /tmp, others can take nothing away.
    #expect(chmod(folder, 0o1777) == 0)
    #expect(try fills())
    #expect(chmod(folder, 0o777) == 0)
    #expect(CodeCache(folder: inner).cached(Self.source) == nil)
  }

  @Test func whatNobodyUsesGoes() throws {
    defer { remove() }
    let entry = try fill()
    func age(_ path: String, days: Int) {
      var times = [timeval(), timeval()]
      for position in 0..<2 { times[position].tv_sec = time(nil) - days * 24 * 3600 }
      #expect(utimes(path, times) == 0)
    }
    let half = folder + "/new-abcdef"
    try FileManager.default.createDirectory(atPath: half, withIntermediateDirectories: false)
    try Data("half".utf8).write(to: URL(fileURLWithPath: half + "/rules.c"))
    age(half, days: 1)
    age(entry, days: 29)
    _ = try compile(Self.source + "/* another */")
    #expect(!FileManager.default.fileExists(atPath: half))
    #expect(isCached)
    // Now it has been used.
    age(entry, days: 31)
    #expect(isCached)
    _ = try compile(Self.source + "/* a third */")
    #expect(isCached)
    age(entry, days: 31)
    _ = try compile(Self.source + "/* a fourth */")
    #expect(!isCached)
  }

  /// What is in its place goes, and not what a link leads to.
  @Test(arguments: ["link", "file", "folder"])
  func whatStandsInTheWayIsReplaced(kind: String) throws {
    defer { remove() }
    let entry = try fill()
    let elsewhere = folder + "/elsewhere"
    try FileManager.default.moveItem(atPath: entry, toPath: elsewhere)
    switch kind {
    case "link":
      try FileManager.default.createSymbolicLink(atPath: entry, withDestinationPath: elsewhere)
    case "file": try Data().write(to: URL(fileURLWithPath: entry))
    default:
      try FileManager.default.createDirectory(
        atPath: entry + "/rules.c/more", withIntermediateDirectories: true)
    }
    #expect(!isCached)
    _ = try compile(Self.source)
    #expect(isCached)
    #expect(try FileManager.default.contentsOfDirectory(atPath: elsewhere).count == 4)
  }

  @Test func aLinkIsNotFollowed() throws {
    defer { remove() }
    let object = try fill() + "/rules.so"
    try FileManager.default.moveItem(atPath: object, toPath: folder + "/elsewhere.so")
    try FileManager.default.createSymbolicLink(
      atPath: object, withDestinationPath: folder + "/elsewhere.so")
    #expect(!isCached)
  }

  @Test func aBrokenEntryIsReplaced() throws {
    defer { remove() }
    let object = try fill() + "/rules.so"
    try Data("no object".utf8).write(to: URL(fileURLWithPath: object), options: .atomic)
    #expect(try fill() + "/rules.so" == object)
    #expect(isCached)
  }

  @Test func aCompilerErrorIsSaidAndLeavesNothing() throws {
    defer { remove() }
    let error = #expect(throws: NativeCodeError.self) {
      _ = try compile("int f( {")
    }
    #expect("\(try #require(error))".contains("the C compiler failed"))
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }

  @Test func aCompilationCanBeCancelled() throws {
    defer { remove() }
    // Takes a compiler minutes.
    let slow = "int a[] = { " + String(repeating: "1 + 1, ", count: 3_000_000) + "};"
    let compilation = NativeCompilation(slow, cache: CodeCache(folder: folder))
    #expect(compilation.result == nil)
    compilation.cancel()
    guard case .failure = compilation.result else {
      Issue.record("it went on")
      return
    }
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
  }
}
