import Foundation
import Testing

/// What a change touches is checked, in the way of continuous integration, of hooks and by hand.
@Suite struct ChangeCheckTests {
  private static let model = """
    const TOP: 3;
    var x: 0..9;
    startstate begin x := 0; end;
    rule "count" x < TOP ==> begin x := x + 1; end;
    rule "skip" x = 1 ==> begin x := TOP; end;
    rule "begin again" x = TOP ==> begin x := 0; end;
    invariant "small" x <= TOP;
    measure "counted" x;

    """
  private static let scenarios = """
    version: 1
    scenarios:
      - { name: a, model: a.m, expect: holds, states: 4, rules: 5, measure: { counted: 0..3 } }
      - { name: b, model: b.m, expect: holds, set: { TOP: 2 }, states: 3, dead-rules: [] }
      - { name: c, model: a.m, variants: variants }

    """
  private static let variant = """
    Violates: invariant "small"

    --- a/a.m
    +++ b/a.m
    @@ -3,3 +3,3 @@
     startstate begin x := 0; end;
    -rule "count" x < TOP ==> begin x := x + 1; end;
    +rule "count" x < 5 ==> begin x := x + 1; end;
     rule "skip" x = 1 ==> begin x := TOP; end;

    """

  /// A repository with a commit, a folder for what is kept, and functions of the shell.
  private static func inRepository(
    _ script: String, _ body: (String, String, Int32) throws -> Void
  ) throws {
    try Program.inTemporaryFolder { folder throws in
      try FileManager.default.createDirectory(
        at: folder.appendingPathComponent("work/variants"), withIntermediateDirectories: true)
      let work = folder.appendingPathComponent("work")
      for name in ["a.m", "b.m"] { try Program.write(model, to: name, in: work) }
      try Program.write(scenarios, to: "swapcheck.yml", in: work)
      try Program.write(variant, to: "variants/too-far.patch", in: work)
      let (output, errors, code) = try Program.shell(
        """
        set -u
        export XDG_CACHE_HOME=$PWD/../cache GIT_CONFIG_GLOBAL=/dev/null
        export GIT_AUTHOR_NAME=T GIT_AUTHOR_EMAIL=t@example.org
        export GIT_COMMITTER_NAME=T GIT_COMMITTER_EMAIL=t@example.org
        mkdir -m 700 ../cache
        git init --quiet --initial-branch=main && git add . && git commit --quiet -m base
        run() { echo "== $1"; shift; "$@" 2>&1; echo "-> $?"; }
        \(script)
        """, in: work)
      try body(output, errors, code)
    }
  }

  /// What stands below `== NAME`.
  private static func section(_ name: String, of output: String) throws -> String {
    let parts = output.components(separatedBy: "== \(name)\n")
    try #require(parts.count == 2, "\(name) in \(output)")
    return parts[1].components(separatedBy: "\n== ")[0]
      .trimmingCharacters(in: .whitespacesAndNewlines)
  }

