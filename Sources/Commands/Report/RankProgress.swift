package import Diagnostics
package import Exploration

extension Wording {
  /// Ranks whose shares are shown one by one.
  private static let mostShares = 4

  /// Where a search of several ranks stands, in some seventy columns: what all of them have found, how evenly
  /// they have it, in percent of what each would have if all had as many, and how many wait for the others.
  package static func ofRanks(_ progress: ExplorationProgress) -> DisplayText {
    let rate = Int(Double(progress.ruleFiringCount) / max(progress.seconds, 0.001))
    var parts = [
      "\(short(progress.stateCount)) states", "\(short(rate)) rules/s",
    ]
    if let ranks = progress.ranks {
      let shares = ranks.shares.map { Int((100 * $0).rounded()) }
      let shown =
        shares.count <= mostShares
        ? shares.map(String.init).joined(separator: " ")
        : "\(shares.min() ?? 100)-\(shares.max() ?? 100)"
      parts.append("\(grouped(ranks.count)) ranks \(shown)%")
      if ranks.waitingCount > 0 { parts.append("\(grouped(ranks.waitingCount)) wait") }
    }
    parts += [
      "depth \(progress.depth)", "\(short(progress.queueCount)) open",
      byteCount(progress.byteCount),
    ]
    return DisplayText(parts.joined(separator: ", "))
  }

  /// A number in three digits: `999`, `1.23 M`.
  private static func short(_ number: Int) -> String {
    if number < 10_000 { return grouped(number) }
    var (value, units) = (Double(number) / 1e3, ["k", "M", "G", "T"][...])
    while value >= 999.5, units.count > 1 {
      value /= 1e3
      units = units.dropFirst()
    }
    let digits = value < 9.995 ? 2 : value < 99.95 ? 1 : 0
    let scale = [1.0, 10.0, 100.0][digits]
    let scaled = Int((value * scale).rounded())
    let (whole, rest) = (scaled / Int(scale), scaled % Int(scale))
    let fraction =
      digits == 0
      ? "" : "." + String(repeating: "0", count: digits - String(rest).count) + "\(rest)"
    return "\(whole)\(fraction) \(units.first ?? "")"
  }
}
