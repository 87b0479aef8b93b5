import CNativeContext
import Glibc

/// Compiled rules, loaded. They stay loaded for as long as the process runs.
///
/// The functions touch nothing but the context that they are given, so several threads may call
/// them, each with a context of its own.
package struct NativeLibrary: Sendable {
  /// Expands `context.states` from `position` on, while there is room.
  package let expand: @convention(c) (UnsafeMutablePointer<NativeContext>) -> Void
  /// Evaluates the properties: 0 all is well, 1 discarded, 2 to be given to the interpreter.
  package let inspect:
    @convention(c) (UnsafeMutablePointer<NativeContext>, UnsafePointer<UInt64>) -> Int32

  /// Loads a shared object.
  ///
  /// - Throws: `NativeCodeError.notLoadable`.
  init(path: String) throws(NativeCodeError) {
    guard let handle = dlopen(path, RTLD_NOW | RTLD_LOCAL) else {
      throw .notLoadable(dlerror().map { String(cString: $0) } ?? path)
    }
    expand = unsafeBitCast(
      try Self.symbol("swapcheck_expand", handle),
      to: (@convention(c) (UnsafeMutablePointer<NativeContext>) -> Void).self)
    inspect = unsafeBitCast(
      try Self.symbol("swapcheck_inspect", handle),
      to: (@convention(c) (UnsafeMutablePointer<NativeContext>, UnsafePointer<UInt64>) -> Int32)
        .self)
  }

  private static func symbol(
    _ name: String, _ handle: UnsafeMutableRawPointer
  ) throws(NativeCodeError) -> UnsafeMutableRawPointer {
    guard let symbol = dlsym(handle, name) else { throw .notLoadable("it has no `\(name)`") }
    return symbol
  }
}

/// Why there is no native code.
package enum NativeCodeError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The model has frames that a C stack should not be trusted with.
  case tooLarge
  /// The rules would be more C than is worth compiling.
  case tooLong
  /// The symbolic constants have values, which the interpreter alone knows.
  case constantsHaveValues
  case noCompiler
  case compilerFailed(String)
  case notLoadable(String)
  /// A file or folder could not be made.
  case notWritable(String)

  /// Whether code was to be had: it is a mistake of ours, or of the machine's.
  package var isMistake: Bool {
    switch self {
    case .tooLarge, .tooLong, .constantsHaveValues: false
    case .noCompiler, .compilerFailed, .notLoadable, .notWritable: true
    }
  }

  package var description: String {
    switch self {
    case .tooLarge: "the model's variables are too large for it"
    case .tooLong: "their C would be longer than \(CText.limit >> 20) MiB"
    case .constantsHaveValues: "the symbolic constants have values"
    case .noCompiler: "there is no C compiler: no clang beside swift, no clang or cc on the path"
    case .compilerFailed(let text): "the C compiler failed: \(text)"
    case .notLoadable(let reason): "what was compiled cannot be loaded: \(reason)"
    case .notWritable(let path): "\(path) cannot be written"
    }
  }
}
