import Foundation
import TestSupport
import Testing

/// A model of the corpus: a small file whose header says why it exists and what is expected of it.
struct CorpusModel: CustomTestStringConvertible, Sendable {
  let path: String
  let name: String
  let text: String
  /// `holds`, `violated "message"`, `deadlock`, `error` or `rejected`.
  let expectation: String
  let states: Int?
  let rules: Int?
  let options: [String]
  let isJudgedByRumur: Bool
  /// What is expected in CMurphi's meaning, with the numbers of states and of rules fired behind
  /// `holds`; nil where the header does not say.
  let expectationInCMurphi: String?

  var testDescription: String { name }

  /// All models below Tests/Corpus, by path.
  static let all: [CorpusModel] = {
    let folder = Repository.root.appendingPathComponent("Tests/Corpus")
    let files = FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil)
    return (files?.allObjects as? [URL] ?? []).filter { $0.pathExtension == "m" }
      .sorted { $0.path < $1.path }.compactMap { CorpusModel(file: $0, below: folder) }
  }()

  private init?(file: URL, below folder: URL) {
    guard let text = try? String(contentsOf: file, encoding: .utf8) else { return nil }
    self.text = text
    path = file.path
    name = String(file.path.dropFirst(folder.path.count + 1))
    var header: [String: [String]] = [:]
    for line in text.split(separator: "\n") where line.hasPrefix("--") {
      let words = line.drop { $0 == "-" || $0 == " " }
      guard let colon = words.firstIndex(of: ":") else { continue }
      let value = words[words.index(after: colon)...].trimmingCharacters(in: .whitespaces)
      header[String(words[..<colon]), default: []].append(value)
    }
    expectation = header["expect"]?.first ?? ""
    states = header["states"]?.first.flatMap { Int($0) }
    rules = header["rules"]?.first.flatMap { Int($0) }
    options = header["option"] ?? []
    isJudgedByRumur = header["judge"]?.first == "rumur"
    expectationInCMurphi = header["in CMurphi"]?.first
  }
}
