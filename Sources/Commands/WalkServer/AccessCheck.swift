/// Who may ask: a page that this server has sent, by somebody who has been told the address.
///
/// The port is open to all users and to all pages of the machine's browsers. A page from elsewhere is
/// told by `Origin` and `Sec-Fetch-Site`, one that has made its own name mean this machine (DNS
/// rebinding) by `Host`, and everyone else by the token.
package struct AccessCheck: Sendable {
  private let token: AccessToken
  /// What the server may be called.
  private let hosts: [String]

  package init(token: AccessToken, port: UInt16) {
    self.token = token
    hosts = ["127.0.0.1:\(port)", "localhost:\(port)"]
  }

  /// The path behind the token; nil with what is refused otherwise.
  package func path(of request: HTTPRequest) -> Result<String, Refusal> {
    guard let host = request.field("host"), hosts.contains(host.lowercased()) else {
      return .failure(Refusal(.forbidden, "this server has another name"))
    }
    if let origins = request.fields["origin"], origins != ["http://\(host.lowercased())"] {
      return .failure(Refusal(.forbidden, "another page may not ask here"))
    }
    if let sites = request.fields["sec-fetch-site"],
      sites.count != 1 || !["same-origin", "none"].contains(sites[0])
    {
      return .failure(Refusal(.forbidden, "another page may not ask here"))
    }
    let parts = request.path.dropFirst().split(
      separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count == 2, token.matches(parts[0]) else {
      return .failure(
        Refusal(.forbidden, "the address is not the one that swapcheck explore has printed"))
    }
    guard ["GET", "POST"].contains(request.method) else {
      return .failure(Refusal(.methodNotAllowed, "only GET and POST are answered"))
    }
    // A form of another page cannot send this type.
    if request.method == "POST", request.field("content-type")?.lowercased() != "application/json" {
      return .failure(Refusal(.unsupportedMediaType, "a question is application/json"))
    }
    return .success(String(parts[1]))
  }

  package struct Refusal: Error, Sendable, Equatable {
    package let response: HTTPResponse

    init(_ status: HTTPStatus, _ sentence: String) {
      response = HTTPResponse(status, sentence)
    }
  }
}
