"""Searches of ours beside other searches of ours: states of two words and of one, with liveness and
without, on disk and in memory.

Each pair is measured in turn, in seconds of the processor, so that a machine that is busy with other work
says little about one of them alone. What both have to agree on is compared before any time is printed.
"""

import os
import re
import statistics
import tempfile
from dataclasses import dataclass, field

from tools import ROOT, SWAPCHECK, BenchmarkError, Run

SWAP = "Benchmarks/swap.m"
HOTSWAP = "Models/hotswap.m"


@dataclass
class Search:
    """A search, and what it took each time."""

    name: str
    model: str
    constants: dict
    options: list = field(default_factory=list)
    symmetry: str = "off"
    runs: list = field(default_factory=list)

    def run(self, cache, threads=1):
        with tempfile.TemporaryDirectory() as folder:
            arguments = [SWAPCHECK, "check", os.path.join(ROOT, self.model), "--executor", "native",
                         "--symmetry", self.symmetry, "--threads", str(threads), "--verbose"]
            for name, value in self.constants.items():
                arguments += ["--set", f"{name}={value}"]
            arguments += [option.replace("FOLDER", os.path.join(folder, "disk"))
                          for option in self.options]
            run = Run(arguments, environment=dict(os.environ, XDG_CACHE_HOME=cache))
        run.must_succeed()
        run.states = run.number(r"states ([\d,]+), rules fired")
        run.rules = run.number(r"rules fired ([\d,]+)")
        run.state_bits = run.number(r"\((\d+) bits a state\)")
        run.digest = re.findall(r"digest (\w+)", run.output)
        return run

    @property
    def first(self):
        return self.runs[0]

    def least(self):
        return min(run.processor_seconds for run in self.runs)

    def bytes(self):
        return min(run.bytes for run in self.runs)


def measure(searches, rounds, cache, threads=1):
    """Runs searches in turn; what they compile is there before."""
    for search in searches:
        search.run(cache, threads)
    for _ in range(rounds):
        for search in searches:
            search.runs.append(search.run(cache, threads))
    return searches


def agree(searches):
    """States are the same where the model and its constants are."""
    first = searches[0].first
    for search in searches[1:]:
        if (search.first.states, search.first.digest) != (first.states, first.digest):
            raise BenchmarkError(
                f"{search.name} finds {search.first.states:,} states ({search.first.digest}), "
                f"{searches[0].name} {first.states:,} ({first.digest})")


def lines_of(searches, compared):
    lines = ["| search | states | bits | processor: least | median | rules/s | " + compared[0]
             + " | bytes a state |",
             "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |"]
    for search in searches:
        first = search.first
        seconds = [run.processor_seconds for run in search.runs]
        lines.append(
            f"| {search.name} | {first.states:,} | {first.state_bits} | {min(seconds):.2f} s "
            f"| {statistics.median(seconds):.2f} s | {first.rules / min(seconds):,.0f} "
            f"| {compared[1](search)} | {search.bytes() / first.states:.1f} |")
    return lines


def words(rounds, quick, cache):
    """States of 65 to 128 bits beside those of the model one process smaller."""
    sizes = [(6, 6), (6, 7)] if quick else [(4, 9), (5, 8), (5, 9), (6, 8)]
    rows = []
    lines = ["## States of one word and of two", "",
             "The swap; rules a second in parts of those of the first line on as many threads.", ""]
    for threads in [1] if quick else [1, 2]:
        searches = measure(
            [Search(f"{cpus} CPUs, {processes} processes, {threads} thread{'s' * (threads > 1)}",
                    SWAP, {"CPUS": cpus, "PROCS": processes}) for cpus, processes in sizes],
            rounds, cache, threads)
        rate = searches[0].first.rules / searches[0].least()
        share = lambda search, rate=rate: search.first.rules / search.least() / rate
        lines += lines_of(searches, ("rate", lambda search: f"{share(search):.2f}")) + [""]
        rows += [(f"two words at least 0.6 of the rate of one, {search.name}", share(search) >= 0.6,
                  f"{share(search):.2f}")
                 for search in searches if search.first.state_bits > 64]
    return lines, rows


def liveness(rounds, quick, cache):
    """hotswap.m as it is, and without what it asks for at last."""
    constants = {"CPUS": 4, "PROCS": 6 if quick else 9}
    with tempfile.TemporaryDirectory() as folder:
        with open(os.path.join(ROOT, HOTSWAP), encoding="utf-8") as file:
            text = re.sub(r'^liveness "[^"]*"[^;]*;', "", file.read(), flags=re.MULTILINE)
        path = os.path.join(folder, "without.m")
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        searches = measure(
            [Search("without liveness", path, constants), Search("with liveness", HOTSWAP, constants)],
            rounds, cache)
    agree(searches)
    without, with_it = searches
    ratio = with_it.least() / without.least()
    beside = (with_it.bytes() - without.bytes()) / without.first.states
    lines = [f"## Liveness, hotswap of 4 CPUs and {constants['PROCS']} processes", "",
             "AG EF for two properties.", "",
             *lines_of(searches, ("times", lambda search: f"{search.least() / without.least():.2f}")),
             ""]
    return lines, [
        ("liveness at most 1.4 times the search without it", ratio <= 1.4, f"{ratio:.2f}"),
        ("at most 24 bytes a state for it", beside <= 24, f"{beside:.1f}")]


def disk(rounds, quick, cache):
    """In memory, and on disk with a tenth of the memory: the swap, and hotswap.m with its liveness."""
    lines = []
    rows = []
    for name, model, processes, memory in [
            ("swap", SWAP, 8 if quick else 10, "9MiB" if quick else "45MiB"),
            ("hotswap, with liveness", HOTSWAP, 6 if quick else 9, "1MiB" if quick else "7MiB")]:
        constants = {"CPUS": 4, "PROCS": processes}
        searches = measure(
            [Search("in memory", model, constants),
             Search(f"on disk, {memory}", model, constants,
                    ["--store", "disk", "--disk", "FOLDER", "--memory", memory])],
            rounds, cache)
        agree(searches)
        least = searches[0].least()
        ratio = searches[1].least() / least
        lines += [f"## On disk, {name}, 4 CPUs and {processes} processes", "",
                  *lines_of(searches, ("times", lambda search, least=least: f"{search.least() / least:.2f}")),
                  ""]
        rows.append((f"on disk with a tenth of the memory at most 2.5 times, {name}", ratio <= 2.5,
                     f"{ratio:.2f}"))
    return lines, rows


def tables(rounds, quick):
    """All of them, and what was to be reached."""
    lines = []
    rows = []
    with tempfile.TemporaryDirectory() as cache:
        for part in (words, liveness, disk):
            more, targets = part(rounds, quick, cache)
            lines += more
            rows += targets
    if quick:
        return "\n".join(lines)
    lines += ["| target | reached | |", "| --- | ---: | --- |"]
    lines += [f"| {name} | {value} | {'met' if is_met else '**missed**'} |"
              for name, is_met, value in rows]
    return "\n".join(lines) + "\n"
