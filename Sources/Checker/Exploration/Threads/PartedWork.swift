/// Does parts of some work, several at once where there are threads for it.
package protocol PartedWork {
  /// Returns when all parts are done.
  func doParts(_ count: Int, _ part: (Int) -> Void)
}

/// Does one part after another.
package struct SerialWork: PartedWork {
  package init() {}

  package func doParts(_ count: Int, _ part: (Int) -> Void) {
    for number in 0..<count { part(number) }
  }
}
