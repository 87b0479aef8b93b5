package import Diagnostics
import Runs

extension RunText {
  /// The symbolic constants and the steps in no more lines than there is room for: of the first steps
  /// goes what the violated property does not read, then all that they change, and then that of the
  /// start state; of a run that is longer still the steps in the middle are counted. The last step is
  /// whole.
  ///
  /// - Parameters:
  ///   - lineCount: At least 8.
  ///   - whole: What shows all of it.
  package func lines(
    indent: DisplayText, fitting lineCount: Int, whole: DisplayText
  ) -> [DisplayText] {
    let layout = layoutLines(indent)
    let room = lineCount - layout.count
    // What is left out is said in two lines at most.
    let rest = room - 2
    var steps = run.steps.enumerated().map { lines(of: $1, number: $0, .whole, indent) }
    var count = steps.reduce(0) { $0 + $1.count }
    if count <= room { return layout + steps.joined() }
    var omissions: [DisplayText] = []
    let shortenings: [(Detail, DisplayText)] = [
      (.read, "values that the property does not read"), (.title, "what they change"),
    ]
    let hasReads = !(run.finding?.reads ?? []).isEmpty
    for (detail, what) in shortenings where detail == .title || hasReads {
      var shortened: [Int] = []
      // What the others change is nothing without where they begin.
      for number in Array(steps.indices.dropFirst().dropLast()) + [0]
      where count > rest && steps.count > 1 {
        let shorter = lines(of: run.steps[number], number: number, detail, indent)
        count += shorter.count - steps[number].count
        steps[number] = shorter
        shortened.append(number + 1)
      }
      guard let first = shortened.min(), let last = shortened.max() else { continue }
      // Where all that they change goes, what went before needs no word.
      if detail == .title, first == 1 { omissions = [] }
      omissions.append("\(what), of step\(first == last ? " \(last)" : "s \(first) to \(last)")")
    }
    if omissions.isEmpty { return layout + steps.joined() }
    if count > rest { steps = counted(steps, indent, fitting: rest) }
    let note: DisplayText = "left out (\(whole) shows it): \(omissions.joined(separator: "; "))"
    return layout + steps.joined() + note.wrapped(first: indent, rest: indent + "  ", width)
  }

  /// The first step and the last ones, with a line for those between them.
  private func counted(
    _ steps: [[DisplayText]], _ indent: DisplayText, fitting room: Int
  ) -> [[DisplayText]] {
    guard let first = steps.first else { return [] }
    var kept: [[DisplayText]] = []
    var count = first.count + 1
    for step in steps.dropFirst().reversed() {
      guard kept.isEmpty || count + step.count <= room else { break }
      kept.append(step)
      count += step.count
    }
    let omitted = steps.count - 1 - kept.count
    if omitted == 0 { return steps }
    return [first, ["\(indent)    … \(omitted) steps"]] + kept.reversed()
  }
}
