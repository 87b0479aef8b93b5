#!/usr/bin/env python3
"""Measures what it costs that ranks share a search, beside threads of one process.

The swap of 4 CPUs, and hotswap with its liveness property, by two threads and by ranks on this machine, in turn;
where the machine has fewer cores than there are ranks, rates say nothing, and what is sent does. Networks that are
slower than memory are imitated by the shim, which makes each call and each word take as long (cluster-shim.c).
"""

import argparse
import datetime
import json
import os
import statistics
import subprocess

from tools import ROOT, SWAPCHECK

MPIRUN = [os.environ.get("SWAPCHECK_MPIRUN", "mpirun")]
if "mpich" not in MPIRUN[0]:
    MPIRUN.append("--oversubscribe")


def figures(prefix, model, *flags, network=None):
    """The statistics of a search."""
    environment = dict(
        os.environ, OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
        SWAPCHECK_CLUSTER=os.environ.get(
            "SWAPCHECK_CLUSTER", os.path.join(ROOT, ".build/cluster/libswapcheck-cluster.so")))
    if network:
        environment["SWAPCHECK_CLUSTER_NETWORK"] = network
    run = subprocess.run(
        [*prefix, SWAPCHECK, "check", *model, "--format", "json", "--executor", "native", *flags],
        capture_output=True, text=True, check=True, env=environment, cwd=ROOT)
    return json.loads(run.stdout)["models"][0]["statistics"]


def compare(title, rows, runs):
    """Measures ways of searching the same in turn, and prints a row for each.

    rows: for each model its name and, by name, what comes before the program, the model, flags and a network."""
    print(f"\n## {title}\n\nLeast and median of {runs} runs in turn, compiled before, {os.cpu_count()} cores "
          f"({datetime.date.today()}; docs/cluster.md). Bytes sent are those between ranks.\n\n"
          "| model | states | by | least | median | rules/s | bytes a state | bytes sent a rule |\n"
          "| --- | ---: | --- | ---: | ---: | ---: | ---: | ---: |")
    for label, ways in rows:
        measured = {name: [] for name in ways}
        for _ in range(runs):
            for name, (prefix, model, flags, network) in ways.items():
                measured[name].append(figures(prefix, model, *flags, network=network))
        counts = {(run["states"], run["rulesFired"]) for found in measured.values() for run in found}
        assert len(counts) == 1, counts
        for name, found in measured.items():
            seconds = [run["seconds"] for run in found]
            states, rules = found[0]["states"], found[0]["rulesFired"]
            print(f"| {label} | {states:,} | {name} | {min(seconds):.2f} s | "
                  f"{statistics.median(seconds):.2f} s | {rules / min(seconds) / 1e6:.1f} M | "
                  f"{found[0]['memoryBytes'] / states:.1f} | "
                  f"{found[0].get('sentBytes', 0) / rules:.2f} |", flush=True)


def by_ranks(model, ranks):
    ways = {"2 threads": ([], model, ["--threads", "2"], None)}
    for count in ranks:
        name = f"{count} rank{'s' if count > 1 else ''}"
        ways[name] = ([*MPIRUN, "-np", str(count)], model, ["--cluster"], None)
    return ways


# What a call and a megabyte take: this machine's memory, and links of 100, 10 and 1 Gbit/s.
NETWORKS = {"memory": None, "5 us, 100 Gbit/s": "5:100000", "30 us, 10 Gbit/s": "30:10000",
            "50 us, 1 Gbit/s": "50:1000"}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--sizes", type=int, nargs="+", default=[8, 9, 10], help="processes of the swap")
    parser.add_argument("--live", type=int, nargs="+", default=[7, 8], help="processes of hotswap")
    parser.add_argument("--ranks", type=int, nargs="+", default=[1, 2, 4, 8])
    arguments = parser.parse_args()
    swap = {size: ["Benchmarks/swap.m", "--set", f"PROCS={size}"] for size in arguments.sizes}
    live = {size: ["Models/hotswap.m", "--set", "CPUS=4", "--set", f"PROCS={size}", "--symmetry", "off"]
            for size in arguments.live}
    compare("swap, 4 CPUs, by ranks",
            [(f"{size} processes", by_ranks(model, arguments.ranks)) for size, model in swap.items()],
            arguments.runs)
    compare("hotswap with liveness, 4 CPUs, by ranks",
            [(f"{size} processes", by_ranks(model, arguments.ranks)) for size, model in live.items()],
            arguments.runs)
    size = max(arguments.sizes)
    networks = {name: ([*MPIRUN, "-np", "2"], swap[size], ["--cluster"], network)
                for name, network in NETWORKS.items()}
    compare("swap, 4 CPUs, 2 ranks, by networks", [(f"{size} processes", networks)], arguments.runs)


if __name__ == "__main__":
    main()
