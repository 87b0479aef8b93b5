// swift-tools-version: 6.1
import PackageDescription

// Targets stand in layer order, lowest first; arrows only point down. Tests/LayerTests compares this
// with the allowed imports and with those of the files: SwiftPM refuses neither imports of transitive
// dependencies nor targets that are declared and not used.

let settings: [SwiftSetting] = [
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
  name: "swapcheck",
  products: [.executable(name: "swapcheck", targets: ["swapcheck"])],
  dependencies: [
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/jpsim/Yams", from: "6.0.0"),
  ],
  targets: [
    .target(name: "CIntrinsics"),
    .target(name: "Diagnostics", swiftSettings: settings),
    .target(name: "Patches", dependencies: ["Diagnostics"], swiftSettings: settings),
    .target(name: "TransitionSystem", dependencies: ["Diagnostics"], swiftSettings: settings),
    .target(name: "MemoryLayout", dependencies: ["Diagnostics"], swiftSettings: settings),
    .target(
      name: "Murphi", dependencies: ["Diagnostics", "TransitionSystem"], swiftSettings: settings),
    // Only headers: Z3 is opened when it is needed, so it has no `pkgConfig`, which would link it.
    .systemLibrary(name: "CZ3", providers: [.apt(["libz3-dev"])]),
    .target(name: "SMT", dependencies: ["CZ3", "Diagnostics"], swiftSettings: settings),
    .target(
      name: "Fitting", dependencies: ["MemoryLayout", "SMT"],
      swiftSettings: settings),
    .target(
      name: "Evaluation", dependencies: ["CIntrinsics", "Diagnostics", "TransitionSystem"],
      swiftSettings: settings),
    .target(
      name: "PathConditions",
      dependencies: ["Diagnostics", "TransitionSystem", "Evaluation", "SMT"],
      swiftSettings: settings),
    .target(
      name: "Symmetry", dependencies: ["Diagnostics", "TransitionSystem"],
      swiftSettings: settings),
    .target(
      name: "PartialOrder", dependencies: ["Diagnostics", "TransitionSystem"],
      swiftSettings: settings),
    .target(
      name: "NativeCode", dependencies: ["TransitionSystem"], swiftSettings: settings),
    .target(
      name: "Trace", dependencies: ["Diagnostics", "TransitionSystem", "Evaluation"],
      swiftSettings: settings),
    .target(
      name: "Exploration",
      dependencies: [
        "CIntrinsics", "Diagnostics", "TransitionSystem", "Evaluation", "PathConditions",
        "Symmetry",
        "PartialOrder", "NativeCode", "Trace",
      ],
      swiftSettings: settings),
    .target(
      name: "Checking",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Evaluation", "SMT", "PathConditions", "Trace",
        "Exploration",
      ], swiftSettings: settings),
    .target(
      name: "Report",
      dependencies: [
        "Diagnostics", "Checking", "TransitionSystem", "Symmetry", "PartialOrder", "Evaluation",
        "Trace",
        "Exploration", "MemoryLayout", "Fitting", "PathConditions",
      ],
      swiftSettings: settings),
    .target(
      name: "Scenarios",
      dependencies: [
        "Diagnostics", "Patches", "MemoryLayout", "Fitting",
        .product(name: "Yams", package: "Yams"),
      ],
      swiftSettings: settings),
    .executableTarget(
      name: "swapcheck",
      dependencies: [
        "CIntrinsics", "Diagnostics", "Checking", "Patches", "TransitionSystem", "Murphi",
        "Evaluation",
        "PathConditions",
        "NativeCode", "Trace", "Exploration", "MemoryLayout", "SMT", "Fitting", "Report",
        "Scenarios",
        .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: settings),
    .target(name: "RandomModels", path: "Tests/RandomModels", swiftSettings: settings),
    .target(
      name: "RepositoryModels", dependencies: ["Diagnostics", "Patches"],
      path: "Tests/RepositoryModels", swiftSettings: settings),
    .target(name: "CompilationDemand", path: "Tests/CompilationDemand"),
    .target(name: "RumurOracle", path: "Tests/RumurOracle", swiftSettings: settings),
    .testTarget(
      name: "RandomModelsTests", dependencies: ["RandomModels", "RumurOracle"],
      swiftSettings: settings),
    .testTarget(
      name: "DifferentialTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "Trace", "Exploration",
        "Checking", "Report", "RandomModels", "RumurOracle",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "CheckingTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "PathConditions", "Trace", "Exploration",
        "Checking",
      ], swiftSettings: settings),
    .testTarget(name: "LayerTests", swiftSettings: settings),
    .testTarget(
      name: "MurphiTests",
      dependencies: ["Diagnostics", "TransitionSystem", "Murphi", "RepositoryModels"],
      exclude: ["Golden"], swiftSettings: settings),
    .testTarget(
      name: "TransitionSystemTests",
      dependencies: ["Diagnostics", "TransitionSystem", "Murphi", "Evaluation"],
      swiftSettings: settings),
    .testTarget(
      name: "DiagnosticsTests", dependencies: ["Diagnostics"], swiftSettings: settings),
    .testTarget(
      name: "PatchesTests", dependencies: ["Diagnostics", "Patches"], swiftSettings: settings),
    .testTarget(
      name: "SMTTests", dependencies: ["SMT", "RandomModels"], swiftSettings: settings),
    .testTarget(
      name: "MemoryLayoutTests", dependencies: ["MemoryLayout"],
      exclude: ["Samples", "fetch-debian-kernels.sh"], swiftSettings: settings),
    .testTarget(
      name: "FittingTests", dependencies: ["Fitting", "MemoryLayout", "SMT", "RandomModels"],
      swiftSettings: settings),
    .testTarget(
      name: "ReportTests", dependencies: ["Fitting", "MemoryLayout", "Report"],
      swiftSettings: settings),
    .testTarget(
      name: "ScenariosTests",
      dependencies: [
        "Diagnostics", "Patches", "Fitting", "MemoryLayout", "Scenarios", "RepositoryModels",
      ],
      swiftSettings: settings),
    .testTarget(
      name: "TraceTests", dependencies: ["Diagnostics", "TransitionSystem", "Murphi", "Trace"],
      swiftSettings: settings),
    .testTarget(
      name: "PathConditionsTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "Evaluation", "SMT", "PathConditions", "Trace",
        "Exploration", "RandomModels", "RumurOracle", "RepositoryModels",
      ], swiftSettings: settings),
    .testTarget(
      name: "SymmetryTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "Symmetry", "Evaluation", "PathConditions",
        "Trace", "Exploration", "RandomModels", "RumurOracle", "RepositoryModels",
      ], swiftSettings: settings),
    .testTarget(
      name: "PartialOrderTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "Symmetry", "PartialOrder", "Evaluation",
        "Exploration", "RandomModels", "RepositoryModels",
      ], swiftSettings: settings),
    .testTarget(
      name: "NativeCodeTests", dependencies: ["NativeCode"], swiftSettings: settings),
    .testTarget(
      name: "ExplorationTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "Evaluation", "SMT", "PathConditions",
        "Symmetry", "Trace", "Exploration", "Checking", "Report", "RandomModels", "NativeCode",
        "CompilationDemand", "RepositoryModels",
      ], swiftSettings: settings),
    .testTarget(
      name: "CommandTests",
      dependencies: [
        "swapcheck", "Scenarios", "RandomModels", "RumurOracle", "CompilationDemand",
        "RepositoryModels",
      ],
      exclude: ["Golden"],
      swiftSettings: settings),
    .testTarget(
      name: "CorpusTests",
      dependencies: [
        "Diagnostics", "TransitionSystem", "Murphi", "Trace", "Exploration", "Checking", "Report",
        "RumurOracle",
      ],
      exclude: ["fetch-rumur-tests.sh"], swiftSettings: settings),
  ]
)
