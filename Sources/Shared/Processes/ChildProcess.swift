package import Glibc

/// Programs that run beside this one, each in a process group of its own: Ctrl-C is for us, and what
/// is to happen to the others is ours to say.
package enum ChildProcess {
  /// Where what a program writes goes.
  package enum Output: Sendable {
    /// Both streams into one new file, or an old one that is emptied, which only its owner can read.
    case file(String)
    /// Open descriptors, one for each stream.
    case descriptors(output: Int32, errors: Int32)
  }

  /// Starts a program.
  ///
  /// - Parameters:
  ///   - arguments: The path of the program, and what it is called with.
  ///   - environment: All its variables, each as `NAME=value`.
  ///   - input: An open descriptor that it reads from; nil if there is nothing to be read.
  /// - Returns: Its process, which the caller has to wait for; nil if it cannot be started, or if an
  ///   argument has a zero byte, behind which the system would see nothing.
  package static func start(
    _ arguments: [String], environment: [String], input: Int32? = nil, output: Output
  ) -> pid_t? {
    guard let program = arguments.first, !(arguments + environment).contains(where: endsEarly)
    else { return nil }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    if let input {
      posix_spawn_file_actions_adddup2(&actions, input, 0)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    switch output {
    case .file(let path):
      posix_spawn_file_actions_addopen(&actions, 1, path, O_WRONLY | O_CREAT | O_TRUNC, 0o600)
      posix_spawn_file_actions_adddup2(&actions, 1, 2)
    case .descriptors(let output, let errors):
      posix_spawn_file_actions_adddup2(&actions, output, 1)
      posix_spawn_file_actions_adddup2(&actions, errors, 2)
    }
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
    let words = words(arguments)
    let variables = self.words(environment)
    defer { for word in words + variables { free(word) } }
    var process = pid_t()
    let error = posix_spawn(&process, program, &actions, &attributes, words, variables)
    return error == 0 ? process : nil
  }

  /// Waits until a process has ended.
  ///
  /// - Returns: Its status as `waitpid` gives it, 0 where it has ended well; nil if it is not ours.
  package static func wait(for process: pid_t) -> Int32? {
    var status: Int32 = 0
    while waitpid(process, &status, 0) < 0 { if errno != EINTR { return nil } }
    return status
  }

  /// Ends a process that has not been waited for, and all that it has started in its group.
  package static func kill(_ process: pid_t) { Glibc.kill(-process, SIGKILL) }

  /// The variables of this process, each as `NAME=value`.
  package static var environment: [String] {
    var variables: [String] = []
    var next = environ
    while let variable = next.pointee {
      variables.append(String(cString: variable))
      next += 1
    }
    return variables
  }

  /// The path of a program that `PATH` finds; nil if there is none.
  package static func executable(_ name: String) -> String? {
    guard let path = getenv("PATH").map({ String(cString: $0) }) else { return nil }
    return path.split(separator: ":").map { "\($0)/\(name)" }.first(where: isExecutable)
  }

  /// Whether it is a file that can be run; a folder can be entered, which is the same permission.
  package static func isExecutable(_ path: String) -> Bool {
    var status = stat()
    return stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
      && access(path, X_OK) == 0
  }

  private static func endsEarly(_ text: String) -> Bool { text.utf8.contains(0) }

  private static func words(_ texts: [String]) -> [UnsafeMutablePointer<CChar>?] {
    texts.map { strdup($0) } + [nil]
  }
}
