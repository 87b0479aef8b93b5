import Runs

extension SampleRun {
  /// A CPU, what both kernels believe of it, and two processes of which one moves.
  static let moving: ShownRun = {
    let names = [
      "exec[c0]", "view[OLD][c0]", "view[NEW][c0]", "table[OLD][p0]", "table[OLD][p1]",
      "table[NEW][p0]", "table[NEW][p1]",
    ]
    let start = ["RUNS_OLD", "MINE", "FOREIGN", "READY", "NONE", "NONE", "NONE"]
    return ShownRun(
      model: "move.m", places: names.map { ShownPlace(name: $0, kind: .name) },
      steps: [
        .init(
          rule: "start",
          changes: start.enumerated().map { place, value in
            .init(place: place, old: ShownRun.undefined, new: value)
          }),
        .init(
          actor: "old", rule: "old: let go",
          changes: [
            .init(place: 0, old: "RUNS_OLD", new: "WAITS"),
            .init(place: 1, old: "MINE", new: "FOREIGN"),
            .init(place: 3, old: "READY", new: "NONE"),
            .init(place: 5, old: "NONE", new: "READY"),
          ]),
        .init(
          actor: "new", rule: "new: take",
          changes: [
            .init(place: 0, old: "WAITS", new: "RUNS_NEW"),
            .init(place: 2, old: "FOREIGN", new: "MINE"),
          ]),
      ],
      finding: .init(
        kind: "invariant", name: "n", message: "invariant \"n\" does not hold",
        values: [.init("c", "c0")], reads: [0]))
  }()

  /// So many steps, which two actors take in turn; each fifth one is told of.
  static func long(_ count: Int) -> ShownRun {
    var run = ShownRun(
      model: "long.m",
      places: [
        ShownPlace(name: "turn", kind: .name), ShownPlace(name: "count", kind: .number),
        ShownPlace(name: "msg[a]", kind: .name),
      ],
      steps: [
        .init(
          rule: "start",
          changes: [
            .init(place: 0, old: ShownRun.undefined, new: "A"),
            .init(place: 1, old: ShownRun.undefined, new: "0"),
            .init(place: 2, old: ShownRun.undefined, new: "NONE"),
          ])
      ])
    for number in 1..<count {
      let actor = number.isMultiple(of: 2) ? "a" : "b"
      var changes: [ShownRun.Change] = [
        .init(place: 0, old: number.isMultiple(of: 2) ? "B" : "A", new: actor.uppercased()),
        .init(place: 1, old: String(number - 1), new: String(number)),
      ]
      if number % 5 == 0 { changes.append(.init(place: 2, old: "NONE", new: "WORD")) }
      if number % 5 == 1, number > 1 { changes.append(.init(place: 2, old: "WORD", new: "NONE")) }
      run.steps.append(
        .init(
          actor: actor, rule: "\(actor): go on", location: "long.m:\(number % 90 + 1)",
          changes: changes))
    }
    return run
  }

  /// Names that end the script, the comment or the text in which they stand, or are members of every object
  /// of JavaScript.
  static let forging: ShownRun = {
    let name =
      "</script><script>alert(1)</script><!-- {{data}} &amp; ]]> \u{1B}[31m\u{2028}\u{202E}\u{0}\u{FFFE}"
      + " 'q' \"r\" \\u{41} é 漢字 \u{1F600}\n</svg>"
    return ShownRun(
      model: name, patches: [name], without: [name], constants: [.init(name, name)],
      layout: [.init(name: name, value: "1", text: name)],
      places: [
        ShownPlace(name: name, kind: .name), ShownPlace(name: "__proto__", kind: .name),
        ShownPlace(name: "exec[\(name)]", kind: .name),
      ],
      steps: [
        .init(
          actor: name, rule: "\(name): \(name)", parameters: [.init(name, name)], location: name,
          changes: [
            .init(place: 0, old: ShownRun.undefined, new: name),
            .init(place: 1, old: ShownRun.undefined, new: "constructor"),
            .init(place: 2, old: ShownRun.undefined, new: "RUNS_\(name)"),
          ], output: [name]),
        .init(
          actor: "__proto__", rule: "__proto__: x",
          changes: [.init(place: 0, old: name, new: "<b>bold</b>")]),
      ],
      finding: .init(
        kind: name, name: name, message: name, location: name, part: name,
        values: [.init(name, name)], reads: [0]))
  }()
}
