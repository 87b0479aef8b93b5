import Diagnostics
import Foundation
import Murphi
import Report
import Synchronization
import TestSupport
import Testing
import WalkServer
import Walking

/// A server with a walk through a model, on a thread of its own.
final class RunningServer: Sendable {
  let port: UInt16
  let token: AccessToken
  private let isEnded = Atomic<Bool>(false)
  private let hasEnded = DispatchSemaphore(value: 0)

  init(_ path: String) throws {
    let server = try LoopbackServer(port: 0)
    let token = AccessToken()
    (port, self.token) = (server.port, token)
    let source = try RepositoryModel(path).source()
    let loaded = MurphiModel.load(source)
    let model = ModelText(
      try #require(loaded.system), source, overrides: [:], dialect: loaded.meaning.dialect)
    nonisolated(unsafe) let parts = (
      server, WalkResponder(try WalkSession(model), AccessCheck(token: token, port: server.port))
    )
    let thread = Thread { [self] in
      parts.0.serve(until: { isEnded.load(ordering: .relaxed) }) { parts.1.respond($0, isGone: $1) }
      hasEnded.signal()
    }
    thread.stackSize = 64 << 20
    thread.start()
  }

  func end() {
    isEnded.store(true, ordering: .relaxed)
    hasEnded.wait()
  }

  var address: String { "http://127.0.0.1:\(port)/\(token.text)/" }

  /// Sends bytes, and gives what comes until the other end closes the connection.
  func exchange(_ text: String) throws -> String {
    let connection = try Connection(port)
    connection.send(text)
    return connection.rest()
  }

  /// A request as a page makes it.
  func request(
    _ method: String, _ path: String, _ body: String = "", _ fields: [String] = []
  ) -> String {
    var lines = ["\(method) /\(token.text)/\(path) HTTP/1.1", "Host: 127.0.0.1:\(port)"] + fields
    if method == "POST" {
      lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"]
    }
    return lines.map { $0 + "\r\n" }.joined() + "\r\n" + body
  }
}

/// A connection to a port of this machine.
final class Connection {
  private let descriptor: Int32

  init(_ port: UInt16) throws {
    descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_port = port.bigEndian
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    let status = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size))
      }
    }
    try #require(status == 0)
    var patience = timeval(tv_sec: 30, tv_usec: 0)
    setsockopt(
      descriptor, SOL_SOCKET, SO_RCVTIMEO, &patience, socklen_t(MemoryLayout<timeval>.size))
  }

  deinit { close(descriptor) }

  func send(_ text: String) {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes {
        Foundation.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
      }
      guard count > 0 else { return }
      rest = rest.dropFirst(count)
    }
  }

  func rest() -> String {
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = recv(descriptor, &buffer, buffer.count, 0)
      guard count > 0 else { return String(decoding: bytes, as: UTF8.self) }
      bytes += buffer[..<count]
    }
  }
}
