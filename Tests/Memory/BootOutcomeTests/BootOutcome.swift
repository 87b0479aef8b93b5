import Foundation
import Testing

/// A boot as it was kept: what was asked, and what the machine did.
struct BootOutcome: Decodable, CustomTestStringConvertible {
  struct Question: Decodable {
    let memory: UInt64
    let processors: UInt64
    let nodes: Int
    let commandLine: String
    let load: String
    let loader: String
    let append: String
    let padding: UInt64
    let zeros: UInt64
    let kaslr: Bool
  }

  /// Of a question for the largest initrd: what kexec still took, or the least that it did not.
  struct Try: Decodable {
    let initrdByteCount: UInt64
    let isAccepted: Bool
  }

  private(set) var name: String
  let question: Question
  /// `up`, or where it ended.
  private(set) var verdict: String
  let firstIomem: [String]
  let firstLog: [String]
  private(set) var initrdByteCount: UInt64
  let unpackedByteCount: UInt64
  /// Of all that is reserved; the part below 4 GiB does not count.
  let crashByteCount: UInt64
  /// What kexec-tools say, and what the kernel says of `kexec_file_load`.
  let kexec: [String]
  let kexecLog: [String]
  let tries: [Try]?
  let secondMemory: [String]?
  let secondLog: [String]?
  var kernel: BootedKernel = .none

  var testDescription: String { "\(kernel.kernel) \(name)" }

  private enum CodingKeys: String, CodingKey {
    case name, question, verdict, firstIomem, firstLog, initrdByteCount, unpackedByteCount
    case crashByteCount, kexec, kexecLog, tries, secondMemory, secondLog
  }
}

/// The kernel of outcomes, with the numbers of its header.
struct BootedKernel: Decodable {
  struct Header: Decodable {
    let architecture: String
    let size: UInt64
    let alignment: UInt64
    let relocatable: Bool
    let address: UInt64?
  }

  /// Architecture and version, such as `x86_64-6.12`.
  let kernel: String
  let header: Header

  static let none = BootedKernel(
    kernel: "",
    header: Header(architecture: "", size: 0, alignment: 0, relocatable: false, address: nil))

  var version: String { String(kernel.drop { $0 != "-" }.dropFirst()) }
}

extension BootOutcome {
  static let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  static let harness = root.appendingPathComponent("Tests/Boot")

  private static let folder = harness.appendingPathComponent("Outcomes")

  /// All that are kept.
  static func kept() throws -> [BootOutcome] { try read(folder) }

  /// Those that answers are compared with: all that are kept, or those of the folder
  /// `SWAPCHECK_BOOT_OUTCOMES`, such as boots of today.
  static func all() throws -> [BootOutcome] {
    let other = ProcessInfo.processInfo.environment["SWAPCHECK_BOOT_OUTCOMES"]
    return try read(other.map { URL(fileURLWithPath: $0) } ?? folder)
  }

  static func read(_ folder: URL) throws -> [BootOutcome] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".jsonl") }.sorted()
    return try names.flatMap { try read(file: folder.appendingPathComponent($0)) }
  }

  /// A kernel in the first line, and an outcome in each of the others.
  private static func read(file: URL) throws -> [BootOutcome] {
    let lines = try Data(contentsOf: file).split(separator: UInt8(ascii: "\n"))
    guard let first = lines.first else { return [] }
    let kernel = try JSONDecoder().decode(BootedKernel.self, from: first)
    let decoder = JSONDecoder()
    decoder.keyDecodingStrategy = .convertFromSnakeCase
    return try lines.dropFirst().flatMap { line in
      var outcome = try decoder.decode(BootOutcome.self, from: line)
      outcome.kernel = kernel
      return outcome.tries.map { $0.map(outcome.of) } ?? [outcome]
    }
  }

  /// One of the initrds that were tried.
  private func of(_ tried: Try) -> BootOutcome {
    var outcome = self
    outcome.initrdByteCount = tried.initrdByteCount
    outcome.verdict = tried.isAccepted ? "loaded" : "refused"
    outcome.name += tried.isAccepted ? ", taken" : ", refused"
    return outcome
  }
}

/// Who ended a boot; nobody, if the second kernel is up with all of its initrd.
enum Refuser: String {
  case nobody
  /// The first kernel reserves nothing.
  case reservation
  /// The first kernel does not take the image.
  case kexec
  /// The second kernel finds no memory for what it needs.
  case second
}

extension BootOutcome {
  /// The question's name, without which of its two sides this is.
  var questionName: String {
    guard isOnlyLoaded, let comma = name.lastIndex(of: ",") else { return name }
    return String(name[..<comma])
  }

  /// Whether nothing was started, so that only kexec could refuse.
  var isOnlyLoaded: Bool { tries != nil }

  var refuser: Refuser? {
    switch verdict {
    case "up", "loaded", "reserved": .nobody
    case "not reserved": .reservation
    case "refused": .kexec
    case "did not come up", "initrd incomplete", "did not stay up": .second
    default: nil
    }
  }

  /// Bytes that the second kernel has free, less what the initrd had taken before
  /// it was unpacked: what was left when both were there.
  var leftByteCount: Int64? {
    guard verdict == "up", let line = secondMemory?.first(where: { $0.hasPrefix("MemFree:") }),
      let kilobytes = Int64(line.split(separator: " ").dropFirst().first ?? "")
    else { return nil }
    return kilobytes * 1_024 - Int64(clamping: initrdByteCount)
  }

  /// The number behind `nr_cpus=`, or all that the machine has.
  var possibleProcessors: UInt64 {
    number(behind: "nr_cpus=") ?? question.processors
  }

  func number(behind word: String) -> UInt64? {
    question.append.split(separator: " ").first { $0.hasPrefix(word) }
      .flatMap { UInt64($0.dropFirst(word.count)) }
  }

  /// What stands behind `crashkernel=` on the first kernel's command line.
  var crashKernelTexts: [String] {
    question.commandLine.split(separator: " ").filter { $0.hasPrefix("crashkernel=") }
      .map { String($0.dropFirst("crashkernel=".count)) }
  }
}
