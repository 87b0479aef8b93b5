/// A difference between a boot and an answer, with its reason. One that is gone fails, so that it is
/// taken out of the list.
struct KnownDifference {
  let kernel: String
  let question: String
  let reason: String

  init(_ kernel: String, _ question: String, _ reason: String) {
    (self.kernel, self.question, self.reason) = (kernel, question, reason)
  }

  func isAbout(_ outcome: BootOutcome) -> Bool {
    outcome.name == question && outcome.kernel.kernel == kernel
  }

  private static let interruptTables =
    "the next kernel begins its interrupt controller's tables anew where the first one had them, in its own code"

  /// Of the verdict, or of who refuses.
  static let verdicts: [KnownDifference] = [
    .init(
      "arm64-7.2", "crash crashkernel=128M",
      "CMA takes 64 of the 128 MiB before anything else, and what the kernel may not move has no room in the rest"
    ),
    .init("arm64-6.1", "reboot", interruptTables),
    .init("arm64-6.12", "reboot", interruptTables),
    .init("arm64-7.2", "reboot", interruptTables),
    .init(
      "x86_64-6.1", "crash, compressed file of 30MiB",
      "by then the image of 6.1 has 4 MiB less than init_size, and half of that counts"),
    .init(
      "x86_64-6.1", "crash, stored file of 20MiB",
      "by then the image of 6.1 has 4 MiB less than init_size, and half of that counts"),
    .init(
      "x86_64-6.1", "largest initrd of a crash image kexec_file_load, refused",
      "kexec_file_load puts one segment after the other, and what alignment leaves above the kernel is lost"
    ),
  ]

  /// Of what is left.
  static let remainders: [KnownDifference] = [
    .init(
      "x86_64-6.1", "crash of 5 GiB crashkernel=256M",
      "swiotlb is counted because of memory above 4 GiB, which a crash kernel below does not know of"
        + " without ACPI's table of affinity")
  ]

  /// Of where it is reserved.
  static let places: [KnownDifference] = []

  static var all: [KnownDifference] { verdicts + remainders + places }
}

extension [KnownDifference] {
  func reason(of outcome: BootOutcome) -> String? { first { $0.isAbout(outcome) }?.reason }
}
