extension ModelItem {
  /// What this can be replaced by.
  var reductions: [[ModelItem]] {
    switch self {
    case .start(let name, let locals, let body):
      smallerBodies(locals, body).map { [.start(name: name, locals: $0, body: $1)] }
    case .rule(let name, let condition, let locals, let body):
      (condition == nil ? [] : [[.rule(name: name, guard: nil, locals: locals, body: body)]])
        + smallerBodies(locals, body).map {
          [.rule(name: name, guard: condition, locals: $0, body: $1)]
        }
        + (condition?.reductions ?? []).map {
          [.rule(name: name, guard: $0, locals: locals, body: body)]
        }
    case .ruleset(let binders, let items):
      [items]
        + TestSupport.reductions(of: binders).map { [.ruleset($0, items)] }
        + TestSupport.reductions(of: items) { $0.reductions }.map { [.ruleset(binders, $0)] }
    case .alias(let aliases, let items):
      [items]
        + TestSupport.reductions(of: aliases).map { [.alias($0, items)] }
        + TestSupport.reductions(of: items) { $0.reductions }.map { [.alias(aliases, $0)] }
    case .property(let property, let name, let condition):
      condition.reductions.map { [.property(property, name: name, $0)] }
    }
  }
}

extension Function {
  var reductions: [Function] {
    smallerBodies(locals, body).map { locals, body in
      var smaller = self
      smaller.locals = locals
      smaller.body = body
      return smaller
    }
  }
}

/// Bodies that are one step smaller, with their locals.
private func smallerBodies(
  _ locals: [Declaration], _ body: [Statement]
) -> [([Declaration], [Statement])] {
  reductions(of: body) { $0.reductions }.map { (locals, $0) }
    + reductions(of: locals).map { ($0, body) }
}

extension Statement {
  /// The statements that this can be replaced by.
  var reductions: [[Statement]] {
    switch self {
    case .assign(let target, let value):
      return value.reductions.map { [.assign(target, $0)] }
        + target.reductions.map { [.assign($0, value)] }
    case .clear(let target): return target.reductions.map { [.clear($0)] }
    case .undefine(let target): return target.reductions.map { [.undefine($0)] }
    case .branch(let branches, let otherwise): return Self.reductions(branches, otherwise)
    case .choose(let subject, let cases, let otherwise):
      return Self.reductions(subject, cases, otherwise)
    case .loop(let binder, let body):
      return [body] + bodies(body) { .loop(binder, $0) }
        + binder.reductions.map { [.loop($0, body)] }
    case .countedWhile(let counter, let limit, let condition, let body):
      let simpler = condition == nil ? [] : [nil] + (condition?.reductions ?? []).map { $0 }
      return [body]
        + bodies(body) {
          .countedWhile(counter: counter, limit: limit, condition: condition, $0)
        }
        + simpler.map { [.countedWhile(counter: counter, limit: limit, condition: $0, body)] }
    case .alias(let aliases, let body):
      return [body] + bodies(body) { .alias(aliases, $0) }
        + TestSupport.reductions(of: aliases).map { [.alias($0, body)] }
    case .call(let name, let arguments):
      return arguments.oneReduced.map { [.call(name, $0)] }
    case .property(let property, let condition, let message):
      return condition.reductions.map { [.property(property, $0, message: message)] }
    case .error: return []
    case .giveBack(let value): return (value?.reductions ?? []).map { [.giveBack($0)] }
    }
  }

  private func bodies(
    _ body: [Statement], _ rebuild: ([Statement]) -> Statement
  ) -> [[Statement]] {
    TestSupport.reductions(of: body) { $0.reductions }.map { [rebuild($0)] }
  }

  private static func reductions(_ branches: [Branch], _ otherwise: [Statement]?) -> [[Statement]] {
    var smaller = branches.map(\.body)
    if let otherwise {
      smaller += [otherwise, [.branch(branches, otherwise: nil)]]
      smaller += TestSupport.reductions(of: otherwise) { $0.reductions }
        .map { [.branch(branches, otherwise: $0)] }
    }
    let changed = TestSupport.reductions(of: branches) { branch in
      TestSupport.reductions(of: branch.body) { $0.reductions }
        .map { [Branch(condition: branch.condition, body: $0)] }
        + branch.condition.reductions.map { [Branch(condition: $0, body: branch.body)] }
    }
    return smaller + changed.map { [.branch($0, otherwise: otherwise)] }
  }

  private static func reductions(
    _ subject: Expression, _ cases: [Case], _ otherwise: [Statement]?
  ) -> [[Statement]] {
    var smaller = cases.map(\.body)
    if let otherwise {
      smaller += [otherwise, [.choose(subject, cases, otherwise: nil)]]
      smaller += TestSupport.reductions(of: otherwise) { $0.reductions }
        .map { [.choose(subject, cases, otherwise: $0)] }
    }
    let changed = TestSupport.reductions(of: cases) { choice in
      TestSupport.reductions(of: choice.labels).map { [Case(labels: $0, body: choice.body)] }
        + choice.labels.oneReduced.map { [Case(labels: $0, body: choice.body)] }
        + TestSupport.reductions(of: choice.body) { $0.reductions }
        .map { [Case(labels: choice.labels, body: $0)] }
    }
    return smaller + changed.map { [.choose(subject, $0, otherwise: otherwise)] }
      + subject.reductions.map { [.choose($0, cases, otherwise: otherwise)] }
  }
}
