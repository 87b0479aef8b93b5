import Certificates
import Diagnostics
import FileSystem
import Glibc
import Murphi
import Report
import TransitionSystem

/// Finds the proofs of a model: files in a folder `Proofs` beside it, or beside a folder that it lies in,
/// which say that they are of a model of its name. There is one for each choice of its constants.
struct ProofFinder {
  let path: String
  let source: SourceText
  let proof: ProofFile

  /// The folders that are looked at end with that of a repository.
  private static let mostFolders = 16
  /// Files of a folder that are read, and what each may have.
  private static let mostFiles = 64
  private static let mostBytes = 1 << 20

  /// Proofs of a model's name, of the nearest folder that has any, whatever they say.
  static func all(forModelAt model: String) -> [ProofFinder] {
    for (folder, proofs) in places(of: model) {
      let names = (try? Folder.names(in: proofs)) ?? []
      let found = all(forModelAt: model, names.map { "\(proofs)/\($0)" }) { path, limit in
        // A pipe would be waited for.
        var status = stat()
        guard stat(path, &status) == 0, status.st_mode & S_IFMT == S_IFREG else { return nil }
        return try? ModelFile.read(path, limit: limit)
      }
      if !found.isEmpty || access(folder + ".git", F_OK) == 0 { return found }
    }
    return []
  }

  /// The same among files that somebody else reads.
  ///
  /// - Parameters:
  ///   - list: The paths of the files in a folder.
  ///   - read: The text of a path, of at most so many bytes; nil where there is none.
  static func all(
    forModelAt model: String, listing list: (String) -> [String],
    _ read: (String, Int) -> SourceText?
  ) -> [ProofFinder] {
    for (_, proofs) in places(of: model) where !proofs.hasPrefix("..") {
      let found = all(forModelAt: model, list(proofs), read)
      if !found.isEmpty { return found }
    }
    return []
  }

  /// Those of some files, first that of the model's own name, then those whose names begin with it.
  private static func all(
    forModelAt model: String, _ paths: [String], _ read: (String, Int) -> SourceText?
  ) -> [ProofFinder] {
    let name = lastPart(of: model)
    let stem = String(name.dropLast(2))
    func order(_ path: String) -> (Int, String) {
      let file = lastPart(of: path)
      return (file == "\(stem).proof" ? 0 : file.hasPrefix(stem) ? 1 : 2, path)
    }
    return paths.filter { $0.hasSuffix(".proof") }.sorted { order($0) < order($1) }
      .prefix(mostFiles).compactMap { path in
        guard let source = read(path, mostBytes), let proof = try? ProofFile.read(source.bytes),
          lastPart(of: proof.model) == name
        else { return nil }
        return ProofFinder(path: path, source: source, proof: proof)
      }
  }

  private static func lastPart(of path: String) -> Substring {
    path.lastIndex(of: "/").map { path[path.index(after: $0)...] } ?? path[...]
  }

  /// Folders that they may lie in, the nearest first, each with what the paths beside it begin with.
  private static func places(of model: String) -> [(folder: String, proofs: String)] {
    guard model != "-", model.hasSuffix(".m") else { return [] }
    let slash = model.lastIndex(of: "/")
    var folder = slash.map { $0 == model.startIndex ? "/" : String(model[..<$0]) } ?? "."
    var found: [(folder: String, proofs: String)] = []
    while found.count < mostFolders {
      let prefix = folder == "." ? "" : folder.hasSuffix("/") ? folder : folder + "/"
      found.append((prefix, prefix + "Proofs"))
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

  /// What a file claims of a model beyond the sizes that a search looks at; nil where none is of it with these
  /// constants. Of several it is the one that leaves most open, from the smallest sizes on.
  static func claim(of path: String, _ model: LoadedModel) -> ProofClaim? {
    guard model.absentRules.isEmpty else { return nil }
    let fitting = all(forModelAt: path).filter { !$0.proof.least.isEmpty && $0.isOf(model) }
    func breadth(_ found: ProofFinder) -> (Int, Int64) {
      (found.proof.least.count, -(found.proof.least.values.max() ?? 0))
    }
    // The first of those that are alike.
    guard let found = fitting.reversed().max(by: { breadth($0) < breadth($1) }) else { return nil }
    return ProofClaim(
      path: found.path,
      least: found.proof.constants.compactMap { constant in
        found.proof.least[constant.name].map { (constant.name, $0) }
      },
      claims: found.proof.claims)
  }
}
