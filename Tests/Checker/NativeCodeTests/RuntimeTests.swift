import CNativeContext
import Foundation
import NativeCode
import TestSupport
import Testing

/// The C that is in the program as text is C by itself, and its struct is Swift's.
@Suite struct RuntimeTests {
  private static let folder = Repository.root
    .appendingPathComponent("Sources/Checker/NativeCode/Runtime")

  /// What a compiler says of a file, and how it ends.
  private func complaints(of compiler: [String], about file: String) throws -> String {
    let run = try OtherProgram.run(
      compiler + [
        "-fsyntax-only", "-Wall", "-Wextra", "-Werror", "-x", "c",
        Self.folder.appendingPathComponent(file).path,
      ])
    return run.code == 0 ? run.said : "ends with \(run.code): \(run.said)"
  }

  @Test(
    arguments: ["native-context.h", "runtime.c", "symbolic-runtime.c"],
    [[], ["-DFULL"]] as [[String]])
  func compilersHaveNothingToSay(file: String, flags: [String]) throws {
    for compiler in ["cc", "clang"] {
      #expect(try complaints(of: [compiler] + flags, about: file) == "", "\(compiler)")
    }
  }

  /// The header holds the same of the emitted C, whoever compiles it.
  @Test func fieldsLieInSwiftAsInC() {
    let fields: [(PartialKeyPath<NativeContext>, Int)] = [
      (\.states, Int(NATIVE_NUMBER_OF_states)),
      (\.successors, Int(NATIVE_NUMBER_OF_successors)),
      (\.has_progress, Int(NATIVE_NUMBER_OF_has_progress)),
      (\.position, Int(NATIVE_NUMBER_OF_position)),
      (\.alike, Int(NATIVE_NUMBER_OF_alike)),
      (\.is_due, Int(NATIVE_NUMBER_OF_is_due)),
      (\.stack_floor, Int(NATIVE_NUMBER_OF_stack_floor)),
      (\.facts, Int(NATIVE_NUMBER_OF_facts)),
      (\.find_out, Int(NATIVE_NUMBER_OF_find_out)),
      (\.path_limit, Int(NATIVE_NUMBER_OF_path_limit)),
      (\.jump, Int(NATIVE_FIELD_COUNT)),
    ]
    for (field, number) in fields {
      #expect(MemoryLayout<NativeContext>.offset(of: field) == 8 * number)
    }
    #expect(MemoryLayout<NativeContext>.size == 8 * (Int(NATIVE_FIELD_COUNT) + 64))
    // A cache line holds one result, or two facts.
    #expect(MemoryLayout<native_fact>.stride == 32)
    #expect(MemoryLayout<native_recalled>.stride == 64)
  }
}
