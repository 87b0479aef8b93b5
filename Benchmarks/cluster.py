#!/usr/bin/env python3
"""Measures what it costs that ranks share a search, beside threads of one process.

The swap of 4 CPUs by two threads and by ranks on this machine, in turn; where the machine has fewer cores than
there are ranks, rates say nothing, and what is sent does.
"""

import argparse
import datetime
import json
import os
import statistics
import subprocess

from tools import ROOT, SWAPCHECK

MODEL = os.path.join(ROOT, "Benchmarks", "swap.m")
MPIRUN = [os.environ.get("SWAPCHECK_MPIRUN", "mpirun")]
if "mpich" not in MPIRUN[0]:
    MPIRUN.append("--oversubscribe")


def figures(prefix, processes, *flags):
    """The statistics of a search."""
    environment = dict(
        os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
        SWAPCHECK_CLUSTER=os.environ.get(
            "SWAPCHECK_CLUSTER", os.path.join(ROOT, ".build/cluster/libswapcheck-cluster.so")))
    run = subprocess.run(
        [*prefix, SWAPCHECK, "check", MODEL, "--set", f"PROCS={processes}", "--format", "json",
         "--executor", "native", *flags],
        capture_output=True, text=True, check=True, env=environment)
    return json.loads(run.stdout)["models"][0]["statistics"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[8, 9, 10])
    parser.add_argument("--ranks", type=int, nargs="+", default=[1, 2, 4, 8])
    arguments = parser.parse_args()
    print(f"\n## swap, 4 CPUs, by ranks\n\nLeast and median of {arguments.runs} runs in turn, compiled before, "
          f"{os.cpu_count()} cores ({datetime.date.today()}; docs/cluster.md). Bytes sent are those of states "
          "between ranks.\n\n"
          "| processes | states | by | least | median | rules/s | bytes a state | bytes sent a rule |\n"
          "| ---: | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    ways = [("2 threads", [], ["--threads", "2"])]
    for ranks in arguments.ranks:
        ways.append((f"{ranks} rank{'s' if ranks > 1 else ''}",
                     [*MPIRUN, "-np", str(ranks)], ["--cluster"]))
    for processes in arguments.sizes:
        measured = {name: [] for name, _, _ in ways}
        for _ in range(arguments.runs):
            for name, prefix, flags in ways:
                measured[name].append(figures(prefix, processes, *flags))
        counts = {(run["states"], run["rulesFired"]) for runs in measured.values() for run in runs}
        assert len(counts) == 1, counts
        for name, runs in measured.items():
            seconds = [run["seconds"] for run in runs]
            states, rules = runs[0]["states"], runs[0]["rulesFired"]
            print(f"| {processes} | {states:,} | {name} | {min(seconds):.2f} s | "
                  f"{statistics.median(seconds):.2f} s | {rules / min(seconds) / 1e6:.1f} M | "
                  f"{runs[0]['memoryBytes'] / states:.1f} | "
                  f"{runs[0].get('sentBytes', 0) / rules:.2f} |", flush=True)


if __name__ == "__main__":
    main()
