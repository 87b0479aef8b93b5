"""Benchmarks/results.md: what was measured, and what it was to be."""

import datetime
import os
import platform
import re
import resource
import statistics

from tools import EXPLORER_OPTIONS, SPIN_OPTIONS, SWAPCHECK, Run

ABOUT = """\
# Benchmarks

Written by `make bench`. Every tool explores all states of the same model; the counts of states and
of rules fired agree wherever a time stands. Wall time from the command to the verdict. "Compiled":
swapcheck with its compiled code cached, the peers' C compiled beforehand. "Everything": swapcheck
with an empty cache, the peers with generating and compiling their C. Rules/s and ratios are of the
least times, ratios to swapcheck on as many threads. Bytes a state are the peak resident memory over
the states.

swapcheck and Rumur check the invariants and liveness of a model and keep what a trace needs. SPIN's
twins and the explorer by hand check nothing. States are not reduced, but where a title says orbits.
"""


def heading(rounds):
    lines = [
        ABOUT,
        f"- {datetime.date.today()}, {machine()}",
        f"- {version(SWAPCHECK, '--version')}, {version('rumur', '--version')}, "
        f"{version('spin', '-V')}, {version('cc', '--version')}",
        f"- SPIN's C: `{' '.join(SPIN_OPTIONS)}`; by hand: `{' '.join(EXPLORER_OPTIONS)}`; "
        "Rumur's: `-O3`",
        f"- {rounds} runs, the tools in turn; a peer over 30 s is run once",
    ]
    return "\n".join(lines) + "\n"


def version(*arguments):
    line = (Run(list(arguments)).output.strip().splitlines() or ["unknown"])[0]
    return line if re.search("[a-z]", line, re.I) else f"swapcheck {line}"


def machine():
    with open("/proc/cpuinfo", encoding="utf-8") as file:
        model = re.search(r"model name\s*: (.*)", file.read())
    memory = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 30
    return (f"{model.group(1) if model else platform.machine()}, {os.cpu_count()} CPUs, "
            f"{memory} GiB, {platform.system()} {platform.release()}")


def seconds(value):
    return f"{value:.2f} s" if value < 100 else f"{value:.0f} s"


def table(result):
    lines = [
        f"## {result.case.name}", "",
        f"{result.states:,} states of {result.state_bits} bits, {result.rules:,} rules fired", "",
        "| tool | threads | compiled: least | median | rules/s | ratio "
        "| everything: least | median | ratio | bytes a state |",
        "| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: | ---: |",
    ]
    for tool in result.tools:
        if tool.left_out:
            lines.append(f"| {tool.name} | {tool.threads} | {tool.left_out} |" + " |" * 7)
            continue
        ours = result.tool("swapcheck", tool.threads)
        least, least_all = min(tool.seconds), min(tool.all_seconds)
        lines.append(
            f"| {tool.name} | {tool.threads} "
            f"| {seconds(least)} | {seconds(statistics.median(tool.seconds))} "
            f"| {result.rules / least:,.0f} | {least / min(ours.seconds):.1f} "
            f"| {seconds(least_all)} | {seconds(statistics.median(tool.all_seconds))} "
            f"| {least_all / min(ours.all_seconds):.1f} "
            f"| {bytes_text(result, tool)} |")
    return "\n".join(lines) + "\n"


def bytes_per_state(result, tool):
    return min(run.bytes for run in tool.runs) / result.states


def bytes_text(result, tool):
    """Linux counts what a process had in memory before it became the tool: a copy of this one."""
    floor = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / result.states
    value = bytes_per_state(result, tool)
    return f"{value:.1f}" if value > floor * 1.05 else f"below {value:.0f}"


def small_table(small):
    lines = [
        "## Models of up to 50,000 states", "", "Everything counted, on all threads.", "",
        "| model | states | least | median |", "| --- | ---: | ---: | ---: |",
    ]
    for name, (states, all_seconds) in small.items():
        lines.append(
            f"| {name} | {states:,} | {min(all_seconds):.3f} s "
            f"| {statistics.median(all_seconds):.3f} s |")
    return "\n".join(lines) + "\n"


