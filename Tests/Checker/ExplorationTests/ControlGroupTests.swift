import Exploration
import Testing

/// Limits of control groups, in folders as the kernel's documentation has them (cgroups(7)).
@Suite struct ControlGroupTests {
  private func bytesLeft(_ files: [String: String]) -> Int? {
    ControlGroups { files[$0] }.bytesLeft
  }

  private static let first = """
    25 30 0:22 / /proc rw,relatime - proc proc rw
    40 25 0:33 / /sys/fs/cgroup/memory rw,relatime shared:9 - cgroup cgroup rw,memory
    41 25 0:34 / /sys/fs/cgroup/cpu rw,relatime shared:9 - cgroup cgroup rw,cpu,cpuacct
    """

  @Test func firstVersion() {
    var files = [
      "/proc/self/mountinfo": Self.first,
      "/proc/self/cgroup": "8:pids:/x\n4:cpu,cpuacct:/\n3:memory:/a/b\n0::/\n",
      "/sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": "300000000\n",
      "/sys/fs/cgroup/memory/a/b/memory.usage_in_bytes": "50000000\n",
      "/sys/fs/cgroup/memory/a/b/memory.stat": "cache 1\ntotal_inactive_file 20000000\n",
      "/sys/fs/cgroup/memory/a/memory.limit_in_bytes": "9223372036854771712\n",
    ]
    #expect(bytesLeft(files) == 270_000_000)
    // A group further out with less left is the one that counts.
    files["/sys/fs/cgroup/memory/memory.limit_in_bytes"] = "100000000"
    #expect(bytesLeft(files) == 100_000_000)
  }

  private static let second = """
    30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate
    """

  @Test func secondVersion() {
    var files = [
      "/proc/self/mountinfo": Self.second,
      "/proc/self/cgroup": "0::/user.slice/run-1.scope\n",
      "/sys/fs/cgroup/user.slice/run-1.scope/memory.max": "max\n",
      "/sys/fs/cgroup/user.slice/memory.max": "2000\n",
      "/sys/fs/cgroup/user.slice/memory.current": "2500\n",
      "/sys/fs/cgroup/user.slice/memory.stat": "anon 7\ninactive_file 1000\n",
    ]
    #expect(bytesLeft(files) == 500)
    // What was read of files lately is dropped, too, before anybody is killed.
    files["/sys/fs/cgroup/user.slice/memory.stat"] = "inactive_file 1000\nactive_file 300\n"
    #expect(bytesLeft(files) == 500)
    #expect(ControlGroups(read: { files[$0] }).bytesLeftAtMost == 800)
    files["/sys/fs/cgroup/user.slice/memory.max"] = "max"
    #expect(bytesLeft(files) == nil)
  }

  /// A container sees its own group at the mount point, whatever the group is called outside.
  @Test func container() {
    let mounted = """
      40 25 0:33 /docker/f00 /sys/fs/cgroup/memory ro - cgroup cgroup rw,memory
      30 23 0:26 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw
      """
    let files = [
      "/proc/self/mountinfo": mounted,
      "/proc/self/cgroup": "5:memory:/docker/f00\n0::/../..\n",
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": "4096",
    ]
    #expect(bytesLeft(files) == 4_096)
  }

  @Test func nothingIsKnown() {
    #expect(bytesLeft([:]) == nil)
    let files = ["/proc/self/mountinfo": "x - cgroup2\n1 2 3 / /m", "/proc/self/cgroup": "::\n0"]
    #expect(bytesLeft(files) == nil)
  }
}
