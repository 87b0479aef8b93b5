import ArgumentParser
import Diagnostics
import Glibc

struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Starts a folder of models, with scenarios and jobs for CI.",
    discussion: """
      Examples:
        swapcheck init
        swapcheck init models

      Nothing is overwritten: where one of the files is there already, none is written.
      """)

  @ArgumentParser.Argument(help: "The folder; it is made where there is none.")
  var folder = "."

  func validate() throws {
    if folder.isEmpty { throw ValidationError("a folder has a name") }
  }

  func run() throws {
    MemoryReserve.set(.error)
    let files = StarterFiles.all.map { (path: path(to: $0.path), text: $0.text) }
    var status = stat()
    let present = files.map(\.path).filter { lstat($0, &status) == 0 }
    guard present.isEmpty else {
      throw CommandFailure(
        lines: present.map { "\($0): error: it is there already, and nothing is written" }
          + ["hint: name another folder: swapcheck init FOLDER"])
    }
    for (path, text) in files {
      if let slash = path.lastIndex(of: "/") { try OutputFile.makeFolder(String(path[..<slash])) }
      try OutputFile.write(text, to: path, .inFolder)
      Console.write("\(path)\n")
    }
    let command: DisplayText =
      folder == "." ? "swapcheck check" : "cd \(shellWord(folder)) && swapcheck check"
    Console.write("next: \(command)\n")
  }

  private func path(to file: String) -> String {
    folder == "." ? file : folder.hasSuffix("/") ? folder + file : "\(folder)/\(file)"
  }
}
