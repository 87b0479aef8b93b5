import Foundation
import TestSupport
import Testing
import WalkServer

/// The server by its port, as anybody on the machine reaches it.
@Suite struct LoopbackServerTests {
  private func status(_ response: String) -> String {
    String(response.prefix { $0 != "\r\n" }.split(separator: " ").dropFirst().first ?? "")
  }

  @Test func whoMayNotAskIsRefused() throws {
    let server = try RunningServer("Models/classics/peterson.m")
    defer { server.end() }
    let good = server.request("GET", "model")
    #expect(status(try server.exchange(good)) == "200")
    let token = server.token.text
    let other = token.first == "0" ? "1" : "0"
    #expect(
      status(try server.exchange(good.replacing(token, with: other + token.dropFirst()))) == "403")
    #expect(
      status(
        try server.exchange(good.replacing("127.0.0.1:\(server.port)", with: "evil.example")))
        == "403")
    #expect(
      status(
        try server.exchange(
          server.request("GET", "model", "", ["Origin: http://evil.example"]))) == "403")
    #expect(status(try server.exchange(server.request("GET", "nothing"))) == "404")
    #expect(status(try server.exchange(server.request("PUT", "model"))) == "405")
    #expect(status(try server.exchange("\r\n\r\n")) == "400")
    #expect(status(try server.exchange(server.request("POST", "take", "{"))) == "400")
    #expect(
      status(
        try server.exchange(server.request("POST", "take", String(repeating: " ", count: 70_000))))
        == "413")
    #expect(
      status(try server.exchange("GET / HTTP/1.1\r\nA: " + String(repeating: "a", count: 80_000)))
        == "431")
    // It is none the worse for it.
    #expect(status(try server.exchange(good)) == "200")
  }

  /// One that says nothing, and one that goes away, keep nobody else waiting.
  @Test func aSilentClientKeepsNobodyWaiting() throws {
    let server = try RunningServer("Models/classics/peterson.m")
    defer { server.end() }
    var silent: [Connection] = []
    for _ in 0..<100 {
      silent.append(try Connection(server.port))
      silent.last?.send("POST /")
    }
    #expect(status(try server.exchange(server.request("GET", "model"))) == "200")
    silent.removeAll()
    let gone = try Connection(server.port)
    gone.send(server.request("GET", "model"))
    #expect(status(try server.exchange(server.request("GET", "model"))) == "200")
  }

  /// The second of two clients is told that the walk is another one.
  @Test func twoClientsShareAWalk() throws {
    let server = try RunningServer("Models/classics/peterson.m")
    defer { server.end() }
    let first = #"{"revision": 0, "step": null, "rule": 0, "bindings": []}"#
    #expect(status(try server.exchange(server.request("POST", "take", first))) == "200")
    let second = try server.exchange(server.request("POST", "take", first))
    #expect(status(second) == "409")
    #expect(second.contains(#""revision": 1"#))
    #expect(try server.exchange(server.request("GET", "walk")).contains(#""revision": 1"#))
  }

  @Test func aPortInUseIsAnError() throws {
    let server = try RunningServer("Models/classics/peterson.m")
    defer { server.end() }
    #expect(throws: ListeningError.portInUse(server.port)) {
      _ = try LoopbackServer(port: server.port)
    }
  }

  /// Other machines do not reach it: it listens on the loopback address alone.
  @Test func itListensOnTheLoopbackAddressAlone() throws {
    let server = try RunningServer("Models/classics/peterson.m")
    defer { server.end() }
    let table = try String(contentsOfFile: "/proc/net/tcp", encoding: .utf8)
    let port = String(server.port, radix: 16, uppercase: true)
    let padded = String(repeating: "0", count: 4 - port.count) + port
    let own = table.split(separator: "\n").filter { $0.contains(":\(padded) 00000000:0000 0A") }
    #expect(own.count == 1)
    #expect(own.first?.contains("0100007F:\(padded)") == true)
  }
}
