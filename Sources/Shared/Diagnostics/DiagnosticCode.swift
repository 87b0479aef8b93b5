/// The stable code of a message, `E` and four digits. A code keeps its meaning for ever; one that
/// is no longer given is not used again.
///
/// E01xx: characters and words. E02xx: grammar. E03xx: names. E04xx: types. E05xx: constants and
/// sizes. E06xx: rules and properties. E07xx: reading a file, options that concern a model.
/// W08xx: what other checkers do with a model. W09xx: what is probably not meant.
package enum DiagnosticCode: String, Sendable, CaseIterable {
  // Characters and words.

  /// A byte that begins no word of the language.
  case unexpectedCharacter = "E0101"
  /// A block comment without its end.
  case unterminatedComment = "E0102"
  /// A string without its closing quote.
  case unterminatedString = "E0103"
  /// A number that 64 bits do not hold.
  case numberTooLarge = "E0104"
  /// A number with letters or digits that its base does not have.
  case malformedNumber = "E0105"
  /// `real`, or a number with a fraction.
  case realNumber = "E0106"
  /// What other languages write for something that Murphi writes otherwise: `//`, `/\`.
  case foreignSpelling = "E0107"

  // Grammar.

  /// A word that cannot stand here.
  case unexpectedToken = "E0201"
  /// An expression, statement or type nested too deeply to be read.
  case nestedTooDeeply = "E0202"
  /// A construct of CMurphi's probabilistic mode, or an external function.
  case unsupportedConstruct = "E0203"
  /// Comparisons do not associate: `a < b < c`.
  case chainedComparison = "E0204"

  // Names.

  /// A name that nothing declares.
  case unknownName = "E0301"
  /// A name declared twice in one scope.
  case duplicateName = "E0302"
  /// A name of another kind than is needed here: a type where a value is needed, and so on.
  case wrongKindOfName = "E0303"
  /// A record has no such field.
  case unknownField = "E0304"

  // Types.

  /// Two types that do not agree.
  case typeMismatch = "E0401"
  /// An operator or statement applied to a type that it is not made for.
  case wrongOperandType = "E0402"
  /// Something that is not a variable is assigned to, cleared, undefined or passed to `var`.
  case notAssignable = "E0403"
  /// A call with too few or too many arguments.
  case argumentCount = "E0404"
  /// A function used as a statement, a procedure used as a value, or a wrong `return`.
  case wrongReturn = "E0405"
  /// An array index or a union member that is not a simple type.
  case notASimpleType = "E0406"
  /// A type that contains itself.
  case recursiveType = "E0407"
  /// What breaks the symmetry of a scalarset: order, arithmetic, a literal.
  case brokenSymmetry = "E0408"

  // Constants and sizes.

  /// Something that has to be constant is not.
  case notConstant = "E0501"
  /// A range whose lower bound is above its upper bound.
  case emptyRange = "E0502"
  /// A scalarset or multiset of no or a negative size.
  case invalidSize = "E0503"
  /// A state of more bits than can be explored; the message says how many.
  case stateTooLarge = "E0504"
  /// Arithmetic on constants overflows or divides by zero.
  case constantArithmetic = "E0505"
  /// A loop or ruleset whose step is zero.
  case zeroStep = "E0506"
  /// Rulesets that stand for more rules than can be tried.
  case tooManyRules = "E0507"

  // Rules and properties.

  /// A model without a start state.
  case noStartState = "E0601"
  /// A model whose assumptions leave no start state.
  case noStartStateLeft = "E0603"
  /// A property that cannot stand where it does.
  case misplacedProperty = "E0602"

  // Files and options.

  /// `--set` of a constant that the model does not have, or to a value that it cannot have.
  case unknownConstant = "E0701"
  /// A file that is larger than a model can be.
  case fileTooLarge = "E0702"
  /// A patch that is none, or one of something else than lines of one file.
  case malformedPatch = "E0703"
  /// A patch whose lines are not those of the model.
  case patchDoesNotFit = "E0704"
  /// What a comment says of the code that a rule stands for cannot be read.
  case malformedCodeReference = "E0705"

  // What only some checkers accept; `swapcheck lint` says which.

  /// Rumur does not accept this.
  case notInRumur = "W0801"
  /// CMurphi does not accept this.
  case notInCMurphi = "W0802"
  /// Both accept this, and CMurphi gives it another meaning.
  case otherwiseInCMurphi = "W0803"

  // What is probably not meant; `swapcheck lint` says it.

  /// Two rules, or two properties of a kind, of one name.
  case repeatedName = "W0901"
  /// A variable or a field that nobody reads, or nobody writes.
  case unusedVariable = "W0902"
  /// A constant, type, function, parameter or alias that nothing refers to.
  case unusedName = "W0903"
  /// A rule or a property that does not depend on a parameter around it.
  case unusedParameter = "W0904"
  /// A guard or a property, or a part of one, that types and constants make true or false in all
  /// states.
  case constantCondition = "W0905"
}
