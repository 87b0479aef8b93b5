internal import MemoryLayout

/// Sizes of `crashkernel=` in the form that is asked for, and which can be reserved.
struct CrashKernelSizing {
  private let description: LayoutDescription
  private let inputs: LayoutInputs
  private let form: CrashKernelParameter
  private let manner: CrashKernelReservation.Manner

  init(_ description: LayoutDescription, _ inputs: LayoutInputs) {
    let stated = description.crashKernelParameter ?? CrashKernelParameter(.size(0, at: nil))
    let sizing = CrashKernelSizing(description, inputs, stated)
    // Where nothing can be reserved in this form, it is asked for without an address.
    let isFixed = if case .size(_, .some) = stated.with(byteCount: 0).form { true } else { false }
    self =
      isFixed && !sizing.canReserve(1 << 20)
      ? CrashKernelSizing(description, inputs, CrashKernelParameter(.size(0, at: nil))) : sizing
  }

  private init(
    _ description: LayoutDescription, _ inputs: LayoutInputs, _ form: CrashKernelParameter
  ) {
    (self.description, self.inputs, self.form) = (description, inputs, form)
    let builder = QuestionBuilder(
      description, map: inputs.map, image: inputs.image, disk: inputs.disk)
    manner = .init(builder.question.traits.version)
  }

  func parameter(_ byteCount: UInt64) -> CrashKernelParameter { form.with(byteCount: byteCount) }

  /// What is reserved now for an image; 0 if nothing is.
  var byteCountNow: UInt64 {
    if let parameter = description.crashKernelParameter {
      return (try? reservation(parameter))?.main.byteCount.clamped ?? 0
    }
    return inputs.map.crashKernel.ranges.last?.byteCount.clamped ?? 0
  }

  func reservation(
    _ parameter: CrashKernelParameter
  ) throws(CrashKernelReservation.Refusal) -> CrashKernelReservation {
    try CrashKernelReservation(
      parameter, in: inputs.map, architecture: inputs.image.architecture.value,
      manner: manner, inUse: AddressSet(description.inUse))
  }

  private func canReserve(_ byteCount: UInt64) -> Bool {
    (try? reservation(parameter(byteCount))) != nil
  }

  /// The most that can be reserved, in whole MiB; nil if nothing can.
  ///
  /// What goes above 4 GiB takes a part below with it: without room for that nothing does, and the
  /// most is what lies below.
  var most: UInt64? {
    let unit: UInt64 = 1 << 20
    let memory = inputs.map.systemRAM.union(inputs.map.crashKernel).byteCount
    var highest = (memory.clamped - min(memory.clamped, 1)) / unit
    do {
      _ = try reservation(parameter(highest * unit))
      return highest * unit
    } catch {
      if case .noRoom(_, let largest) = error { highest = min(highest, largest.clamped / unit) }
    }
    if canReserve(highest * unit) { return highest * unit }
    var fitting: UInt64 = 0
    while highest - fitting > 1 {
      let middle = fitting + (highest - fitting) / 2
      if canReserve(middle * unit) { fitting = middle } else { highest = middle }
    }
    return fitting > 0 ? fitting * unit : nil
  }
}

extension UInt128 {
  /// As a number of 64 bits, or the largest.
  var clamped: UInt64 { UInt64(clamping: self) }
}