def ratio(result, name, threads=1):
    """How many times as long as swapcheck this tool took, compiled; nothing if it did not run."""
    tool, ours = result.tool(name, threads), result.tool("swapcheck", threads)
    return min(tool.seconds) / min(ours.seconds) if tool and ours else None


def targets(results, small):
    """The table of targets. The worst case counts, and is named."""
    rows = []

    def row(target, values, worst, is_met, unit):
        """`values`: pairs of a value and whose it is."""
        known = [pair for pair in values if pair[0] is not None]
        if not known:
            rows.append(f"| {target} | not measured | |")
            return
        value, whose = worst(known, key=lambda pair: pair[0])
        digits = 3 if unit == " s" else 1 if unit == " bytes" else 2
        rows.append(
            f"| {target} | {value:.{digits}f}{unit} ({whose}) "
            f"| {'met' if is_met(value) else '**missed**'} |")

    def named(chosen, value):
        return [(value(result), result.case.name) for result in chosen]

    swaps = [result for result in results if result.case.swap]
    large_swaps = [result for result in swaps if result.states >= 10**6]
    others = [result for result in results if result not in large_swaps]
    row("at least 10 times SPIN, swap from 10^6 states on",
        named(large_swaps, lambda r: ratio(r, "SPIN")), min, lambda v: v >= 10, "")
    row("at least 100 times Rumur, swap from 10^6 states on",
        named(large_swaps, lambda r: ratio(r, "Rumur")), min, lambda v: v >= 100, "")
    row("at least 20 times Rumur, all others",
        named(others, lambda r: ratio(r, "Rumur")), min, lambda v: v >= 20, "")
    row("within 2 of the explorer by hand, swap from 10^6 states on",
        named(large_swaps, behind_hand), max, lambda v: v <= 2, "")

    huge = [result for result in results if result.states >= 10**7]
    row("two threads at least 1.6 times one, from 10^7 states on",
        named(huge, two_threads), min, lambda v: v >= 1.6, "")
    row("at most 12 bytes a state, swap in one word from 10^7 states on",
        named([r for r in huge if r.case.swap and r.state_bits <= 64], most_bytes),
        max, lambda v: v <= 12, " bytes")
    row("at most 20 bytes a state, two to eight words from 10^7 states on",
        named([r for r in huge if 64 < r.state_bits <= 512], most_bytes),
        max, lambda v: v <= 20, " bytes")

    row("below 0.1 s with everything counted, up to 50,000 states",
        [(min(all_seconds), name) for name, (_, all_seconds) in small.items()]
        + [(min(r.tool("swapcheck").all_seconds), r.case.name)
           for r in results if r.states <= 50_000],
        max, lambda v: v < 0.1, " s")
    row("never behind a peer with everything counted (least ratio)",
        named(results, nearest_peer), min, lambda v: v >= 1, "")
    lines = ["## Targets", "", "On one thread, compiled, where not said otherwise; the worst case.",
             "", "| target | reached | |", "| --- | --- | --- |", *rows]
    return "\n".join(lines) + "\n"


def behind_hand(result):
    hand = ratio(result, "by hand")
    return 1 / hand if hand else None


def two_threads(result):
    one, two = result.tool("swapcheck", 1), result.tool("swapcheck", 2)
    return min(one.seconds) / min(two.seconds) if one and two else None


def most_bytes(result):
    return max(bytes_per_state(result, tool) for tool in result.tools if tool.name == "swapcheck")


def nearest_peer(result):
    """The least ratio to Rumur and SPIN with everything counted."""
    ratios = [
        min(tool.all_seconds) / min(result.tool("swapcheck", tool.threads).all_seconds)
        for tool in result.tools if tool.name in ("Rumur", "SPIN") and tool.all_seconds]
    return min(ratios, default=None)
