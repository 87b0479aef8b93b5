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

  private static let halved =
    "Linux takes half of swiotlb as often as there is no room, and lives with less than was asked for"

  private static let smallerImage =
    "by then the image has less than init_size, 6.1 by 4 MiB, and half of that counts"

  private static let noRoomToLoad =
    "the first kernel has not the memory that kexec takes to load it, twice its size: kexec fails or is killed"

  /// Of the verdict, or of who refuses.
  static let verdicts: [KnownDifference] = [
    .init("arm64-6.1", "largest initrd, refused", noRoomToLoad),
    .init("arm64-6.12", "largest initrd, refused", noRoomToLoad),
    .init("arm64-7.2", "largest initrd, refused", noRoomToLoad),
    .init("arm64-6.1", "reboot", interruptTables),
    .init("arm64-6.12", "reboot", interruptTables),
    .init("arm64-7.2", "reboot", interruptTables),
    .init("x86_64-6.1", "crash, compressed file of 30MiB", smallerImage),
    .init("x86_64-6.1", "crash, stored file of 20MiB", smallerImage),
    .init("x86_64-6.12", "reboot of 256 MiB, compressed file of 100MiB", smallerImage),
    .init("x86_64-6.1", "crash with swiotlb nr_cpus=1 swiotlb=65536,force", halved),
    .init("x86_64-7.2", "crash with swiotlb nr_cpus=1 swiotlb=65536,force", halved),
    .init("x86_64-6.1", "largest initrd kexec_file_load, refused", noRoomToLoad),
    .init("x86_64-6.1", "largest initrd kexec_load, refused", noRoomToLoad),
    .init("x86_64-6.12", "largest initrd kexec_file_load, refused", noRoomToLoad),
    .init("x86_64-6.12", "largest initrd kexec_load, refused", noRoomToLoad),
    .init("x86_64-7.2", "largest initrd kexec_file_load, refused", noRoomToLoad),
    .init("x86_64-7.2", "largest initrd kexec_load, refused", noRoomToLoad),
  ]

  /// Of what is left.
  static let remainders: [KnownDifference] =
    ["x86_64-6.1", "x86_64-6.12", "x86_64-7.2"].map {
      .init(
        $0, "crash of 5 GiB crashkernel=256M",
        "swiotlb is counted because of memory above 4 GiB, which a crash kernel below does not know of"
          + " without ACPI's table of affinity")
    }

  /// Of where it is reserved.
  static let places: [KnownDifference] = []

  static var all: [KnownDifference] { verdicts + remainders + places }
}

extension [KnownDifference] {
  func reason(of outcome: BootOutcome) -> String? { first { $0.isAbout(outcome) }?.reason }
}
