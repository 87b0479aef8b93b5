"""Questions to a machine: which kernel, how much memory, what is reserved, what is loaded."""

import dataclasses
import json
import os
import re
from dataclasses import dataclass

import kernels
import machine

HERE = os.path.dirname(os.path.abspath(__file__))

# What kexec_file_load says of its segments; newer kernels say it because of kexec -d.
DEBUGGING = 'dyndbg="file kernel/kexec* +p; file arch/*/kernel/*kexec* +p"'

UNITS = {"": 1, "KiB": 1 << 10, "MiB": 1 << 20, "GiB": 1 << 30}


class QuestionError(Exception):
    """A question that cannot be asked, and why."""


def byte_count(text):
    """Bytes of `64MiB`; a number stands for itself."""
    match = re.fullmatch(r"([0-9]+)(|KiB|MiB|GiB)", str(text))
    if not match:
        raise QuestionError(f"`{text}` is no number of bytes such as 64MiB")
    return int(match[1]) * UNITS[match[2]]


@dataclass(frozen=True)
class Question:
    """One boot. What is not said is what the smallest question needs."""

    name: str
    kernel: str
    memory: int
    processors: int = 2
    # Nodes of NUMA, each with as much of the memory and of the processors.
    nodes: int = 1
    # What the first kernel is told beside its console.
    command_line: str = ""
    # `crash` for kexec -p, `reboot` for kexec -l and -e, `nothing` where only the reservation is asked.
    load: str = "crash"
    # `kexec_load` for kexec -c, `kexec_file_load` for kexec -s.
    loader: str = "kexec_file_load"
    # What the second kernel is told beside its console.
    append: str = "nr_cpus=1"
    # Bytes of a file in the second kernel's initrd that is not compressed, and of one that is.
    padding: int = 0
    zeros: int = 0
    # Whether kexec is asked for the largest initrd that it takes, below so many bytes, and nothing is
    # started.
    largest_below: int = 0
    # Whether KASLR is left on, which makes the places of two boots differ.
    kaslr: bool = False
    # Whether arm64's interrupt controller has its translation service.
    its: bool = True

    @property
    def load_flag(self):
        return {"crash": "-p", "reboot": "-l", "nothing": ""}[self.load]

    @property
    def syscall_flag(self):
        return "-s" if self.loader == "kexec_file_load" else "-c"

    @property
    def is_arm(self):
        return self.kernel.startswith("arm64")

    @property
    def console(self):
        return "ttyAMA0" if self.is_arm else "ttyS0"

    @property
    def first_command_line(self):
        return " ".join(filter(None, [
            f"console={self.console}", "" if self.kaslr else "nokaslr", "quiet panic=1",
            DEBUGGING, self.command_line]))

    @property
    def second_command_line(self):
        early = "earlycon=pl011,0x9000000" if self.is_arm else f"earlyprintk={self.console},115200"
        return " ".join(filter(None, [
            f"console={self.console}", early, "" if self.kaslr else "nokaslr", "panic=1",
            self.append]))

    @property
    def machine(self):
        return machine.Machine(
            is_arm=self.is_arm, memory=self.memory, processors=self.processors, nodes=self.nodes,
            command_line=self.first_command_line, its=self.its)


def read(path=os.path.join(HERE, "questions.json")):
    """All questions, each once for each of its kernels and each of its values.

    Keys that have a list of values, such as `padding`, make a question of each, whose name ends in the
    value.
    """
    with open(path, encoding="utf-8") as file:
        entries = json.load(file)
    known = {field.name for field in dataclasses.fields(Question)} - {"kernel"}
    questions = {}
    for entry in entries:
        entry = dict(entry)
        words = entry.pop("kernels")
        entry.pop("why", None)
        unknown = set(entry) - known
        if unknown:
            raise QuestionError(f"`{entry.get('name')}` has unknown keys: {sorted(unknown)}")
        for kernel in named(words, entry["name"]):
            for question in spread(entry, kernel):
                key = (question.kernel, question.name)
                if key in questions:
                    raise QuestionError(f"there are two questions `{question.name}` of {kernel}")
                questions[key] = question
    return list(questions.values())


def named(words, name):
    for word in words:
        found = kernels.named(word)
        if not found:
            raise QuestionError(f"`{name}` has an unknown kernel: {word}")
        yield from found


def spread(entry, kernel):
    lists = [key for key, value in entry.items() if isinstance(value, list)]
    if not lists:
        sizes = {key: byte_count(entry[key]) for key in ("memory", "padding", "zeros", "largest_below")
                 if key in entry}
        return [Question(**(entry | sizes | {"kernel": kernel}))]
    key = lists[0]
    return [question for value in entry[key]
            for question in spread(
                entry | {key: value, "name": f"{entry['name']} {value}"}, kernel)]
