public import MemoryLayout

/// A question about a machine as it is written down: in a `layout.yml`, or on the command line.
///
/// All settings but lists and the numbers of a kernel are words with a text each, so that file and
/// command line have the same ones: `set(_:to:)`.
public struct LayoutDescription: Hashable, Sendable {
  /// A size that is stated, or the range that it lies in.
  public enum Size: Hashable, Sendable {
    case exactly(UInt64)
    case between(ClosedRange<UInt64>)
    /// Of a file.
    case file(String)
  }

  /// An image that is described and not read.
  public struct StatedKernel: Hashable, Sendable {
    public var architecture: KernelImage.Architecture
    /// At least 1.
    public var byteCount: UInt64
    /// A power of two.
    public var alignment: UInt64
    public var preferredAddress: UInt64?
    public var isRelocatable: Bool
    public var addressLimit: UInt64?

    public init(
      architecture: KernelImage.Architecture, byteCount: UInt64, alignment: UInt64,
      preferredAddress: UInt64? = nil, isRelocatable: Bool = true, addressLimit: UInt64? = nil
    ) {
      self.architecture = architecture
      self.byteCount = byteCount
      self.alignment = alignment
      self.preferredAddress = preferredAddress
      self.isRelocatable = isRelocatable
      self.addressLimit = addressLimit
    }
  }

  /// The verdict that a layout has to have.
  public enum Expectation: String, Hashable, Sendable, CaseIterable {
    case fits
    case doesNotFit = "does-not-fit"
  }

  /// What the user calls it: the file's path.
  public var name: String
  /// What relative paths begin at, with a `/` at the end, or empty.
  public var folder = ""
  public var map: String?
  public var kernel: String?
  public var statedKernel: StatedKernel?
  public var loader: PlacementQuestion.Loader = .kexecFile
  public var initrd: Size?
  public var unpackedInitrd: Size?
  /// Bytes of RAM that the relieving kernel manages.
  public var memoryByteCount: UInt64?
  public var processorCount: UInt64?
  public var processes: Size?
  public var bounceBuffers: Size?
  public var crashKernel: Size?
  public var grant: Size?
  public var memoryBlockByteCount: UInt64?
  public var commandLineByteCount: UInt64?
  public var quantifier: ByteCountRange.Quantifier?
  public var objective: PlacementObjective?
  public var timeoutSeconds: UInt64 = 60
  public var expectation: Expectation?
  public var inUse: [AddressRange] = []
  public var handoverScratch: [AddressRange]?
  /// What is to be placed beside what the settings ask for.
  public var items: [PlacementItem] = []

  public init(name: String) { self.name = name }

  /// The words that `set(_:to:)` knows.
  public static let keys: [String] = [
    "map", "kernel", "loader", "initrd", "unpacked-initrd", "memory", "processors", "processes",
    "swiotlb", "crash-kernel", "grant", "memory-block", "command-line", "for", "prefer", "timeout",
    "expect",
  ]

  /// Gives a setting its value.
  ///
  /// - Throws: `LayoutError.invalid` with what the setting takes.
  public mutating func set(_ key: String, to text: String) throws(LayoutError) {
    switch key {
    case "map": map = text
    case "kernel": kernel = text
    case "loader": loader = try Self.word(key, text)
    case "initrd": initrd = (try? Self.size(key, text)) ?? .file(text)
    case "unpacked-initrd": unpackedInitrd = try Self.size(key, text)
    case "memory": memoryByteCount = try Self.byteCount(key, text)
    case "processors": processorCount = try Self.number(key, text)
    case "processes": processes = try Self.size(key, text)
    case "swiotlb": bounceBuffers = try Self.size(key, text)
    case "crash-kernel": crashKernel = try Self.size(key, text)
    case "grant": grant = try Self.size(key, text)
    case "memory-block":
      let byteCount = try Self.byteCount(key, text)
      guard byteCount.nonzeroBitCount == 1 else {
        throw .invalid("`\(key)` is a power of two, and not \(text)")
      }
      memoryBlockByteCount = byteCount
    case "command-line": commandLineByteCount = try Self.number(key, text)
    case "for": quantifier = try Self.word(key, text)
    case "prefer": objective = try Self.word(key, text)
    case "timeout":
      let seconds = try Self.number(key, text)
      guard (1...86_400) ~= seconds else {
        throw .invalid("`\(key)` is a number of seconds from 1 to 86400, and not \(text)")
      }
      timeoutSeconds = seconds
    case "expect": expectation = try Self.word(key, text)
    default: throw .invalid("`\(key)` is none of \(Self.keys.joined(separator: ", "))")
    }
  }

  /// A number of bytes that is 1 at least.
  public static func byteCount(_ key: String, _ text: String) throws(LayoutError) -> UInt64 {
    guard let byteCount = ByteCountText.parse(text), byteCount > 0 else {
      throw .invalid("`\(key)` is a number of bytes, such as 64MiB, and not \(text)")
    }
    return byteCount
  }

  private static func size(_ key: String, _ text: String) throws(LayoutError) -> Size {
    if let byteCount = ByteCountText.parse(text) { return .exactly(byteCount) }
    if let range = ByteCountText.parseRange(text) { return .between(range) }
    throw .invalid(
      "`\(key)` is a number of bytes such as 64MiB, or a range such as 20MiB..200MiB, and not"
        + " \(text)")
  }

  private static func number(_ key: String, _ text: String) throws(LayoutError) -> UInt64 {
    guard let number = UInt64(text) else {
      throw .invalid("`\(key)` is a whole number, and not \(text)")
    }
    return number
  }

  private static func word<Word: RawRepresentable & CaseIterable>(
    _ key: String, _ text: String
  ) throws(LayoutError) -> Word where Word.RawValue == String {
    if let word = Word(rawValue: text) { return word }
    let words = Word.allCases.map { "`\($0.rawValue)`" }.joined(separator: ", ")
    throw .invalid("`\(key)` is one of \(words), and not \(text)")
  }
}

/// Why a layout is no question that can be asked.
public enum LayoutError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The settings contradict one another, or one is missing.
  case invalid(String)
  case input(LayoutInputError)
  case fitting(FittingError)

  public var description: String {
    switch self {
    case .invalid(let sentence): sentence
    case .input(let error): error.description
    case .fitting(let error): error.description
    }
  }
}
