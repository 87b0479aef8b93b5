package import TransitionSystem

/// Which functions call which, and what follows from it: an order in which callees come first, and
/// what is true of a function because it is true of one that it calls.
package struct CallGraph: Sendable {
  /// For each function, those that its body calls, in ascending order.
  package let callees: [[Int]]
  /// For each function, those whose bodies call it, in ascending order.
  package let callers: [[Int]]

  /// Takes time in proportion to the text of the functions.
  package init(_ functions: [Function]) {
    callees = functions.map { function in
      var called: Set<Int> = []
      function.body.forEachPart { if case .call(let callee) = $0 { called.insert(callee) } }
      return called.sorted()
    }
    var callers = Array(repeating: [Int](), count: callees.count)
    for (caller, called) in callees.enumerated() {
      for callee in called { callers[callee].append(caller) }
    }
    self.callers = callers
  }

  /// All functions, so ordered that callees come first; nil where some call themselves, alone or by
  /// way of others. By Kahn's method: in each round, those of which all callees had their turn, in
  /// ascending order.
  package var calleesFirst: [Int]? {
    var order: [Int] = []
    var missing = callees.map(\.count)
    var ready = missing.indices.filter { missing[$0] == 0 }
    while !ready.isEmpty {
      order += ready
      var next: [Int] = []
      for callee in ready {
        for caller in callers[callee] {
          missing[caller] -= 1
          if missing[caller] == 0 { next.append(caller) }
        }
      }
      ready = next.sorted()
    }
    return order.count == callees.count ? order : nil
  }

  /// Spreads what is so in some functions to all that may call them, directly or by way of others.
  ///
  /// - Parameter isSo: For each function, whether it is so in its own body.
  package func spreadToCallers(_ isSo: [Bool]) -> [Bool] {
    var spread = isSo
    var pending = isSo.indices.filter { isSo[$0] }
    while let callee = pending.popLast() {
      for caller in callers[callee] where !spread[caller] {
        spread[caller] = true
        pending.append(caller)
      }
    }
    return spread
  }
}

extension [Function] {
  /// Calls `body` with all parts of some functions and of those that they may call, each function
  /// once. It looks at no others, so it is for one walk; for several of them a `CallGraph` is quicker.
  ///
  /// - Parameter numbers: The functions to begin with.
  package func forEachPart(calledFrom numbers: Set<Int>, _ body: (Part) -> Void) {
    var visited = numbers
    var pending = numbers.sorted()
    while let number = pending.popLast() {
      self[number].body.forEachPart { part in
        if case .call(let callee) = part, visited.insert(callee).inserted { pending.append(callee) }
        body(part)
      }
    }
  }
}
