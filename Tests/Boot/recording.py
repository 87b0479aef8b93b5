"""The log of a run, of what its machine's console said, as it is kept."""

import os
import re

import archive
import tools

HERE = os.path.dirname(os.path.abspath(__file__))


class NotRecorded(Exception):
    """A boot that has not come to its end."""


def read(name):
    with open(os.path.join(HERE, "Guest", name), "rb") as file:
        return file.read()


def initramfs(run, parts):
    own = archive.Archive()
    own.add("init", read("record.sh"))
    own.add("probes", read("probes"))
    own.add("record", f"FORMAT={run.format}\n".encode())
    own.add("commands", "".join(f"{command}\n" for command in run.commands).encode())
    return tools.archived(parts) + own.compressed()


class Recording:
    """What a console has between `@@begin NAME` and `@@end`."""

    def __init__(self, run, console):
        if "@@ recorded\n" not in console:
            raise NotRecorded(f"{run.file_name} is not recorded")
        self._run = run
        self._console = console
        self._blocks = {match[1]: match[2] for match in re.finditer(
            r"@@begin ([a-z-]+)\n(.*?)@@end\n", console, re.DOTALL)}

    @property
    def states(self):
        """Numbers and names of the steps, which differ from kernel to kernel."""
        return self._blocks["states"]

    @property
    def version(self):
        return self._blocks["version"].strip()

    def log(self, states_name):
        """The log with a header that says how it came about."""
        run = self._run
        missing = re.findall(r"@@ no probe (.*)\n", self._console)
        header = [
            f"kernel: {self.version}",
            f"command line: {self._blocks['command-line'].strip()}",
            f"processors: qemu-system-x86_64 -M pc -accel tcg -smp {run.machine.smp}",
            f"steps: {states_name}",
            f"format: {run.format}",
            *(f"no probe: {probe}" for probe in missing),
            *(f"command: {command}" for command in run.commands),
        ]
        return "".join(f"# {line}\n" for line in header) + self._blocks["log"]
