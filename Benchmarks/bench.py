#!/usr/bin/env python3
"""Measures swapcheck beside Rumur and SPIN, and writes Benchmarks/results.md.

All tools run in turn, so that a machine that is busy for a while slows all of them; the minimum and
the median of the runs are shown. Counts are compared before any time is printed.
"""

import argparse
import datetime
import os
import platform
import re
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SWAPCHECK = os.path.join(ROOT, ".build/release/swapcheck")

# name, model, constants, symmetry, Promela twin, whether Rumur is asked (it takes minutes for a
# million states)
MODELS = [
    ("swap, 4 CPUs, 7 processes", "Models/hotswap.m", {"CPUS": 4, "PROCS": 7}, "off", None, True),
    ("swap, 4 CPUs, 9 processes", "Models/hotswap.m", {"CPUS": 4, "PROCS": 9}, "off", None, True),
    ("swap, 4 CPUs, 11 processes", "Models/hotswap.m", {"CPUS": 4, "PROCS": 11}, "off", None, False),
    ("swap, 4 CPUs, 32 processes, orbits (5 words a state)", "Models/hotswap.m",
     {"CPUS": 4, "PROCS": 32}, "exact", None, True),
    ("Peterson, 4 processes", "Models/classics/peterson.m", {"N": 4}, "off", "peterson.pml", True),
    ("MCS lock, 5 processes", "Models/classics/mcs.m", {"N": 5}, "off", None, True),
    ("German's protocol, 4 clients", "Models/classics/german.m", {"CLIENTS": 4}, "off", None, True),
]


class Run:
    """One run of a program: its output, seconds and peak memory in bytes."""

    def __init__(self, arguments, environment=None):
        started = time.monotonic()
        with tempfile.TemporaryFile() as output:
            process = subprocess.Popen(
                arguments, stdout=output, stderr=subprocess.STDOUT, cwd=ROOT, env=environment)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
            self.seconds = time.monotonic() - started
            self.bytes = usage.ru_maxrss * 1024
            output.seek(0)
            self.output = output.read().decode(errors="replace")

    def number(self, pattern):
        found = re.search(pattern, self.output)
        if not found:
            sys.exit(f"error: no {pattern!r} in:\n{self.output}")
        return int(found.group(1).replace(",", ""))


class Swapcheck:
    def __init__(self, model, constants, symmetry, folder, threads=None):
        self.arguments = [SWAPCHECK, "check", os.path.join(ROOT, model), "--symmetry", symmetry]
        if threads:
            self.arguments += ["--threads", str(threads)]
        for name, value in constants.items():
            self.arguments += ["--set", f"{name}={value}"]
        self.folder = folder
        self.run()  # compiles, and keeps what was compiled

    def run(self, fresh=False):
        cache = tempfile.mkdtemp(dir=self.folder) if fresh else self.folder
        run = Run(self.arguments, dict(os.environ, XDG_CACHE_HOME=cache))
        run.states = run.number(r"states ([\d,]+)")
        run.rules = run.number(r"rules fired ([\d,]+)")
        return run


class Rumur:
    """Rumur. Its default reduction explores too many states for some models, not for those here;
    without `--scalarset-schedules off`, which is for its traces, it does not end on 16 processes."""

    def __init__(self, model, constants, symmetry, folder, threads=1):
        with open(os.path.join(ROOT, model)) as file:
            text = file.read()
        for name, value in constants.items():
            text = re.sub(rf"(\b{name}:\s*)\d+", rf"\g<1>{value}", text, count=1)
        source = os.path.join(folder, "model.m")
        with open(source, "w") as file:
            file.write(text)
        self.program = os.path.join(folder, f"rumur-checker-{threads}")
        code = os.path.join(folder, "checker.c")
        subprocess.run(
            ["rumur", source, "-o", code, "--threads", str(threads), "--symmetry-reduction",
             "off" if symmetry == "off" else "heuristic", "--scalarset-schedules", "off",
             "--value-type", "int32_t"], check=True, capture_output=True)
        subprocess.run(
            ["cc", "-O3", code, "-o", self.program, "-lpthread", "-mcx16"], check=True)

    def run(self):
        run = Run([self.program])
        run.states = run.number(r"(\d+) states, \d+ rules fired")
        run.rules = run.number(r"\d+ states, (\d+) rules fired")
        return run


