import Diagnostics
import Foundation
import Runs
import TestSupport
import Testing

/// Kept runs keep to docs/schemas/trace-1.schema.json, as Python's jsonschema judges it.
@Suite struct TraceSchemaTests {
  private static func complaints(_ document: String) throws -> String {
    let schema = Repository.root.appendingPathComponent("docs/schemas/trace-1.schema.json")
    return try Judge.complaints(
      Judge.readJSON + """
        import jsonschema
        with open(\(String(reflecting: schema.path)), encoding="utf-8") as file:
            schema = json.load(file)
        jsonschema.Draft202012Validator.check_schema(schema)
        for error in jsonschema.Draft202012Validator(schema).iter_errors(document):
            print(error.json_path, error.message)

        """, document)
  }

  @Test func keptRunsKeepToTheSchema() throws {
    var plain = SampleRun.run
    (plain.finding, plain.picture) = (nil, nil)
    var hostile = HostileRun.run
    hostile.layout = []
    for run in [SampleRun.run, plain, hostile, HostileRun.failed] {
      let said = try Self.complaints(run.document.text)
      #expect(said == "", "\(said)")
    }
  }

  @Test(arguments: [
    ("\"version\": 1", "\"version\": 2", "$.version 1 was expected"),
    ("\"fails\": true", "\"fails\": 1", "$.steps[2].fails 1 is not of type 'boolean'"),
    ("\"kind\": \"number\"", "\"kind\": \"colour\"", "$.places[5].kind 'colour' is not one of"),
    ("\"lanes\"", "\"lines\"", "$.picture"),
    ("\"value\": \"4096\"", "\"value\": \"4 KiB\"", "$.layout"),
    ("\"output\"", "\"print\"", "'output' is a required property"),
  ])
  func whatDoesNotKeepToItIsSeen(old: String, new: String, complaint: String) throws {
    let document = SampleRun.run.document.text
    #expect(document.contains(old))
    let said = try Self.complaints(document.replacing(old, with: new))
    #expect(said.contains(complaint), "\(said)")
  }
}
