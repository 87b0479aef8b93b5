import ArgumentParser
import Diagnostics
import Glibc
import Revisions

struct Hook: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Has git check the scenarios that a change touches.",
    subcommands: [Install.self])

  /// When git calls it.
  enum Kind: String, ExpressibleByArgument, CaseIterable {
    case preCommit = "pre-commit"
    case prePush = "pre-push"
  }

  struct Install: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Writes a hook into a repository.",
      discussion: """
        Examples:
          swapcheck hook install
          swapcheck hook install --kind pre-commit --scenarios models/swapcheck.yml

        What is checked is the work tree. A hook that was there before stays, unless
        --force is given.
        """)

    @Option(help: "pre-commit or pre-push.")
    var kind = Kind.prePush

    @Option(help: "The file of scenarios, from the root of the repository.")
    var scenarios = "swapcheck.yml"

    @Option(
      help: ArgumentHelp("The seconds that the hook may take.", valueName: "SECONDS"))
    var budget = 60

    @Flag(help: "Also where there is a hook already.")
    var force = false

    func validate() throws {
      if budget < 1 { throw ValidationError("--budget is a number of seconds above 0") }
    }

    func run() throws {
      MemoryReserve.set(.error)
      let path: String
      do throws(RevisionError) {
        path = try GitRepository.open(containing: ".").hookPath(kind.rawValue)
      } catch {
        throw CommandFailure(
          lines: ["error: \(error)"] + (error.hint.map { ["hint: \($0)"] } ?? []))
      }
      var status = stat()
      if !force, lstat(path, &status) == 0 {
        throw CommandFailure(
          "error: there is a hook already, and it stays: \(path)",
          "hint: call `swapcheck check --changed-since HEAD` in it, or replace it by --force")
      }
      if let slash = path.lastIndex(of: "/") { try OutputFile.makeFolder(String(path[..<slash])) }
      try OutputFile.write(kind.script(scenarios: scenarios, budget: budget), to: path, .inFolder)
      guard chmod(path, 0o755) == 0 else {
        throw CommandFailure("\(path): error: it cannot be made a program")
      }
      Console.write("\(path): checks what is changed, \(kind.words)\n")
    }
  }
}

extension Hook.Kind {
  /// When it is called, as a clause.
  var words: DisplayText {
    switch self {
    case .preCommit: "before each commit; `git commit --no-verify` goes without it"
    case .prePush: "before each push; `git push --no-verify` goes without it"
    }
  }

  /// The text of the hook, for a plain shell.
  func script(scenarios: String, budget: Int) -> String {
    let check = "swapcheck check --scenarios \(shellWord(scenarios)) --budget \(budget)"
    let head = """
      #!/bin/sh
      # Written by `swapcheck hook install`: checks the scenarios that a change touches, in the work tree.
      if ! command -v swapcheck >/dev/null; then
        echo "swapcheck is not on PATH, so nothing is checked" >&2
        exit 0
      fi

      # That not all was run within the budget hinders nobody.
      check() {
        \(check) "$@" </dev/null >&2
        code=$?
        [ $code -eq 3 ] || [ $code -eq 0 ] || exit $code
      }

      """
    switch self {
    case .preCommit:
      return head + """
        # Before the first commit there is nothing to compare with.
        if git rev-parse --verify --quiet HEAD >/dev/null; then
          check --changed-since HEAD
        else
          check
        fi

        """
    case .prePush:
      return head + """
        while read -r local_name local_hash remote_name remote_hash; do
          case $local_hash in *[!0]*) ;; *) continue ;; esac   # A branch that goes.
          case $remote_hash in
            *[!0]*) base=$remote_hash ;;
            *) base=refs/remotes/$1/HEAD ;;                    # A new one.
          esac
          if git rev-parse --verify --quiet "$base^{commit}" >/dev/null; then
            check --changed-since "$base..."
          else
            check
          fi
        done

        """
    }
  }
}
