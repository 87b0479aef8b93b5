#!/usr/bin/env python3
"""Lets the kernel's own generator make a monitor of an automaton, and says what is in it.

    rvgen.py LINUX FILE.dot [per_cpu|per_task|global]

LINUX is a tree of sources with tools/verification/rvgen (Linux 6.17 and later; Debian has one as
linux-source-7.2). The generator of 7.2 needs Python 3.12 and the module ply. What it makes is read from the
header that is compiled into the kernel, and printed: states, events, the initial state, final ones, and for
each state where its events lead. Golden/*.rvgen-VERSION.txt are such prints.
"""
import os
import re
import subprocess
import sys
import tempfile


def names(header, what):
    """The constants of an enumeration, without the ending that all have."""
    body = re.search(r"enum %s\w* \{(.*?)\};" % what, header, re.S).group(1)
    return [word for word in re.findall(r"(\w+)_mon\b", body) if not word.endswith("_max")]


def main():
    linux, dot = sys.argv[1], os.path.abspath(sys.argv[2])
    kind = sys.argv[3] if len(sys.argv) > 3 else "per_cpu"
    tool = os.path.abspath(os.path.join(linux, "tools/verification/rvgen"))
    with tempfile.TemporaryDirectory() as folder:
        made = subprocess.run(
            [sys.executable, "-B", tool, "monitor", "-c", "da", "-s", dot, "-t", kind, "-n", "mon"],
            cwd=folder, capture_output=True, text=True)
        if made.returncode != 0:
            sys.exit(made.stderr)
        with open(os.path.join(folder, "mon/mon.h")) as file:
            header = file.read()
    states, events = names(header, "states"), names(header, "events")
    body = re.search(r"\.function = \{(.*?)\n\t\},\n\t\.initial_state", header, re.S).group(1)
    rows = [re.findall(r"\w+", row) for row in re.findall(r"\{(.*?)\}", body, re.S)]
    initial = re.search(r"\.initial_state = (\w+)_mon", header).group(1)
    finals = re.findall(r"[01]", re.search(r"\.final_states = \{(.*?)\}", header).group(1))
    print("states:", *states)
    print("events:", *events)
    print("initial:", initial)
    print("final:", *[state for state, mark in zip(states, finals) if mark == "1"])
    for state, row in zip(states, rows):
        steps = [
            "%s=%s" % (event, target.removesuffix("_mon"))
            for event, target in zip(events, row) if target != "INVALID_STATE"]
        print(" ".join([state + ":"] + steps))


main()
