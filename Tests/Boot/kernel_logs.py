#!/usr/bin/env python3
"""Boots machines under QEMU and keeps what their kernels record of CPUs that come and go.

    kernel_logs.py [--only PATTERN] [--again] [--list]

What is kept already is not recorded again.
"""

import argparse
import os
import re
import shutil
import signal
import sys
import tempfile

import kernels
import machine
import recording
import runs

HERE = os.path.dirname(os.path.abspath(__file__))
LOGS = os.path.join(HERE, "..", "..", "Models", "cpuhp", "logs")
# A kernel that patches itself may die of the emulation.
TRIES = 3


def record(run, console_folder):
    """Boots a run, again if it dies."""
    image = os.path.join(kernels.folder(run.kernel), "vmlinuz")
    with tempfile.NamedTemporaryFile(suffix=".initrd") as file:
        file.write(recording.initramfs(run))
        file.flush()
        for tried in range(TRIES):
            console, _, seconds = machine.boot(run.machine, image, file.name)
            if console_folder:
                write(os.path.join(console_folder, f"{run.title}.{tried}"), console)
            try:
                return recording.Recording(run, console), seconds
            except recording.NotRecorded:
                if tried == TRIES - 1:
                    raise


def write(path, text):
    with open(path + ".part", "w", encoding="utf-8") as file:
        file.write(text)
    os.replace(path + ".part", path)


def keep_states(folder, run, recorded):
    """The file of the kernel's steps, which all of its logs share."""
    name = f"states-{run.version}.txt"
    path = os.path.join(folder, name)
    if not os.path.exists(path):
        write(path, f"# {recorded.version}\n{recorded.states}")
    with open(path, encoding="utf-8") as file:
        if file.read().partition("\n")[2] != recorded.states:
            raise recording.NotRecorded(
                f"{run.title} has other steps than {name}: remove the logs of {run.version}")
    return name


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="runs whose title matches")
    parser.add_argument("--again", action="store_true", help="record what is kept, too")
    parser.add_argument("--list", action="store_true", help="name the logs, and record none")
    parser.add_argument("--logs", default=LOGS, metavar="FOLDER")
    parser.add_argument("--consoles", metavar="FOLDER", help="keep whole consoles there")
    arguments = parser.parse_args()
    wanted = [run for run in runs.read() if re.search(arguments.only, run.title)]
    if not wanted:
        print(f"error: no run matches `{arguments.only}`; see --list", file=sys.stderr)
        return 2
    if arguments.list:
        for run in wanted:
            print(*(run.file_name(format) for format in run.formats))
        return 0
    if not shutil.which("qemu-system-x86_64"):
        print("error: qemu-system-x86_64 is missing; see `make boot-tools`", file=sys.stderr)
        return 2
    for folder in filter(None, [arguments.consoles, arguments.logs]):
        os.makedirs(folder, exist_ok=True)
    failed = 0
    for run in wanted:
        paths = {format: os.path.join(arguments.logs, run.file_name(format)) for format in run.formats}
        if all(os.path.exists(path) for path in paths.values()) and not arguments.again:
            continue
        try:
            recorded, seconds = record(run, arguments.consoles)
            states = keep_states(arguments.logs, run, recorded)
            for format, path in paths.items():
                write(path, recorded.log(format, states))
            print(f"{run.title} ({seconds:.0f} s)", flush=True)
        except recording.NotRecorded as error:
            print(f"error: {error}", file=sys.stderr)
            failed += 1
    return 1 if failed else 0


if __name__ == "__main__":
    # Ended from outside, it ends the machine, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main())
    except (runs.RunError, re.error, OSError, ValueError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
