import Foundation
import TestSupport
import Testing

/// How the server of a walk begins and ends.
@Suite struct ExploreCommandTests {
  @Test func itPrintsItsAddressAndEndsByInterrupt() throws {
    let (output, errors, code) = try Program.run(
      ["explore", "Models/handover.m", "--set", "DEVICES=2"], interruptedAfter: 0.5)
    #expect(code == 0)
    #expect(errors == "")
    #expect(output.contains(/http:\/\/127\.0\.0\.1:\d+\/[0-9a-f]{32}\/\n/))
  }

  @Test func aPortInUseIsAClearError() throws {
    let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
    defer { close(descriptor) }
    var address = sockaddr_in()
    address.sin_family = sa_family_t(AF_INET)
    address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
    var size = socklen_t(MemoryLayout<sockaddr_in>.size)
    let isListening = withUnsafeMutablePointer(to: &address) { pointer in
      pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        bind(descriptor, $0, size) == 0 && listen(descriptor, 1) == 0
          && getsockname(descriptor, $0, &size) == 0
      }
    }
    try #require(isListening)
    let port = UInt16(bigEndian: address.sin_port)
    let (output, errors, code) = try Program.run(
      ["explore", "Models/handover.m", "--port", "\(port)"])
    #expect(code == 2)
    #expect(output == "")
    #expect(errors.contains("error: port \(port) of 127.0.0.1 is in use"))
  }

  @Test(arguments: [
    (["Models/regions.m"], "swapcheck instantiate Models/regions.m"),
    (["Models/nothing.m"], "Models/nothing.m: error: the file cannot be read"),
    (["Models/handover.m", "--port", "70000"], "70000"),
    (["Models/handover.m", "--set", "DEVICE=2"], "DEVICE"),
  ])
  func whatCannotBeWalkedThroughIsAnError(arguments: [String], message: String) throws {
    let (output, errors, code) = try Program.run(["explore"] + arguments)
    #expect(code == 2)
    #expect(output == "")
    #expect(errors.contains(message), "\(errors)")
  }
}
