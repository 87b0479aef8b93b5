/// A part of the protocol that hotswap.m and another model both show, and how either says it.
struct SharedPart: Sendable {
  /// The other model, and what is seen in it.
  let model: String
  let set: [String]
  /// Of hotswap.m.
  let against: [String]
  /// Expressions of hotswap.m and of the other model.
  let seen: (inHotswap: String, inModel: String)

  /// - Parameters:
  ///   - whenever: Where there is something to see; elsewhere both look alike.
  ///   - places: Numbers from 0 to 9 that have the same meaning in both.
  private init(
    _ model: String, set: [String] = [], against: [String] = [],
    whenever: (inHotswap: String, inModel: String) = ("true", "true"),
    _ places: [(inHotswap: String, inModel: String)]
  ) {
    (self.model, self.set, self.against) = (model, set, against)
    func number(_ digits: [String], _ condition: String) -> String {
      let sum = digits.reversed().reduce("0") { "10 * (\($0)) + (\($1))" }
      return "((\(condition)) ? (\(sum)) : 0)"
    }
    seen = (
      number(places.map(\.inHotswap), whenever.inHotswap),
      number(places.map(\.inModel), whenever.inModel)
    )
  }

  /// How many of two elements are so.
  private static func count(_ element: String, _ condition: String) -> String {
    "(forall \(element) do \(condition) end) ? 2 : ((exists \(element) do \(condition) end) ? 1 : 0)"
  }

  private static func isSo(_ condition: String) -> String { "(\(condition)) ? 1 : 0" }

  /// A condition that is told by the same words in both.
  private static func both(_ text: String) -> (String, String) { (text, text) }

  // MARK: - Processes

  /// The life of a process: with the master, standing still, elsewhere; and whether the role moves.
  /// Who leads in hotswap.m is the old kernel, until the new one has taken the devices.
  static let processes = SharedPart(
    "bproc",
    [
      (
        count("p: proc_t", "table[new = IN_CHARGE ? NEW : OLD][p] = READY"),
        count("p: pid_t", "exists m: node_t do leads(m) & is_active(m, p) end")
      ),
      (
        count("p: proc_t", "table[OLD][p] = STOPPED"),
        count(
          "p: pid_t",
          "exists m: node_t do leads(m) & (table[m][p] = STOPPED | table[m][p] = SENT) end")
      ),
      (
        count("p: proc_t", "new != IN_CHARGE & table[NEW][p] = READY"),
        count("p: pid_t", "exists m: node_t do !leads(m) & is_active(m, p) end")
      ),
      (
        isSo("old = VERIFIED | (said = I_STAND_RELIEVED & new = RELIEVING)"),
        isSo("swap = OFFERING")
      ),
    ])

  // MARK: - Memory

  /// From the start of the new kernel until nothing of it is left: where processes and processors are,
  /// whether it has said that it relieves, and whether the old kernel has what it executes from.
  static let memory = SharedPart(
    "memory", set: ["SIZE=9"], against: ["FAULTS=1"],
    whenever: ("reserved[NEW]", "exists p: page_t do mine[NEW][p] end"),
    [
      (
        count("p: proc_t", "table[OLD][p] = READY & table[NEW][p] = NONE"),
        count("q: proc_t", "place[q] = ON_OLD")
      ),
      (
        count("p: proc_t", "table[OLD][p] = STOPPED & table[NEW][p] = NONE & old != AWAITING_MOVE"),
        count("q: proc_t", "place[q] = STOPPED")
      ),
      (
        count("p: proc_t", "table[OLD][p] = STOPPED & table[NEW][p] = NONE & old = AWAITING_MOVE"),
        count("q: proc_t", "place[q] = ON_ITS_WAY")
      ),
      (count("p: proc_t", "table[NEW][p] = READY"), count("q: proc_t", "place[q] = ON_NEW")),
      (count("c: cpu_t", "exec[c] = RUNS_OLD"), count("c: cpu_t", "runs[c] = IN_OLD")),
      (count("c: cpu_t", "exec[c] = PARKED_OLD"), count("c: cpu_t", "runs[c] = PARKED")),
      (count("c: cpu_t", "exec[c] = WAITS"), count("c: cpu_t", "runs[c] = WAITS")),
      (
        isSo("said = I_RELIEVE_YOU | said = I_STAND_RELIEVED"),
        isSo("phase = MOVING | phase = RELIEVED | phase = COMPLETE | phase = LATER")
      ),
      (isSo("reserved[OLD]"), isSo("forall p: page_t do in_core(p) -> mine[OLD][p] end")),
    ])

  // MARK: - Kexec

