#!/usr/bin/env python3
"""Prints the table of Models/cpuhp/logs/README.md: each log with what was done and what is seen in it.

    log_table.py [--check]

With --check it prints nothing, and fails if the page has another table, or if a log cannot be read by its
steps.
"""

import os
import re
import sys

import kernel_logs
import runs

# An event, but no mark, and its step, in each of the formats.
EVENT = re.compile(r"""(?:\] |: +(?:\w+:)?)\w+: +(?:cpu:|\()|"event":"(?!tracing_mark)""")
STEP = re.compile(r"""cpuhp_\w+.*\bstep["=: ]+(\d+)""")


def lines(path):
    with open(path, encoding="utf-8") as file:
        return file.read().splitlines()


def steps(folder, version):
    """The numbers that have a name in a kernel."""
    text = "\n".join(lines(os.path.join(folder, f"states-{version}.txt")))
    return {int(number) for number in re.findall(r"^ *(\d+): \S", text, re.MULTILINE)}


def rows(folder):
    for run in sorted(runs.read(), key=lambda run: (run.name, run.kernel, run.processors)):
        for format in run.formats:
            name = run.file_name(format)
            path = os.path.join(folder, name)
            if not os.path.exists(path):
                continue
            events = [line for line in lines(path) if not line.startswith("#") and EVENT.search(line)]
            yield run, name, events


def table(folder):
    yield "| log | processors | events | what is done, and what is seen |"
    yield "| --- | --- | ---: | --- |"
    for run, name, events in rows(folder):
        yield f"| [{name}]({name}) | {run.machine.smp} | {len(events)} | {run.why} |"


def faults(folder):
    """What is wrong with the logs that are kept."""
    shown = set(lines(os.path.join(folder, "README.md")))
    for line in table(folder):
        if line not in shown:
            yield f"the page has no line {line}"
    known = {f"states-{run.version}.txt" for run in runs.read()} | {"README.md"}
    for run, name, events in rows(folder):
        known.add(name)
        named = steps(folder, run.version)
        if not events:
            yield f"{name} has no event"
        for line in events:
            match = STEP.search(line)
            if match and int(match[1]) not in named:
                yield f"{name} has a step that has no name: {line.strip()}"
    for name in sorted(set(os.listdir(folder)) - known):
        yield f"{name} is no log of a run"


def main():
    folder = os.path.normpath(kernel_logs.LOGS)
    if "--check" not in sys.argv[1:]:
        print("\n".join(table(folder)))
        return 0
    found = list(faults(folder))
    for fault in found:
        print(f"error: {fault}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
