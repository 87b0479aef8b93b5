"""The log of a run, of what its machine's console said, as it is kept."""

import os
import re

import archive
import kernels
import tools

# Of a kernel's log.
KEPT = (
    r"\] (\$|=) |\] \w+: \(|\] cpuhp_|Linux version|Command line:|smp: |smpboot: |sysrq: |Kernel panic"
    r"|Kernel Offset|Starting new kernel|nr_cpu_ids|WARNING|Oops|Run /init"
)

RECORDED = "@@ recorded\n"
# The last that the first kernel says when nothing follows.
DEAD = re.compile(r"\] machine_kexec: [^\n]*\n?\Z")

HERE = os.path.dirname(os.path.abspath(__file__))


class NotRecorded(Exception):
    """A boot that has not come to its end."""


def read(name):
    with open(os.path.join(HERE, "Guest", name), "rb") as file:
        return file.read()


def initramfs(run):
    parts = kernels.folder(run.kernel)
    own = archive.Archive()
    own.add("init", read("record.sh"))
    for name in ("run.sh", "probes", "json.sed"):
        own.add(name, read(name))
    own.add("record", f"FORMATS='{' '.join(run.formats)}'\nnext='{run.next}'\n".encode())
    own.add("commands", "".join(f"{command}\n" for command in run.commands).encode())
    if "console" in run.formats:
        own.add("next.initrd", next_initrd(parts))
    if run.needs_tools:
        own.add_tree(os.path.join(kernels.tools_folder(run.kernel), "root"))
    return tools.archived(parts) + own.compressed(level=1)


def next_initrd(parts):
    """What the next kernel has: it says that it runs."""
    own = archive.Archive()
    own.add("init", read("next.sh"))
    own.add("bin/busybox", tools.busybox(parts))
    own.add_link("bin/sh", "busybox")
    return own.compressed()


class Recording:
    """What a console has between `@@begin NAME` and `@@end`."""

    def __init__(self, run, console):
        if run.dies != (DEAD.search(console) is not None) or not run.dies and RECORDED not in console:
            raise NotRecorded(f"{run.title} is not recorded")
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

    def log(self, format, states_name):
        """The log with a header that says how it came about."""
        run = self._run
        body, cut = self._body(format)
        missing = re.findall(r"@@ no probe (.*)\n", self._console)
        header = [
            f"kernel: {self.version}",
            f"command line: {self._blocks['command-line'].strip()}",
            f"machine: qemu-system-x86_64 -M pc -cpu {run.model} -accel tcg -smp {run.machine.smp}",
            f"names step, state, target: {states_name}",
            f"format: {format}",
            *([f"cut: {cut}"] if cut else []),
            *(["ended: the machine was reset, and no kernel followed"] if run.dies else []),
            *(f"no probe: {probe}" for probe in missing),
            *(f"command: {command}" for command in run.commands),
        ]
        return "".join(f"# {line}\n" for line in header) + body

    def _body(self, format):
        """What is kept, and what was cut."""
        if format == "console":
            start = re.search(r"^\[ *\d+\.\d+\] \$ ", self._console, re.MULTILINE)
            lines = self._console[start.start() if start else 0:].splitlines()
            return kept(lines, KEPT), f"lines that do not match {KEPT}"
        body = self._blocks[f"log-{format}"]
        if not body:
            raise NotRecorded(f"{self._run.title} has nothing in {format}")
        if format == "printk":
            return kept(body.splitlines(), KEPT), f"lines that do not match {KEPT}"
        return body, ""


def kept(lines, pattern):
    return "".join(f"{line}\n" for line in lines if re.search(pattern, line))
