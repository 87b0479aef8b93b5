internal import Fitting
internal import MemoryLayout

/// A form in which a placement is used as it is, by a kernel or by those who set one up.
package enum WrittenFormat: String, Hashable, Sendable, CaseIterable {
  /// For Linux' command line: memory for a crash kernel.
  case crashKernel = "crashkernel"
  /// For the command line of Linux on x86: memory that it leaves alone.
  case memmap
  /// For Linux' command line: sizes of the scratch areas of KHO.
  case handoverScratch = "kho_scratch"
  /// Nodes of a device tree.
  case reservedMemory = "reserved-memory"
  /// The pool of a multikernel: its baseline.
  case multikernelBaseline = "multikernel-baseline"
  /// Instances of a multikernel: an overlay that creates them.
  case multikernel
  /// A cell of Jailhouse: its configuration as C.
  case jailhouse
}

/// Why a layout cannot be written in a form: one sentence.
package struct WritingFailure: Error, Hashable, Sendable, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}

extension FitReport {
  /// The placement in a form in which it is used.
  ///
  /// - Parameter kernel: Of several kernels the one that is written; nil for all.
  /// - Throws: Where there is no placement, or nothing in it that the form is about.
  package func written(
    _ format: WrittenFormat, kernel: String? = nil
  ) throws(WritingFailure) -> String {
    guard case .fits = result.answer else {
      throw WritingFailure(
        "there is no placement that could be written: \(result.verdict.rawValue)")
    }
    if let kernel, format != .jailhouse {
      throw WritingFailure("`\(format.rawValue)` is of all kernels, and not of `\(kernel)` alone")
    }
    return switch format {
    case .crashKernel: try crashKernelOption()
    case .memmap: try memmapOptions()
    case .handoverScratch: try scratchOption()
    case .reservedMemory: try reservedMemoryNodes()
    case .multikernelBaseline: try multikernelBaseline()
    case .multikernel: try multikernelInstances()
    case .jailhouse: try jailhouseCell(kernel)
    }
  }

  /// Memory that the running kernel is to leave alone from its start on, lowest first.
  func setAside() throws(WritingFailure) -> [(name: String, range: AddressRange)] {
    if let placement = result.kernels?.placement {
      let all =
        placement.kernels.map { (name: $0.name, range: $0.memory) }
        + placement.regions.map { (name: $0.name, range: $0.range) }
      return all.sorted { $0.range < $1.range }
    }
    let question = result.layout.question
    if let region = question.region {
      return [(region.name ?? "kernel", region.range)]
    }
    let roles = Dictionary(uniqueKeysWithValues: question.items.map { ($0.name, $0.role) })
    let kept = places.filter { place in
      switch roles[place.name] {
      case .grant?: true
      case .trampoline?: false
      // A boot loader's kernel lies where it is put, and kexec's is copied at the end.
      default:
        question.loader == .bootProtocol && place.range.start >= PlacementNumber.trampolineEnd
      }
    }
    guard !kept.isEmpty else {
      throw WritingFailure(
        "nothing has to be set aside: that is for several kernels (`kernels`), a region (`into`),"
          + " granted memory (`grant`), or an image that a boot loader puts into its place")
    }
    return kept
  }

  /// Several kernels, lowest memory first.
  func severalKernels(_ form: String) throws(WritingFailure) -> KernelsPlacement {
    guard let placement = result.kernels?.placement else {
      throw WritingFailure("\(form) is written of several kernels (`kernels`)")
    }
    return placement
  }

  /// Addresses as command lines and sources have them.
  static func address(_ value: UInt64) -> String { "0x" + String(value, radix: 16) }
}
