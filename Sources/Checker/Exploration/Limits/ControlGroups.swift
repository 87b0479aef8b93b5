/// The memory that control groups let a process have: its own group and those that it lies in, of
/// version 1 and 2 (cgroups(7)). Whoever takes more is killed, without a word.
package struct ControlGroups {
  private let read: (String) -> String?

  /// - Parameter read: Gives a file's text; nil if it cannot be read.
  package init(read: @escaping (_ path: String) -> String?) { self.read = read }

  /// A mounted hierarchy that bounds memory.
  private struct Hierarchy {
    /// The group that is seen at the mount point.
    let root: String
    let mountPoint: String
    /// The process's group.
    let group: String
    let isUnified: Bool
  }

  /// Bytes that may still be taken, what could be written back or dropped not counted; nil where there
  /// is no limit.
  package var bytesLeft: Int? {
    hierarchies.flatMap { hierarchy in
      folders(of: hierarchy).compactMap { left(in: $0, isUnified: hierarchy.isUnified) }
    }.min()
  }

  /// Bytes that may be taken before somebody is killed; nil where there is no limit. What has been read
  /// of files lately is dropped before that, too.
  package var bytesLeftAtMost: Int? {
    hierarchies.flatMap { hierarchy in
      folders(of: hierarchy).compactMap {
        left(in: $0, isUnified: hierarchy.isUnified, dropping: ["inactive_file", "active_file"])
      }
    }.min()
  }

  private var hierarchies: [Hierarchy] {
    // `number:controllers:group`; version 2 has the number 0 and no controllers.
    var group: String?
    var unifiedGroup: String?
    for line in (read("/proc/self/cgroup") ?? "").split(separator: "\n") {
      let fields = line.split(separator: ":", maxSplits: 2, omittingEmptySubsequences: false)
      guard fields.count == 3 else { continue }
      if fields[1].split(separator: ",").contains("memory") { group = String(fields[2]) }
      if fields[0] == "0", fields[1].isEmpty { unifiedGroup = String(fields[2]) }
    }
    // `… root mount-point … - type source options`, proc_pid_mountinfo(5).
    return (read("/proc/self/mountinfo") ?? "").split(separator: "\n").compactMap { line in
      let fields = line.split(separator: " ")
      guard let dash = fields.firstIndex(of: "-"), dash > 4, dash + 3 < fields.count else {
        return nil
      }
      let (root, mountPoint) = (String(fields[3]), String(fields[4]))
      switch fields[dash + 1] {
      case "cgroup2":
        return unifiedGroup.map {
          Hierarchy(root: root, mountPoint: mountPoint, group: $0, isUnified: true)
        }
      case "cgroup" where fields[dash + 3].split(separator: ",").contains("memory"):
        return group.map {
          Hierarchy(root: root, mountPoint: mountPoint, group: $0, isUnified: false)
        }
      default: return nil
      }
    }
  }

  /// The folders of the process's group and of those that it lies in, as far as they are mounted. In a
  /// container the group's name may be another one's, and what is mounted is its own.
  private func folders(of hierarchy: Hierarchy) -> [String] {
    var names = hierarchy.group.split(separator: "/").map(String.init)
    let above = hierarchy.root.split(separator: "/").map(String.init)
    names = names.starts(with: above) ? Array(names.dropFirst(above.count)) : []
    return (0...names.count).reversed().map { count in
      ([hierarchy.mountPoint] + names.prefix(count)).joined(separator: "/")
    }
  }

  /// - Parameter dropping: Kinds of memory that are not counted.
  private func left(
    in folder: String, isUnified: Bool, dropping kinds: [String] = ["inactive_file"]
  ) -> Int? {
    let (limitName, usageName, prefix) =
      isUnified
      ? ("memory.max", "memory.current", "")
      : ("memory.limit_in_bytes", "memory.usage_in_bytes", "total_")
    // No limit is `max`, or a number that no machine has.
    guard let limit = number("\(folder)/\(limitName)"), limit < 1 << 60 else { return nil }
    let usage = number("\(folder)/\(usageName)") ?? 0
    var droppable = 0
    for line in (read("\(folder)/memory.stat") ?? "").split(separator: "\n") {
      let words = line.split(separator: " ")
      if words.count == 2, kinds.contains(where: { prefix + $0 == words[0] }) {
        droppable += Int(words[1]) ?? 0
      }
    }
    return max(0, limit - max(0, usage - droppable))
  }

  private func number(_ path: String) -> Int? {
    read(path).flatMap { Int($0.split(whereSeparator: \.isWhitespace).first ?? "") }
  }
}
