internal import Fitting
internal import MemoryLayout

/// Sources for the device tree compiler, dtc.
extension FitReport {
  /// Two cells of 32 bits.
  static func cells(_ value: UInt64) -> String {
    "\(address(value >> 32)) \(address(value & 0xFFFF_FFFF))"
  }

  /// A name as nodes may have it, by the Devicetree Specification: 31 characters at most.
  static func nodeName(_ name: String) -> String {
    let text = name.utf8.prefix(31).map { byte -> Character in
      let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")) ~= byte | 0x20
      let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= byte
      return isLetter || isDigit || byte == UInt8(ascii: "-")
        ? Character(UnicodeScalar(byte)) : "-"
    }
    return String(text)
  }

  /// `/reserved-memory` with a node for each range that is set aside
  /// (Documentation/devicetree/bindings/reserved-memory/reserved-memory.txt).
  ///
  /// `no-map`: the kernel that runs does not touch what another one has, not even by reading
  /// ahead.
  func reservedMemoryNodes() throws(WritingFailure) -> String {
    let nodes = try setAside().map { name, range in
      """
      \t\t\(Self.nodeName(name))@\(String(range.start, radix: 16)) {
      \t\t\treg = <\(Self.cells(range.start)) \(Self.cells(UInt64(clamping: range.byteCount)))>;
      \t\t\tno-map;
      \t\t};
      """
    }
    return """
      /dts-v1/;

      / {
      \t#address-cells = <2>;
      \t#size-cells = <2>;

      \treserved-memory {
      \t\t#address-cells = <2>;
      \t\t#size-cells = <2>;
      \t\tranges;

      \(nodes.joined(separator: "\n\n"))
      \t};
      };

      """
  }

  // MARK: - Multikernel

  /// The pool: memory of each node, and all processors (kernel/multikernel/baseline.c of
  /// multikernel/linux; it chooses addresses itself, so that sizes are all that is said).
  func multikernelBaseline() throws(WritingFailure) -> String {
    let placement = try severalKernels("multikernel's baseline")
    var sizes: [UInt64?: UInt128] = [:]
    for kernel in placement.kernels { sizes[kernel.node, default: 0] += kernel.memory.byteCount }
    for region in placement.regions { sizes[region.node, default: 0] += region.range.byteCount }
    let nodes = sizes.keys.sorted { ($0 ?? 0, $0 == nil ? 0 : 1) < ($1 ?? 0, $1 == nil ? 0 : 1) }
    let memory = nodes.enumerated().map { index, node in
      "\t\tmemory@\(index) {\n\t\t\tsize = <\(Self.cells(UInt64(clamping: sizes[node] ?? 0)))>;\n"
        + (node.map { "\t\t\tnuma-node-id = <\($0)>;\n" } ?? "") + "\t\t};\n"
    }
    var processors: [String] = []
    for kernel in placement.kernels { processors += try Self.processorCells(kernel) }
    return """
      /dts-v1/;

      / {
      \tcompatible = "multikernel-v1";

      \tresources {
      \t\tcpus = \(processors.joined(separator: ", "));

      \(memory.joined(separator: "\n"))\t};
      };

      """
  }

  /// An overlay with an instance for each kernel, lowest memory first: the pool takes its lowest
  /// hole for each (Documentation/multikernel/overlays.rst, and mk_dt_parse_resources of
  /// kernel/multikernel/dts.c, of multikernel/linux).
  func multikernelInstances() throws(WritingFailure) -> String {
    let placement = try severalKernels("multikernel's configuration")
    var fragments: [String] = []
    for (index, kernel) in placement.kernels.enumerated() {
      let cells = try Self.processorCells(kernel)
      guard !kernel.name.contains("/"), !kernel.name.contains("\"") else {
        throw WritingFailure("an instance of a multikernel has no `/` or `\"` in its name")
      }
      let node = kernel.node.map { "\n\t\t\t\t\tnuma-nodes = <\($0)>;" } ?? ""
      fragments.append(
        """
        \t/* Placed at \(kernel.memory); the pool chooses. */
        \tfragment@\(index) {
        \t\ttarget-path = "/instances";

        \t\t__overlay__ {
        \t\t\tinstance-create {
        \t\t\t\tinstance-name = "\(Self.nodeName(kernel.name))";
        \t\t\t\tid = <\(index + 1)>;

        \t\t\t\tresources {
        \t\t\t\t\tmemory-bytes = <\(Self.cells(UInt64(clamping: kernel.memory.byteCount)))>;
        \t\t\t\t\tcpus = \(cells.joined(separator: ", "));\(node)
        \t\t\t\t};
        \t\t\t};
        \t\t};
        \t};
        """)
    }
    return """
      /dts-v1/;
      /plugin/;

      / {
      \tcompatible = "linux,multikernel-overlay";

      \(fragments.joined(separator: "\n\n"))
      };

      """
  }

  /// Physical numbers of 64 bits.
  private static func processorCells(
    _ kernel: KernelsPlacement.Kernel
  ) throws(WritingFailure) -> [String] {
    guard !kernel.processorNumbers.isEmpty else {
      throw WritingFailure(
        "a multikernel's processors are named, and none is for `\(kernel.name)` (`cpus`)")
    }
    return kernel.processorNumbers.map { "<\(cells($0))>" }
  }
}
