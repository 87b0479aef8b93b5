import Testing
import WalkServer

/// Who may ask, and what is read of a request.
@Suite struct AccessTests {
  private let token = AccessToken()
  private var check: AccessCheck { AccessCheck(token: token, port: 4711) }

  private func request(
    _ method: String = "GET", path: String? = nil, _ fields: [String: [String]] = [:]
  ) -> HTTPRequest {
    HTTPRequest(
      method: method, path: path ?? "/\(token.text)/model",
      fields: ["host": ["127.0.0.1:4711"]].merging(fields) { $1 })
  }

  private func status(_ request: HTTPRequest) -> HTTPStatus {
    switch check.path(of: request) {
    case .success: .ok
    case .failure(let refusal): refusal.response.status
    }
  }

  @Test func tokensAreLongAndDiffer() {
    let tokens = (0..<100).map { _ in AccessToken().text }
    #expect(Set(tokens).count == 100)
    #expect(tokens.allSatisfy { $0.count == 32 && $0.allSatisfy(\.isHexDigit) })
    #expect(token.matches(token.text))
    #expect(!token.matches(token.text.dropLast()))
    #expect(!token.matches(""))
    #expect(!token.matches(token.text.uppercased() + "0"))
    let last = token.text.last == "0" ? "1" : "0"
    #expect(!token.matches(token.text.dropLast() + last))
  }

  @Test func theOwnPageMayAsk() {
    #expect(status(request()) == .ok)
    #expect(status(request(["host": ["localhost:4711"]])) == .ok)
    #expect(status(request(["origin": ["http://127.0.0.1:4711"]])) == .ok)
    #expect(status(request("POST", ["content-type": ["application/json"]])) == .ok)
    #expect(status(request(["sec-fetch-site": ["same-origin"]])) == .ok)
  }

  private func request(_ fields: [String: [String]]) -> HTTPRequest {
    request("GET", path: nil, fields)
  }

  @Test(arguments: [
    "/", "/model", "/0123456789abcdef0123456789abcdef/model", "//model", "/model/", "",
  ])
  func withoutTheTokenNobodyMayAsk(path: String) {
    #expect(status(request("GET", path: path)) == .forbidden)
  }

  /// A name of somebody else's that means this machine is another name.
  @Test(arguments: [
    ["evil.example:4711"], ["127.0.0.1"], ["127.0.0.1:80"], [], ["127.0.0.1:4711", "evil.example"],
    ["127.0.0.1:4711.evil.example"], ["[::1]:4711"],
  ])
  func anotherHostIsRefused(hosts: [String]) {
    #expect(status(request(["host": hosts])) == .forbidden)
  }

  @Test(arguments: [
    ["http://evil.example"], ["null"], ["https://127.0.0.1:4711"], ["http://127.0.0.1:80"],
    ["http://localhost:4711"], ["http://127.0.0.1:4711", "http://evil.example"],
  ])
  func anotherOriginIsRefused(origins: [String]) {
    #expect(status(request(["origin": origins])) == .forbidden)
  }

  @Test func anotherSiteIsRefused() {
    #expect(status(request(["sec-fetch-site": ["cross-site"]])) == .forbidden)
    #expect(status(request(["sec-fetch-site": ["same-site"]])) == .forbidden)
  }

  @Test func otherMethodsAndTypesAreRefused() {
    for method in ["PUT", "DELETE", "OPTIONS", "HEAD", "TRACE", "get"] {
      #expect(status(request(method)) == .methodNotAllowed)
    }
    #expect(status(request("POST")) == .unsupportedMediaType)
    let form = ["content-type": ["application/x-www-form-urlencoded"]]
    #expect(status(request("POST", form)) == .unsupportedMediaType)
    #expect(status(request("POST", ["content-type": ["text/plain"]])) == .unsupportedMediaType)
  }

  private func request(_ method: String, _ fields: [String: [String]]) -> HTTPRequest {
    request(method, path: nil, fields)
  }

  // MARK: - Reading

  private func read(_ text: String) -> HTTPRequestReader.Progress {
    var reader = HTTPRequestReader()
    return reader.take(Array(text.utf8))
  }

  @Test func aRequestIsReadInAnyPieces() {
    let text = "POST /a/b?c HTTP/1.1\r\nHost: x\r\ncontent-LENGTH:  5 \r\nA: 1\r\na: 2\r\n\r\nhello"
    let expected = HTTPRequest(
      method: "POST", path: "/a/b",
      fields: ["host": ["x"], "content-length": ["5"], "a": ["1", "2"]], body: Array("hello".utf8))
    #expect(read(text) == .complete(expected))
    var reader = HTTPRequestReader()
    for byte in text.utf8.dropLast() { #expect(reader.take([byte]) == .incomplete) }
    #expect(reader.take(Array("o".utf8)) == .complete(expected))
  }

  @Test(arguments: [
    ("GET\r\n\r\n", HTTPStatus.badRequest), ("GET /  HTTP/1.1\r\n\r\n", .badRequest),
    ("GET http://x/ HTTP/1.1\r\n\r\n", .badRequest),
    ("GET / HTTP/2.0\r\n\r\n", .versionNotSupported),
    ("GET / HTTP/1.1\r\nA : b\r\n\r\n", .badRequest),
    ("GET / HTTP/1.1\r\n: b\r\n\r\n", .badRequest),
    ("GET / HTTP/1.1\r\nA: \u{1}\r\n\r\n", .badRequest), ("\r\n\r\n", .badRequest),
    ("POST / HTTP/1.1\r\n\r\n", .lengthRequired),
    ("POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n", .notImplemented),
    ("POST / HTTP/1.1\r\nContent-Length: -1\r\n\r\n", .badRequest),
    ("POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n\r\n", .badRequest),
    ("POST / HTTP/1.1\r\nContent-Length: 65537\r\n\r\n", .contentTooLarge),
    ("POST / HTTP/1.1\r\nContent-Length: 99999999999999999999\r\n\r\n", .contentTooLarge),
  ])
  func whatIsNoRequestIsRefused(text: String, status: HTTPStatus) {
    #expect(read(text) == .refused(status))
  }

  @Test func aLongHeadIsRefused() {
    let field = "A: " + String(repeating: "b", count: 20_000) + "\r\n"
    #expect(read("GET / HTTP/1.1\r\n\(field)\r\n") == .refused(.requestHeaderFieldsTooLarge))
    #expect(read("GET / HTTP/1.1\r\n\(field)") == .refused(.requestHeaderFieldsTooLarge))
    let endless = String(repeating: "a", count: 17 << 10)
    #expect(read(endless) == .refused(.requestHeaderFieldsTooLarge))
  }

  @Test func aResponseIsProtected() {
    let text = String(decoding: HTTPResponse(.notFound, "no").bytes, as: UTF8.self)
    #expect(text.hasPrefix("HTTP/1.1 404 Not Found\r\n"))
    #expect(text.hasSuffix("\r\n\r\nno\n"))
    for field in [
      "Content-Length: 3", "Connection: close", "X-Content-Type-Options: nosniff",
      "Cache-Control: no-store", "Referrer-Policy: no-referrer",
    ] {
      #expect(text.contains("\r\n\(field)\r\n"))
    }
    #expect(text.contains("Content-Security-Policy: default-src 'none'; script-src 'self';"))
    #expect(!text.contains("Access-Control-Allow"))
  }
}
