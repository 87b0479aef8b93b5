import Glibc

/// The descriptors 0, 1 and 2, and how bytes get into a descriptor.
enum StandardStreams {
  /// Makes a process safe to write in, before it opens anything.
  ///
  /// A caller may have closed the standard streams. The next file, pipe or library to be opened
  /// would get their numbers, and reports would be written into it. So something that is there and
  /// takes no bytes stands in their place. A write beyond `ulimit -f` fails like any other, instead
  /// of ending the process.
  static func prepare() {
    signal(SIGXFSZ, SIG_IGN)
    for descriptor in STDIN_FILENO...STDERR_FILENO
    where fcntl(descriptor, F_GETFD) < 0 && errno == EBADF {
      // The lowest free number is given. A folder is there where /dev is not.
      if open("/dev/null", O_RDONLY) < 0 { _ = open("/", O_RDONLY) }
    }
  }

  /// Writes all bytes, waiting where the other end is slow; false with `errno` if that fails.
  static func write(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes {
        Glibc.write(descriptor, $0.baseAddress, $0.count)
      }
      if count > 0 {
        done += count
      } else if count < 0, errno == EAGAIN || errno == EWOULDBLOCK {
        // Somebody else made it one that does not wait, such as a parent process.
        var entry = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
        if poll(&entry, 1, -1) < 0, errno != EINTR { return false }
      } else if count == 0 || errno != EINTR {
        if count == 0 { errno = EIO }
        return false
      }
    }
    return true
  }
}
