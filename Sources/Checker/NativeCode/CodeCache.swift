import Glibc
import UserCache

/// Compiled code by its source, in a folder that nobody else can write to.
///
/// An entry is a folder with the source, the shared object and a seal, which holds the object's
/// fingerprint. It is made under another name and renamed when it is whole; it is used only if the
/// source is the same to the byte and the object is what was sealed.
package struct CodeCache: Sendable {
  /// Nil where nothing is kept.
  package let folder: String?

  private static let source = "rules.c"
  private static let object = "rules.so"
  private static let log = "log"
  private static let seal = "seal"
  private static let files = [source, object, log, seal]

  /// Entries that nobody has used for so many seconds go when another one is made, and what was
  /// never finished after an hour.
  private static let longestRest = 30 * 24 * 3600
  private static let longestCompilation = 3600

  /// The user's cache. Where there is none, code is compiled in a temporary folder each time.
  package init() { self.init(folder: UserCache.folder) }

  /// A cache in a given folder, which has to be this user's own.
  package init(folder: String?) { self.folder = UserCache.safe(folder) }

  /// Loads what was compiled before from the same C; nil if there is nothing sound.
  package func cached(_ source: String, _ effort: CompilationEffort = .full) -> NativeLibrary? {
    guard let folder, let compiler = CCompiler.find(effort) else { return nil }
    let (text, key) = Self.entry(source, effort, compiler)
    guard isWhole("\(folder)/\(key)", text) else { return nil }
    Files.touch("\(folder)/\(key)")
    return try? NativeLibrary(path: "\(folder)/\(key)/\(Self.object)")
  }

  /// Notes that a search has ended before C was compiled with all effort, so that the next one does
  /// not wait with that.
  package func noteUnfinished(_ source: String) {
    guard let path = unfinishedPath(source) else { return }
    _ = Files.write([], to: path)
  }

  /// Whether that has been noted.
  package func isUnfinished(_ source: String) -> Bool {
    unfinishedPath(source).map { Files.isOurs($0, S_IFREG) } ?? false
  }

  private func unfinishedPath(_ source: String) -> String? {
    guard let folder, let compiler = CCompiler.find(.full) else { return nil }
    return "\(folder)/\(Self.entry(source, .full, compiler).key).unfinished"
  }

  /// Compiles and loads C, and keeps what was compiled.
  func compile(
    _ source: String, _ effort: CompilationEffort, _ process: CompilerProcess
  ) throws(NativeCodeError) -> NativeLibrary {
    guard let compiler = CCompiler.find(effort) else { throw .noCompiler }
    let (text, key) = Self.entry(source, effort, compiler)
    return try make(text, key, effort, compiler, process)
  }

  /// What is compiled, and the name of its entry.
  private static func entry(
    _ source: String, _ effort: CompilationEffort, _ compiler: CCompiler
  ) -> (text: [UInt8], key: String) {
    let words = ([compiler.path] + compiler.flags(effort)).joined(separator: " ")
    let text = Array("\(CText.comment(words))\n\(source)".utf8)
    return (text, Files.fingerprint(text) + Files.fingerprint(text, isReversed: true))
  }

  private func isWhole(_ entry: String, _ text: [UInt8]) -> Bool {
    guard Files.isOurs(entry, S_IFDIR),
      Self.files.allSatisfy({ Files.isOurs("\(entry)/\($0)", S_IFREG) }),
      Files.read("\(entry)/\(Self.source)") == text,
      let object = Files.read("\(entry)/\(Self.object)"),
      let seal = Files.read("\(entry)/\(Self.seal)")
    else { return false }
    return seal == Array(Files.fingerprint(object).utf8)
  }

  private func make(
    _ text: [UInt8], _ key: String, _ effort: CompilationEffort, _ compiler: CCompiler,
    _ process: CompilerProcess
  ) throws(NativeCodeError) -> NativeLibrary {
    // `dlopen` gives what it has once loaded under a name, whatever has come there since, and `mkdtemp`
    // takes its letters from the clock: by these alone, rules would now and then be another model's.
    guard let temporary = TemporaryFolder(in: folder, prefix: "new-\(key)-") else {
      throw .notWritable(folder ?? TemporaryFolder.place)
    }
    let fresh = temporary.path
    var isKept = false
    // What is loaded stays loaded when its file is gone.
    defer { if !isKept { temporary.remove() } }
    let source = "\(fresh)/\(Self.source)"
    let object = "\(fresh)/\(Self.object)"
    guard Files.write(text, to: source) else { throw .notWritable(source) }
    try compiler.compile(
      source, to: object, log: "\(fresh)/\(Self.log)", scratch: fresh, effort, process)
    guard let bytes = Files.read(object), SharedObject.isWhole(bytes) else {
      throw .compilerFailed("it wrote a part of the object; the disk may be full")
    }
    let library = try NativeLibrary(path: object)
    if let folder, chmod(object, 0o600) == 0,
      Files.write(Array(Files.fingerprint(bytes).utf8), to: "\(fresh)/\(Self.seal)")
    {
      let entry = "\(folder)/\(key)"
      for name in Files.names(in: fresh) where !Self.files.contains(name) {
        Files.remove("\(fresh)/\(name)")
      }
      if !isWhole(entry, text) { Files.remove(entry) }
      isKept = rename(fresh, entry) == 0
      unlink("\(entry).unfinished")
      removeOld(folder)
    }
    return library
  }

  /// Removes what nobody has used for long.
  func removeOld(_ folder: String) {
    for name in Files.names(in: folder) {
      let longest = name.hasPrefix("new-") ? Self.longestCompilation : Self.longestRest
      let entry = "\(folder)/\(name)"
      if let age = Files.age(entry), age > longest { Files.remove(entry) }
    }
  }
}
