/// A request of HTTP/1.1 (RFC 9112), as far as a page of ours makes one.
package struct HTTPRequest: Sendable, Equatable {
  package var method: String
  /// As it stands in the request, without what is behind a question mark.
  package var path: String
  /// By names in small letters. Of a name that comes twice, both values.
  package var fields: [String: [String]]
  package var body: [UInt8]

  package init(
    method: String, path: String, fields: [String: [String]] = [:], body: [UInt8] = []
  ) {
    self.method = method
    self.path = path
    self.fields = fields
    self.body = body
  }

  /// The value of a field that comes once; nil where it is missing or comes again.
  package func field(_ name: String) -> String? {
    let values = fields[name] ?? []
    return values.count == 1 ? values.first : nil
  }
}

/// Takes the bytes of a connection and makes a request of them. There is one in each connection.
package struct HTTPRequestReader: Sendable {
  private var bytes: [UInt8] = []
  private var head: Head?

  /// Bytes in front of the body, and of the body.
  package static let maximumHeadByteCount = 16 << 10
  package static let maximumBodyByteCount = 64 << 10

  private struct Head: Sendable {
    var request: HTTPRequest
    let byteCount: Int
    let bodyByteCount: Int
  }

  package enum Progress: Sendable, Equatable {
    case incomplete
    case complete(HTTPRequest)
    case refused(HTTPStatus)
  }

  package init() {}

  /// Takes what has come.
  package mutating func take(_ more: some Sequence<UInt8>) -> Progress {
    bytes.append(contentsOf: more)
    if head == nil {
      guard let end = headEnd else {
        return bytes.count > Self.maximumHeadByteCount
          ? .refused(.requestHeaderFieldsTooLarge) : .incomplete
      }
      if end > Self.maximumHeadByteCount { return .refused(.requestHeaderFieldsTooLarge) }
      switch Self.head(of: bytes[..<end], byteCount: end) {
      case .success(let read): head = read
      case .failure(let refusal): return .refused(refusal.status)
      }
    }
    guard var head else { return .incomplete }
    let end = head.byteCount + head.bodyByteCount
    if bytes.count < end { return .incomplete }
    head.request.body = Array(bytes[head.byteCount..<end])
    return .complete(head.request)
  }

  /// Behind the empty line.
  private var headEnd: Int? {
    let end: [UInt8] = [13, 10, 13, 10]
    guard bytes.count >= end.count else { return nil }
    // Nobody sends more than some kilobytes of it.
    let last = min(bytes.count, Self.maximumHeadByteCount + end.count) - end.count
    return (0...last).first { bytes[$0..<$0 + end.count].elementsEqual(end) }.map { $0 + end.count }
  }

  private struct Refusal: Error { let status: HTTPStatus }

  private static func head(
    of bytes: ArraySlice<UInt8>, byteCount: Int
  ) -> Result<Head, Refusal> {
    func refused(_ status: HTTPStatus) -> Result<Head, Refusal> {
      .failure(Refusal(status: status))
    }
    guard bytes.allSatisfy({ $0 == 13 || $0 == 10 || $0 == 9 || (0x20...0x7E) ~= $0 }) else {
      return refused(.badRequest)
    }
    let text = String(decoding: bytes, as: UTF8.self)
    var lines = text.split(separator: "\r\n", omittingEmptySubsequences: true)[...]
    guard let first = lines.popFirst() else { return refused(.badRequest) }
    let words = first.split(separator: " ", omittingEmptySubsequences: false)
    guard words.count == 3, words[1].hasPrefix("/") else { return refused(.badRequest) }
    guard words[2] == "HTTP/1.1" || words[2] == "HTTP/1.0" else {
      return refused(.versionNotSupported)
    }
    var fields: [String: [String]] = [:]
    for line in lines {
      guard let colon = line.firstIndex(of: ":"), colon != line.startIndex,
        !line[..<colon].contains(where: { $0 == " " || $0 == "\t" })
      else { return refused(.badRequest) }
      let value = line[line.index(after: colon)...].drop { $0 == " " || $0 == "\t" }
      let end = value.lastIndex { $0 != " " && $0 != "\t" }.map { value.index(after: $0) }
      fields[line[..<colon].lowercased(), default: []]
        .append(String(value[..<(end ?? value.startIndex)]))
    }
    if fields["transfer-encoding"] != nil { return refused(.notImplemented) }
    let lengths = fields["content-length"] ?? []
    guard lengths.count <= 1, lengths.allSatisfy({ !$0.isEmpty && $0.allSatisfy(\.isWholeNumber) })
    else { return refused(.badRequest) }
    if lengths.isEmpty, words[0] == "POST" { return refused(.lengthRequired) }
    // A number that is too large for `Int` is too large.
    let length = lengths.first.map { Int($0) ?? .max } ?? 0
    if length > maximumBodyByteCount { return refused(.contentTooLarge) }
    let path = words[1].prefix { $0 != "?" }
    return .success(
      Head(
        request: HTTPRequest(method: String(words[0]), path: String(path), fields: fields),
        byteCount: byteCount, bodyByteCount: length))
  }
}
