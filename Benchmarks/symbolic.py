#!/usr/bin/env python3
"""Measures what symbolic constants cost where the layout has one path condition.

Checks Benchmarks/moves.m, compiled and on one thread, and the instance of it that has constants in
their place, in turn. The instance is what `swapcheck instantiate` writes, without the assumptions:
of constants they say nothing, and to evaluate them in each state would slow the instance down.
"""

import argparse
import datetime
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile

from tools import ROOT, SWAPCHECK

MODEL = os.path.join(ROOT, "Benchmarks", "moves.m")


def models(processes, folder):
    """The model for a number of processes, and its instance with constants, as paths. An invariant that
    fails makes a run to take the constants from."""
    text = open(MODEL, encoding="utf-8").read()
    text = text.replace("PROCESSES: 6;", f"PROCESSES: {processes};")
    symbolic = os.path.join(folder, f"symbolic-{processes}.m")
    with open(symbolic, "w", encoding="utf-8") as file:
        file.write(text)
    violated = os.path.join(folder, "violated.m")
    with open(violated, "w", encoding="utf-8") as file:
        file.write(text + '\ninvariant "nothing moves" forall q: proc_t do place[q] = AT_HOME end;\n')
    run = subprocess.run(
        [SWAPCHECK, "check", violated, "--format", "json"], capture_output=True, text=True)
    trace = os.path.join(folder, "trace.json")
    with open(trace, "w", encoding="utf-8") as file:
        file.write(run.stdout)
    plain = subprocess.run(
        [SWAPCHECK, "instantiate", symbolic, "--from", trace],
        capture_output=True, text=True, check=True).stdout
    plain = re.sub(r'ruleset q: proc_t do\s*assume[^;]*;\s*end;', "", plain)
    plain = re.sub(r'assume "[^;]*;', "", plain)
    assert "assume" not in plain and "symbolic\n" not in plain
    path = os.path.join(folder, f"instance-{processes}.m")
    with open(path, "w", encoding="utf-8") as file:
        file.write(plain)
    return symbolic, path


def measure(path):
    """User seconds of a run, and its report."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run = subprocess.run(
        [SWAPCHECK, "check", path, "--threads", "1", "--engine", "native", "--format", "json"],
        capture_output=True, text=True, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, json.loads(run.stdout)["models"][0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--processes", type=int, nargs="*", default=[5, 6])
    options = parser.parse_args()
    print(f"""
## symbolic constants, one path condition

Benchmarks/moves.m and its instance with constants, compiled before, one thread, user time, {options.runs} runs in turn
({datetime.date.today()}; docs/symbolic.md).
""")
    print("| processes | states | rules fired | symbolic: least | median | constants: least | median | ratio of medians |")
    print("| ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for processes in options.processes:
            symbolic, plain = models(processes, folder)
            times = {True: [], False: []}
            counts = {}
            # The first run of each compiles.
            for run in range(options.runs + 1):
                for is_symbolic in (True, False):
                    seconds, report = measure(symbolic if is_symbolic else plain)
                    if run > 0:
                        times[is_symbolic].append(seconds)
                    statistics_ = report["statistics"]
                    counts[is_symbolic] = (statistics_["states"], statistics_["rulesFired"])
                    if is_symbolic and report["symbolic"]["pathConditions"] != 1:
                        sys.exit("the layout has more than one path condition")
            if counts[True] != counts[False]:
                sys.exit(f"the counts differ: {counts}")
            medians = {key: statistics.median(values) for key, values in times.items()}
            print(
                f"| {processes} | {counts[True][0]:,} | {counts[True][1]:,} "
                f"| {min(times[True]):.2f} s | {medians[True]:.2f} s "
                f"| {min(times[False]):.2f} s | {medians[False]:.2f} s "
                f"| {medians[True] / medians[False]:.2f} |")


if __name__ == "__main__":
    main()
