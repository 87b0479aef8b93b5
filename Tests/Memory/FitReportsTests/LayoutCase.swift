import FitReports
import Fitting
import Foundation
import MemoryLayout
import Testing

/// A question about a map in a text, answered.
struct LayoutCase {
  let result: LayoutResult
  let report: FitReport

  /// - Parameter change: Settings beside a kernel of 32 MiB for x86-64, 64 MiB of memory, one processor and no
  ///   swiotlb.
  init(_ map: String, _ change: (inout LayoutDescription) -> Void = { _ in }) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(map.utf8).write(to: folder.appendingPathComponent("iomem.txt"))
    var description = LayoutDescription(name: "question")
    description.folder = folder.path + "/"
    description.map = "iomem.txt"
    description.statedKernel = LayoutDescription.StatedKernel(
      architecture: .x86_64, size: .exactly(32 << 20), alignment: 2 << 20,
      preferredAddress: 0x100_0000)
    description.memory = .exactly(64 << 20)
    description.processors = .exactly(1)
    description.bounceBuffers = .exactly(0)
    change(&description)
    result = try description.decide()
    report = FitReport(result)
  }

  func text(_ detail: FitReport.Detail = .brief) -> String {
    "\(report.text(width: 80, detail: detail))"
  }

  /// In one line.
  func words(_ detail: FitReport.Detail = .brief) -> String {
    text(detail).split { $0.isWhitespace }.joined(separator: " ")
  }

  func bytes(of item: String) throws -> UInt128 {
    guard case .fits(let placement) = result.answer else {
      Issue.record("it does not fit")
      return 0
    }
    return try #require(placement[item]).byteCount
  }
}
