import Diagnostics
import FitReports
import Fitting
import Glibc
import LayoutFiles
import Report
import Revisions
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
    guard let bytes = try bytes(of: path, isHead: isHead, LayoutReading.maximumByteCount),
      let description = try? LayoutFile.read(String(decoding: bytes, as: UTF8.self), path: path)
    else { return nil }
    return description.files.map(Self.normal)
  }

  /// What is said of a layout that is there after the change.
  func note(_ path: String) throws -> ReviewReport.Note {
    let answers = (answer(path, isHead: false), answer(path, isHead: true))
    switch answers {
    case (_, .failure(let failure)):
      return ReviewReport.Note(
        of: path, "worse, it cannot be decided any more",
        failure.lines.map { .paragraph(DisplayText($0)) },
        standing: .worse, conclusion: "worse")
    case (.failure, .success(let after)):
      return note(path, "\(Self.words(after)); it could not be decided before", after, nil)
    case (.success(let before), .success(let after)):
      let summary: DisplayText =
        before.verdict == after.verdict
        ? "as before, \(Self.words(after))"
        : "\(Self.words(after)), before the change \(Self.words(before))"
      return note(path, summary, after, before)
    }
  }

  private func note(
    _ path: String, _ summary: DisplayText, _ after: LayoutResult, _ before: LayoutResult?
  ) -> ReviewReport.Note {
    let isWorse =
      after.isExpected == false && before?.isExpected != false
      || after.verdict == .doesNotFit && before?.verdict == .fits && after.isExpected != true
    let standing: ReviewReport.Standing =
      isWorse ? .worse : after.verdict == .inconclusive ? .undecided : .well
    let headlines = [before, after].map { $0.map { FitReport($0).headline } ?? "" }
    var blocks: [ReportDocument.Block] = []
    if isWorse {
      blocks = [.lines(FitReport(after).lines(width: 78))]
    } else if headlines[0] != headlines[1] {
      blocks = [.list(headlines.filter { !$0.isEmpty }.map { DisplayText($0) })]
    }
    return ReviewReport.Note(
      of: path, isWorse ? "worse, " + summary : summary, blocks, standing: standing,
      conclusion: isWorse
        ? "worse" : standing == .undecided ? "undecided" : before == nil ? "repaired" : "unchanged")
  }

  private static func words(_ result: LayoutResult) -> DisplayText {
    switch result.verdict {
    case .fits: "it fits"
    case .doesNotFit: "it does not fit"
    case .inconclusive: "it is not decided"
    }
  }

  // MARK: - Files as they were

  /// Decides a layout in a folder of its own, with what it names.
  private func answer(
    _ path: String, isHead: Bool
  ) -> Result<LayoutResult, CommandFailure> {
    do {
      if isHead, head == nil { return .success(try decided(repository.root + "/" + path, path)) }
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
      return .success(try decided(folder.path + "/" + path, path))
    } catch let failure as CommandFailure {
      return .failure(failure)
    } catch {
      return .failure(CommandFailure("\(path): error: \(error)"))
    }
  }

  private func decided(_ file: String, _ name: String) throws(CommandFailure) -> LayoutResult {
    var description = try LayoutReading.read(file)
    description.name = name
    do throws(LayoutError) {
      return try description.decide()
    } catch {
      throw LayoutReading.failure(error, name)
    }
  }

  private func bytes(of path: String, isHead: Bool, _ limit: Int) throws -> [UInt8]? {
    guard isHead else { return try repository.bytes(of: path, at: base, limit: limit) }
    if let head { return try repository.bytes(of: path, at: head, limit: limit) }
    let file = repository.root + "/" + path
    return access(file, F_OK) == 0 ? try ModelFile.read(file, limit: limit).bytes : nil
  }

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
