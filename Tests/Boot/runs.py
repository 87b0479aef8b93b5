"""Runs of a machine whose kernel's events are recorded: which kernel and processors, and what is done."""

import dataclasses
import json
import os
from dataclasses import dataclass

import kernels
import machine

# A timer that is late on a busy machine is no broken one.
CONSOLE = "console=ttyS0 nokaslr no_timer_check panic=1"
REQUIRED = {"name", "why", "kernels", "processors", "commands"}
# What fetch-boot-tools.sh fetches.
TOOLS = ("trace-cmd", "perf", "chrt")
HERE = os.path.dirname(os.path.abspath(__file__))
# How a run is told, with what the file's name ends in.
FORMATS = {
    # What the tracer keeps.
    "ftrace": ".log",
    # Events as lines of the kernel's log, and the same as the console says them: of two kernels.
    "printk": ".printk.log",
    "console": ".log",
    # `trace-cmd report`, `perf script`, and what json.sed makes of the first.
    "trace-cmd": ".trace-cmd.log",
    "perf": ".perf.log",
    "json": ".jsonl",
}


class RunError(Exception):
    """A run that cannot be recorded, and why."""


@dataclass(frozen=True)
class Run:
    """One boot, whose events become a log in each of its formats."""

    name: str
    # What is done, and what is seen in the log.
    why: str
    kernel: str
    processors: int
    # What a shell executes in the machine, one line after the other (Guest/run.sh).
    commands: tuple
    formats: tuple = ("ftrace",)
    threads: int = 1
    model: str = "qemu64"
    # What the kernel is told beside its console.
    command_line: str = ""
    # Whether the machine does not come to the next kernel.
    dies: bool = False

    @property
    def version(self):
        return self.kernel.split("-")[1]

    @property
    def title(self):
        return f"{self.version}-{self.processors}-{self.name}"

    def file_name(self, format):
        return self.title + FORMATS[format]

    @property
    def needs_tools(self):
        """Whether programs beside busybox and kexec are needed."""
        return any(word in " ".join([*self.commands, *self.formats]) for word in TOOLS)

    @property
    def machine(self):
        return machine.Machine(
            memory=(1024 if self.needs_tools else 768) << 20, processors=self.processors,
            threads=self.threads, model=self.model, command_line=" ".join(filter(None, [
                CONSOLE, "" if "console" in self.formats else "quiet",
                "tp_printk log_buf_len=8M" if {"printk", "console"} & set(self.formats) else "",
                self.command_line])))

    @property
    def next(self):
        """What the next kernel is told."""
        return f"{CONSOLE} tp_printk trace_event=cpuhp:*"


def read(path=os.path.join(HERE, "runs.json")):
    """All runs, each once for each of its kernels and numbers of processors."""
    with open(path, encoding="utf-8") as file:
        entries = json.load(file)
    known = {field.name for field in dataclasses.fields(Run)} - {"kernel"} | {"kernels"}
    runs = {}
    for entry in entries:
        name = entry.get("name")
        unknown = set(entry) - known
        if unknown:
            raise RunError(f"`{name}` has unknown keys: {sorted(unknown)}")
        missing = REQUIRED - set(entry)
        if missing:
            raise RunError(f"`{name}` lacks keys: {sorted(missing)}")
        for run in spread(entry):
            if run.title in runs:
                raise RunError(f"there are two runs `{run.title}`")
            runs[run.title] = run
    return list(runs.values())


def spread(entry):
    fields = {key: value for key, value in entry.items() if key != "kernels"}
    fields["commands"] = tuple(entry["commands"])
    fields["formats"] = tuple(entry.get("formats", ["ftrace"]))
    unknown = set(fields["formats"]) - set(FORMATS)
    if unknown:
        raise RunError(f"`{entry['name']}` has unknown formats: {sorted(unknown)}")
    for word in entry["kernels"]:
        found = kernels.named(word)
        if not found:
            raise RunError(f"`{entry['name']}` has an unknown kernel: {word}")
        for kernel in found:
            for processors in listed(entry["processors"]):
                yield Run(**(fields | {"kernel": kernel, "processors": processors}))


def listed(value):
    return value if isinstance(value, list) else [value]
