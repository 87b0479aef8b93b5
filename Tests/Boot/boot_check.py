#!/usr/bin/env python3
"""Boots machines under QEMU, has them load a second kernel and start it, and keeps what happened.

    boot_check.py [--only PATTERN] [--again] [--list]

What is kept already is not booted again. Outcomes are lines of JSON in Outcomes/KERNEL.jsonl: first
the kernel, then one line a question.
"""

import argparse
import dataclasses
import json
import os
import re
import shutil
import signal
import sys
import tempfile

import guest
import kernels
import machine
import outcome
import questions

HERE = os.path.dirname(os.path.abspath(__file__))


class Outcomes:
    """What is kept of one kernel, in the order of the questions."""

    def __init__(self, kernel, folder):
        self._path = os.path.join(folder, f"{kernel}.jsonl")
        self._read()

    def _read(self):
        self.kernel = None
        self.by_name = {}
        if os.path.exists(self._path):
            with open(self._path, encoding="utf-8") as file:
                lines = [json.loads(line) for line in file]
            self.kernel = lines[0]
            self.by_name = {line["name"]: line for line in lines[1:]}

    def holds(self, question):
        kept = self.by_name.get(question.name)
        # What has been asked since in more ways was asked in the usual one.
        return kept is not None and usual() | kept["question"] == asked(question)

    def keep(self, question, kernel, result):
        # Another run may have kept something meanwhile.
        self._read()
        self.kernel = kernel
        self.by_name[question.name] = {
            "name": question.name, "question": asked(question), **result}
        part = self._path + ".part"
        with open(part, "w", encoding="utf-8") as file:
            for line in [self.kernel, *sorted(self.by_name.values(), key=lambda x: x["name"])]:
                json.dump(line, file, ensure_ascii=False)
                file.write("\n")
        os.replace(part, self._path)


def asked(question):
    """The question as it is kept, with its name outside."""
    fields = dataclasses.asdict(question)
    del fields["name"], fields["kernel"]
    return fields


def usual():
    """The smallest question, as it is kept."""
    return asked(questions.Question(name="", kernel="", memory=0))


def ask(question, log_folder):
    """Boots a question."""
    parts = kernels.folder(question.kernel)
    made = guest.initramfs(question, parts)
    with tempfile.NamedTemporaryFile(suffix=".initrd") as file:
        file.write(made.data)
        file.flush()
        log, ending, seconds = machine.boot(question.machine, os.path.join(parts, "vmlinuz"), file.name)
    if log_folder:
        name = re.sub(r"[^A-Za-z0-9.,=-]+", "_", f"{question.kernel} {question.name}")
        with open(os.path.join(log_folder, f"{name}.log"), "w", encoding="utf-8") as file:
            file.write(log)
    return outcome.read(question, made, log, ending), seconds


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="questions whose `KERNEL NAME` matches")
    parser.add_argument("--again", action="store_true", help="boot what is kept, too")
    parser.add_argument("--list", action="store_true", help="name the questions, and boot none")
    parser.add_argument("--outcomes", default=os.path.join(HERE, "Outcomes"), metavar="FOLDER")
    parser.add_argument("--logs", metavar="FOLDER", help="keep whole consoles there")
    arguments = parser.parse_args()
    asked_for = [question for question in questions.read()
                 if re.search(arguments.only, f"{question.kernel} {question.name}")]
    if arguments.list:
        for question in asked_for:
            print(question.kernel, question.name)
        return 0
    missing = [tool for tool in sorted({
        "qemu-system-aarch64" if question.is_arm else "qemu-system-x86_64"
        for question in asked_for}) if not shutil.which(tool)]
    if missing:
        print(f"error: {', '.join(missing)} is missing; see `make boot-tools`", file=sys.stderr)
        return 2
    for folder in filter(None, [arguments.logs, arguments.outcomes]):
        os.makedirs(folder, exist_ok=True)
    outcomes = {}
    not_asked = 0
    for question in asked_for:
        kept = outcomes.setdefault(
            question.kernel, Outcomes(question.kernel, arguments.outcomes))
        if kept.holds(question) and not arguments.again:
            continue
        result, seconds = ask(question, arguments.logs)
        print(f"{question.kernel} {question.name}: {result['verdict']} ({seconds:.0f} s)",
              flush=True)
        if result["verdict"].startswith("not asked"):
            not_asked += 1
            continue
        image = os.path.join(kernels.folder(question.kernel), "vmlinuz")
        about = {"kernel": question.kernel, "header": kernels.header(image),
                 **kernels.versions(question.kernel)}
        kept.keep(question, about, result)
    return 1 if not_asked else 0


if __name__ == "__main__":
    # Ended from outside, it ends the machine, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main())
    except (questions.QuestionError, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
