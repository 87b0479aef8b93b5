import Foundation
import TestSupport
import Testing

/// Machines that are booted now, under QEMU's software emulation: what is kept is what happens.
@Suite struct BootTests {
  private static let questions = [
    "x86_64-6.12 crash crashkernel=128M", "x86_64-6.1 crash crashkernel=64M",
    "x86_64-6.12 reserve crashkernel=1000M",
  ]

  private static let hasMachine = isThere("qemu-system-x86_64") && isThere("python3")

  private static func isThere(_ tool: String) -> Bool {
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    return path.split(separator: ":").contains {
      FileManager.default.isExecutableFile(atPath: "\($0)/\(tool)")
    }
  }

  @Test(
    .enabled(
      if: hasMachine,
      "no machine is booted without qemu-system-x86_64 and python3: make boot-tools installs them"))
  func threeBootsEndAsKept() throws {
    let folder = FileManager.default.temporaryDirectory
      .appendingPathComponent("boots-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    let pattern = Self.questions.map { NSRegularExpression.escapedPattern(for: $0) }
      .joined(separator: "|")
    let run = try OtherProgram.run([
      "python3", BootOutcome.harness.appendingPathComponent("boot_check.py").path, "--only",
      "^(\(pattern))$", "--outcomes", folder.path,
    ])
    #expect(run.code == 0, "\(run.said)")

    let booted = try BootOutcome.read(folder)
    let kept = try BootOutcome.kept()
    #expect(booted.count == Self.questions.count)
    for boot in booted {
      let before = try #require(kept.first { $0.testDescription == boot.testDescription })
      #expect(boot.verdict == before.verdict, "\(boot.testDescription)")
    }
  }
}
