import Foundation
import TestSupport
import Testing

/// Arrows only point down. Package.swift has the layers, lowest first, and what each stands on; SwiftPM
/// refuses cycles, but not imports of what comes by way of another target, nor what is declared and not
/// used.
@Suite struct LayerTests {
  /// A target as Package.swift declares it.
  private struct Target: Sendable {
    let name: String
    let dependencies: Set<String>
    /// Where its sources are, from the root.
    let path: String
    let isTest: Bool
  }

  private static let root = Repository.root

  /// In the order of the file.
  private static let targets: [Target] = {
    let file = root.appendingPathComponent("Package.swift")
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return [] }
    let declarations = text.split(separator: "\n    .").dropFirst()
    return declarations.compactMap { declaration in
      guard let kind = declaration.firstMatch(of: /^(\w*[tT]arget|systemLibrary)\(/)?.1,
        let name = declaration.firstMatch(of: /name: "(\w+)"/)?.1
      else { return nil }
      let list = declaration.firstMatch(of: /dependencies: \[((?:[^\]])*)\]/)?.1 ?? ""
      let names = list.replacing(/, package: "[^"]*"/, with: "").matches(of: /"(\w+)"/).map(\.1)
      let folder = kind == "testTarget" ? "Tests" : "Sources"
      let path = declaration.firstMatch(of: /path: "([^"]+)"/)?.1
      return Target(
        name: String(name), dependencies: Set(names.map(String.init)),
        path: path.map(String.init) ?? "\(folder)/\(name)", isTest: kind == "testTarget")
    }
  }()

  /// What every target may import beside those that it stands on: the system's.
  private static let system: Set<String> = [
    "Dispatch", "Foundation", "FoundationEssentials", "FoundationXML", "Glibc", "Synchronization",
    "Testing",
  ]
  /// What each layer may import, and imports: the design, as data.
  private static let allowed: [String: Set<String>] = [
    "CIntrinsics": [],
    "Randomness": [],
    "Diagnostics": ["Synchronization"],
    "Processes": ["Glibc"],
    "FileSystem": ["Glibc"],
    "UserCache": ["FileSystem", "Glibc"],
    "Settings": ["CYaml", "Yams"],
    "CZ3": [],
    "SAT": [],
    "SMT": ["Diagnostics", "SAT", "CZ3", "Glibc", "Synchronization"],
    "Patches": ["Diagnostics"],
    "TransitionSystem": ["Diagnostics"],
    "Analysis": ["TransitionSystem"],
    "Packing": ["TransitionSystem", "Analysis"],
    "Murphi": ["Diagnostics", "TransitionSystem", "Analysis"],
    "Mutation": ["Diagnostics", "Murphi"],
    "Evaluation": ["CIntrinsics", "Diagnostics", "TransitionSystem"],
    "Trace": ["Diagnostics", "TransitionSystem", "Analysis", "Evaluation"],
    "PathConditions": ["Diagnostics", "SMT", "TransitionSystem", "Evaluation"],
    "Symmetry": ["Diagnostics", "TransitionSystem", "Analysis", "Packing"],
    "PartialOrder": ["Diagnostics", "TransitionSystem", "Analysis"],
    "CNativeContext": [],
    "NativeCode": [
      "Processes", "UserCache", "TransitionSystem", "Analysis", "Packing", "Symmetry",
      "CNativeContext", "Glibc", "Synchronization",
    ],
    "Checkpoints": ["CIntrinsics", "FileSystem", "Glibc"],
    "Cluster": ["Glibc"],
    "Exploration": [
      "CIntrinsics", "Randomness", "Diagnostics", "FileSystem", "Checkpoints", "Cluster",
      "TransitionSystem", "Analysis", "Packing", "Evaluation", "Trace", "PathConditions",
      "Symmetry", "PartialOrder",
      "CNativeContext", "NativeCode", "Glibc", "Synchronization",
    ],
    "Symbolic": ["Diagnostics", "SMT", "TransitionSystem"],
    "Proving": ["Diagnostics", "SAT", "SMT", "TransitionSystem", "Trace", "Symbolic"],
    "Cutoffs": ["Diagnostics", "TransitionSystem"],
    "Checking": [
      "Diagnostics", "SMT", "Checkpoints", "Cluster", "TransitionSystem", "Analysis", "Packing",
      "Evaluation", "Trace",
      "PathConditions", "Symmetry", "Exploration", "Symbolic", "Proving", "Cutoffs",
      "Synchronization",
    ],
    "LemmaSearch": [
      "Diagnostics", "TransitionSystem", "Packing", "Evaluation", "Trace", "Exploration",
      "Symbolic", "Proving", "Checking",
    ],
    "Comparison": [
      "Diagnostics", "SMT", "TransitionSystem", "Analysis", "Evaluation", "Trace", "Exploration",
      "Checking", "Symbolic",
    ],
    "Conformance": [
      "Diagnostics", "TransitionSystem", "Packing", "Evaluation", "Trace", "Symmetry",
      "Exploration", "Checking",
    ],
    "Automata": ["Diagnostics", "TransitionSystem", "Evaluation", "Exploration", "Conformance"],
    "MemoryLayout": ["Diagnostics", "FileSystem", "Processes", "Glibc"],
    "Fitting": ["SMT", "MemoryLayout"],
    "LayoutFiles": ["Settings", "MemoryLayout", "Fitting", "Yams"],
    "FitReports": ["Diagnostics", "MemoryLayout", "Fitting"],
    "Revisions": ["Processes", "Glibc"],
    "Runs": ["Diagnostics", "FoundationEssentials"],
    "RunFormats": ["Diagnostics", "Runs", "FoundationEssentials"],
    "Report": [
      "Diagnostics", "Patches", "TransitionSystem", "Analysis", "Murphi", "Evaluation", "Trace",
      "PathConditions", "Symmetry", "PartialOrder", "Exploration", "Proving", "Checking",
      "Comparison", "Runs", "RunFormats",
    ],
    "Certificates": ["Diagnostics", "Murphi", "Trace", "RunFormats", "FoundationEssentials"],
    "Options": [
      "Diagnostics", "TransitionSystem", "Murphi", "Trace", "Exploration", "Checking", "Glibc",
    ],
    "Scenarios": [
      "Diagnostics", "FileSystem", "UserCache", "Settings", "Patches", "TransitionSystem",
      "Analysis",
      "Trace", "Exploration", "Checking", "LayoutFiles", "Runs", "Revisions", "Options", "Glibc",
      "Yams",
    ],
    "MutationTesting": [
      "Diagnostics", "UserCache", "Patches", "TransitionSystem", "Analysis", "Packing", "Murphi",
      "Mutation", "Evaluation", "Trace", "Symmetry", "Exploration", "Checking", "Comparison",
      "Report", "Options", "Scenarios", "Glibc", "Synchronization",
    ],
    "Walking": [
      "Diagnostics", "TransitionSystem", "Murphi", "Evaluation", "Trace", "Exploration",
      "Checking", "Runs", "Report",
    ],
    "EventLogs": ["Settings", "FoundationEssentials", "Yams"],
    "LogConformance": [
      "Diagnostics", "TransitionSystem", "Analysis", "Murphi", "Evaluation", "Trace", "Symmetry",
      "Exploration", "Conformance", "Automata", "Runs", "RunFormats", "Report", "EventLogs",
    ],
    "AutomatonReports": ["Diagnostics", "Automata", "RunFormats", "Report"],
    "WalkServer": [
      "Diagnostics", "FileSystem", "TransitionSystem", "Evaluation", "Trace", "Exploration", "Runs",
      "RunFormats", "Report", "Walking", "FoundationEssentials", "Glibc",
    ],
    "swapcheck": [
      "CIntrinsics", "Diagnostics", "FileSystem", "Processes", "UserCache", "Settings", "SMT",
      "Patches", "TransitionSystem", "Analysis", "Murphi", "Evaluation", "Trace", "PathConditions",
      "Symmetry",
      "NativeCode", "Checkpoints", "Cluster", "Exploration", "Symbolic", "Proving", "Cutoffs",
      "Checking",
      "LemmaSearch",
      "Comparison", "Conformance", "Automata", "MemoryLayout", "Fitting", "LayoutFiles",
      "FitReports", "Runs", "RunFormats", "Revisions", "Report", "Certificates", "Options",
      "Scenarios",
      "MutationTesting", "Walking", "EventLogs", "LogConformance", "AutomatonReports",
      "WalkServer",
      "ArgumentParser", "Glibc", "Synchronization",
    ],
  ]

  /// Parts of packages that are not declared by themselves.
  private static let parts = ["CYaml": "Yams"]
  /// Libraries from outside.
  private static let libraries: Set<String> = ["ArgumentParser", "Yams"]

  /// The modules that the files of a folder import.
  private static func imports(below path: String) throws -> Set<String> {
    let files = try #require(
      FileManager.default.enumerator(atPath: root.appendingPathComponent(path).path)?.allObjects
        as? [String])
    var modules: Set<String> = []
    for file in files where file.hasSuffix(".swift") {
      let text = try String(
        contentsOf: root.appendingPathComponent("\(path)/\(file)"), encoding: .utf8)
      // What is indented stands in a text, such as a script of Python.
      for line in text.split(separator: "\n") where line.first != " " {
        let words = line.split(separator: " ")
        guard let position = words.firstIndex(of: "import"), position <= 1,
          position + 1 < words.count,
          position == 0
            || ["public", "package", "internal", "@testable"].contains(words[0])
        else { continue }
        modules.insert(String(words[position + 1]))
      }
    }
    return modules
  }

  /// A part of the house holds targets, and nothing else.
  @Test(arguments: ["Sources", "Tests"])
  func everyFolderIsATarget(of top: String) throws {
    let declared = Set(Self.targets.map(\.path).filter { $0.hasPrefix(top + "/") })
    var found: Set<String> = []
    // Beside the parts: data, and what boots kernels.
    let beside = ["\(top)/Corpus", "\(top)/Boot", "\(top)/Handover"]
    for part in try Self.entries(of: top) where !beside.contains(part) {
      found.formUnion(try Self.entries(of: part))
    }
    // Settings of a tool.
    #expect(found.subtracting(["Tests/Support/thread-sanitizer.supp"]) == declared)
  }

  /// What is in a folder; one that is empty is what is left in an old checkout.
  private static func entries(of folder: String) throws -> [String] {
    let files = FileManager.default
    return try files.contentsOfDirectory(atPath: root.appendingPathComponent(folder).path)
      .map { "\(folder)/\($0)" }
      .filter {
        let path = root.appendingPathComponent($0).path
        return (try? files.contentsOfDirectory(atPath: path).isEmpty) != true
      }
  }

  @Test func theLayersAreInTheirOrder() {
    var below = Self.libraries
    #expect(Self.targets.count > 30)
    for target in Self.targets where !target.isTest {
      #expect(target.dependencies.isSubset(of: below), "\(target.name)")
      below.insert(target.name)
    }
  }

  /// What is declared is used, and what is used is declared.
  @Test(arguments: targets.map(\.name))
  func importsAreDeclared(name: String) throws {
    let target = try #require(Self.targets.first { $0.name == name })
    let used = try Self.imports(below: target.path)
    let named = Set(used.map { Self.parts[$0] ?? $0 }).subtracting(Self.system)
    // The program is run by its tests, and the other one acts as it is loaded.
    let declared = target.dependencies
      .subtracting(target.isTest ? ["swapcheck", "CompilationDemand"] : [])
    #expect(named == declared, "\(name)")
    if target.path.hasPrefix("Sources/") { #expect(used == Self.allowed[name], "\(name)") }
  }
}
