#!/usr/bin/env python3
"""Measures proofs for any number of elements: to find the lemmas, to prove with those of Proofs/, and to check
the files again, with Z3 and with cvc5. Seconds are those of the processor, of one thread each."""

import argparse
import datetime
import glob
import json
import os
import resource
import subprocess
import tempfile

from tools import ROOT, SWAPCHECK

CVC5 = os.environ.get("CVC5", "cvc5")

# What others have published for the same protocol: the tool, seconds by their machine, and invariants that it
# found. paraVerifier: lcs.ios.ac.cn/~lyj238/invFinder.html, "German-data"; and with Dafny to check its invariants,
# github.com/paraverifierdafny/paraverif_dafny, "Flash_nodata".
PUBLISHED = {
    "flash": "paraVerifier with Dafny: 9,930 s, 152 invariants",
    "german": "paraVerifier: 45.7 s, 50 invariants",
}


def seconds(command, timeout):
    """Processor seconds of a command, and what became of it; nil where it took too long."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=timeout, cwd=ROOT)
    except subprocess.TimeoutExpired:
        return None, None
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, run


def head(path):
    """What a proof says of itself: its model, constants with a value, and those left open."""
    values, fixed, least, key = {}, {}, {}, None
    with open(path, encoding="utf-8") as file:
        for line in file:
            if not line.startswith("-- "):
                break
            if line.startswith("--   "):
                words = line[5:].split()
                if key == "constants":
                    (fixed if words[1] == "=" else least)[words[0]] = int(words[2])
                values[key] = values.get(key, 0) + 1
            else:
                key, _, rest = line[3:].partition(":")
                if rest.strip():
                    values[key] = rest.strip()
    return values, fixed, least


def arguments(path):
    """The options of `prove` for what a file proves."""
    values, fixed, least = head(path)
    model = os.path.normpath(os.path.join(os.path.dirname(path), values["model"]))
    found = [model]
    if least:
        found.append("--any-size")
        for name, size in least.items():
            if size > 1:
                found += ["--least", f"{name}={size}"]
    elif values["deadlock"] != "stuttering":
        found += ["--deadlock", values["deadlock"]]
    for name, value in fixed.items():
        found += ["--set", f"{name}={value}"]
    return found


def cell(measured, run=None):
    if measured is None:
        return "not in time"
    return f"{measured:.1f}" if run is None or run.returncode == 0 else "not found"


def line(path, bound):
    """A row of the table."""
    values, _, least = head(path)
    name = os.path.basename(path)[:-len(".proof")]
    found = "no question"
    if least:
        took, run = seconds(
            [SWAPCHECK, "prove", *arguments(path), "--format", "json", "--timeout", str(bound)], bound + 30)
        found = cell(took, run)
        if run and run.returncode == 0:
            found += f", {len(json.loads(run.stdout)['lemmas'])} lemmas"
        elif run and run.returncode == 3:
            # The limit is one of the clock, which a busy machine reaches in fewer seconds of the processor.
            found = f"not within {bound} s" if "the limit of" in json.loads(run.stdout)["reason"] else "not found"
    proved = seconds([SWAPCHECK, "prove", *arguments(path), "--with", path, "--timeout", str(bound)], bound + 30)
    with tempfile.TemporaryDirectory() as folder:
        checked = seconds([SWAPCHECK, "verify-proof", path, "--timeout", str(bound), "--smt", folder], bound + 30)
        others = 0.0
        for script in sorted(glob.glob(os.path.join(folder, "*.smt2"))):
            took, run = seconds([CVC5, script], bound)
            if took is None or run.stdout.strip() != "unsat":
                others = None
                break
            others += took
    # The last claim is that no rule goes wrong, and beside it there may be one of deadlocks.
    invariants = values["proves"] - 1 - (0 if values["deadlock"] == "off" else 1)
    print(
        f"| {name} | {invariants} | {values['lemmas']} | {values['sizes'].split('up to ')[-1]} | {found} "
        f"| {cell(*proved)} | {cell(*checked)} | {cell(others)} | {PUBLISHED.get(name, '')} |", flush=True)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--bound", type=int, default=60, help="seconds for each question")
    parser.add_argument("proofs", nargs="*")
    options = parser.parse_args()
    print(f"""
## Proofs

Seconds of the processor, one thread ({datetime.date.today()}; docs/proofs.md): what `prove` takes to find lemmas by
itself, to prove with those of the file, what `verify-proof` takes with its second looks, and cvc5 for all
that is asked. Beside them what others have published of theirs, by their machines.

| proof | invariants | lemmas | up to | found by itself | proved with these | checked again | cvc5 | published |
| --- | ---: | ---: | --- | ---: | ---: | ---: | ---: | --- |""")
    for path in options.proofs or sorted(glob.glob(os.path.join(ROOT, "Proofs", "*.proof"))):
        line(os.path.relpath(path, ROOT), options.bound)


if __name__ == "__main__":
    main()
