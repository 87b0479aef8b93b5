#!/usr/bin/env python3
"""Measures swapcheck beside Rumur, SPIN and an explorer written by hand.

All tools run in turn, so that a machine that is busy for a while slows all of them. The counts of
states and of rules fired are compared before any time is printed. Writes Benchmarks/results.md,
unless a part is asked for.
"""

import argparse
import glob
import os
import re
import sys
import tempfile
from dataclasses import dataclass, field

import pairs
import report
from tools import (
    ROOT, SWAPCHECK, BenchmarkError, Explorer, OverBound, Rumur, Run, Spin, Swapcheck)

# A peer that takes longer than this is run once, not once a round.
ONCE_SECONDS = 30.0


@dataclass(frozen=True)
class Case:
    """A model with its constants, and who else is asked about it."""

    name: str
    model: str
    constants: dict
    swap: bool = False              # Benchmarks/swap.m, which the explorer by hand knows
    twin: str | None = None         # in Promela
    start_states: int = 1
    symmetry: str = "off"           # swapcheck's
    rumur_reduction: str = "off"
    large: bool = False             # not in a quick run


def swap(processes, large=False):
    return Case(
        f"swap, 4 CPUs, {processes} processes", "Benchmarks/swap.m",
        {"CPUS": 4, "PROCS": processes}, swap=True, twin="swap.pml", large=large)


CASES = [
    swap(6),
    swap(8),
    swap(9, large=True),
    swap(10, large=True),
    Case("Peterson, 4 processes", "Models/classics/peterson.m", {"N": 4}, twin="peterson.pml"),
    Case("MCS lock, 5 processes", "Models/classics/mcs.m", {"N": 5}, twin="mcs.pml"),
    Case("German's protocol, 4 clients", "Models/classics/german.m", {"CLIENTS": 4},
         twin="german.pml", start_states=2),
    Case("wide states, 6 processes", "Benchmarks/wide.m", {"PROCS": 6}),
    Case("wide states, 8 processes", "Benchmarks/wide.m", {"PROCS": 8}, large=True),
    Case("hotswap, 4 CPUs, 9 processes", "Models/hotswap.m", {"CPUS": 4, "PROCS": 9}, large=True),
    # Rumur's exhaustive reduction tries all permutations, and its heuristic one finds as many
    # orbits here.
    Case("hotswap, 4 CPUs, 32 processes, orbits", "Models/hotswap.m", {"CPUS": 4, "PROCS": 32},
         symmetry="exact", rumur_reduction="heuristic"),
    Case("MCS lock, 5 processes, orbits", "Models/classics/mcs.m", {"N": 5},
         symmetry="exact", rumur_reduction="exhaustive"),
    Case("German's protocol, 4 clients, orbits", "Models/classics/german.m", {"CLIENTS": 4},
         symmetry="exact", rumur_reduction="exhaustive"),
]


@dataclass
class Measured:
    """What the runs of one tool took, in seconds without and with compiling."""

    name: str
    threads: int
    runs: list = field(default_factory=list)
    seconds: list = field(default_factory=list)
    all_seconds: list = field(default_factory=list)
    left_out: str | None = None


@dataclass
class Result:
    case: Case
    states: int
    rules: int
    state_bits: int
    tools: list

    def tool(self, name, threads=1):
        """The measured tool of this name, if it ran."""
        for tool in self.tools:
            if (tool.name, tool.threads) == (name, threads) and tool.seconds:
                return tool
        return None


