/// Something odd in a memory map that does not keep it from being used, and that whoever relies on
/// the map should see.
package struct MapFinding: Hashable, Sendable, CustomStringConvertible {
  package enum Kind: Hashable, Sendable {
    /// A range of address zero alone was passed over.
    case zeroRange(name: String)
    /// Two regions overlap, and neither contains the other, which the kernel never makes. What is
    /// not RAM takes away from RAM then, too.
    case partialOverlap(name: String, other: String)
    /// A region of the running kernel, or a crash kernel, lies within no RAM: kernels have dropped
    /// the line of the RAM around a crash kernel.
    case outsideRAM(name: String)
    /// All lines begin at the same column, though ranges contain one another.
    case indentationLost
    /// The last line has no line break: the listing may have been cut off.
    case unfinishedLastLine
    /// A table of the e820 map without its heading: some lines may have been filtered out.
    case tableWithoutHeading(table: String)
    /// As many entries as the zero page holds: kexec drops what is behind them.
    case fullZeroPage(entryCount: Int)
    /// A node or property of a device tree that Linux passes over, and why.
    case ignored(what: String, why: String)
    /// Other listings of another content stand in the text, and this one is taken.
    case severalListings(otherCount: Int)
    /// The log of several starts whose maps differ: that of the last whole one is taken.
    case severalStarts(count: Int)
    /// A log that shows ranges of RAM and not what is reserved of them.
    case rangesAlone
    /// A device tree without `#address-cells` or `#size-cells` at its root; Linux takes 1.
    case assumedCells(property: String)
  }

  package let kind: Kind
  package let place: InputPlace

  package init(_ kind: Kind, at place: InputPlace) {
    self.kind = kind
    self.place = place
  }

  package var description: String {
    switch kind {
    case .zeroRange(let name): "\(place): `\(name)` has no address, and is passed over"
    case .partialOverlap(let name, let other):
      "\(place): `\(name)` overlaps `\(other)`, and neither contains the other"
    case .outsideRAM(let name): "\(place): `\(name)` lies within no System RAM"
    case .indentationLost: "\(place): indentation is lost; nesting is taken from the ranges"
    case .unfinishedLastLine: "\(place): no line break at the end; the listing may be cut off"
    case .tableWithoutHeading(let table):
      "\(place): the table `\(table)` has no heading; lines may be missing"
    case .fullZeroPage(let count):
      "\(place): \(count) entries fill the zero page; kexec passes on no more than 128"
    case .ignored(let what, let why): "\(place): \(what) is passed over: \(why)"
    case .severalListings(let count):
      "\(place): the text has \(count) other listing\(count == 1 ? "" : "s");"
        + " the one from here on is taken"
    case .severalStarts(let count):
      "\(place): the log is of \(count) starts with different maps;"
        + " the one from here on is taken, the last that is whole"
    case .rangesAlone:
      "\(place): the log shows ranges of RAM, and not all that firmware and kernel reserve of them"
    case .assumedCells(let property): "\(place): no \(property) at the root; 1 is assumed"
    }
  }
}
