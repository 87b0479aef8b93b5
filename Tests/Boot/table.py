#!/usr/bin/env python3
"""Prints the tables of docs/boots.md: each question with what each kernel did."""

import json
import os
import sys

import kernels
import questions

OUTCOMES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "Outcomes")


def read(kernel):
    path = os.path.join(OUTCOMES, f"{kernel}.jsonl")
    if not os.path.exists(path):
        return {}
    with open(path, encoding="utf-8") as file:
        lines = [json.loads(line) for line in file]
    return {line["name"]: line for line in lines[1:]}


def cell(outcome):
    """The verdict, and in MiB what is available then, or the largest initrd that is taken."""
    if outcome is None:
        return ""
    verdict = outcome["verdict"]
    if verdict == "bounded":
        taken = max(t["initrdByteCount"] for t in outcome["tries"] if t["isAccepted"])
        return f"{verdict}: {taken / (1 << 20):.1f}"
    for line in outcome.get("secondMemory") or []:
        if line.startswith("MemAvailable:"):
            return f"{verdict}, {int(line.split()[1]) >> 10}"
    return verdict


def main():
    for architecture in ("x86_64", "arm64"):
        shown = [kernel for kernel in kernels.KERNELS if kernel.startswith(f"{architecture}-")]
        outcomes = [read(kernel) for kernel in shown]
        names = dict.fromkeys(question.name for question in questions.read())
        print(f"| {architecture} | {' | '.join(k.split('-')[1] for k in shown)} |")
        print("| --- " * (len(shown) + 1) + "|")
        for name in names:
            cells = [cell(by_name.get(name)) for by_name in outcomes]
            if any(cells):
                print(f"| {name} | {' | '.join(cells)} |")
        print()


if __name__ == "__main__":
    sys.exit(main())
