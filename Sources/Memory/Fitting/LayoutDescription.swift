package import MemoryLayout

/// A question about a machine as it is written down: in a `layout.yml`, or on the command line.
///
/// All settings but lists and the numbers of a kernel are words with a text each, so that file and
/// command line have the same ones: `set(_:to:)`.
package struct LayoutDescription: Hashable, Sendable {
  /// A quantity that is stated, or the range that it lies in.
  package enum Size: Hashable, Sendable {
    case exactly(UInt64)
    case between(ClosedRange<UInt64>)
    /// From a value on, up to what the machine has.
    case from(UInt64)
    /// Of a file.
    case file(String)
  }

  /// An image that is described and not read.
  package struct StatedKernel: Hashable, Sendable {
    package var architecture: KernelImage.Architecture
    /// At least 1 byte.
    package var size: Size
    /// A power of two.
    package var alignment: UInt64
    package var preferredAddress: UInt64?
    package var isRelocatable: Bool
    package var addressLimit: UInt64?

    package init(
      architecture: KernelImage.Architecture, size: Size, alignment: UInt64,
      preferredAddress: UInt64? = nil, isRelocatable: Bool = true, addressLimit: UInt64? = nil
    ) {
      self.architecture = architecture
      self.size = size
      self.alignment = alignment
      self.preferredAddress = preferredAddress
      self.isRelocatable = isRelocatable
      self.addressLimit = addressLimit
    }
  }

  /// Something to be placed beside what the settings ask for.
  package struct Item: Hashable, Sendable {
    package var name: String
    package var role: PlacementItem.Role
    /// Nil where the rules say what it takes.
    package var size: Size?

    package init(_ name: String, _ role: PlacementItem.Role, size: Size? = nil) {
      self.name = name
      self.role = role
      self.size = size
    }
  }

  /// What is asked of a range that has no word of its own, and of those that have.
  package struct Quantifiers: Hashable, Sendable {
    package var ofOthers: RangedQuantity.Quantifier?
    /// By the setting or the item.
    package var named: [String: RangedQuantity.Quantifier] = [:]

    package init(ofOthers: RangedQuantity.Quantifier? = nil) { self.ofOthers = ofOthers }
  }

  /// The verdict that a layout has to have.
  package enum Expectation: String, Hashable, Sendable, CaseIterable {
    case fits
    case doesNotFit = "does-not-fit"
  }

  /// What the user calls it: the file's path.
  package var name: String
  /// Whether it is made of options and no file.
  package var isOfCommandLine = false
  /// What relative paths begin at, with a `/` at the end, or empty.
  package var folder = ""
  package var map: String?
  package var kernel: String?
  package var statedKernel: StatedKernel?
  package var loader: PlacementQuestion.Loader = .kexecFile
  package var initrd: Size?
  package var unpackedInitrd: Size?
  /// Bytes of RAM that the relieving kernel manages.
  package var memory: Size?
  package var processors: Size?
  package var processes: Size?
  /// Memory of processes that the relieving kernel takes over where it lies.
  package var handedOver: [AddressRange] = []
  package var bounceBuffers: Size?
  /// Areas of swiotlb, by `swiotlb=N,AREAS`; nil for one of each processor.
  package var bounceBufferAreaCount: UInt64?
  /// Whether the relieving kernel is a guest whose memory is encrypted.
  package var isConfidential = false
  /// Levels of page tables of x86-64, 4 or 5; nil if nothing is said.
  package var pagingLevelCount: Int?
  /// Of both kernels; nil if the image says it, or nothing does.
  package var kernelVersion: KernelVersion?
  /// What is said of the kernels beside it.
  package var traits: [KernelTrait: UInt64] = [:]
  package var crashKernel: Size?
  /// Whether the crash kernel has found no place below 4 GiB.
  var crashKernelIsHigh = false
  package var grant: Size?
  package var memoryBlockByteCount: UInt64?
  /// Memory below 16 MiB for ISA devices.
  package var lowDMA: Size?
  /// Characters.
  package var commandLine: Size?
  /// What everything of the relieving kernel is put into: a range, or a region's name.
  package var into: String?
  /// Whether the image is loaded for a crash, as by `kexec -p`.
  package var isCrashImage = false
  /// What the running kernel reserves for a crash image, in place of what the map shows.
  package var crashKernelParameter: CrashKernelParameter?
  package var quantifiers: Quantifiers?
  package var objective: PlacementObjective?
  /// For each question to the solver; a minute if nothing is said, and for objectives less.
  package var timeoutSeconds: UInt64?
  package var expectation: Expectation?
  package var inUse: [AddressRange] = []
  package var handoverScratch: [AddressRange]?
  /// What is to be placed beside what the settings ask for.
  package var items: [Item] = []
  /// Which settings were taken from a machine and not stated, and from where; one sentence each.
  package var takenFrom: [String] = []
  /// Why a machine has no map, if one was looked for.
  var mapRefusal: String?
  /// Several kernels, of which these settings are what they have alike; nil for one.
  package var kernels: KernelsDescription? {
    get { several.first }
    set { several = newValue.map { [$0] } ?? [] }
  }
  /// A value cannot hold one of its own kind but in a list.
  private var several: [KernelsDescription] = []
  /// The rules that conflict by themselves if it does not fit.
  package var conflictingRules: Set<PlacementRule>?

  package init(name: String) { self.name = name }

  /// The words that `set(_:to:)` knows.
  package static let keys: [String] =
    [
      "map", "kernel", "loader", "initrd", "unpacked-initrd", "memory", "processors", "processes",
      "swiotlb", "swiotlb-areas", "confidential", "paging", "dma", "crash-kernel", "crash-image",
      "crashkernel", "grant",
      "memory-block", "into", "command-line", "for", "prefer", "timeout", "expect",
      "kernel-version",
    ] + KernelTrait.allCases.map(\.rawValue)

  /// Gives a setting its value.
  ///
  /// - Throws: `LayoutError.invalid` with what the setting takes.
  package mutating func set(_ key: String, to text: String) throws(LayoutError) {
    switch key {
    case "map": map = text
    case "kernel": kernel = text
    case "loader": loader = try Self.word(key, text)
    case "initrd": initrd = try Self.sizeOrFile(key, text)
    case "unpacked-initrd": unpackedInitrd = try Self.size(key, text)
    case "memory": memory = try Self.size(key, text, least: 1)
    case "processors": processors = try Self.count(key, text)
    case "dma": lowDMA = try Self.size(key, text)
    case "crash-image": isCrashImage = try Self.flag(key, text)
    case "confidential": isConfidential = try Self.flag(key, text)
    case "paging":
      guard let count = Int(text), count == 4 || count == 5 else {
        throw .invalid("`\(key)` is 4 or 5, the levels of page tables, and not \(text)")
      }
      pagingLevelCount = count
    case "into":
      guard !text.isEmpty else { throw .invalid("`\(key)` is a range or the name of a region") }
      into = text
    case "processes": processes = try Self.size(key, text)
    case "swiotlb": bounceBuffers = try Self.size(key, text)
    case "swiotlb-areas":
      let count = try Self.number(key, text)
      guard (1...1 << 32) ~= count else {
        throw .invalid("`\(key)` is a number of areas, 1 at least, and not \(text)")
      }
      bounceBufferAreaCount = count
    case "crashkernel":
      do throws(CrashKernelParameterError) {
        crashKernelParameter = try CrashKernelParameter(text)
      } catch {
        throw .invalid(error.description)
      }
    case "crash-kernel": crashKernel = try Self.size(key, text)
    case "grant": grant = try Self.size(key, text)
    case "memory-block":
      let byteCount = try Self.byteCount(key, text)
      guard byteCount.nonzeroBitCount == 1 else {
        throw .invalid("`\(key)` is a power of two, and not \(text)")
      }
      memoryBlockByteCount = byteCount
    case "command-line": commandLine = try Self.count(key, text)
    case "for": quantifiers = try Self.quantifiers(key, text)
    case "prefer": objective = try Self.word(key, text)
    case "timeout":
      let seconds = try Self.number(key, text)
      guard (1...86_400) ~= seconds else {
        throw .invalid("`\(key)` is a number of seconds from 1 to 86400, and not \(text)")
      }
      timeoutSeconds = seconds
    case "expect": expectation = try Self.word(key, text)
    case "kernel-version":
      guard let version = KernelVersion(text) else {
        throw .invalid("`\(key)` is a version of Linux such as 6.12, and not \(text)")
      }
      kernelVersion = version
    default:
      guard let trait = KernelTrait(rawValue: key) else {
        throw .invalid("`\(key)` is none of \(Self.keys.joined(separator: ", "))")
      }
      traits[trait] = try Self.value(trait, text)
    }
  }

  /// The value of a trait.
  private static func value(_ trait: KernelTrait, _ text: String) throws(LayoutError) -> UInt64 {
    let name = "`\(trait.rawValue)`"
    switch trait.kind {
    case .flag: return try flag(trait.rawValue, text) ? 1 : 0
    case .percent:
      let digits = text.hasSuffix("%") ? text.dropLast() : text[...]
      if let percent = UInt64(digits), (1...100) ~= percent { return percent }
      throw .invalid("\(name) is a percentage such as 50%, and not \(text)")
    case .number(let bounds):
      if let number = UInt64(text), bounds ~= number { return number }
      throw .invalid(
        "\(name) is a number from \(bounds.lowerBound) to \(bounds.upperBound), and not \(text)")
    case .bytes(let bounds), .power(let bounds):
      let isPower = if case .power = trait.kind { true } else { false }
      if let byteCount = ByteCountText.parse(text), bounds ~= byteCount,
        !isPower || byteCount.nonzeroBitCount == 1
      {
        return byteCount
      }
      let least = ByteCountText.format(UInt128(bounds.lowerBound))
      let most = ByteCountText.format(UInt128(bounds.upperBound))
      throw .invalid(
        "\(name) is \(isPower ? "a power of two" : "a number") of bytes from \(least) to \(most), and"
          + " not \(text)")
    }
  }

  private static func flag(_ key: String, _ text: String) throws(LayoutError) -> Bool {
    guard let flag = Bool(text) else { throw .invalid("`\(key)` is `true` or `false`") }
    return flag
  }

  /// Expects rules to conflict, by their names; names that are none are passed over.
  package mutating func setConflict(_ names: [String]) {
    conflictingRules = Set(names.compactMap { PlacementRule(name: $0) })
  }

  /// A number of bytes that is 1 at least.
  package static func byteCount(_ key: String, _ text: String) throws(LayoutError) -> UInt64 {
    guard let byteCount = ByteCountText.parse(text), byteCount > 0 else {
      throw .invalid(
        "`\(key)` is a number of bytes, such as 64MiB, and not \(text)\(Self.advice(text))")
    }
    return byteCount
  }

  /// A number of bytes, a range of them, or `unknown`.
  ///
  /// - Parameter least: The least number that makes sense.
  package static func size(
    _ key: String, _ text: String, least: UInt64 = 0
  ) throws(LayoutError) -> Size {
    if let size = anySize(text), size.least >= least { return size }
    throw .invalid(
      "`\(key)` is a number of bytes such as 64MiB, a range such as 20MiB..200MiB or 20MiB.., or"
        + " `unknown`, and not \(text)\(advice(text))")
  }

  /// What is meant as a number is no file's name.
  private static func sizeOrFile(_ key: String, _ text: String) throws(LayoutError) -> Size {
    guard ByteCountText.isMeant(by: text) else { return .file(text) }
    do throws(LayoutError) {
      return try size(key, text)
    } catch {
      throw .invalid("\(error.description); a file of this name is ./\(text)")
    }
  }

  /// What to write in place of a text that is no size, or nothing.
  private static func advice(_ text: String) -> String {
    ByteCountText.suggestion(for: text).map { ": write \($0)" } ?? ""
  }

  private static func anySize(_ text: String) -> Size? {
    if let byteCount = ByteCountText.parse(text) { return .exactly(byteCount) }
    if let range = ByteCountText.parseRange(text) { return .between(range) }
    if text == "unknown" { return .from(1) }
    guard text.hasSuffix("..") else { return nil }
    return ByteCountText.parse(text.dropLast(2)).map { .from($0) }
  }

  /// A whole number, a range of them, or `unknown`.
  package static func count(_ key: String, _ text: String) throws(LayoutError) -> Size {
    let isNumber = text.utf8.allSatisfy {
      (UInt8(ascii: "0")...UInt8(ascii: "9")) ~= $0 || $0 == UInt8(ascii: ".")
    }
    if isNumber || text == "unknown", let size = anySize(text) { return size }
    throw .invalid(
      "`\(key)` is a whole number, a range such as 2..512 or 2.., or `unknown`, and not \(text)")
  }

  private static func number(_ key: String, _ text: String) throws(LayoutError) -> UInt64 {
    guard let number = UInt64(text) else {
      throw .invalid("`\(key)` is a whole number, and not \(text)")
    }
    return number
  }

  /// Reads `largest`, or `largest initrd, some processes`.
  private static func quantifiers(
    _ key: String, _ text: String
  ) throws(LayoutError) -> Quantifiers {
    var quantifiers = Quantifiers()
    for part in text.split(separator: ",", omittingEmptySubsequences: false) {
      let words = part.split(separator: " ", maxSplits: 1)
      let quantifier: RangedQuantity.Quantifier = try word(key, String(words.first ?? ""))
      if words.count == 1 {
        guard quantifiers.ofOthers == nil else {
          throw .invalid("`\(key)` has two words for all ranges: \(text)")
        }
        quantifiers.ofOthers = quantifier
      } else {
        let name = String(words[1].drop { $0 == " " })
        guard quantifiers.named.updateValue(quantifier, forKey: name) == nil else {
          throw .invalid("`\(key)` names `\(name)` twice")
        }
      }
    }
    return quantifiers
  }

  private static func word<Word: RawRepresentable & CaseIterable>(
    _ key: String, _ text: String
  ) throws(LayoutError) -> Word where Word.RawValue == String {
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    throw .invalid("`\(key)` is one of \(words), and not \(text)")
  }
}

extension LayoutDescription.Size {
  /// The least value; 0 of a file, whose size is not known here.
  var least: UInt64 {
    switch self {
    case .exactly(let value), .from(let value): value
    case .between(let bounds): bounds.lowerBound
    case .file: 0
    }
  }
}

/// Why a layout is no question that can be asked.
package enum LayoutError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The settings contradict one another, or one is none.
  case invalid(String)
  /// Settings without which there is no question, all of them.
  case missing([MissingSetting])
  case input(LayoutInputError)
  case fitting(FittingError)

  package var description: String { lines.joined(separator: "\n") }

  /// A sentence, and what else is said of it in lines of its own.
  package var lines: [String] {
    switch self {
    case .invalid(let sentence): [sentence]
    case .missing(let settings): settings.map { "`\($0.key)` is missing: \($0.meaning)" }
    case .input(let error): error.lines
    case .fitting(let error): [error.description]
    }
  }
}

/// A setting that a question needs and does not have.
package struct MissingSetting: Hashable, Sendable {
  /// A key of `layout.yml`; on the command line an option.
  package let key: String
  /// What it says, in a few words.
  package let meaning: String

  package init(_ key: String, _ meaning: String) {
    (self.key, self.meaning) = (key, meaning)
  }
}
