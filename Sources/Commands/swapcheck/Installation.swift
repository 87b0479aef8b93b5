import Diagnostics
import Exploration
import MemoryLayout
import NativeCode
import Options
import Processes
import Report
import SMT
import UserCache

/// What is there of what the program makes use of, and what follows where something is not.
struct Installation {
  let entries: [Entry]

  struct Entry {
    /// What it is, as one word for programs and a few for people.
    let key: String
    let title: DisplayText
    let state: State
    /// What was found.
    let found: String
    /// What is missing or slower without it; nil where all is well.
    var consequence: String?
    var hint: String?
  }

  enum State: String {
    case good = "ok"
    /// All that is asked can be answered, though more slowly or with more work.
    case lesser = "less"
    /// Something cannot be done.
    case missing
  }

  /// Whether nothing that is needed is missing.
  var isSound: Bool { !entries.contains { $0.state == .missing } }

  /// Looks at the machine, and has the compilers compile something.
  init() {
    entries = [
      Self.compiler, Self.quickCompiler, Self.solver, Self.cache, Self.memory, Self.cores, Self.git,
      Self.unpackers,
    ]
  }

  private static var compiler: Entry {
    let found = CompilerInspection(.full)
    let title: DisplayText = "C compiler"
    let consequence = "rules are interpreted, which takes up to a hundred times as long"
    guard let path = found.path else {
      return Entry(
        key: "compiler", title: title, state: .missing, found: "none: no clang, no cc",
        consequence: consequence, hint: "apt-get install clang")
    }
    guard let failure = found.failure else {
      return Entry(key: "compiler", title: title, state: .good, found: path)
    }
    return Entry(
      key: "compiler", title: title, state: .missing, found: "\(path) makes no code: \(failure)",
      consequence: consequence, hint: "apt-get install clang libc6-dev")
  }

  private static var quickCompiler: Entry {
    let found = CompilerInspection(.quick)
    let isThere = found.path?.hasSuffix("/tcc") == true && found.failure == nil
    return Entry(
      key: "tcc", title: "quick compiler", state: isThere ? .good : .lesser,
      found: isThere ? found.path ?? "" : "no tcc",
      consequence: isThere ? nil : "searches of less than a second take up to twice as long",
      hint: isThere ? nil : "apt-get install tcc")
  }

  private static var solver: Entry {
    do throws(SMTError) {
      let version = try Z3Version.loaded()
      return Entry(key: "z3", title: "Z3", state: .good, found: version.description)
    } catch {
      return Entry(
        key: "z3", title: "Z3", state: .missing, found: "\(error)",
        consequence: "`fit`, `verify-proof` and models with symbolic constants have no answer",
        hint: "apt-get install libz3-dev")
    }
  }

  private static var cache: Entry {
    guard let folder = UserCache.folder else {
      return Entry(
        key: "cache", title: "cache", state: .lesser,
        found: "no folder that nobody else can write to",
        consequence: "rules are compiled again each time, and scenarios run again",
        hint: "let HOME or XDG_CACHE_HOME name a folder of yours")
    }
    guard let trial = TemporaryFolder(in: folder, prefix: "doctor-") else {
      return Entry(
        key: "cache", title: "cache", state: .lesser, found: "\(folder) cannot be written",
        consequence: "rules are compiled again each time, and scenarios run again")
    }
    trial.remove()
    return Entry(key: "cache", title: "cache", state: .good, found: folder)
  }

  /// Too little for the smallest search that compiles.
  private static let scarceByteCount = 256 << 20

  private static var memory: Entry {
    let free = ProcessLimits.machineBytesLeft.map(Wording.byteCount) ?? "an unknown amount"
    let search = Machine.memoryByteCount
    var found = "\(free) free, a search takes \(Wording.byteCount(search)) at most"
    if let left = ProcessLimits.bytesLeft {
      let whose =
        ProcessLimits.isBoundedByGroup
        ? "a control group or ulimit leaves" : "ulimit leaves"
      found += "; \(whose) \(Wording.byteCount(left))"
    }
    let isScarce = search < scarceByteCount
    return Entry(
      key: "memory", title: "memory", state: isScarce ? .lesser : .good, found: found,
      consequence: isScarce ? "searches end early, and are inconclusive then" : nil)
  }

  private static var cores: Entry {
    let count = Machine.threadCount
    return Entry(
      key: "cores", title: "cores", state: .good,
      found: count == 1 ? "1, and one thread for a search" : "\(count), and as many threads")
  }

  private static var git: Entry {
    let path = ChildProcess.executable("git")
    return Entry(
      key: "git", title: "git", state: path == nil ? .lesser : .good, found: path ?? "none",
      consequence: path == nil
        ? "`check --changed-since`, `review` of ranges and `hook` cannot be used" : nil,
      hint: path == nil ? "apt-get install git" : nil)
  }

  /// What `fit` tells its user to unpack kernels and initrds with.
  private static var unpackers: Entry {
    let programs = Compression.allCases.map { compression in
      String(compression.unpackCommand.prefix { $0 != " " })
    }
    var absent: [String] = []
    for program in programs where ChildProcess.executable(program) == nil {
      if !absent.contains(program) { absent.append(program) }
    }
    return Entry(
      key: "unpackers", title: "unpacking", state: absent.isEmpty ? .good : .lesser,
      found: absent.isEmpty
        ? "all that kernels and initrds are compressed by"
        : "no \(absent.joined(separator: ", "))",
      consequence: absent.isEmpty
        ? nil : "what is compressed so cannot be unpacked for `fit` here",
      hint: absent.isEmpty
        ? nil
        : "apt-get install " + absent.map { $0 == "xz" ? "xz-utils" : $0 }.joined(separator: " ")
    )
  }

  // MARK: - Shown

  func text(width: Int) -> DisplayText {
    let titleWidth = entries.map(\.title.columns).max() ?? 0
    var lines: [DisplayText] = []
    for entry in entries {
      let head =
        (DisplayText(entry.state.rawValue)).padded(to: 7) + "  "
        + entry.title.padded(to: titleWidth) + "  "
      let rest = ("" as DisplayText).padded(to: head.columns)
      lines += DisplayText(entry.found).wrapped(first: head, rest: rest, width)
      for more in [entry.consequence, entry.hint.map { "hint: \($0)" }] {
        if let more { lines += DisplayText(more).wrapped(first: rest, rest: rest, width) }
      }
    }
    lines.append(
      isSound ? "all that is needed is there" : "something that is needed is missing")
    return lines.joined(separator: "\n") + "\n"
  }

  var json: JSONValue {
    .document(
      "doctor", version: 1,
      [
        ("sound", .bool(isSound)),
        (
          "entries",
          .array(
            entries.map { entry in
              .object([
                ("name", .string(entry.key)), ("state", .string(entry.state.rawValue)),
                ("found", .string(entry.found)),
                ("consequence", entry.consequence.map { .string($0) } ?? .null),
                ("hint", entry.hint.map { .string($0) } ?? .null),
              ])
            })
        ),
      ])
  }
}
