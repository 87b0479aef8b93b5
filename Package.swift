// swift-tools-version: 6.1
import PackageDescription

// Targets stand in layer order, lowest first; arrows only point down. Tests/Support/LayerTests compares this
// with the allowed imports and with those of the files: SwiftPM refuses neither imports of transitive
// dependencies nor targets that are declared and not used.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

/// Tests are compiled without optimizing, which takes less than half the time. What they spend most of
/// their time in is the product, which is optimized. Those that search by hand beside it, over all that
/// there is, have `settings`: without optimizing they take several times as long.
let testSettings: [SwiftSetting] = settings + [.unsafeFlags(["-Onone"])]

/// `make static` puts Swift's libraries into the program. Only this link differs from that of `make build`,
/// so that both share what is compiled; what was compiled for shared libraries does not name the static
/// ones that Foundation consists of.
let linkage: [LinkerSetting] =
  Context.environment["SWAPCHECK_STATIC"] == nil
  ? []
  : [
    .unsafeFlags(
      ["-static-stdlib", "-Xlinker", "--strip-all", "-Xlinker", "--start-group"]
        + [
          "-lCoreFoundation", "-l_FoundationCShims", "-l_FoundationCollections", "-l_FoundationICU",
        ]
        + ["-Xlinker", "--end-group", "-lstdc++"])
  ]

