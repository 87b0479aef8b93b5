import Certificates
import Diagnostics
import Glibc
import Murphi
import Report
import TransitionSystem

/// Finds the proof of a model: `Proofs/NAME.proof` beside it, or beside a folder that it lies in.
struct ProofFinder {
  let path: String
  let source: SourceText
  let proof: ProofFile

  /// The folders that are looked at end with that of a repository.
  private static let mostFolders = 16
  private static let mostBytes = 1 << 20

  /// The nearest file of a model's name, whatever it says; nil where there is none that can be read.
  init?(forModelAt model: String) {
    guard model != "-" else { return nil }
    for (folder, path) in Self.places(of: model) {
      var status = stat()
      if stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG {
        guard let source = try? ModelFile.read(path, limit: Self.mostBytes) else { return nil }
        self.init(source)
        return
      }
      if access(folder + ".git", F_OK) == 0 { return nil }
    }
    return nil
  }

  /// The same among files that somebody else reads.
  ///
  /// - Parameter read: The text of a path, of at most so many bytes; nil where there is none.
  init?(forModelAt model: String, _ read: (String, Int) -> SourceText?) {
    for (_, path) in Self.places(of: model) where !path.hasPrefix("..") {
      guard let source = read(path, Self.mostBytes) else { continue }
      self.init(source)
      return
    }
    return nil
  }

  private init?(_ source: SourceText) {
    guard let proof = try? ProofFile.read(source.bytes) else { return nil }
    (self.path, self.source, self.proof) = (source.path, source, proof)
  }

  /// Where it may lie, the nearest first: folders, as what their files' paths begin with.
  private static func places(of model: String) -> [(folder: String, path: String)] {
    guard model.hasSuffix(".m") else { return [] }
    let slash = model.lastIndex(of: "/")
    let name = slash.map { model[model.index(after: $0)...] } ?? model[...]
    var folder = slash.map { $0 == model.startIndex ? "/" : String(model[..<$0]) } ?? "."
    var found: [(folder: String, path: String)] = []
    while found.count < mostFolders {
      let prefix = folder == "." ? "" : folder.hasSuffix("/") ? folder : folder + "/"
      found.append((prefix, "\(prefix)Proofs/\(name.dropLast(2)).proof"))
      if folder == "/" { break }
      folder = above(folder)
    }
    return found
  }

  private static func above(_ folder: String) -> String {
    if folder == "." { return ".." }
    if folder == ".." || folder.hasSuffix("/..") { return folder + "/.." }
    guard let slash = folder.lastIndex(of: "/") else { return "." }
    return slash == folder.startIndex ? "/" : String(folder[..<slash])
  }

  /// Whether the file says that it is of a model with the values that its constants have.
  func isOf(_ model: LoadedModel) -> Bool {
    let constants = ProofWriting.constants(of: model.system, proof.least)
    guard constants == proof.constants else { return false }
    for constant in model.system.constants {
      if let least = proof.least[constant.name], constant.value < least { return false }
    }
    return ProofWriting.claims(of: model.system, proof.deadlock) == proof.claims
      && ModelHash.of(
        model.source, dialect: model.meaning.dialect, constants: constants.map(\.line))
        == proof.hash
  }

  /// What it claims of a model beyond the sizes that a search looks at; nil where it is of another model, or
  /// of one size.
  static func claim(of path: String, _ model: LoadedModel) -> ProofClaim? {
    guard model.absentRules.isEmpty, let found = ProofFinder(forModelAt: path),
      !found.proof.least.isEmpty, found.isOf(model)
    else { return nil }
    return ProofClaim(
      path: found.path,
      least: found.proof.constants.compactMap { constant in
        found.proof.least[constant.name].map { (constant.name, $0) }
      },
      claims: found.proof.claims)
  }
}
