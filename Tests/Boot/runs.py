"""Runs of a machine whose kernel's events are recorded: which kernel, how many processors, what is done."""

import dataclasses
import json
import os
from dataclasses import dataclass

import kernels
import machine

HERE = os.path.dirname(os.path.abspath(__file__))
FORMATS = ("ftrace", "printk")


class RunError(Exception):
    """A run that cannot be recorded, and why."""


@dataclass(frozen=True)
class Run:
    """One boot, whose events become one log."""

    name: str
    kernel: str
    processors: int
    # What a shell executes in the machine, one line after the other (Guest/record.sh).
    commands: tuple
    # `ftrace` for what the tracer keeps, `printk` for events as lines of the kernel's log.
    format: str = "ftrace"
    threads: int = 1
    # What the kernel is told beside its console.
    command_line: str = ""

    @property
    def version(self):
        return self.kernel.split("-")[1]

    @property
    def file_name(self):
        return f"{self.version}-{self.processors}-{self.name}.log"

    @property
    def machine(self):
        return machine.Machine(
            memory=768 << 20, processors=self.processors, threads=self.threads,
            command_line=" ".join(filter(None, [
                "console=ttyS0 nokaslr quiet panic=1",
                "tp_printk log_buf_len=8M" if self.format == "printk" else "", self.command_line])))


def read(path=os.path.join(HERE, "runs.json")):
    """All runs, each once for each of its kernels and numbers of processors."""
    with open(path, encoding="utf-8") as file:
        entries = json.load(file)
    known = {field.name for field in dataclasses.fields(Run)} - {"kernel"} | {"kernels", "why"}
    runs = {}
    for entry in entries:
        name = entry.get("name")
        unknown = set(entry) - known
        if unknown:
            raise RunError(f"`{name}` has unknown keys: {sorted(unknown)}")
        for run in spread(entry):
            if run.file_name in runs:
                raise RunError(f"there are two runs for {run.file_name}")
            runs[run.file_name] = run
    return list(runs.values())


def spread(entry):
    fields = {key: value for key, value in entry.items() if key not in ("kernels", "why")}
    if fields.get("format", "ftrace") not in FORMATS:
        raise RunError(f"`{entry['name']}` has an unknown format: {fields['format']}")
    for word in entry["kernels"]:
        found = kernels.named(word)
        if not found:
            raise RunError(f"`{entry['name']}` has an unknown kernel: {word}")
        for kernel in found:
            for processors in listed(entry["processors"]):
                yield Run(**(fields | {
                    "kernel": kernel, "processors": processors, "commands": tuple(entry["commands"])}))


def listed(value):
    return value if isinstance(value, list) else [value]