let package = Package(
  name: "swapcheck",
  products: [.executable(name: "swapcheck", targets: ["swapcheck"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
  ],
  targets: [
    // Shared
    .target(
      name: "CIntrinsics", path: "Sources/Shared/CIntrinsics"),
    .target(
      name: "Randomness", path: "Sources/Shared/Randomness", swiftSettings: settings),
    .target(
      name: "Diagnostics", path: "Sources/Shared/Diagnostics", swiftSettings: settings),
    .target(
      name: "Processes", path: "Sources/Shared/Processes", swiftSettings: settings),
    .target(
      name: "FileSystem", path: "Sources/Shared/FileSystem", swiftSettings: settings),
    .target(
      name: "UserCache", dependencies: ["FileSystem"], path: "Sources/Shared/UserCache",
      swiftSettings: settings),
    .target(
      name: "Settings", dependencies: [.product(name: "Yams", package: "Yams")],
      path: "Sources/Shared/Settings", swiftSettings: settings),
    .target(name: "SAT", path: "Sources/Shared/SAT", swiftSettings: settings),
    // Only headers: Z3 is opened when it is needed, so it has no `pkgConfig`, which would link it.
    .systemLibrary(
      name: "CZ3", path: "Sources/Shared/CZ3", providers: [.apt(["libz3-dev"])]),
    .target(
      name: "SMT", dependencies: ["Diagnostics", "SAT", "CZ3"], path: "Sources/Shared/SMT",
      swiftSettings: settings),
    // Language
    .target(
      name: "Patches", dependencies: ["Diagnostics"], path: "Sources/Language/Patches",
      swiftSettings: settings),
    .target(
      name: "TransitionSystem", dependencies: ["Diagnostics"],
      path: "Sources/Language/TransitionSystem", swiftSettings: settings),
    .target(
      name: "Analysis", dependencies: ["TransitionSystem"], path: "Sources/Language/Analysis",
      swiftSettings: settings),
    .target(
      name: "Packing", dependencies: ["TransitionSystem", "Analysis"],
      path: "Sources/Language/Packing", swiftSettings: settings),
    .target(
      name: "Murphi", dependencies: ["Diagnostics", "TransitionSystem", "Analysis"],
      path: "Sources/Language/Murphi", swiftSettings: settings),
    .target(
      name: "Mutation", dependencies: ["Diagnostics", "Murphi"],
      path: "Sources/Language/Mutation", swiftSettings: settings),
    .target(
      name: "Evaluation", dependencies: ["CIntrinsics", "Diagnostics", "TransitionSystem"],
      path: "Sources/Language/Evaluation", swiftSettings: settings),
    .target(
      name: "Trace", dependencies: ["Diagnostics", "TransitionSystem", "Analysis", "Evaluation"],
      path: "Sources/Language/Trace", swiftSettings: settings),
    // Checker
    .target(
      name: "PathConditions",
      dependencies: ["Diagnostics", "SMT", "TransitionSystem", "Evaluation"],
      path: "Sources/Checker/PathConditions", swiftSettings: settings),
    .target(
      name: "Symmetry", dependencies: ["Diagnostics", "TransitionSystem", "Analysis", "Packing"],
      path: "Sources/Checker/Symmetry", swiftSettings: settings),
    .target(
      name: "PartialOrder", dependencies: ["Diagnostics", "TransitionSystem", "Analysis"],
      path: "Sources/Checker/PartialOrder", swiftSettings: settings),
    // Only a module map: the header is NativeCode's, which has it as text too.
    .systemLibrary(name: "CNativeContext", path: "Sources/Checker/CNativeContext"),
    .target(
      name: "NativeCode",
      dependencies: [
        "Processes", "UserCache", "CNativeContext", "TransitionSystem", "Analysis", "Packing",
        "Symmetry",
      ],
      path: "Sources/Checker/NativeCode", exclude: ["Runtime/sample-model.h"],
      resources: [
        .embedInCode("Runtime/native-context.h"), .embedInCode("Runtime/runtime.c"),
        .embedInCode("Runtime/symbolic-runtime.c"),
      ], swiftSettings: settings),
    .target(
      name: "Checkpoints", dependencies: ["CIntrinsics", "FileSystem"],
      path: "Sources/Checker/Checkpoints", swiftSettings: settings),
    // MPI is opened by a shim that `make cluster` builds: the checker is built without it.
    .target(
      name: "Cluster", path: "Sources/Checker/Cluster", exclude: ["Shim"], swiftSettings: settings),
    .target(
      name: "Exploration",
      dependencies: [
        "CIntrinsics", "Randomness", "Diagnostics", "FileSystem", "Checkpoints", "Cluster",
        "TransitionSystem", "Analysis", "Packing", "Evaluation", "Trace", "PathConditions",
        "Symmetry", "PartialOrder",
        "CNativeContext",
        "NativeCode",
      ], path: "Sources/Checker/Exploration", swiftSettings: settings),
    .target(
      name: "Symbolic", dependencies: ["Diagnostics", "SMT", "TransitionSystem"],
      path: "Sources/Checker/Symbolic", swiftSettings: settings),
    .target(
      name: "Proving",
      dependencies: ["Diagnostics", "SAT", "SMT", "TransitionSystem", "Trace", "Symbolic"],
      path: "Sources/Checker/Proving", swiftSettings: settings),
    .target(
      name: "Cutoffs", dependencies: ["Diagnostics", "TransitionSystem"],
      path: "Sources/Checker/Cutoffs", swiftSettings: settings),
    .target(
      name: "Checking",
      dependencies: [
        "Diagnostics", "SMT", "Checkpoints", "Cluster", "TransitionSystem", "Analysis", "Packing",
        "Evaluation", "Trace",
        "PathConditions", "Symmetry", "Exploration", "Symbolic", "Proving", "Cutoffs",
      ], path: "Sources/Checker/Checking", swiftSettings: settings),
    .target(
      name: "LemmaSearch",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Packing", "Evaluation", "Trace", "Exploration",
        "Symbolic", "Proving", "Checking",
      ], path: "Sources/Checker/LemmaSearch", swiftSettings: settings),
    .target(
      name: "Comparison",
      dependencies: [
        "Diagnostics", "SMT", "TransitionSystem", "Analysis", "Evaluation", "Trace", "Exploration",
        "Checking", "Symbolic",
      ], path: "Sources/Checker/Comparison", swiftSettings: settings),
    .target(
      name: "Conformance",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Packing", "Evaluation", "Trace", "Symmetry",
        "Exploration", "Checking",
      ], path: "Sources/Checker/Conformance", swiftSettings: settings),
    .target(
      name: "Automata",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Evaluation", "Exploration", "Conformance",
      ], path: "Sources/Checker/Automata", swiftSettings: settings),
    // Memory
    .target(
      name: "MemoryLayout", dependencies: ["Diagnostics", "FileSystem", "Processes"],
      path: "Sources/Memory/MemoryLayout",
      swiftSettings: settings),
    .target(
      name: "Fitting", dependencies: ["SMT", "MemoryLayout"], path: "Sources/Memory/Fitting",
      swiftSettings: settings),
    .target(
      name: "LayoutFiles",
      dependencies: [
        "Settings", "MemoryLayout", "Fitting", .product(name: "Yams", package: "Yams"),
      ], path: "Sources/Memory/LayoutFiles", swiftSettings: settings),
    .target(
      name: "FitReports", dependencies: ["Diagnostics", "MemoryLayout", "Fitting"],
      path: "Sources/Memory/FitReports", swiftSettings: settings),
    // Commands
    .target(
      name: "Revisions", dependencies: ["Processes"], path: "Sources/Commands/Revisions",
      swiftSettings: settings),
    .target(
      name: "Runs", dependencies: ["Diagnostics"], path: "Sources/Commands/Runs",
      swiftSettings: settings),
    .target(
      name: "RunFormats", dependencies: ["Diagnostics", "Runs"],
      path: "Sources/Commands/RunFormats",
      resources: [
        .embedInCode("Page/run.css"), .embedInCode("Page/run.html"), .embedInCode("Page/run.js"),
        .embedInCode("Page/view.css"), .embedInCode("Page/view.js"), .embedInCode("Page/page.css"),
        .embedInCode("Page/page.js"),
      ], swiftSettings: settings),
    .target(
      name: "Report",
      dependencies: [
        "Diagnostics", "Patches", "TransitionSystem", "Analysis", "Murphi", "Evaluation", "Trace",
        "PathConditions", "Symmetry", "PartialOrder", "Exploration", "Proving", "Checking",
        "Comparison", "Runs", "RunFormats",
      ], path: "Sources/Commands/Report", swiftSettings: settings),
    .target(
      name: "Certificates", dependencies: ["Diagnostics", "Murphi", "Trace", "RunFormats"],
      path: "Sources/Commands/Certificates", swiftSettings: settings),
    .target(
      name: "Options",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "Trace", "Exploration", "Checking",
      ], path: "Sources/Commands/Options", swiftSettings: settings),
    .target(
      name: "Scenarios",
      dependencies: [
        "Diagnostics", "FileSystem", "UserCache", "Settings", "Patches", "TransitionSystem",
        "Analysis", "Trace", "Exploration", "Checking", "LayoutFiles", "Runs", "Revisions",
        "Options",
        .product(name: "Yams", package: "Yams"),
      ], path: "Sources/Commands/Scenarios", swiftSettings: settings),
    .target(
      name: "MutationTesting",
      dependencies: [
        "Diagnostics", "UserCache", "Patches", "TransitionSystem", "Analysis", "Packing", "Murphi",
        "Mutation", "Evaluation", "Trace", "Symmetry", "Exploration", "Checking", "Comparison",
        "Report", "Options", "Scenarios",
      ], path: "Sources/Commands/MutationTesting", swiftSettings: settings),
    .target(
      name: "Walking",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "Evaluation", "Trace", "Exploration",
        "Checking", "Runs", "Report",
      ], path: "Sources/Commands/Walking", swiftSettings: settings),
    .target(
      name: "EventLogs",
      dependencies: ["Settings", .product(name: "Yams", package: "Yams")],
      path: "Sources/Commands/EventLogs", swiftSettings: settings),
    .target(
      name: "LogConformance",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Analysis", "Murphi", "Evaluation", "Trace", "Symmetry",
        "Exploration", "Conformance", "Automata", "Runs", "RunFormats", "Report", "EventLogs",
      ], path: "Sources/Commands/LogConformance", swiftSettings: settings),
    .target(
      name: "AutomatonReports", dependencies: ["Diagnostics", "Automata", "RunFormats", "Report"],
      path: "Sources/Commands/AutomatonReports", swiftSettings: settings),
    .target(
      name: "WalkServer",
      dependencies: [
        "Diagnostics", "FileSystem", "TransitionSystem", "Evaluation", "Trace", "Exploration",
        "Runs",
        "RunFormats", "Report", "Walking",
      ],
      path: "Sources/Commands/WalkServer",
      resources: [
        .embedInCode("Page/walk.html"), .embedInCode("Page/walk.css"),
        .embedInCode("Page/walk.js"),
      ], swiftSettings: settings),
    .executableTarget(
      name: "swapcheck",
      dependencies: [
        "CIntrinsics", "Diagnostics", "FileSystem", "Processes", "UserCache", "Settings", "SMT",
        "Patches", "TransitionSystem", "Analysis", "Murphi", "Evaluation", "Trace",
        "PathConditions",
        "Symmetry", "NativeCode", "Checkpoints", "Cluster", "Exploration", "Symbolic",
        "Proving", "Cutoffs",
        "Checking", "LemmaSearch", "Comparison", "Conformance", "Automata", "MemoryLayout",
        "Fitting",
        "LayoutFiles",
        "FitReports", "Runs", "RunFormats", "Revisions", "Report", "Certificates",
        "Options", "Scenarios",
        "MutationTesting", "Walking", "EventLogs", "LogConformance", "AutomatonReports",
        "WalkServer",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ], path: "Sources/Commands/swapcheck", swiftSettings: settings,
      linkerSettings: linkage),
    // Tests
    .target(
      name: "TestSupport", dependencies: ["Randomness", "Diagnostics", "Patches", "Processes"],
      path: "Tests/Support/TestSupport", swiftSettings: testSettings),
    .target(
      name: "CompilationDemand", path: "Tests/Support/CompilationDemand"),
    .testTarget(
      name: "DiagnosticsTests", dependencies: ["Diagnostics"],
      path: "Tests/Shared/DiagnosticsTests", swiftSettings: testSettings),
    .testTarget(
      name: "SATTests", dependencies: ["Randomness", "SAT"], path: "Tests/Shared/SATTests",
      swiftSettings: testSettings),
    .testTarget(
      name: "SMTTests", dependencies: ["Randomness", "SAT", "SMT", "TestSupport"],
      path: "Tests/Shared/SMTTests", swiftSettings: testSettings),
    .testTarget(
      name: "ComparisonTests",
      dependencies: [
        "Randomness", "Diagnostics", "TransitionSystem", "Murphi", "Evaluation", "Trace",
        "Exploration", "Checking", "Comparison", "Patches", "TestSupport",
      ], path: "Tests/Checker/ComparisonTests", swiftSettings: testSettings),
    .testTarget(
      name: "MurphiTests",
      dependencies: ["Diagnostics", "TransitionSystem", "Murphi", "TestSupport"],
      path: "Tests/Language/MurphiTests", exclude: ["Golden"], swiftSettings: testSettings),
    .testTarget(
      name: "TransitionSystemTests", dependencies: ["Diagnostics", "TransitionSystem", "Murphi"],
      path: "Tests/Language/TransitionSystemTests", swiftSettings: testSettings),
    .testTarget(
      name: "AnalysisTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Analysis", "Murphi", "Evaluation", "TestSupport",
      ], path: "Tests/Language/AnalysisTests", swiftSettings: testSettings),
    .testTarget(
      name: "PackingTests", dependencies: ["Diagnostics", "TransitionSystem", "Packing", "Murphi"],
      path: "Tests/Language/PackingTests", swiftSettings: testSettings),
    .testTarget(
      name: "PatchesTests", dependencies: ["Diagnostics", "Patches"],
      path: "Tests/Language/PatchesTests", swiftSettings: testSettings),
    .testTarget(
      name: "MutationTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Patches", "Murphi", "Mutation", "TestSupport",
      ],
      path: "Tests/Language/MutationTests", swiftSettings: testSettings),
    .testTarget(
      name: "TraceTests",
      dependencies: ["Diagnostics", "TransitionSystem", "Murphi", "Evaluation", "Trace"],
      path: "Tests/Language/TraceTests", swiftSettings: testSettings),
    .testTarget(
      name: "DifferentialTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "Trace", "Exploration", "Checking", "Report",
        "TestSupport",
      ], path: "Tests/Checker/DifferentialTests", swiftSettings: testSettings),
    .testTarget(
      name: "CheckingTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "Trace", "PathConditions", "Checkpoints",
        "Exploration", "Checking",
      ], path: "Tests/Checker/CheckingTests", swiftSettings: testSettings),
    .testTarget(
      name: "PathConditionsTests",
      dependencies: [
        "Diagnostics", "SMT", "TransitionSystem", "Murphi", "Evaluation", "Trace", "PathConditions",
        "Exploration", "TestSupport",
      ], path: "Tests/Checker/PathConditionsTests", swiftSettings: testSettings),
    .testTarget(
      name: "SymmetryTests",
      dependencies: [
        "Randomness", "Diagnostics", "TransitionSystem", "Murphi", "Evaluation", "Trace",
        "PathConditions", "Symmetry", "Exploration", "TestSupport",
      ], path: "Tests/Checker/SymmetryTests", swiftSettings: settings),
    .testTarget(
      name: "SymbolicTests",
      dependencies: [
        "Randomness", "Diagnostics", "SMT", "TransitionSystem", "Murphi", "Evaluation", "Symbolic",
        "TestSupport",
      ], path: "Tests/Checker/SymbolicTests", swiftSettings: testSettings),
    .testTarget(
      name: "ProvingTests",
      dependencies: [
        "Diagnostics", "SAT", "SMT", "TransitionSystem", "Packing", "Murphi", "Evaluation", "Trace",
        "Exploration", "Checking", "Symbolic", "Proving", "TestSupport",
      ], path: "Tests/Checker/ProvingTests", swiftSettings: testSettings),
    .testTarget(
      name: "CutoffsTests",
      dependencies: [
        "Randomness", "Diagnostics", "SMT", "TransitionSystem", "Murphi", "Evaluation", "Trace",
        "Exploration", "Proving", "Cutoffs", "Checking", "TestSupport",
      ], path: "Tests/Checker/CutoffsTests", swiftSettings: testSettings),
    .testTarget(
      name: "PartialOrderTests",
      dependencies: [
        "Randomness", "Diagnostics", "TransitionSystem", "Packing", "Murphi", "Evaluation",
        "Symmetry", "PartialOrder", "Exploration", "TestSupport",
      ], path: "Tests/Checker/PartialOrderTests", swiftSettings: settings),
    .testTarget(
      name: "NativeCodeTests", dependencies: ["CNativeContext", "NativeCode", "TestSupport"],
      path: "Tests/Checker/NativeCodeTests", swiftSettings: testSettings),
    .testTarget(
      name: "ExplorationTests",
      dependencies: [
        "Randomness", "Diagnostics", "SMT", "TransitionSystem", "Murphi", "Evaluation", "Trace",
        "Packing", "PathConditions", "Symmetry", "NativeCode", "Checkpoints", "Cluster",
        "Exploration", "Checking", "Report", "TestSupport", "CompilationDemand",
      ], path: "Tests/Checker/ExplorationTests", swiftSettings: testSettings),
    .testTarget(
      name: "ConformanceTests",
      dependencies: [
        "Randomness", "Diagnostics", "TransitionSystem", "Murphi", "Evaluation", "Trace",
        "NativeCode", "Exploration", "Checking", "Conformance", "TestSupport", "CompilationDemand",
      ], path: "Tests/Checker/ConformanceTests", swiftSettings: testSettings),
    .testTarget(
      name: "AutomataTests",
      dependencies: [
        "Randomness", "Diagnostics", "TransitionSystem", "Murphi", "Evaluation", "Exploration",
        "Checking", "Conformance", "Automata", "TestSupport",
      ], path: "Tests/Checker/AutomataTests", swiftSettings: testSettings),
    .testTarget(
      name: "EventLogsTests", dependencies: ["Settings", "EventLogs"],
      path: "Tests/Commands/EventLogsTests", swiftSettings: testSettings),
    .testTarget(
      name: "LogConformanceTests",
      dependencies: [
        "Randomness", "Diagnostics", "TransitionSystem", "Murphi", "Exploration", "Conformance",
        "Automata", "Runs", "Report", "Settings", "EventLogs", "LogConformance",
      ], path: "Tests/Commands/LogConformanceTests", swiftSettings: testSettings),
    .testTarget(
      name: "AutomatonReportsTests",
      dependencies: ["Randomness", "Diagnostics", "Automata", "AutomatonReports", "TestSupport"],
      path: "Tests/Commands/AutomatonReportsTests", exclude: ["Golden", "rvgen.py"],
      swiftSettings: testSettings),
    .testTarget(
      name: "CorpusTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "Trace", "Exploration", "Checking", "Report",
        "TestSupport",
      ], path: "Tests/Checker/CorpusTests", exclude: ["fetch-rumur-tests.sh"],
      swiftSettings: testSettings),
    .testTarget(
      name: "MemoryLayoutTests", dependencies: ["MemoryLayout", "TestSupport"],
      path: "Tests/Memory/MemoryLayoutTests", exclude: ["Samples", "fetch-debian-kernels.sh"],
      swiftSettings: testSettings),
    .testTarget(
      name: "FittingTests",
      dependencies: ["Randomness", "SMT", "MemoryLayout", "Fitting", "TestSupport"],
      path: "Tests/Memory/FittingTests", swiftSettings: testSettings),
    .testTarget(
      name: "BootOutcomeTests", dependencies: ["MemoryLayout", "Fitting", "TestSupport"],
      path: "Tests/Memory/BootOutcomeTests", swiftSettings: testSettings),
    .testTarget(
      name: "LayoutFilesTests",
      dependencies: ["Settings", "MemoryLayout", "Fitting", "LayoutFiles"],
      path: "Tests/Memory/LayoutFilesTests", swiftSettings: testSettings),
    .testTarget(
      name: "FitReportsTests",
      dependencies: ["MemoryLayout", "Fitting", "FitReports", "TestSupport"],
      path: "Tests/Memory/FitReportsTests", swiftSettings: testSettings),
    .testTarget(
      name: "RunFormatsTests", dependencies: ["Diagnostics", "Runs", "RunFormats", "TestSupport"],
      path: "Tests/Commands/RunFormatsTests",
      exclude: ["browser.py", "mermaid.py", "fetch-mermaid.sh"],
      swiftSettings: testSettings),
    .testTarget(
      name: "RevisionsTests", dependencies: ["Revisions", "TestSupport"],
      path: "Tests/Commands/RevisionsTests", swiftSettings: testSettings),
    .testTarget(
      name: "OptionsTests",
      dependencies: ["Trace", "Exploration", "Checking", "Options", "TestSupport"],
      path: "Tests/Commands/OptionsTests", swiftSettings: testSettings),
    .testTarget(
      name: "ScenariosTests",
      dependencies: [
        "Diagnostics", "Settings", "Patches", "TransitionSystem", "Murphi", "Trace",
        "Exploration", "Checking", "Runs", "Options", "Scenarios", "TestSupport",
      ], path: "Tests/Commands/ScenariosTests", swiftSettings: settings),
    .testTarget(
      name: "MutationTestingTests",
      dependencies: [
        "Randomness", "Diagnostics", "TransitionSystem", "Murphi", "Mutation", "Evaluation",
        "Trace", "NativeCode", "Exploration", "Checking", "Scenarios", "MutationTesting",
        "TestSupport",
      ], path: "Tests/Commands/MutationTestingTests", swiftSettings: testSettings),
    .testTarget(
      name: "WalkingTests",
      dependencies: [
        "Randomness", "Diagnostics", "TransitionSystem", "Murphi", "Evaluation", "Trace",
        "Exploration", "Checking", "Runs", "Report", "Walking", "TestSupport",
      ], path: "Tests/Commands/WalkingTests", swiftSettings: testSettings),
    .testTarget(
      name: "WalkServerTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "Exploration", "Checking", "Report", "Walking",
        "WalkServer", "TestSupport",
      ], path: "Tests/Commands/WalkServerTests", exclude: ["walk-page.py"],
      swiftSettings: testSettings),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "Randomness", "Settings", "Murphi", "Exploration", "Options", "Scenarios", "swapcheck",
        "TestSupport", "CompilationDemand",
      ], path: "Tests/Commands/CommandTests", exclude: ["Golden"], swiftSettings: testSettings),
    .testTarget(
      name: "TestSupportTests", dependencies: ["TestSupport"],
      path: "Tests/Support/TestSupportTests", swiftSettings: testSettings),
    .testTarget(
      name: "LayerTests", dependencies: ["TestSupport"], path: "Tests/Support/LayerTests",
      swiftSettings: testSettings),
  ]
)
