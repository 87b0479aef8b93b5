import ArgumentParser
import Checking
import Diagnostics
import Exploration
import Murphi
import Options
import Processes
import Report
import WalkServer
import Walking

struct Explore: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Walks through a model by hand, on a page in the browser.",
    usage: "swapcheck explore <path> [<options>]",
    discussion: """
      Examples:
        swapcheck explore Models/handover.m
        swapcheck explore Models/hotswap.m --set CPUS=3 --patch Models/hotswap/early-free.patch

      The page is served to this machine alone, at an address that is printed, until Ctrl-C. On a
      terminal it is opened, too.

      Exit codes: 0 ended by Ctrl-C, 2 error.
      """)

  @Argument(help: "A Murphi model.", completion: .file(extensions: ["m"]))
  var path: String

  @OptionGroup var model: ModelOptions

  @Option(help: ArgumentHelp("The port to listen on; 0 is any that is free.", valueName: "N"))
  var port: UInt16 = 0

  @Flag(name: .customLong("no-open"), help: "Does not open the page.")
  var noOpen = false

  func run() throws {
    let overrides = try model.overrides()
    var chosen = CheckSettings()
    try Given.apply([(.dialect, model.dialect)], to: &chosen)
    let settings = chosen
    UserInterrupt.listen()
    MemoryReserve.set(.error)
    try LargeStack.run {
      do {
        try explore(overrides, settings)
      } catch is ReadingStopped {
        throw Exit.interrupted
      }
    }
  }

  private func explore(_ overrides: [String: Int64], _ settings: CheckSettings) throws {
    let stop = StopCondition.forCommand()
    let loaded = try ModelFile.load(
      path, patches: model.patching.patches, overrides: overrides,
      dialect: settings.dialect.dialect, stop: stop)
    let session: WalkSession
    do throws(WalkError) {
      session = try WalkSession(
        ModelText(
          loaded.system, loaded.source, overrides: overrides, dialect: loaded.meaning.dialect),
        stop: stop)
    } catch {
      throw CommandFailure(
        lines: [
          "\(path): error: the model leaves constants open, and a walk needs their values",
          "hint: swapcheck instantiate \(path) makes a model of some of them",
        ])
    }
    let server: LoopbackServer
    do throws(ListeningError) {
      server = try LoopbackServer(port: port)
    } catch {
      let hint = port == 0 ? [] : ["hint: without --port, one that is free is taken"]
      throw CommandFailure(lines: ["error: \(error)"] + hint)
    }
    let token = AccessToken()
    let responder = WalkResponder(
      session, AccessCheck(token: token, port: server.port),
      .init(
        options: settings.request(loaded.system, stop: stop).options,
        isEnded: { UserInterrupt.isRequested }, isMemoryShort: { MemoryReserve.isShort }))
    let address = "http://127.0.0.1:\(server.port)/\(token.text)/"
    Console.write("\(path): walk through it at\n  \(address)\nCtrl-C ends it\n")
    if Console.outputIsTerminal, !noOpen { open(address) }
    server.serve(until: { stop.isDue() }, responder.respond)
    if stop.reason == .memoryIsShort { throw CommandFailure("error: there is no more memory") }
  }

  /// Tells the desktop, where there is one; what comes of it is not ours.
  private func open(_ address: String) {
    guard let program = ChildProcess.executable("xdg-open") else { return }
    _ = ChildProcess.start(
      [program, address], environment: ChildProcess.environment, output: .file("/dev/null"))
  }
}
