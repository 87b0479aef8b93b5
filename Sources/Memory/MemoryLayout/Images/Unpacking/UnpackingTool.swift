internal import Glibc
internal import Processes

/// Counts what something unpacks to with the system's own programs: what they write is read, and
/// nothing of it is kept.
struct UnpackingTool {
  private let program: String
  private let arguments: [String]
  /// Of Debian, that has the program.
  private let package: String

  init(_ compression: Compression) {
    let words = compression.unpackCommand.split(separator: " ").map(String.init)
    program = words.first ?? ""
    arguments = Array(words.dropFirst())
    package = compression == .xz || compression == .lzma ? "xz-utils" : program
  }

  /// - Parameters:
  ///   - path: Of a file.
  ///   - offset: From where on all of it is compressed.
  /// - Returns: `unknown` without the program, or where it ended with an error.
  func count(
    _ path: String, from offset: UInt64, _ limits: UnpackingLimits
  ) throws(LayoutInputError) -> UnpackedSize {
    guard let executable = ChildProcess.executable(program) else {
      return .unknown("`\(program)`, which counts it, is not there (package \(package))")
    }
    let descriptor: Int32
    do throws(InputFileError) {
      descriptor = try InputFile.open(path, kinds: nil).descriptor
    } catch {
      throw error.of(path)
    }
    defer { close(descriptor) }
    guard lseek(descriptor, off_t(clamping: offset), SEEK_SET) >= 0 else {
      throw InputFileError.system(errno).of(path)
    }
    do throws(ProgramRun.Failure) {
      let run = try ProgramRun.count(
        [executable] + arguments, environment: ["LC_ALL=C"], input: descriptor,
        limit: limits.byteCount, seconds: limits.secondsLeft)
      if run.status == 0 {
        return .exactly(run.outputByteCount, from: "as `\(program)` unpacks it")
      }
      let words = run.errors.split(whereSeparator: \.isNewline).first.map { ": \($0)" } ?? ""
      return .unknown("`\(program)` does not unpack it\(words)")
    } catch {
      return switch error {
      case .notStarted: .unknown("`\(program)`, which counts it, could not be started")
      case .tooMuch: .moreThan(limits.byteCount, from: "where counting was ended")
      case .tooLate(let count):
        .moreThan(count, from: "where counting was ended after \(limits.seconds) s")
      }
    }
  }
}
