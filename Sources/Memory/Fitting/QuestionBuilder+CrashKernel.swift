internal import MemoryLayout

extension QuestionBuilder {
  /// Gives back what the map shows as reserved for a crash kernel, and reserves what `crashkernel=`
  /// asks for.
  mutating func reserveForCrash() throws(LayoutError) {
    guard let parameter = description.crashKernelParameter else { return }
    guard description.isCrashImage else {
      throw .invalid(
        "`crashkernel` reserves memory for a crash image (`crash-image`); what the relieving kernel"
          + " reserves for its own is `crash-kernel`")
    }
    let shown = question.map.crashKernel
    do throws(CrashKernelReservation.Refusal) {
      let reservation = try CrashKernelReservation(
        parameter, in: question.map, architecture: question.image.architecture.value,
        manner: .init(question.traits.version), inUse: question.inUse)
      question.map = question.map.reserving(forCrashKernel: reservation.ranges)
      let places = reservation.ranges.map(\.description).joined(separator: " and ")
      assumptions.append(
        "`\(parameter.option)` reserves \(places): the highest place that the map leaves free,"
          + " which the running kernel may find in use by what no map shows")
    } catch {
      question.map = question.map.reserving(forCrashKernel: [])
      more.append(
        PlacementConstraint(
          .crashReservation, .within("kernel", []),
          "`\(parameter.option)` reserves nothing: \(error.sentence)"))
    }
    if !shown.isEmpty {
      assumptions.append(
        "what the map shows as reserved for a crash kernel is given back (`crashkernel`)")
    }
    if parameter.movableByteCount != nil {
      assumptions.append(
        "what `,cma` reserves is left out: no image is loaded there, and it is of use to the crash"
          + " kernel from Linux 6.17 on")
    }
  }
}
