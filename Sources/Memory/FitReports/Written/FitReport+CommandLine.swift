internal import Fitting
internal import MemoryLayout

/// Words for Linux' command line, by Documentation/admin-guide/kernel-parameters.txt.
extension FitReport {
  private func ranges(of role: PlacementItem.Role) -> [(name: String, range: AddressRange)] {
    result.layout.question.items.filter { $0.role == role }.compactMap { item in
      places.first { $0.name == item.name }
    }
  }

  /// `crashkernel=SIZE@ADDRESS`, or the two sizes of a high one: Linux takes no address for these.
  func crashKernelOption() throws(WritingFailure) -> String {
    let question = result.layout.question
    func option(_ range: AddressRange) -> String {
      "crashkernel=\(ByteCountText.option(range.byteCount))@\(Self.address(range.start))\n"
    }
    if question.isCrashImage, let parameter = result.description.crashKernelParameter {
      return parameter.option + "\n"
    }
    guard let high = ranges(of: .crashKernel).first?.range else {
      throw WritingFailure(
        "no memory for a crash kernel is placed (`crash-kernel`, or `crash-image` with `crashkernel`)"
      )
    }
    guard let low = ranges(of: .crashKernelLow).first?.range else { return option(high) }
    return "crashkernel=\(ByteCountText.option(high.byteCount)),high"
      + " crashkernel=\(ByteCountText.option(low.byteCount)),low\n"
  }

  /// `memmap=SIZE$ADDRESS`, of neighbours together, in one line; and the line for GRUB, in whose
  /// files `$` begins a variable.
  func memmapOptions() throws(WritingFailure) -> String {
    let architecture = result.layout.question.image.architecture.value
    guard architecture == .x86_64 || architecture == .i386 else {
      throw WritingFailure(
        "Linux has no `memmap=` on \(architecture): `reserved-memory` is the form there")
    }
    let options = AddressSet(try setAside().map(\.range)).ranges.map {
      "memmap=\(ByteCountText.option($0.byteCount))$\(Self.address($0.start))"
    }
    let line = options.joined(separator: " ")
    return line + "\n# In /etc/default/grub, whose text is read twice:\n# GRUB_CMDLINE_LINUX=\""
      + line.replacing("$", with: #"\\\$"#) + "\"\n"
  }

  /// `kho_scratch=LOWMEM,GLOBAL,PERNODE`, all of which older kernels want
  /// (kho_parse_scratch_size, kernel/liveupdate/kexec_handover.c).
  ///
  /// An area is what its item's name says: `low…`, `…node…`, and any other is the global one.
  func scratchOption() throws(WritingFailure) -> String {
    var sizes: [UInt128] = [0, 0, 0]
    for (name, range) in ranges(of: .handoverScratch) {
      let kind = name.hasPrefix("low") ? 0 : name.contains("node") ? 2 : 1
      // Each node has as much.
      sizes[kind] = kind == 2 ? max(sizes[2], range.byteCount) : sizes[kind] + range.byteCount
    }
    guard !sizes.contains(0) else {
      throw WritingFailure(
        "`kho_scratch=` takes three sizes, and there is no scratch area of each kind: items of the"
          + " role `KHO scratch` with names such as `lowmem`, `global` and `node 0`")
    }
    return "kho_scratch=" + sizes.map(ByteCountText.option).joined(separator: ",") + "\n"
  }
}
