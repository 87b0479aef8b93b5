/// The names of emitted C, in families that nobody can confuse: by how a name begins it belongs to
/// one of them, so no two names are the same that do not mean the same.
///
/// | Names | Family |
/// | --- | --- |
/// | `t7_value` | what a function's body needs on its way: `local` |
/// | `k0`, `k0_lanes` | the position of a parameter among its values, and what its loop needs: `position` |
/// | `p0` | a parameter of a function: `parameter` |
/// | `v_shared` | where a variable of the model begins: `variable` |
/// | `rule_3`, `done_3` | the C for a part of the model, and its labels: `part` |
/// | `WORDS`, `SHIFTS_3` | macros and tables: `shifts` |
/// | `value_` | within the macros of the runtime |
///
/// All others are words of C and of the runtime (`CRuntime`), which are letters and single
/// underscores in between, or end in digits only as `i64` and `u64` do.
enum CName {
  /// - Parameters:
  ///   - number: Counted within the function.
  ///   - stem: Lower-case letters that say what it is for.
  static func local(_ number: Int, _ stem: String) -> String { "t\(number)_\(stem)" }

  /// - Parameter use: What of the loop it is; nil for the position itself.
  static func position(_ parameter: Int, _ use: String? = nil) -> String {
    use.map { "k\(parameter)_\($0)" } ?? "k\(parameter)"
  }

  /// A macro for how some words are divided.
  static func shifts(_ number: Int) -> String { "SHIFTS_\(number)" }

  static func parameter(_ number: Int) -> String { "p\(number)" }

  /// - Parameter name: As the model has it: letters, digits and underscores.
  static func variable(_ name: String) -> String { "v_\(name)" }

  /// Parts of a model that are numbered each for themselves.
  enum Part: String, CaseIterable {
    case function, recalled, renewed, rule, property, antecedent
    case stepAssumption = "step_assumption"
    /// Where the action of a rule goes on when it is over.
    case done
    /// Where it goes on when an assumption has failed.
    case discard
  }

  static func part(_ part: Part, _ number: Int) -> String { "\(part.rawValue)_\(number)" }
}
