import RunFormats
import Testing

@Suite struct JUnitTests {
  /// Elements, their attributes and their order, as in the schema of Jenkins' xUnit plug-in
  /// (junit-10.xsd), which has the strictest form of the time; counts are those of what is there.
  private static let definition = """
    import re, sys, xml.etree.ElementTree as tree
    attributes = {
        "testsuites": {"name", "tests", "failures", "errors", "time"},
        "testsuite": {"name", "tests", "failures", "errors", "skipped", "time"},
        "testcase": {"name", "classname", "time"}, "failure": {"message", "type"},
        "error": {"message", "type"}, "skipped": {"message", "type"},
    }
    children = {
        "testsuites": {"testsuite"}, "testsuite": {"testcase"},
        "testcase": {"failure", "error", "skipped"},
    }
    required = {"testsuite": {"name", "tests", "failures", "errors"}, "testcase": {"name"}}
    root = tree.parse(sys.argv[1]).getroot()
    if root.tag != "testsuites": print("the root", root.tag)
    for element in root.iter():
        if not set(element.attrib) <= attributes[element.tag]: print(element.tag, element.attrib)
        if not required.get(element.tag, set()) <= set(element.attrib): print("lacks", element.tag)
        for child in element:
            if child.tag not in children.get(element.tag, set()): print(child.tag, "in", element.tag)
        if element.tag.startswith("testsuite"):
            counts = {
                "tests": len(list(element.iter("testcase"))),
                "failures": len(list(element.iter("failure"))),
                "errors": len(list(element.iter("error"))),
                "skipped": len(list(element.iter("skipped"))),
            }
            for name, count in counts.items():
                if element.get(name, str(count)) != str(count): print(element.tag, name)
        time = element.get("time", "0")
        if not re.fullmatch(r"(([0-9]{0,3},)*[0-9]{3}|[0-9]{0,3})*(\\.[0-9]*)?", time):
            print("the time", time)

    """

  @Test func resultsKeepToTheSchema() throws {
    for list in [SampleResults.list, SampleResults.hostile, ResultList([])] {
      let text = list.junit
      #expect(try Judge.complaints(Self.definition, text) == "", "\(text)")
    }
  }

  @Test(arguments: [
    ("<skipped", "<omitted", "mismatched tag"),
    ("errors=\"1\"", "errors=\"2\"", "testsuites errors"),
    ("classname", "class", "testcase"), ("time=\"1.500\"", "time=\"1.5s\"", "the time"),
    ("<failure message=\"assertion", "<failure message=\"<assertion", "not well-formed"),
  ])
  func whatDoesNotKeepToItIsSeen(old: String, new: String, complaint: String) throws {
    let text = SampleResults.list.junit
    #expect(text.contains(old))
    let said = try Judge.complaints(Self.definition, text.replacing(old, with: new))
    #expect(said.contains(complaint), "\(said)")
  }

  /// 1.5 and 0.0625 seconds are 1.563 in whole milliseconds, and 61.9996 are 62.
  @Test func aModelIsASuite() {
    let lines = SampleResults.list.junit.split(separator: "\n").map(String.init)
    #expect(
      lines.prefix(5) == [
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
        "<testsuites name=\"swapcheck\" tests=\"5\" failures=\"2\" errors=\"1\" time=\"63.562\">",
        "  <testsuite name=\"swap.m\" tests=\"2\" failures=\"1\" errors=\"0\" time=\"1.563\" skipped=\"0\">",
        "    <testcase name=\"swap\" classname=\"swap.m\" time=\"1.500\"/>",
        "    <testcase name=\"wrong\" classname=\"swap.m\" time=\"0.063\">",
      ])
    #expect(
      lines.contains(
        "      <failure message=\"assertion &quot;never&quot; does not hold\" type=\"violated\">"
          + "at swap.m:17:5"))
    #expect(
      lines.contains(
        "         *exec[cpu_t_1]: RUNS_OLD -&gt; RUNS_NEW; queue[NEW][1].word: NOTHING -&gt; GO"))
    #expect(
      lines.contains("      <error message=\"the time is up\" type=\"inconclusive\"></error>"))
    #expect(lines.contains("      <skipped message=\"not run\"></skipped>"))
    #expect(lines.contains("    <testcase name=\"large\" classname=\"large.m\" time=\"62.000\">"))
  }
}
