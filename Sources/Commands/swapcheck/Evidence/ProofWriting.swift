import Certificates
import Checking
import Diagnostics
import Exploration
import Murphi
import SMT
import Trace
import TransitionSystem

/// Writes a proof that has succeeded as a file.
struct ProofWriting {
  /// Of the file.
  let path: String
  /// The model alone, and where it lies.
  let own: LoadedModel
  let modelPath: String
  /// The smallest size of each constant that is left open.
  let least: [String: Int64]
  let deadlock: DeadlockMode
  let stop: StopCondition

  /// - Parameters:
  ///   - lemmas: Those that it took.
  ///   - count: How many sizes were asked about.
  ///   - most: The largest; nil where the constants say all sizes.
  func write(
    _ lemmas: Lemmas, _ count: Int, upTo most: AnySizeCheck.Sizes?
  ) throws(CommandFailure) {
    let constants = Self.constants(of: own.system, least)
    // They stand behind the model and a line break.
    let behind = lemmas.model.source.bytes.dropFirst(own.source.bytes.count + 1)
    let text = String(decoding: behind, as: UTF8.self)
    let tenths = Int((stop.elapsed * 10).rounded(.up))
    let proof = ProofFile(
      model: try name(of: modelPath),
      hash: ModelHash.of(
        own.source, dialect: own.meaning.dialect, constants: constants.map(\.line)),
      dialect: own.meaning.dialect, constants: constants, deadlock: deadlock,
      claims: Self.claims(of: own.system, deadlock),
      sizes: ProofFile.words(
        ofSizes: count, upTo: most.map { AnySizeReport.words($0).description }),
      solver: Self.solver, time: "\(tenths / 10).\(tenths % 10) s",
      lemmaCount: lemmas.model.system.properties.count - lemmas.ownCount,
      lemmas: ProofFile.lemmas(in: text))
    try OutputFile.write(proof.text, to: path)
  }

  /// A path as a line of the file.
  private func name(of model: String) throws(CommandFailure) -> String {
    let relative = try PathFromFolder.of(model, inFile: path)
    guard relative.unicodeScalars.allSatisfy(\.isVisible) else {
      throw CommandFailure(
        "\(path): error: a path with characters that are not seen cannot stand in a proof")
    }
    return relative
  }

  /// The constants of a model, with what a proof says of them.
  static func constants(
    of system: TransitionSystem, _ least: [String: Int64]
  ) -> [ProofFile.Constant] {
    system.constants.map { constant in
      ProofFile.Constant(
        constant.name, least[constant.name].map { .any(from: $0) } ?? .fixed(constant.value))
    }
  }

  /// What a proof of all that can go wrong in a state or a step proves.
  static func claims(of system: TransitionSystem, _ deadlock: DeadlockMode) -> [String] {
    system.properties.filter { $0.kind == .invariant }.map { property in
      "\(property.kind.rawValue) \(JSONValue.string(property.name).line)"
    } + ["that no rule goes wrong"] + (deadlock == .off ? [] : ["that no deadlock is reached"])
  }

  /// Whoever has to agree.
  static var solver: String {
    do throws(SMTError) { return "Z3 \(try Z3Version.loaded())" } catch { return "Z3" }
  }
}
