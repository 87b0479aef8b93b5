import Diagnostics
import FitReports
import Fitting
import Glibc
import LayoutFiles
import Report
import Revisions
import Scenarios
import Settings
import UserCache

/// A layout before a change and after it: both are decided, with the files that each of them names as
/// they were then.
struct LayoutChange {
  private let repository: GitRepository
  private let base: Commit
  /// Nil for the work tree.
  private let head: Commit?

  /// Of a map or an image; a kernel with its initrd has less.
  private static let maximumByteCount = 1 << 30

  init(_ repository: GitRepository, from base: Commit, to head: Commit?) {
    (self.repository, self.base, self.head) = (repository, base, head)
  }

  /// The files that a layout is about, as a commit has it, from the root of the repository; nil where
  /// it is not there or no layout.
  func files(of path: String, isHead: Bool) throws -> [String]? {
    let found: [UInt8]?
    do {
      found = try bytes(of: path, isHead: isHead, LayoutReading.maximumByteCount)
    } catch RevisionError.unfit {
      return nil
    }
    guard let bytes = found,
      let description = try? LayoutFile.read(String(decoding: bytes, as: UTF8.self), path: path)
    else { return nil }
    return description.files.map(Self.normal)
  }

  /// What is said of a layout that is there after the change.
  ///
  /// - Parameter expectation: What a scenario expects of it after the change.
  func note(
    _ path: String, expecting expectation: Scenario.Expectation?
  ) throws -> ReviewReport.Note {
    let answers = (
      answer(path, expectation, isHead: false), answer(path, expectation, isHead: true)
    )
    switch answers {
    case (.failure, .failure(let failure)):
      return ReviewReport.Note(
        of: path, "it cannot be decided, as before",
        .sentences(failure.lines.map { DisplayText($0) }),
        standing: .undecided, conclusion: "undecided")
    case (.success, .failure(let failure)):
      return ReviewReport.Note(
        of: path, "worse, it cannot be decided any more",
        .sentences(failure.lines.map { DisplayText($0) }),
        standing: .worse, conclusion: "worse")
    case (.failure(let failure), .success(let after)):
      return note(
        path, "\(Self.words(after)); it could not be decided before", after, nil,
        because: failure.lines.flatMap { DisplayText($0).wrapped(rest: "  ", Self.lineWidth) })
    case (.success(let before), .success(let after)):
      let summary: DisplayText =
        before.result.verdict == after.result.verdict
        ? "as before, \(Self.words(after))"
        : "\(Self.words(after)), before the change \(Self.words(before))"
      return note(path, summary, after, before)
    }
  }

  private func note(
    _ path: String, _ summary: DisplayText, _ after: Decided, _ before: Decided?,
    because reason: [DisplayText] = []
  ) -> ReviewReport.Note {
    let isWorse =
      after.result.isExpected == false && before?.result.isExpected != false
      || after.result.verdict == .doesNotFit && before?.result.verdict == .fits
        && after.result.isExpected != true
    let standing: ReviewReport.Standing =
      isWorse ? .worse : after.result.verdict == .inconclusive ? .undecided : .well
    let lines = [before, after].map { $0?.lines ?? [] }
    let isOther = before?.result.verdict == after.result.verdict && lines[0] != lines[1]
    let summary = isOther ? summary + ", and the answer is another one" : summary
    return ReviewReport.Note(
      of: path, isWorse ? "worse, " + summary : summary,
      .lines(reason + (lines[0] == lines[1] ? [] : lines[1])), standing: standing,
      conclusion: isWorse
        ? "worse" : standing == .undecided ? "undecided" : before == nil ? "repaired" : "unchanged")
  }

  private static func words(_ decided: Decided) -> DisplayText {
    switch decided.result.verdict {
    case .fits: "it fits"
    case .doesNotFit: "it does not fit"
    case .inconclusive: "it is not decided"
    }
  }

  // MARK: - Files as they were

  /// Decides a layout in a folder of its own, with what it names.
  private func answer(
    _ path: String, _ expectation: Scenario.Expectation?, isHead: Bool
  ) -> Result<Decided, CommandFailure> {
    do {
      if isHead, head == nil {
        return .success(try decided(path, in: repository.root, expectation))
      }
      guard let folder = TemporaryFolder(prefix: "swapcheck-") else {
        throw CommandFailure("\(TemporaryFolder.place): error: no folder can be made there")
      }
      defer { folder.remove() }
      let named = try files(of: path, isHead: isHead) ?? []
      for file in named + [path] where !file.hasPrefix("/") && !file.hasPrefix("..") {
        guard let bytes = try bytes(of: file, isHead: isHead, Self.maximumByteCount) else {
          continue
        }
        guard folder.write(bytes, to: file) else {
          throw CommandFailure("\(folder.path)/\(file): error: it cannot be written")
        }
      }
      do throws(CommandFailure) {
        return .success(try decided(path, in: folder.path, expectation))
      } catch {
        // Files are called as git calls them.
        let name = ((isHead ? head : nil) ?? base).description + ":"
        return .failure(
          CommandFailure(lines: error.lines.map { $0.replacing(folder.path + "/", with: name) }))
      }
    } catch let failure as CommandFailure {
      return .failure(failure)
    } catch {
      return .failure(CommandFailure("\(path): error: \(error)"))
    }
  }

  /// What became of a layout, and the report of it, whose files are called as in the repository.
  private struct Decided {
    let result: LayoutResult
    let lines: [DisplayText]
  }

  private func decided(
    _ path: String, in folder: String, _ expectation: Scenario.Expectation?
  ) throws(CommandFailure) -> Decided {
    var description = try LayoutReading.read(folder + "/" + path)
    description.name = path
    if let expectation { description.expect(expectation) }
    do throws(LayoutError) {
      let result = try description.decide()
      let lines = FitReport(result).lines(width: Self.lineWidth).map {
        DisplayText($0.description.replacing(folder + "/", with: ""))
      }
      return Decided(result: result, lines: lines)
    } catch {
      throw LayoutReading.failure(error, path)
    }
  }

  private func bytes(of path: String, isHead: Bool, _ limit: Int) throws -> [UInt8]? {
    guard isHead else { return try repository.bytes(of: path, at: base, limit: limit) }
    if let head { return try repository.bytes(of: path, at: head, limit: limit) }
    let file = repository.root + "/" + path
    return access(file, F_OK) == 0 ? try ModelFile.read(file, limit: limit).bytes : nil
  }

  /// Within a section of a report for a terminal.
  private static let lineWidth = 78

  /// A path without `.` and, where it can be had, without `..`.
  static func normal(_ path: String) -> String {
    if path.hasPrefix("/") { return path }
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return parts.joined(separator: "/")
  }
}
