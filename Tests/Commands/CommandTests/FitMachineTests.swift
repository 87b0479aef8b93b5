import Foundation
import Testing

/// `swapcheck fit` with this machine, with a map from a pipe, and with settings that are missing.
@Suite struct FitMachineTests {
  private static let map = """
    00001000-0009ffff : System RAM
    00100000-3fffffff : System RAM
      02000000-02bfffff : Kernel code

    """

  /// All that is missing, each with its option and without the map's name.
  @Test func optionsThatAreMissing() throws {
    try Program.inTemporaryFolder { folder in
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      let both = try Program.run(["fit", "--map", "iomem.txt"], in: folder)
      #expect(both.code == 2)
      let lines = both.errors.split(separator: "\n")
      #expect(lines.count == 2, "\(both.errors)")
      #expect(lines.first?.hasPrefix("error: --kernel is missing: ") == true)
      #expect(lines.last?.hasPrefix("error: --memory is missing: ") == true)
      let all = try Program.run(["fit", "--processors", "2"], in: folder)
      #expect(all.code == 2)
      #expect(
        all.errors.split(separator: "\n").map { $0.prefix { $0 != "i" } }.count == 3,
        "\(all.errors)")
      #expect(all.errors.hasPrefix("error: --map is missing: "))
      try Program.write("version: 1\nmap: iomem.txt\n", to: "layout.yml", in: folder)
      let layout = try Program.run(["fit", "layout.yml"], in: folder)
      #expect(layout.errors.hasPrefix("layout.yml: error: `kernel` is missing: "))
      #expect(layout.errors.contains("\n`memory` is missing: "), "\(layout.errors)")
    }
  }

  @Test func aMapFromStandardInput() throws {
    try Program.inTemporaryFolder { folder in
      try LeastKernel.write(to: "kernel.elf", in: folder)
      try Program.write(
        Self.map.split(separator: "\n").map { "> \($0)\n" }.joined(), to: "mail.txt", in: folder)
      let options = "--kernel kernel.elf --loader kexec_load --memory 512M"
      for script in [
        "cat mail.txt | swapcheck fit --map - \(options)",
        "swapcheck fit --map - \(options) < mail.txt",
      ] {
        let answer = try Program.shell(script, in: folder)
        #expect(answer.code == 0, "\(script): \(answer.output)\(answer.errors)")
      }
      let endless = try Program.shell(
        "yes | timeout 20 swapcheck fit --map - \(options)", in: folder)
      #expect(endless.code == 2)
      #expect(endless.errors.contains("has more than"), "\(endless.errors)")
    }
  }

  /// Whoever runs this, an answer or an error, and each setting with its file.
  @Test func thisMachine() throws {
    try Program.inTemporaryFolder { folder in
      try LeastKernel.write(to: "kernel.elf", in: folder)
      let (output, errors, code) = try Program.run(
        ["fit", "--this-machine", "--kernel", "kernel.elf", "--loader", "kexec_load"], in: folder)
      if code == 2 {
        #expect(errors.hasPrefix("error: ") || errors.hasPrefix("this machine: error: "))
      } else {
        #expect(output.hasPrefix("this machine: "))
        #expect(output.contains("\n    from /"), "\(output)")
      }
      let layout = try Program.run(["fit", "--this-machine", "layout.yml"], in: folder)
      #expect(layout.code != 0)
      #expect(layout.errors.contains("--this-machine"))
      let neither = try Program.run(["fit"], in: folder)
      #expect(neither.errors.contains("--this-machine"))
    }
  }

  @Test(arguments: [
    ("8MB", "write 8MiB, or 8M"), ("-8MiB", "number of bytes"), ("6.1.img", "no such file"),
    ("1_000_000", "write 1000000"),
  ])
  func whatIsNoSize(text: String, words: String) throws {
    try Program.inTemporaryFolder { folder in
      try LeastKernel.write(to: "kernel.elf", in: folder)
      try Program.write(Self.map, to: "iomem.txt", in: folder)
      let answer = try Program.run(
        [
          "fit", "--map", "iomem.txt", "--kernel", "kernel.elf", "--memory", "512M",
          "--initrd=\(text)",
        ], in: folder)
      #expect(answer.code != 0)
      let said = answer.errors.replacing("\n", with: " ")
      #expect(said.contains(words), "\(answer.errors)")
    }
  }
}
