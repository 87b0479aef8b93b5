import Foundation

/// A page in Chromium, in which somebody presses keys and looks.
enum PageInBrowser {
  struct Failure: Error, CustomStringConvertible {
    let description: String
  }

  enum Action {
    case key(String)
    /// Into what has the focus.
    case write(String)
    case click(String)
    /// To another address in the page, such as `#step=3`.
    case go(String)
    /// Of the window, in pixels.
    case size(Int, Int)
    /// A look: an expression whose value is an answer.
    case ask(String)

    fileprivate var json: [String: Any] {
      switch self {
      case .key(let key): ["key": key]
      case .write(let text): ["write": text]
      case .click(let element): ["click": element]
      case .go(let address): ["go": address]
      case .size(let width, let height): ["size": [width, height]]
      case .ask(let expression): ["ask": expression]
      }
    }
  }

  /// Opens a page and acts in it; fails where the page asks for anything else, or its scripts fail.
  ///
  /// - Returns: The answers.
  static func answers(_ page: String, _ actions: [Action]) throws -> [Any] {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appendingPathComponent("page.html")
    try Data(page.utf8).write(to: file)
    let script = folder.appendingPathComponent("actions")
    let lines = try actions.map { try JSONSerialization.data(withJSONObject: $0.json) + [0x0A] }
    try Data(lines.joined()).write(to: script)
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let driver = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("browser.py")
    process.arguments = ["timeout", "300", "python3", driver.path, file.path]
    let said = folder.appendingPathComponent("said")
    let complaints = folder.appendingPathComponent("complaints")
    for place in [said, complaints] { try Data().write(to: place) }
    process.standardInput = try FileHandle(forReadingFrom: script)
    process.standardOutput = try FileHandle(forWritingTo: said)
    process.standardError = try FileHandle(forWritingTo: complaints)
    try process.run()
    process.waitUntilExit()
    guard process.terminationStatus == 0 else {
      let text = String(decoding: try Data(contentsOf: complaints), as: UTF8.self)
      throw Failure(description: "\(process.terminationStatus): \(text)")
    }
    return try Data(contentsOf: said).split(separator: 0x0A).map {
      try JSONSerialization.jsonObject(with: $0, options: .fragmentsAllowed)
    }
  }
}