class Spin:
    """SPIN, exact and without reduction. It counts the state before the first step too."""

    def __init__(self, twin, constants, folder):
        options = [f"-D{name}={value}" for name, value in constants.items()]
        subprocess.run(
            ["spin", *options, "-a", os.path.join(ROOT, "Benchmarks", twin)],
            check=True, cwd=folder, capture_output=True)
        self.program = os.path.join(folder, "pan")
        subprocess.run(
            ["cc", "-O3", "-DNOREDUCE", "-DSAFETY", "-DMEMLIM=16000", "-w", "pan.c", "-o", "pan"],
            check=True, cwd=folder)

    def run(self):
        run = Run([self.program, "-m20000000", "-w21", "-n"])
        run.states = run.number(r"(\d+) states, stored") - 1
        run.rules = run.number(r"(\d+) transitions") - 2
        return run


def measure(name, model, constants, symmetry, twin, asks_rumur, count, folder):
    """One line for each tool: its name, the runs, and the runs that compile too."""
    threads = os.cpu_count()
    tools = [
        ("swapcheck", Swapcheck(model, constants, symmetry, folder, 1)),
        (f"swapcheck, {threads} threads", Swapcheck(model, constants, symmetry, folder)),
    ]
    if asks_rumur:
        tools.append(("Rumur", Rumur(model, constants, symmetry, folder)))
        tools.append(
            (f"Rumur, {threads} threads", Rumur(model, constants, symmetry, folder, threads)))
    if twin:
        tools.append(("SPIN", Spin(twin, constants, folder)))
    runs = {tool: [] for tool, _ in tools}
    fresh = []
    for _ in range(count):
        for tool, runner in tools:
            runs[tool].append(runner.run())
        fresh.append(tools[0][1].run(fresh=True))
    counts = {(run.states, run.rules) for each in runs.values() for run in each}
    if len(counts) != 1:
        sys.exit(f"error: {name}: the tools count differently: {counts}")
    return runs, fresh


def table(name, runs, fresh):
    ours = runs["swapcheck"]
    states, rules = ours[0].states, ours[0].rules
    lines = [
        f"## {name}", "", f"{states:,} states, {rules:,} rules fired", "",
        "| tool | least | median | rules/s | bytes a state | times ours |",
        "| --- | ---: | ---: | ---: | ---: | ---: |",
    ]
    best = min(run.seconds for run in ours)
    rows = [("swapcheck", ours), ("swapcheck, compiling", fresh)]
    rows += [(tool, each) for tool, each in runs.items() if tool != "swapcheck"]
    for tool, each in rows:
        seconds = [run.seconds for run in each]
        least = min(seconds)
        lines.append(
            f"| {tool} | {least:.2f} s | {statistics.median(seconds):.2f} s "
            f"| {rules / least:,.0f} | {min(run.bytes for run in each) / states:.0f} "
            f"| {least / best:.1f} |")
    return "\n".join(lines) + "\n"


def version(*arguments):
    output = subprocess.run(arguments, capture_output=True, text=True)
    return (output.stdout + output.stderr).strip().splitlines()[0]


def machine():
    with open("/proc/cpuinfo") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 30
    return (f"{model.group(1) if model else platform.machine()}, {os.cpu_count()} CPUs, "
            f"{memory} GiB, Linux {platform.release()}")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3, help="runs of each tool")
    parser.add_argument("--only", help="models whose name contains this; writes no file")
    options = parser.parse_args()
    text = [
        "# Benchmarks", "",
        "Written by `make bench`. Wall time from the command to the verdict, on one thread "
        "where not said otherwise, peak resident memory; rules/s from the least time. swapcheck checks invariants, covers and "
        "liveness, and finds traces; so does Rumur; SPIN's twin has no properties. Scalarsets are "
        "reduced where a title says orbits.", "",
        f"- {datetime.date.today()}, {machine()}",
        f"- {version('rumur', '--version')}; {version('spin', '-V')}; cc -O3", "",
    ]
    for model in MODELS:
        if options.only and options.only not in model[0]:
            continue
        with tempfile.TemporaryDirectory() as folder:
            part = table(model[0], *measure(*model, options.runs, folder))
        print(part, flush=True)
        text.append(part)
    if not options.only:
        with open(os.path.join(ROOT, "Benchmarks/results.md"), "w") as file:
            file.write("\n".join(text))


if __name__ == "__main__":
    main()
