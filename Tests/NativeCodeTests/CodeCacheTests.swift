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
    #expect(library.inspect(UnsafeMutableRawPointer(bitPattern: 8)!, [0]) == 7)
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
