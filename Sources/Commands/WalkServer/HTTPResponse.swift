/// What a server says of a request.
package enum HTTPStatus: Int, Sendable, Equatable {
  case ok = 200
  case badRequest = 400
  case forbidden = 403
  case notFound = 404
  case methodNotAllowed = 405
  case requestTimeout = 408
  case conflict = 409
  case lengthRequired = 411
  case contentTooLarge = 413
  case unsupportedMediaType = 415
  case unprocessable = 422
  case requestHeaderFieldsTooLarge = 431
  case notImplemented = 501
  case versionNotSupported = 505

  /// RFC 9110, section 15.
  package var phrase: String {
    switch self {
    case .ok: "OK"
    case .badRequest: "Bad Request"
    case .forbidden: "Forbidden"
    case .notFound: "Not Found"
    case .methodNotAllowed: "Method Not Allowed"
    case .requestTimeout: "Request Timeout"
    case .conflict: "Conflict"
    case .lengthRequired: "Length Required"
    case .contentTooLarge: "Content Too Large"
    case .unsupportedMediaType: "Unsupported Media Type"
    case .unprocessable: "Unprocessable Content"
    case .requestHeaderFieldsTooLarge: "Request Header Fields Too Large"
    case .notImplemented: "Not Implemented"
    case .versionNotSupported: "HTTP Version Not Supported"
    }
  }
}

/// A response; the connection ends behind it.
package struct HTTPResponse: Sendable, Equatable {
  package var status: HTTPStatus
  package var contentType: String
  package var body: [UInt8]
  /// The name under which a browser keeps it; nil for what is shown.
  package var fileName: String?

  package init(
    _ status: HTTPStatus = .ok, contentType: String, body: [UInt8], fileName: String? = nil
  ) {
    self.status = status
    self.contentType = contentType
    self.body = body
    self.fileName = fileName
  }

  /// A sentence for who looks at it without a page.
  package init(_ status: HTTPStatus, _ sentence: String) {
    self.init(
      status, contentType: "text/plain; charset=utf-8", body: Array((sentence + "\n").utf8))
  }

  /// Nothing may be loaded from elsewhere, nothing is kept, and no other page may frame or read it.
  private static let protection = [
    (
      "Content-Security-Policy",
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; "
        + "img-src 'self' data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    ),
    ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
    ("Cache-Control", "no-store"), ("Referrer-Policy", "no-referrer"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
  ]

  /// As it is sent.
  package var bytes: [UInt8] {
    var fields = [
      ("Content-Type", contentType), ("Content-Length", "\(body.count)"), ("Connection", "close"),
    ]
    if status == .methodNotAllowed { fields.append(("Allow", "GET, POST")) }
    if let fileName {
      fields.append(("Content-Disposition", "attachment; filename=\"\(fileName)\""))
    }
    let lines = (fields + Self.protection).map { "\($0.0): \($0.1)\r\n" }.joined()
    return Array("HTTP/1.1 \(status.rawValue) \(status.phrase)\r\n\(lines)\r\n".utf8) + body
  }
}
