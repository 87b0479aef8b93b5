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
    """The model for a number of processes, the same with ranges for some of its sizes, and its instance with
    constants, as paths. An invariant that fails makes a run to take the constants from."""
    text = open(MODEL, encoding="utf-8").read()
    text = text.replace("PROCESSES: 6;", f"PROCESSES: {processes};")
    ranges = text.replace("pool_size = 32MiB", "pool_size >= 32MiB & pool_size <= 33MiB").replace(
        "need[q] = 4MiB * q", "need[q] >= 4MiB * q & need[q] <= 4MiB * q + 1MiB")
    assert ranges.count("33MiB") == 1 and ranges.count("q + 1MiB") == 1
    violated = text + '\ninvariant "nothing moves" forall q: proc_t do place[q] = AT_HOME end;\n'
    paths = {}

    def write(name, content):
        paths[name] = os.path.join(folder, f"{name}-{processes}.m")
        with open(paths[name], "w", encoding="utf-8") as file:
            file.write(content)

    for name, content in (("fixed", text), ("ranges", ranges), ("violated", violated)):
        write(name, content)
    run = subprocess.run(
        [SWAPCHECK, "check", paths.pop("violated"), "--format", "json"], capture_output=True, text=True)
    trace = os.path.join(folder, "trace.json")
    with open(trace, "w", encoding="utf-8") as file:
        file.write(run.stdout)
    plain = subprocess.run(
        [SWAPCHECK, "instantiate", paths["fixed"], "--from", trace],
        capture_output=True, text=True, check=True).stdout
    plain = re.sub(r'ruleset q: proc_t do\s*assume[^;]*;\s*end;', "", plain)
    plain = re.sub(r'assume "[^;]*;', "", plain)
    assert "assume" not in plain and "symbolic\n" not in plain
    write("constants", plain)
    return paths


def measure(path):
    """User seconds of a run, and its report."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run = subprocess.run(
        [SWAPCHECK, "check", path, "--threads", "1", "--executor", "native", "--format", "json"],
        capture_output=True, text=True, check=True)
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, json.loads(run.stdout)["models"][0]


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--processes", type=int, nargs="*", default=[5, 6])
    options = parser.parse_args()
    print(f"""
## symbolic constants, one path condition

Benchmarks/moves.m, the same with ranges of 1 MiB for some of its sizes, and its instance with constants,
compiled before, one thread, user time, least and median of {options.runs} runs in turn
({datetime.date.today()}; docs/symbolic.md).
""")
    print("| processes | states | rules fired | layout | least | median | ratio of medians | Z3 calls |")
    print("| ---: | ---: | ---: | --- | ---: | ---: | ---: | ---: |")
    with tempfile.TemporaryDirectory() as folder:
        for processes in options.processes:
            compare(models(processes, folder), processes, options.runs)


def compare(paths, processes, runs):
    """Measures models in turn and prints a line for each."""
    times = {name: [] for name in paths}
    counts, calls = {}, {}
    # The first run of each compiles.
    for run in range(runs + 1):
        for name, path in paths.items():
            seconds, report = measure(path)
            if run > 0:
                times[name].append(seconds)
            counts[name] = (report["statistics"]["states"], report["statistics"]["rulesFired"])
            symbolic = report["symbolic"]
            if name != "constants" and symbolic["pathConditions"] != 1:
                sys.exit("the layout has more than one path condition")
            calls[name] = symbolic["solverCalls"] if symbolic else 0
    if len(set(counts.values())) != 1:
        sys.exit(f"the counts differ: {counts}")
    medians = {name: statistics.median(values) for name, values in times.items()}
    states, rules = counts["constants"]
    for name in ("constants", "fixed", "ranges"):
        print(
            f"| {processes} | {states:,} | {rules:,} | {name} "
            f"| {min(times[name]):.2f} s | {medians[name]:.2f} s "
            f"| {medians[name] / medians['constants']:.2f} | {calls[name]} |")


if __name__ == "__main__":
    main()