  /// Where the CPUs are, how far up the new kernel is, and whether it was accepted or has all. One that
  /// was called and has not come is called again (kexec.m), so it counts among those that wait.
  private static let boot: [(inHotswap: String, inModel: String)] = [
    (count("c: cpu_t", "exec[c] = PARKED_OLD"), count("c: cpu_t", "exec[c] = PARKED")),
    (
      count("c: cpu_t", "exec[c] = WAITS"),
      count("c: cpu_t", "exec[c] = WAITS | (runs_new(c) & new != NOT_UP & !found[c])")
    ),
    (
      count("c: cpu_t", "exec[c] = RUNS_NEW | exec[c] = PARKED_NEW"),
      count("c: cpu_t", "runs_new(c) & (new = NOT_UP | found[c])")
    ),
    (
      """
      (exists c: cpu_t do exec[c] = RUNS_NEW | exec[c] = PARKED_NEW end)
        & new != BOOTING & new != NEW_HUNG ? (new = CHECKING_SELF ? 1 : 2) : 0
      """,
      "(exists c: cpu_t do runs_new(c) end) & new != NOT_UP ? (new = LOOKING ? 1 : 2) : 0"
    ),
    (isSo("said = READY_TO_BE_RELIEVED | said = I_RELIEVE_YOU"), isSo("old = ACCEPTED")),
    (isSo("said = I_STAND_RELIEVED"), isSo("old = RELIEVED")),
  ]

  /// From the first CPU that is halted on, where nobody gives up for nothing.
  static let bootForAReason = SharedPart(
    "kexec", set: ["CPUS=2", "FAULTS=0", "HURRY=0"], against: ["FAULTS=1"],
    whenever: ("old = HALTING | reserved[NEW]", "image = RELIEF"), boot)

  /// While a CPU is the new kernel's, with any fault, and where time may be up.
  static let bootInAHurry = SharedPart(
    "kexec", set: ["CPUS=2", "FAULTS=1"], against: ["FAULTS=1"],
    whenever: (
      "exists c: cpu_t do exec[c] = RUNS_NEW | exec[c] = PARKED_NEW end",
      "exists c: cpu_t do runs_new(c) end"
    ), boot)

  // MARK: - Abort

  /// The last of the sentences, where both that end an attempt are one, and a kernel that has not
  /// relieved and is stopped has said nothing.
  private static func sentence(unless isOver: String) -> String {
    """
    said = I_STAND_RELIEVED ? 5 : (said = I_RELIEVE_YOU ? 4 : ((\(isOver)) | said = NOTHING ? 0
      : (said = READY_TO_RELIEVE ? 1 : (said = READY_TO_BE_RELIEVED ? 2 : 3))))
    """
  }

  private static let hasNew = (
    inHotswap: "exists c: cpu_t do exec[c] = RUNS_NEW | exec[c] = PARKED_NEW end",
    inModel: "!is_stopped(NEW)"
  )

  /// What was said, and where processes are: abort.m starts with all of them.
  private static let relief: [(inHotswap: String, inModel: String)] = [
    (
      sentence(unless: "!(\(hasNew.inHotswap))"),
      "stage = SERVING ? 0 : (\(sentence(unless: "is_stopped(NEW)")))"
    ),
    both(isSo("exists p: proc_t do table[OLD][p] = READY end")),
    both(count("p: proc_t", "table[OLD][p] = STOPPED")),
    both(count("p: proc_t", "table[NEW][p] = READY")),
  ]

  private static func whileThereAreTwo(_ condition: String) -> (String, String) {
    let number = count("c: cpu_t", condition)
    return ("(\(hasNew.inHotswap)) ? (\(number)) : 0", "(\(hasNew.inModel)) ? (\(number)) : 0")
  }

  /// Where nobody is given up: with each CPU while there are two kernels, and the old one's memory.
  static let abort = SharedPart(
    "abort", set: ["FAULTS=0", "TIMEOUTS=0"], against: ["FAULTS=0"],
    relief + [
      whileThereAreTwo("exec[c] = PARKED_OLD"), whileThereAreTwo("exec[c] = WAITS"),
      whileThereAreTwo("exec[c] = RUNS_NEW"), whileThereAreTwo("exec[c] = PARKED_NEW"),
      (isSo("reserved[OLD]"), isSo("memory[OLD]")),
    ])

  /// Where either may be, or crashes: with which kernel is stopped.
  static let survival = SharedPart(
    "abort", set: ["FAULTS=1"], against: ["FAULTS=1"],
    relief + [
      (
        isSo("exists c: cpu_t do exec[c] = RUNS_OLD | exec[c] = PARKED_OLD end"),
        isSo("!is_stopped(OLD)")
      ),
      (isSo(hasNew.inHotswap), isSo(hasNew.inModel)),
    ])
}
