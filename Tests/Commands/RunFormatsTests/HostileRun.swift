import Runs

/// Runs of names that try to be something else where they are written.
enum HostileRun {
  /// Quotes, line breaks, what a terminal, markup, Mermaid and mail would act on, and what is no ASCII.
  static let name =
    "q\"'\n\r\t\u{1B}[31m\u{7F}\u{85}\u{2028}\u{202E}</script>]]>&amp;<br/>%%{x}%% #35;; end: a->>b"
    + " style x: #1; ﬂ°°35¶ß 🦊\u{FE0F} é \\u{1b} \\n ${x} `c`\u{0}\u{FFFE}"

  /// Every text is the name with a word of its own in front.
  static let run: ShownRun = {
    let places = [
      ShownPlace(name: "#meta", kind: .name), ShownPlace(name: name, kind: .name),
      ShownPlace(name: "queue[\(name)]", kind: .name), ShownPlace(name: "r.#set", kind: .number),
      ShownPlace(name: "r[0]", kind: .boolean), ShownPlace(name: "action", kind: .number),
    ]
    return ShownRun(
      model: "model \(name)", patches: ["patch \(name)"], without: ["without \(name)"],
      constants: [.init("#meta", name), .init("constant \(name)", "value \(name)")],
      layout: [.init(name: "layout \(name)", value: "value \(name)", text: "text \(name)")],
      places: places,
      steps: [
        .init(
          rule: "start \(name)", location: "\(name):1",
          changes: places.indices.map {
            .init(place: $0, old: ShownRun.undefined, new: "first \(name)")
          }),
        .init(
          actor: "actor \(name)", rule: "actor \(name): action \(name)",
          parameters: [.init("parameter \(name)", "value \(name)")], location: name,
          changes: places.indices.map {
            .init(place: $0, old: "first \(name)", new: "second \(name)")
          }, output: ["output \(name)"]),
        .init(actor: "other \(name)", rule: "other \(name): fails \(name)", fails: true),
        .init(rule: "From nobody \(name)", changes: []),
      ],
      finding: .init(
        kind: "kind \(name)", name: "property \(name)", message: "message \(name)",
        location: "\(name):3:4", part: "--- a/part\n-- \n\(name)",
        values: [.init("text \(name)", "value \(name)")], reads: Array(places.indices),
        notes: [
          .init(location: "\(name):5:6", part: "part \(name)", message: "note \(name)")
        ]))
  }()

  /// A run in which nothing is as it should be, and yet can be written.
  static let empty = ShownRun(model: "", places: [], steps: [])

  /// A run of which nothing could be taken.
  static let failed = ShownRun(
    model: "m.m", places: [ShownPlace(name: "x", kind: .number)],
    steps: [.init(rule: "start", location: "m.m:3", fails: true)],
    finding: .init(kind: "assertion", message: "assertion does not hold", reads: [0]))
}
