import ArgumentParser
import Diagnostics
import Exploration
import FitReports
import Fitting
import MemoryLayout
import Report
import SMT

struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Says whether a machine has room for a second kernel, and where.",
    discussion: """
      Examples:
        swapcheck fit --map /proc/iomem --kernel /boot/vmlinuz \\
          --initrd /boot/initrd.img --memory 4GiB --processors 2
        swapcheck fit --map iomem.txt --kernel vmlinuz --memory 4GiB \\
          --initrd 20MiB..2GiB --for largest
        swapcheck fit --map iomem.txt --kernel vmlinuz --initrd initrd.img \\
          --crash-image --size crashkernel --for all "processors 1..512"
        swapcheck fit Models/layouts/*.yml
        sudo swapcheck fit --this-machine
        ssh host sudo cat /proc/iomem | swapcheck fit --map - \\
          --kernel vmlinuz --memory 4GiB
        swapcheck fit Models/layouts/kernels.yml --write memmap

      A size is a number of bytes, such as 64MiB or 64M, a range, such as
      20MiB..200MiB, or unknown.
      Exit codes: 0 fits or as expected, 1 does not fit or not as expected, 2 error,
      3 inconclusive.
      """)

  @Argument(help: "Layouts, each a question in a file.", completion: .file(extensions: ["yml"]))
  var layouts: [String] = []

  @Flag(help: "Takes what is not stated from the machine that this runs on, and says so.")
  var thisMachine = false

  @Option(
    help:
      "Memory map: /proc/iomem, a kernel log, /sys/firmware/memmap or a device tree; - for stdin.",
    completion: .file())
  var map: String?

  @Option(help: "The relieving kernel's image.", completion: .file())
  var kernel: String?

  @Option(help: "Who loads it: kexec_file_load, kexec_load or boot-protocol.")
  var loader: String?

  @Option(help: ArgumentHelp("The initrd, or its size.", valueName: "FILE|SIZE"))
  var initrd: String?

  @Option(help: "What the initrd unpacks to.")
  var unpackedInitrd: String?

  @Option(help: "RAM that the relieving kernel manages.")
  var memory: String?

  @Option(help: "Processors of the relieving kernel.")
  var processors: String?

  @Option(help: "Memory of the processes that are copied.")
  var processes: String?

  @Option(help: "swiotlb of the relieving kernel.")
  var swiotlb: String?

  @Flag(help: "The relieving kernel's memory is encrypted (SEV, TDX), and swiotlb grows with it.")
  var confidential = false

  @Option(help: "Levels of the page tables of x86-64: 4 or 5.")
  var paging: String?

  @Option(help: "Areas of swiotlb, as by swiotlb=N,AREAS; one for each processor if not said.")
  var swiotlbAreas: String?

  @Option(help: "Memory below 16 MiB for ISA devices.")
  var dma: String?

  @Flag(help: "The image is loaded for a crash, as by kexec -p, into memory reserved for that.")
  var crashImage = false

  @Option(
    help: ArgumentHelp(
      "What crashkernel= reserves for it, such as 256M, in place of what the map shows.",
      valueName: "TEXT"))
  var crashkernel: String?

  @Option(
    help: ArgumentHelp(
      "What everything lies in: a range, or a region by its name in the map.",
      valueName: "RANGE|NAME"))
  var into: String?

  @Option(help: "A crash kernel's memory.")
  var crashKernel: String?

  @Option(help: "Memory that is granted to the relieving kernel in one piece.")
  var grant: String?

  @Option(help: "What starts and ends of granted memory are multiples of.")
  var memoryBlock: String?

  @Option(name: .customLong("command-line"), help: "Characters of the kernel's command line.")
  var commandLineByteCount: String?

  @Option(help: "Version of both kernels, such as 6.12, if the image does not say it.")
  var kernelVersion: String?

  @Option(
    name: .customLong("assume"),
    help: ArgumentHelp(
      "What a kernel has by itself, such as per-cpu=300KiB: docs/layouts.md has them.",
      valueName: "NAME=VALUE"))
  var assumed: [String] = []

  @Option(
    name: .customLong("for"), help: "What is asked of a range: some, all or largest.")
  var quantifier: String?

  @Option(
    help: "Which placement: least-reserved, most-for-processes, lowest or highest.")
  var prefer: String?

  @Option(
    help: ArgumentHelp(
      "The least crashkernel, kho-scratch, swiotlb, memory or pool that fits, as a word for the"
        + " command line.", valueName: "WHAT"))
  var size: String?

  @Option(help: "Seconds for a layout.")
  var timeout: String?

  @Option(
    help: ArgumentHelp(
      "Writes the placement as it is used: \(WrittenForm.names).", valueName: "FORM[:KERNEL]"))
  var write: String?

  @Option(help: "Format of the report.")
  var format: OutputFormat = .text

  @Flag(
    name: .shortAndLong,
    help: "Also says all places, the rules that conflict and their sources, and what is assumed.")
  var verbose = false

  @Option(
    help: ArgumentHelp(
      "Writes what confirms each answer into a folder, for `swapcheck verify-proof`.",
      valueName: "FOLDER"), completion: .directory)
  var proof: String?

  @Option(
    help: ArgumentHelp("Draws the memory and what lies in it.", valueName: "FILE"),
    completion: .file(extensions: ["svg"]))
  var svg: String?

  func run() throws {
    let descriptions = try descriptions()
    let form = try write.map { text in try WrittenForm(text, isAlone: layouts.count <= 1) }
    guard form == nil || format == .text else {
      throw ValidationError("--write writes a text, and no document of JSON")
    }
    let inputs = layoutFiles + descriptions.flatMap(\.files)
    if let svg, let input = inputs.first(where: { OutputFile.isSame($0, svg) }) {
      throw CommandFailure(
        "\(svg): error: the drawing would be written over \(input), which is read")
    }
    if let proof {
      try Self.checkDistinctEvidence(descriptions)
      try OutputFile.makeFolder(proof)
    }
    var worst = Exit.verified
    var documents: [JSONValue] = []
    for description in descriptions {
      if let size {
        worst = try Exit.worse(worst, writeSize(size, description, &documents))
        continue
      }
      do throws(CommandFailure) {
        let result = try answer(description)
        worst = Exit.worse(worst, Self.code(of: result))
        let report = FitReport(result)
        switch format {
        case .text:
          let width = min(Console.outputWidth, 100)
          if let form, result.verdict == .fits {
            try form.write(report, of: description.name)
          } else {
            Console.write(report.text(width: width, detail: verbose ? .full : .brief))
          }
        case .json: documents.append(report.json)
        }
        if let svg { try OutputFile.write(report.svg, to: svg) }
        if let proof { try Self.write(result, into: proof) }
      } catch {
        error.say()
        worst = Exit.worse(worst, error.code)
      }
    }
    if format == .json { Console.write(program: FitReport.document(documents).text + "\n") }
    try Exit.end(with: worst)
  }

  /// Writes the least value of a parameter.
  private func writeSize(
    _ name: String, _ description: LayoutDescription, _ documents: inout [JSONValue]
  ) throws -> ExitCode {
    guard let parameter = SizedParameter(rawValue: name) else {
      let names = SizedParameter.allCases.map(\.rawValue).joined(separator: ", ")
      throw ValidationError("--size is one of \(names), and not \(name)")
    }
    guard svg == nil, proof == nil else {
      throw ValidationError("--size has no drawing and no proof: ask for them with what it found")
    }
    do throws(CommandFailure) {
      let found: SizeResult
      do throws(LayoutError) {
        found = try watched(description) { () throws(LayoutError) in
          try description.least(parameter)
        }
      } catch {
        throw Self.failure(error, description)
      }
      let report = SizeReport(found)
      switch format {
      case .text:
        let width = min(Console.outputWidth, 100)
        Console.write(report.text(width: width, detail: verbose ? .full : .brief))
      case .json: documents.append(report.json)
      }
      return found.option == nil ? Exit.violated : Exit.verified
    } catch {
      error.say()
      return error.code
    }
  }

  /// Answers a question.
  private func answer(_ description: LayoutDescription) throws(CommandFailure) -> LayoutResult {
    do throws(LayoutError) {
      return try decide(description)
    } catch {
      throw Self.failure(error, description)
    }
  }

  private static func failure(
    _ error: LayoutError, _ description: LayoutDescription
  ) -> CommandFailure {
    // Of no file, what is missing is an option.
    if case .missing(let settings) = error, description.isOfCommandLine {
      return CommandFailure(
        lines: settings.map { "error: --\($0.key) is missing: \($0.meaning)" })
    }
    // An error of the map has its name already, which may be that of the question.
    var lines = error.lines
    let name = "\(description.name): "
    if lines[0].hasPrefix(name) { lines[0].removeFirst(name.count) }
    let isUndecided = error == .fitting(.solver(.noMemory))
    lines[0] = "\(name)\(isUndecided ? "inconclusive" : "error"): \(lines[0])"
    return CommandFailure(lines: lines, code: isUndecided ? Exit.inconclusive : Exit.error)
  }

  private func decide(_ description: LayoutDescription) throws(LayoutError) -> LayoutResult {
    try watched(description) { () throws(LayoutError) in try description.decide() }
  }

  /// Answers a question within its time: what asks nobody how long it may take is ended.
  private func watched<Found>(
    _ description: LayoutDescription, _ find: () throws(LayoutError) -> Found
  ) throws(LayoutError) -> Found {
    let stop = StopCondition(
      seconds: description.timeoutSeconds.map(Double.init),
      isMemoryShort: { MemoryReserve.isShort })
    let answer = Watchdog.watch(
      stop,
      { limit in
        var reason = Wording.limit(limit)
        if case .seconds(let seconds) = limit { reason = "no answer within \(Int(seconds)) s" }
        return LastWords(error: "\(description.name): inconclusive: \(reason)\n")
      }
    ) { Result { () throws(LayoutError) in try find() } }
    return try answer.get()
  }

  /// Writes the evidence of an answer, if there is one.
  private static func write(
    _ result: LayoutResult, into folder: String
  ) throws(CommandFailure) {
    guard result.kernels == nil else {
      throw CommandFailure(
        "\(result.description.name): error: there is no evidence of several kernels (`kernels`): that"
          + " all of a kernel fits into its memory is found out for each kind of place, and is no formula;"
          + " a layout of one kernel that lies there (`into`) has evidence")
    }
    let query: Query?
    do throws(SMTError) {
      query = try result.proof()
    } catch {
      throw failure(.fitting(.solver(error)), result.description)
    }
    guard let query else { return }
    try OutputFile.write(
      query.script, to: "\(folder)/\(evidenceName(result.description))", .inFolder)
  }

  /// The name of the file of evidence of a layout's answer.
  private static func evidenceName(_ description: LayoutDescription) -> String {
    let file = description.name.split(separator: "/").last ?? "layout"
    return (file.hasSuffix(".yml") ? file.dropLast(4) : file) + ".smt2"
  }

  /// Checks that each layout has a file of evidence of its own.
  private static func checkDistinctEvidence(
    _ descriptions: [LayoutDescription]
  ) throws(CommandFailure) {
    var owners: [String: String] = [:]
    for description in descriptions {
      let file = evidenceName(description)
      guard let other = owners.updateValue(description.name, forKey: file),
        other != description.name
      else { continue }
      throw CommandFailure(
        """
        \(description.name): error: its evidence would be written to `\(file)`, as that of \
        \(other); write them to two folders, by one call for each
        """)
    }
  }

  private static func code(of result: LayoutResult) -> ExitCode {
    if result.verdict == .inconclusive { return Exit.inconclusive }
    let isGood = result.isExpected ?? (result.verdict == .fits)
    return isGood ? Exit.verified : Exit.violated
  }

  private static let standardInput = "/dev/stdin"

  /// The questions.
  private func descriptions() throws -> [LayoutDescription] {
    // What is reserved for a crash kernel is asked of nothing else.
    let isForCrash =
      crashImage || (layoutFiles.isEmpty && size == SizedParameter.crashKernel.rawValue)
    let settings: [(String, String?)] = [
      ("map", map == "-" ? Self.standardInput : map), ("kernel", kernel), ("loader", loader),
      ("initrd", initrd),
      ("unpacked-initrd", unpackedInitrd), ("memory", memory), ("processors", processors),
      ("processes", processes), ("swiotlb", swiotlb), ("swiotlb-areas", swiotlbAreas),
      ("dma", dma),
      ("confidential", confidential ? "true" : nil), ("paging", paging),
      ("crash-image", isForCrash ? "true" : nil), ("crashkernel", crashkernel),
      ("crash-kernel", crashKernel),
      ("grant", grant), ("memory-block", memoryBlock), ("into", into),
      ("command-line", commandLineByteCount),
      ("kernel-version", kernelVersion),
      ("for", quantifier), ("prefer", prefer), ("timeout", timeout),
    ]
    let given =
      settings.compactMap { key, text in text.map { (key, $0) } } + ranges
      + (try assumed.map { word in try Self.assumed(word) })
    let layouts = layoutFiles
    if layouts.isEmpty {
      guard thisMachine || !given.isEmpty else {
        throw ValidationError(
          "name a layout, or a memory map with --map, or take this machine with --this-machine")
      }
      var start = LayoutDescription(name: thisMachine ? "this machine" : map ?? "the question")
      start.isOfCommandLine = true
      var question = try description(start, given)
      if thisMachine { question.fill(from: ThisMachine.findings()) }
      return [question]
    }
    guard !thisMachine else {
      throw ValidationError("with a layout, --this-machine has no say: a layout names its files")
    }
    guard svg == nil || layouts.count == 1 else {
      throw ValidationError("--svg draws one layout")
    }
    return try layouts.map { try description(try LayoutReading.read($0), given) }
  }

  /// With `--size`, words such as `processors 1..512` beside the layouts: ranges of settings.
  private var ranges: [(String, String)] {
    guard size != nil else { return [] }
    return layouts.compactMap { word in
      let parts = word.split(separator: " ")
      guard parts.count == 2, LayoutDescription.keys.contains(String(parts[0])) else { return nil }
      return (String(parts[0]), String(parts[1]))
    }
  }

  private var layoutFiles: [String] {
    let words = Set(ranges.map { "\($0.0) \($0.1)" })
    return layouts.filter { !words.contains($0) }
  }

  /// What `--assume` says.
  private static func assumed(_ word: String) throws -> (String, String) {
    let parts = word.split(separator: "=", maxSplits: 1).map(String.init)
    let names = KernelTrait.allCases.map(\.rawValue)
    guard parts.count == 2, names.contains(parts[0]) else {
      throw ValidationError(
        "--assume is one of \(names.joined(separator: ", ")), `=` and a value, and not"
          + " \(DisplayText(word))")
    }
    return (parts[0], parts[1])
  }

  /// Settings that a question in a file may be asked with.
  private static let besideLayouts = ["for", "into", "prefer", "timeout"]

  private func description(
    _ start: LayoutDescription, _ settings: [(String, String)]
  ) throws -> LayoutDescription {
    var description = start
    // A path on the command line begins at the working directory, one in a layout at its folder.
    let free = Self.besideLayouts + (size == nil ? [] : ranges.map(\.0))
    guard layoutFiles.isEmpty || settings.allSatisfy({ free.contains($0.0) }) else {
      throw ValidationError(
        "with a layout, only --for, --into, --prefer and --timeout can be given")
    }
    for (key, text) in settings {
      do throws(LayoutError) {
        try description.set(key, to: text)
      } catch {
        throw ValidationError("--\(key): \(DisplayText(lines: error.lines))")
      }
    }
    return description
  }
}
