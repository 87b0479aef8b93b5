package import FileSystem
import Glibc

/// Why a server cannot begin.
package enum ListeningError: Error, Sendable, Equatable, CustomStringConvertible {
  case portInUse(UInt16)
  case notAllowed(UInt16)
  /// What the system says.
  case system(SystemReason)

  package var description: String {
    switch self {
    case .portInUse(let port): "port \(port) of 127.0.0.1 is in use"
    case .notAllowed(let port): "port \(port) may not be listened on"
    case .system(let reason): "127.0.0.1 cannot be listened on: \(reason)"
    }
  }
}

/// A server that this machine alone reaches. It answers one request after the other, on the thread that
/// calls it: there is one walk, and one who walks.
package final class LoopbackServer {
  package let port: UInt16
  private let listener: Int32
  private var connections: [Connection] = []

  /// Connections that are open at once; the oldest one goes first.
  private static let maximumConnectionCount = 64
  /// Seconds that a connection may take until its request is there, and until its response is gone.
  private static let patienceSeconds = 20.0
  /// How long it may take until the end is noticed, where no signal wakes the thread.
  private static let waitMilliseconds: Int32 = 200

  private struct Connection {
    let descriptor: Int32
    var reader = HTTPRequestReader()
    var outgoing: [UInt8] = []
    var sentCount = 0
    var deadline = ContinuousClock.now + .seconds(LoopbackServer.patienceSeconds)
    /// Behind a response that was sent before the request was read: what still comes is thrown away,
    /// since to close at once would take the response away from who is still sending.
    var isDraining = false

    var isAnswered: Bool { !outgoing.isEmpty }
  }

  /// - Parameter port: 0 for any that is free.
  package init(port: UInt16) throws(ListeningError) {
    let listener = socket(
      AF_INET,
      Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue)
        | Int32(SOCK_NONBLOCK.rawValue), 0)
    guard listener >= 0 else { throw .system(SystemReason(errno)) }
    var isReused: Int32 = 1
    setsockopt(
      listener, SOL_SOCKET, SO_REUSEADDR, &isReused, socklen_t(MemoryLayout<Int32>.size))
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
        bind(listener, address, size) == 0 && listen(listener, 64) == 0
          && getsockname(listener, address, &size) == 0
      }
    }
    guard isListening else {
      let number = errno
      close(listener)
      switch number {
      case EADDRINUSE: throw .portInUse(port)
      case EACCES: throw .notAllowed(port)
      default: throw .system(SystemReason(number))
      }
    }
    self.listener = listener
    self.port = UInt16(bigEndian: address.sin_port)
  }

  deinit {
    for connection in connections { close(connection.descriptor) }
    close(listener)
  }

  /// Answers requests.
  ///
  /// - Parameters:
  ///   - isEnded: Asked often.
  ///   - respond: Is told whether who asks is gone, which any thread may find out.
  package func serve(
    until isEnded: () -> Bool,
    _ respond: (HTTPRequest, _ isGone: @escaping @Sendable () -> Bool) -> HTTPResponse
  ) {
    while !isEnded() {
      var entries = [pollfd(fd: listener, events: Int16(POLLIN), revents: 0)]
      for connection in connections {
        let isWriting = connection.sentCount < connection.outgoing.count
        entries.append(
          pollfd(
            fd: connection.descriptor, events: Int16(isWriting ? POLLOUT : POLLIN), revents: 0))
      }
      guard poll(&entries, nfds_t(entries.count), Self.waitMilliseconds) >= 0 || errno == EINTR
      else {
        return
      }
      // One that has something to say is not late: it may have waited for another one's answer.
      let now = ContinuousClock.now
      for (position, entry) in entries.dropFirst().enumerated() {
        if entry.revents != 0 {
          advance(position, respond)
        } else if connections[position].deadline < now {
          end(position)
        }
      }
      connections.removeAll { $0.descriptor < 0 }
      if entries[0].revents != 0 { accept() }
    }
  }

  private func accept() {
    while true {
      let descriptor = Glibc.accept(listener, nil, nil)
      guard descriptor >= 0 else { return }
      _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
      _ = fcntl(descriptor, F_SETFL, O_NONBLOCK)
      if connections.count >= Self.maximumConnectionCount {
        close(connections.removeFirst().descriptor)
      }
      connections.append(Connection(descriptor: descriptor))
    }
  }

  /// It stays in its place until all have been looked at.
  private func end(_ position: Int) {
    close(connections[position].descriptor)
    connections[position] = Connection(descriptor: -1)
  }

  /// Reads or writes what can be read or written.
  private func advance(
    _ position: Int, _ respond: (HTTPRequest, @escaping @Sendable () -> Bool) -> HTTPResponse
  ) {
    if connections[position].isAnswered, !connections[position].isDraining {
      return write(position)
    }
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    let descriptor = connections[position].descriptor
    let count = recv(descriptor, &buffer, buffer.count, 0)
    guard count > 0 else {
      if count < 0, errno == EAGAIN || errno == EINTR { return }
      return end(position)
    }
    if connections[position].isDraining { return }
    switch connections[position].reader.take(buffer[..<count]) {
    case .incomplete: return
    case .refused(let status):
      answer(position, HTTPResponse(status, "the request is not read: \(status.phrase)"))
    case .complete(let request):
      answer(position, respond(request) { Self.isGone(descriptor) })
    }
  }

  private func answer(_ position: Int, _ response: HTTPResponse) {
    connections[position].outgoing = response.bytes
    connections[position].deadline = .now + .seconds(Self.patienceSeconds)
    write(position)
  }

  private func write(_ position: Int) {
    let connection = connections[position]
    while connections[position].sentCount < connection.outgoing.count {
      let count = connection.outgoing[connections[position].sentCount...].withUnsafeBytes {
        send(connection.descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      if count < 0, errno == EINTR { continue }
      if count < 0, errno == EAGAIN { return }
      guard count > 0 else { return end(position) }
      connections[position].sentCount += count
    }
    shutdown(connection.descriptor, Int32(SHUT_WR))
    connections[position].isDraining = true
  }

  /// Whether the other end has closed the connection.
  private static func isGone(_ descriptor: Int32) -> Bool {
    var byte: UInt8 = 0
    let count = recv(descriptor, &byte, 1, Int32(MSG_PEEK) | Int32(MSG_DONTWAIT))
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EINTR)
  }
}