class Bench:
    def __init__(self, rounds, bound_seconds):
        self.rounds = rounds
        self.bound_seconds = bound_seconds
        self.rates = {}   # rules a second, by tool, threads and model: foretells the next size

    def measure(self, case):
        with tempfile.TemporaryDirectory() as folder:
            # Says also how large the peers' tables have to be.
            first = Swapcheck(case, 1, folder).warm()
            thread_counts = sorted({1, 2, os.cpu_count()})
            tools = [Swapcheck(case, threads, folder) for threads in thread_counts]
            tools += [Rumur(case, threads, folder) for threads in sorted({1, os.cpu_count()})]
            if case.twin:
                tools.append(Spin(case, first.states, folder))
            if case.swap:
                tools.append(Explorer(case, first.states, folder))
            measured = [(tool, Measured(tool.name, tool.threads)) for tool in tools]
            for index in range(self.rounds):
                for tool, record in measured:
                    self.one_round(index, tool, record, case, first)
        return Result(
            case, first.states, first.rules, first.state_bits, [record for _, record in measured])

    def one_round(self, index, tool, record, case, first):
        is_ours = isinstance(tool, Swapcheck)
        if record.left_out or (index > 0 and not is_ours and min(record.seconds) > ONCE_SECONDS):
            return
        key = (tool.name, tool.threads, case.model, case.symmetry)
        if not is_ours and key in self.rates and index == 0:
            foretold = first.rules / self.rates[key]
            if foretold > self.bound_seconds:
                record.left_out = f"left out, it would take some {foretold:.0f} s"
                return
        compile_seconds = tool.prepare()
        try:
            run = tool.run(None if is_ours else self.bound_seconds)
        except OverBound:
            if record.seconds:
                return
            record.left_out = f"stopped after {self.bound_seconds:.0f} s"
            return
        whole = tool.run_fresh() if is_ours else run
        for each in (run, whole):
            counts = (each.states, each.rules)
            if counts != (first.states, first.rules):
                raise BenchmarkError(
                    f"{case.name}: {tool.name} (threads: {tool.threads}) counts {counts[0]:,} "
                    f"states and {counts[1]:,} rules fired, swapcheck {first.states:,} and "
                    f"{first.rules:,}")
        record.runs.append(run)
        record.seconds.append(run.seconds)
        record.all_seconds.append(compile_seconds + whole.seconds)
        self.rates[key] = run.rules / run.seconds

    def measure_small(self):
        """The shipped models of up to 50,000 states as they are, nothing compiled beforehand."""
        seconds = {}
        states = {}
        for _ in range(max(self.rounds, 3)):
            for name, arguments in shipped_models():
                with tempfile.TemporaryDirectory() as cache:
                    run = Run(
                        [SWAPCHECK, "check", *arguments],
                        environment=dict(os.environ, XDG_CACHE_HOME=cache))
                if run.code not in (0, 1):
                    raise BenchmarkError(f"{name}: exit code {run.code}:\n{run.output}")
                states[name] = run.number(r"states ([\d,]+), rules fired")
                seconds.setdefault(name, []).append(run.seconds)
        return {name: (count, seconds[name]) for name, count in states.items() if count <= 50_000}


def shipped_models():
    """The name of each shipped model and variant, and the arguments that `check` takes for it."""
    for path in sorted(glob.glob(os.path.join(ROOT, "Models", "**", "*.m"), recursive=True)):
        yield os.path.relpath(path, ROOT), [path]
    for path in sorted(glob.glob(os.path.join(ROOT, "Models", "**", "*.patch"), recursive=True)):
        with open(path, encoding="utf-8") as patch:
            model = re.search(r"^\+\+\+ b/(.*)$", patch.read(), re.MULTILINE).group(1)
        yield os.path.relpath(path, ROOT), [os.path.join(ROOT, model), "--patch", path]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each tool")
    parser.add_argument("--bound", type=float, default=240, help="seconds that a peer may take")
    parser.add_argument("--only", metavar="NAME", help="cases whose name contains this; no file")
    parser.add_argument("--quick", action="store_true", help="one run, no large cases; no file")
    parser.add_argument(
        "--pairs", action="store_true",
        help="searches of ours beside searches of ours alone, without other tools; no file")
    options = parser.parse_args()
    if options.runs < 1:
        parser.error("--runs is at least 1")
    if not os.access(SWAPCHECK, os.X_OK):
        parser.error(f"there is no {SWAPCHECK}: run make build")
    if options.pairs:
        try:
            print(pairs.tables(1 if options.quick else options.runs, options.quick))
        except BenchmarkError as error:
            sys.exit(f"error: {error}")
        return
    cases = [
        case for case in CASES
        if (not options.only or options.only.lower() in case.name.lower())
        and not (options.quick and case.large)]
    if not cases:
        parser.error(f"no case has {options.only!r} in its name")

    bench = Bench(1 if options.quick else options.runs, options.bound)
    results = []
    parts = []
    try:
        heading = report.heading(bench.rounds)
        for case in cases:
            results.append(bench.measure(case))
            parts.append(report.table(results[-1]))
            print(parts[-1], flush=True)
        small = {} if options.only else bench.measure_small()
        ours = "" if options.only else pairs.tables(bench.rounds, options.quick)
    except BenchmarkError as error:
        sys.exit(f"error: {error}")
    parts += [ours] if ours else []
    parts += [report.small_table(small)] if small else []
    targets = report.targets(results, small)
    print("\n".join(parts[len(results):] + [targets]))
    if not options.only and not options.quick:
        with open(os.path.join(ROOT, "Benchmarks/results.md"), "w", encoding="utf-8") as file:
            file.write("\n".join([heading, targets, *parts, measured_once()]))


def measured_once():
    """What takes too long to be measured again each time."""
    with open(os.path.join(ROOT, "Benchmarks/once.md"), encoding="utf-8") as file:
        return file.read()


if __name__ == "__main__":
    main()
