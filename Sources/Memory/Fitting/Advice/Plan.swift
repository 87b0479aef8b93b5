package import MemoryLayout

/// What a user can set so that it fits.
package struct Plan: Hashable, Sendable {
  /// One at least, and no fewer would do.
  package let steps: [PlanStep]

  package init(_ steps: [PlanStep]) { self.steps = steps }

  /// A description that follows it.
  ///
  /// - Throws: Never of a plan that was made for this description.
  package func followed(by description: LayoutDescription) throws(LayoutError) -> LayoutDescription
  {
    var changed = description
    for step in steps { try step.apply(to: &changed) }
    return changed
  }
}

/// One setting that is changed, with what goes with it.
package struct PlanStep: Hashable, Sendable {
  /// What becomes of a description.
  package enum Change: Hashable, Sendable {
    /// A word that `LayoutDescription.set(_:to:)` knows, and its text.
    case setting(String, String)
    case item(String, byteCount: UInt64)
    case kernel(byteCount: UInt64)
    case scratch([AddressRange])
    /// Of several kernels those of one entry, by its name.
    case kernelCount(String, UInt64)
    /// A word of `LayoutDescription.set(_:to:)` of one entry, and its text.
    case kernelSetting(String, String, String)
    /// Memory beside that of several kernels, by its name.
    case region(String, byteCount: UInt64)
  }

  package let changes: [Change]
  /// What it is then: `an initrd of 12 MiB`.
  package let phrase: String
  /// What it is now: `40 MiB`; nil if nothing is set.
  package let now: String?
  /// On a command line: `nr_cpus=203`; nil if it is no matter of that.
  package let option: String?

  init(_ changes: [Change], _ phrase: String, now: String?, option: String? = nil) {
    self.changes = changes
    self.phrase = phrase
    self.now = now
    self.option = option
  }

  func apply(to description: inout LayoutDescription) throws(LayoutError) {
    for change in changes {
      switch change {
      case .setting(let key, let text): try description.set(key, to: text)
      case .item(let name, let byteCount):
        guard let index = description.items.firstIndex(where: { $0.name == name }) else { continue }
        description.items[index].size = .exactly(byteCount)
      case .kernel(let byteCount): description.statedKernel?.size = .exactly(byteCount)
      case .scratch(let ranges): description.handoverScratch = ranges
      case .kernelCount(let name, let count): description.kernels?.setCount(of: name, to: count)
      case .kernelSetting(let name, let key, let text):
        guard let index = description.kernels?.kernels.firstIndex(where: { $0.name == name })
        else { continue }
        try description.kernels?.kernels[index].settings.set(key, to: text)
      case .region(let name, let byteCount):
        guard let index = description.kernels?.regions.firstIndex(where: { $0.name == name })
        else { continue }
        description.kernels?.regions[index].byteCount = byteCount
      }
    }
  }
}

/// The plans that were found.
package struct Plans: Hashable, Sendable {
  /// The least drastic first; all of as few steps.
  package let all: [Plan]
  /// Why there is none; nil if there is one.
  package let lack: Lack?

  package enum Lack: Hashable, Sendable {
    /// Whatever is set does not make it fit.
    case none
    /// There is nothing to be set that takes memory.
    case nothingToSet
  }
}