  /// The script that action.yml and .ci/gitlab.yml call.
  @Test func theScriptOfContinuousIntegrationSaysWhatAChangeDoes() throws {
    try Self.inRepository(
      """
      change() {
        git checkout --quiet -b "$1" main
        eval "$2"
        git commit --quiet -a -m "$1"
        run "$1" env SUMMARY=../summary.md sh "$REPO/.ci/check-changes" main
        git checkout --quiet main
      }
      change elsewhere 'echo hello > readme; git add readme'
      change harmless 'sed -i "1s/^/-- A comment.\\n/" b.m'
      change adding 'echo "rule \\"jump\\" x = 0 ==> begin x := 2; end;" >> a.m'
      change removing 'sed -i "s/x = 1 ==>/x = 1 \\& x = 2 ==>/" b.m'
      change breaking 'sed -i "s/x < TOP ==>/x <= TOP ==>/" b.m'
      change expectation 'sed -i "s/states: 3/states: ..2/" swapcheck.yml'
      run headings grep -c "^### " ../summary.md
      """
    ) { output, _, _ throws in
      func section(_ name: String) throws -> String { try Self.section(name, of: output) }
      #expect(
        try section("elsewhere")
          == "### no scenario has changed since main...\n\n-> 0")
      let harmless = try section("harmless")
      #expect(harmless.contains("### 1 of 1 scenario as expected\n"))
      #expect(harmless.contains("| ok | b | verified | 3 | ") && harmless.hasSuffix("-> 0"))
      let adding = try section("adding")
      #expect(adding.contains("| **fails** | a | verified | 4 | ") && adding.hasSuffix("-> 1"))
      #expect(adding.contains("\n- expected 5 rules fired, and it is 6\n"))
      #expect(adding.contains("| ok | c-too-far | "))
      let removing = try section("removing")
      #expect(
        removing.contains(
          "\n- rule \"skip\" never fires, and \\`dead-rules\\` does not list it\n"))
      #expect(removing.hasSuffix("-> 1"))
      let breaking = try section("breaking")
      #expect(
        breaking.contains(
          "\n- expected holds, and it is violated: invariant \"small\" does not hold\n"))
      #expect(breaking.contains("```text\nb.m: violated") && breaking.hasSuffix("-> 1"))
      let expectation = try section("expectation")
      #expect(expectation.contains("\n- expected ..2 states, and there are 3\n"))
      #expect(!expectation.contains("| a |"))
      // Each run was added to the summary.
      #expect(try section("headings") == "6\n-> 0")
    }
  }

  @Test func theWorkTreeCounts() throws {
    try Self.inRepository(
      """
      run nothing swapcheck check --changed-since HEAD
      cp variants/too-far.patch variants/again.patch
      run variant swapcheck check --changed-since HEAD
      rm variants/again.patch
      git mv b.m moved.m && sed -i 's/b.m/moved.m/' swapcheck.yml
      run renamed swapcheck check --changed-since HEAD
      git checkout --quiet HEAD -- . && rm -f moved.m && git reset --quiet --hard
      mkdir sub && git mv a.m sub/a.m && ln -s sub/a.m a.m && git add . && git commit --quiet -m link
      echo '-- More.' >> sub/a.m
      run link swapcheck check --changed-since HEAD
      run variables env GIT_DIR=/no GIT_INDEX_FILE=/no GIT_EXTERNAL_DIFF=false GIT_PAGER=false \\
        swapcheck check --changed-since HEAD
      run no-git env PATH=/no "$(command -v swapcheck)" check --changed-since HEAD
      run unknown swapcheck check --changed-since nothing
      run option swapcheck check --changed-since=--all
      run other-head swapcheck check --changed-since HEAD..HEAD~1
      run away swapcheck check --scenarios ../s.yml --changed-since HEAD
      """
    ) { output, _, _ throws in
      func section(_ name: String) throws -> String { try Self.section(name, of: output) }
      #expect(try section("nothing") == "no scenario has changed since HEAD\n-> 0")
      #expect(try section("variant").contains("c-again") && !section("variant").contains("too-far"))
      #expect(try section("renamed").contains("\n1 of 1 scenario as expected\n-> 0"))
      #expect(try section("link").contains("a  ") && section("link").contains("2 of 2 scenarios"))
      #expect(try section("variables").hasSuffix("2 of 2 scenarios as expected\n-> 0"))
      #expect(try section("no-git").hasPrefix("error: git is needed to read revisions"))
      #expect(
        try section("unknown").hasPrefix("error: the repository has no commit `nothing`\nhint:"))
      #expect(try section("option").hasPrefix("error: `--all` is no revision\nhint: name a branch"))
      #expect(try section("other-head").hasPrefix("error: `HEAD..HEAD~1` is no revision"))
      for name in ["unknown", "option", "other-head", "away", "no-git"] {
        #expect(try section(name).hasSuffix("-> 2"))
      }
    }
  }

  @Test func whatIsKnownIsNotLookedAtAgain() throws {
    try Self.inRepository(
      """
      run first swapcheck check
      run second swapcheck check
      run none swapcheck check --no-cache
      run json swapcheck check --format json
      run variable env SWAPCHECK_REQUIRE_COMPILED= swapcheck check
      echo '-- More.' >> b.m
      run changed swapcheck check
      for entry in ../cache/swapcheck/*.results; do echo x >> "$entry"; done
      run longer swapcheck check
      for entry in ../cache/swapcheck/*.results; do sed -i '1s/verified/certified/' "$entry"; done
      run forged swapcheck check
      for entry in ../cache/swapcheck/*.results; do : > "$entry"; done
      run empty swapcheck check
      chmod 777 ../cache/swapcheck
      run writable swapcheck check
      chmod 700 ../cache/swapcheck
      sed -i 's/states: 4/states: 5/' swapcheck.yml
      run unexpected swapcheck check
      run still-unexpected swapcheck check
      """
    ) { output, _, _ throws in
      func cached(_ name: String) throws -> Int {
        try Self.section(name, of: output).components(separatedBy: ", cached\n").count - 1
      }
      #expect(try cached("first") == 0)
      #expect(try cached("second") == 3)
      #expect(try Self.section("second", of: output).contains("verified, 4 states, cached"))
      for name in ["none", "json", "longer", "empty", "writable"] { #expect(try cached(name) == 0) }
      #expect(try cached("changed") == 2)
      #expect(!output.contains("certified"))
      #expect(try cached("forged") <= 1)
      #expect(try cached("unexpected") == 2 && cached("still-unexpected") == 2)
    }
  }

  @Test func theBudgetEndsTheRun() throws {
    try Self.inRepository(
      """
      run spent swapcheck check --no-cache --budget 0.000001
      run enough swapcheck check --no-cache --budget 100
      run document swapcheck check --budget 0.000001 --format json
      run table swapcheck check --budget 0.000001 --format markdown
      run with-models swapcheck check a.m --budget 5
      run none swapcheck check --budget 0
      """
    ) { output, _, _ throws in
      func section(_ name: String) throws -> String { try Self.section(name, of: output) }
      #expect(try section("spent") == "0 as expected, 0 not, 3 not run\n-> 3")
      #expect(try section("enough").hasSuffix("3 of 3 scenarios as expected\n-> 0"))
      #expect(try section("document").contains("\"notRun\""))
      #expect(try section("document").contains("\"c-too-far\""))
      #expect(try section("table").contains("| not run | a |"))
      #expect(try section("with-models").hasSuffix("-> 2") && section("none").hasSuffix("-> 2"))
    }
  }

  @Test func markdownIsNoMarkupOfStrangers() throws {
    try Program.inTemporaryFolder { folder throws in
      try Program.write(Self.model, to: "a.m", in: folder)
      try Program.write(
        """
        version: 1
        scenarios:
          - { name: "a|b <c> `d` *e* @f ```", model: a.m, expect: 'violates "*x* | <y>"' }
        """, to: "s.yml", in: folder)
      let (output, _, code) = try Program.run(
        ["check", "--scenarios", "s.yml", "--format", "markdown"], in: folder)
      #expect(code == 1)
      let name = "a\\|b &lt;c&gt; \\`d\\` \\*e\\* &#64;f \\`\\`\\`"
      #expect(output.contains("| **fails** | \(name) | verified | 4 |"), "\(output)")
      #expect(output.contains("\n#### \(name)\n"))
      #expect(
        output.contains(
          "\n- expected violates \"\\*x\\* \\| &lt;y&gt;\", and it is verified\n"))
      let models = try Program.run(["check", "a.m", "--format", "markdown"], in: folder)
      #expect(
        models.output.hasPrefix(
          "### a.m: verified\n\n```text\na.m: verified for TOP=3: all 4 states\n"))
      #expect(models.output.hasSuffix("\n```\n\n"))
    }
  }

  @Test func aHookChecksWhatIsCommittedAndPushed() throws {
    try Self.inRepository(
      """
      run install swapcheck hook install --kind pre-commit
      run again swapcheck hook install --kind pre-commit
      echo mine > .git/hooks/pre-push
      run mine swapcheck hook install
      run force swapcheck hook install --force --budget 30
      sh -n .git/hooks/pre-push && sh -n .git/hooks/pre-commit && echo both can be read
      echo '-- More.' >> b.m
      run harmless git commit --quiet -a -m harmless
      sed -i 's/x < TOP ==>/x <= TOP ==>/' b.m
      run breaking git commit --quiet -a -m breaking
      git commit --quiet --no-verify -a -m breaking
      git init --quiet --bare ../bare && git remote add origin ../bare
      run push git push --quiet origin main
      git revert --no-edit HEAD > /dev/null
      run push-again git push --quiet origin main
      git config core.hooksPath hooks
      run elsewhere swapcheck hook install --scenarios "it's/s.yml"
      grep -c "'it'..'s/s.yml'" hooks/pre-push
      cd .. && run away swapcheck hook install
      """
    ) { output, _, _ throws in
      func section(_ name: String) throws -> String { try Self.section(name, of: output) }
      #expect(try section("install").contains(".git/hooks/pre-commit: checks what is changed"))
      #expect(try section("again").hasPrefix("error: there is a hook already, and it stays:"))
      #expect(try section("mine").hasSuffix("-> 2"))
      #expect(try section("force").contains("-> 0\nboth can be read"))
      #expect(try section("harmless").contains("1 of 1 scenario as expected\n-> 0"))
      #expect(try section("breaking").contains("0 of 1 scenario as expected\n-> 1"))
      #expect(try section("push").contains("2 of 3 scenarios as expected\n"))
      #expect(try section("push").hasSuffix("-> 1"))
      #expect(try section("push-again").hasSuffix("3 of 3 scenarios as expected\n-> 0"))
      #expect(try section("elsewhere").contains("/hooks/pre-push: checks"))
      #expect(try section("elsewhere").hasSuffix("-> 0\n1"))
      #expect(try section("away").hasPrefix("error: . is in no git repository"))
    }
  }
}
