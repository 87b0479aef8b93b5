import UserCache

/// Which C compiler rules are compiled with, and whether it does.
package struct CompilerInspection: Sendable {
  /// Its path; nil if there is none.
  package let path: String?
  /// Why it makes no code; nil if it does.
  package let failure: String?

  /// Looks for the compiler of an effort, and has it compile a function.
  package init(_ effort: CompilationEffort) {
    guard let compiler = CCompiler.find(effort) else {
      (path, failure) = (nil, nil)
      return
    }
    path = compiler.path
    failure = Self.failure(of: compiler, effort)
  }

  private static func failure(of compiler: CCompiler, _ effort: CompilationEffort) -> String? {
    guard let folder = TemporaryFolder(prefix: "swapcheck-doctor-") else {
      return "no folder can be made in \(TemporaryFolder.place)"
    }
    defer { folder.remove() }
    let source = "\(folder.path)/m.c"
    let program = Array("#include <stdint.h>\nint64_t one(void) { return 1; }\n".utf8)
    guard folder.write(program, to: "m.c") else { return "\(source) cannot be written" }
    do throws(NativeCodeError) {
      try compiler.compile(
        source, to: "\(folder.path)/m.so", log: "\(folder.path)/log", scratch: folder.path, effort,
        CompilerProcess())
      return nil
    } catch {
      return "\(error)"
    }
  }
}
