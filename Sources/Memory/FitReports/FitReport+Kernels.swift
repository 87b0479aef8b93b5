import Diagnostics
internal import Fitting
internal import MemoryLayout

/// What is said of several kernels beside the places of their memory.
extension FitReport {
  /// Which kernels have no room, and how much is missing.
  func shortageLines(_ width: Int) -> [DisplayText] {
    (result.kernels?.shortage ?? []).flatMap {
      ("\($0)." as DisplayText).wrapped(first: "  ", rest: "    ", width)
    }
  }

  /// Items of a kernel, and kinds of kernels and regions, that have a line in a brief report.
  private static let briefItems = 3
  private static let briefKinds = 1

  /// What lies in the memory of kernels, of those that are alike once; in brief the largest items of
  /// the first kinds.
  func kernelLines(_ width: Int, _ detail: Detail) -> [DisplayText] {
    guard let placement = result.kernels?.placement else { return [] }
    var groups: [(shape: [Offset], kernels: [KernelsPlacement.Kernel])] = []
    for kernel in placement.kernels {
      let shape = Self.offsets(kernel)
      if let index = groups.firstIndex(where: { $0.shape == shape }) {
        groups[index].kernels.append(kernel)
      } else {
        groups.append((shape, [kernel]))
      }
    }
    let kinds = detail == .full ? groups[...] : groups.prefix(Self.briefKinds)
    let regions =
      detail == .full ? placement.regions[...] : placement.regions.prefix(Self.briefKinds)
    return kinds.flatMap { group in lines(group.kernels, width, detail) }
      + Self.more(groups.count - kinds.count, "kind", of: "kernels")
      + regions.flatMap { region in
        ("`\(region.name)` is for \(Self.list(region.kernels))" as DisplayText)
          .wrapped(first: "  ", rest: "    ", width)
      } + Self.more(placement.regions.count - regions.count, "region", of: "memory")
  }

  private static func more(_ count: Int, _ what: String, of whole: String) -> [DisplayText] {
    count > 0 ? ["  and \(count) more \(what)\(count == 1 ? "" : "s") of \(whole)"] : []
  }

  /// An item's place, counted from where a kernel's memory starts.
  private struct Offset: Hashable {
    let name: String
    let start: UInt64
    let byteCount: UInt128
  }

  private static func offsets(_ kernel: KernelsPlacement.Kernel) -> [Offset] {
    kernel.items.map { name, range in
      Offset(name: name, start: range.start - kernel.memory.start, byteCount: range.byteCount)
    }.sorted { ($0.start, $0.name) < ($1.start, $1.name) }
  }

  private func lines(
    _ kernels: [KernelsPlacement.Kernel], _ width: Int, _ detail: Detail
  ) -> [DisplayText] {
    guard let first = kernels.first else { return [] }
    let others = kernels.dropFirst().map(\.name)
    let alike = others.isEmpty ? "" : ", and at the same distances in that of \(Self.list(others))"
    var lines = ("in the memory of `\(first.name)`\(alike):" as DisplayText)
      .wrapped(first: "  ", rest: "    ", width)
    let offsets = Self.offsets(first)
    var shown = offsets
    if detail == .brief, offsets.count > Self.briefItems + 1 {
      let largest = offsets.sorted { ($1.byteCount, $0.name) < ($0.byteCount, $1.name) }
      shown = offsets.filter(largest.prefix(Self.briefItems).contains)
    }
    let rows = shown.map { offset in
      (
        DisplayText(offset.name), first.items[offset.name]?.description ?? "",
        ByteCountText.format(offset.byteCount)
      )
    }
    let nameWidth = rows.map(\.0.count).max() ?? 0
    let rangeWidth = rows.map { DisplayText($0.1).count }.max() ?? 0
    lines += rows.map { name, range, size in
      "    \(name.padded(to: nameWidth))  \(DisplayText(range).padded(to: rangeWidth))  \(size)"
    }
    if shown.count < offsets.count {
      let sum = offsets.filter { !shown.contains($0) }.reduce(UInt128(0)) { $0 + $1.byteCount }
      lines.append(
        "    and \(offsets.count - shown.count) smaller, \(ByteCountText.needed(sum)) together")
    }
    if let trampoline = first.trampoline {
      let end = kernels.count == 1 ? "" : " and \(kernels.count - 1) more pages below 1 MiB"
      lines += ("processors start from \(trampoline)\(end)" as DisplayText)
        .wrapped(first: "    ", rest: "      ", width)
    }
    return lines
  }

  /// Names of kernels; of many the first and the last.
  private static func list(_ names: [String]) -> String {
    guard names.count > 4, let first = names.first, let last = names.last else {
      return names.map { "`\($0)`" }.joined(separator: ", ")
    }
    return "\(names.count) kernels, `\(first)` to `\(last)`"
  }

  // MARK: - JSON

  /// Members of the document.
  var kernelMembers: [(String, JSONValue)] {
    guard let kernels = result.kernels else { return [] }
    var members: [(String, JSONValue)] = []
    if !kernels.shortage.isEmpty {
      members.append(("shortage", .array(kernels.shortage.map { .string($0) })))
    }
    guard let placement = kernels.placement else { return members }
    members.append(("kernels", .array(placement.kernels.map(Self.json))))
    members.append(
      (
        "regions",
        .array(
          placement.regions.map { region in
            .object(
              Self.rangeMembers(region.range) + [
                ("name", .string(region.name)),
                ("kernels", .array(region.kernels.map { .string($0) })),
              ])
          })
      ))
    return members
  }

  private static func json(_ kernel: KernelsPlacement.Kernel) -> JSONValue {
    var members: [(String, JSONValue)] = [("name", .string(kernel.name))]
    if let node = kernel.node { members.append(("node", number(node))) }
    members += rangeMembers(kernel.memory)
    if let trampoline = kernel.trampoline {
      members.append(("trampoline", .object(rangeMembers(trampoline))))
    }
    members.append(
      (
        "items",
        .array(
          kernel.items.sorted { ($0.value, $0.key) < ($1.value, $1.key) }.map {
            .object([("item", .string($0.key))] + rangeMembers($0.value))
          })
      ))
    if !kernel.apertures.isEmpty {
      members.append(("apertures", .array(kernel.apertures.map { .object(rangeMembers($0)) })))
    }
    if !kernel.processorNumbers.isEmpty {
      members.append(("cpus", .array(kernel.processorNumbers.map(number))))
    }
    return .object(members)
  }

  private static func rangeMembers(_ range: AddressRange) -> [(String, JSONValue)] {
    [
      ("start", .string("0x" + String(range.start, radix: 16))),
      ("last", .string("0x" + String(range.last, radix: 16))),
      ("byteCount", bytes(range.byteCount)),
    ]
  }

  private static func number(_ value: UInt64) -> JSONValue { bytes(UInt128(value)) }
}
