extension MemoryMap {
  /// The map with these ranges, and no others, reserved for a crash kernel.
  package func reserving(forCrashKernel ranges: [AddressRange]) -> MemoryMap {
    return MemoryMap(
      path: path, format: format,
      regions: regions.filter { $0.kind != .crashKernel }
        + ranges.map {
          MemoryRegion(range: $0, kind: .crashKernel, name: "Crash kernel", place: .wholeFile)
        },
      dynamicReservations: dynamicReservations,
      findings: findings.filter { !$0.isAboutNesting })
  }
}

extension MapFinding {
  /// Whether it is found out from the regions, and not while they are read.
  var isAboutNesting: Bool {
    switch kind {
    case .partialOverlap, .outsideRAM: true
    default: false
    }
  }
}
