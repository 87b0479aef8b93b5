import Diagnostics

/// Finds the one place of a model that a hunk belongs to.
struct HunkSearch {
  private let hunk: Hunk
  private let old: [Hunk.Line]
  private let patch: Patch
  private let model: FileLines
  /// The first line that no hunk before has taken.
  private let first: Int

  init(_ hunk: Hunk, of patch: Patch, in model: FileLines, from first: Int) {
    self.hunk = hunk
    old = hunk.oldLines
    self.patch = patch
    self.model = model
    self.first = first
  }

  /// The line of the model, from 0, that the hunk's first line is.
  ///
  /// - Parameters:
  ///   - shift: How much further down the hunk before was than its head says.
  ///   - lineCount: How many lines may still be looked at for hunks that are elsewhere.
  func place(shift: Int, lineCount: inout Int) throws(PatchError) -> Int {
    let (stated, overflow) = (hunk.firstOldLine - 1).addingReportingOverflow(shift)
    if !overflow, fits(at: stated) { return stated }
    lineCount -= model.count
    guard lineCount > 0 else {
      throw PatchError(
        .patchDoesNotFit, "too many hunks in front of this one are not where their heads say",
        at: hunk.head, in: patch.source, hint: "the patch is of another version of the model")
    }
    let places = occurrences(atMost: 2)
    if places.count == 1 { return places[0] }
    if places.count == 2 {
      throw PatchError(
        .patchDoesNotFit,
        "the hunk does not fit where its head says, and fits at line \(places[0] + 1) and at "
          + "line \(places[1] + 1): which of them is meant?",
        at: hunk.head, in: patch.source,
        hint: "more lines of context, as by `git diff -U10`, make the place unique")
    }
    throw misfit(near: overflow ? first : stated)
  }

  private func fits(at place: Int) -> Bool {
    place >= first && place <= model.count - old.count
      && old.indices.allSatisfy { old[$0].bytes == model[place + $0] }
  }

  /// The places where all lines of the hunk stand, by the algorithm of Knuth, Morris and Pratt
  /// ("Fast pattern matching in strings", SIAM J. Comput. 6, 1977): a model of lines that are alike
  /// takes no longer.
  private func occurrences(atMost limit: Int) -> [Int] {
    // How many of the first lines stand again in front of line `i`.
    var borders = [0]
    var length = 0
    for index in old.indices.dropFirst() {
      while length > 0, old[index].bytes != old[length].bytes { length = borders[length - 1] }
      if old[index].bytes == old[length].bytes { length += 1 }
      borders.append(length)
    }
    var places: [Int] = []
    length = 0
    for line in min(first, model.count)..<model.count {
      while length > 0, model[line] != old[length].bytes { length = borders[length - 1] }
      if model[line] == old[length].bytes { length += 1 }
      if length == old.count {
        places.append(line - length + 1)
        if places.count == limit { break }
        length = borders[length - 1]
      }
    }
    return places
  }

  // MARK: What is said where it does not fit

  /// Names the first line that is another one, at the place that the hunk fits best.
  private func misfit(near stated: Int) -> PatchError {
    let place = likeliestPlace(near: stated)
    let index =
      old.indices.first { place + $0 >= model.count || old[$0].bytes != model[place + $0] } ?? 0
    let line = old[index]
    let at = place + index
    guard at < model.count else {
      return error("the hunk does not fit: the model ends in front of this line", line, at)
    }
    let (asked, found) = (line.bytes, model[at])
    if withoutBreak(asked) == withoutBreak(found) { return misfitOfBreaks(line, found, at) }
    return error("the hunk does not fit: the model has another line in place of this one", line, at)
  }

  private func misfitOfBreaks(
    _ line: Hunk.Line, _ found: ArraySlice<UInt8>, _ at: Int
  ) -> PatchError {
    guard line.endsInLineBreak, found.last == UInt8(ascii: "\n") else {
      let (has, lacks) = line.endsInLineBreak ? ("patch", "model") : ("model", "patch")
      return error(
        "the hunk does not fit: the line ends in a line break in the \(has), and in none in the "
          + lacks, line, at)
    }
    let carriageReturn = UInt8(ascii: "\r")
    let isPatchs = line.bytes.dropLast().last == carriageReturn
    let (has, lacks) = isPatchs ? ("patch", "model") : ("model", "patch")
    return error(
      "the hunk does not fit: lines end in CR-LF in the \(has), and in LF in the \(lacks)", line,
      at, hint: "`dos2unix` makes CR-LF LF, and `unix2dos` LF CR-LF")
  }

  private func withoutBreak(_ line: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    var line = line
    if line.last == UInt8(ascii: "\n") { line = line.dropLast() }
    if line.last == UInt8(ascii: "\r") { line = line.dropLast() }
    return line
  }

  /// The place with the most equal lines among those near the stated one, the nearest of several. It
  /// is for a message alone, so that only some places and lines are looked at.
  private func likeliestPlace(near stated: Int) -> Int {
    let last = max(first, model.count - 1)
    let start = min(max(stated, first), last)
    let reach = 500
    let candidates = (max(first, start - reach)...min(last, start + reach)).sorted {
      abs($0 - start) < abs($1 - start)
    }
    let lines = old.indices.prefix(100)
    func equalLines(_ place: Int) -> Int {
      lines.count { index in
        place + index < model.count
          && withoutBreak(old[index].bytes).elementsEqual(
            withoutBreak(model[place + index]))
      }
    }
    var (best, most) = (start, equalLines(start))
    for place in candidates {
      let equal = equalLines(place)
      if equal > most { (best, most) = (place, equal) }
    }
    return best
  }

  private func error(
    _ message: String, _ line: Hunk.Line, _ at: Int, hint: String? = nil
  ) -> PatchError {
    PatchError(
      .patchDoesNotFit, message, at: line.span, in: patch.source,
      found: (model.text, model.span(at)), hint: hint ?? wrongFile)
  }

  /// Where the patch names another file, it may be meant for that.
  private var wrongFile: String? {
    let name = { (path: String) in path.split(separator: "/").last.map(String.init) ?? path }
    guard name(patch.path) != name(model.text.path) else { return nil }
    return "the patch is of \(patch.path)"
  }
}
