import Glibc

/// What whoever starts ranks says to each of them in variables: mpirun of Open MPI, mpirun of MPICH and its
/// kin, and Slurm's srun.
package struct ClusterLauncher: Hashable, Sendable {
  package let rankCount: Int
  package let rank: Int
  /// The rank among those of this machine.
  package let machineRank: Int

  /// - Parameter variable: The value of a variable of the environment.
  /// - Returns: Nil where nobody has started ranks.
  package init?(_ variable: (String) -> String?) {
    func number(_ name: String) -> Int? { variable(name).flatMap { Int($0) } }
    let launchers = [
      ("OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_LOCAL_RANK"),
      ("PMI_SIZE", "PMI_RANK", "MPI_LOCALRANKID"),
      // Of a step: a shell that Slurm gives has SLURM_NTASKS without any rank.
      ("SLURM_STEP_NUM_TASKS", "SLURM_PROCID", "SLURM_LOCALID"),
    ]
    for (count, rank, machineRank) in launchers {
      guard let count = number(count), let rank = number(rank), count > 0, rank >= 0 else {
        continue
      }
      (rankCount, self.rank) = (count, rank)
      self.machineRank = number(machineRank) ?? rank
      return
    }
    return nil
  }

  /// That of this process.
  package static let current = ClusterLauncher { name in getenv(name).map { String(cString: $0) } }
}
