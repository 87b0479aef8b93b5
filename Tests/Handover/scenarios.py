"""The hand-overs that are recorded: files in Scenarios, read into scripts for each kernel in turn."""

import os
import re
from dataclasses import dataclass, field

HERE = os.path.dirname(os.path.abspath(__file__))
FOLDER = os.path.join(HERE, "Scenarios")
MODELS = ("luo", "kho", "luo-flb")
KEYS = ("models", "ends", "kernel", "tests", "init", "kexec")


class ScenarioError(Exception):
    """A scenario that cannot be read, with its place."""


@dataclass(frozen=True)
class Scenario:
    """A hand-over, or several."""

    name: str
    # What it shows, for the log's header.
    why: str
    models: tuple
    # The script of the first kernel, the second, …
    scripts: tuple
    # A text that the console has to have said.
    ends: str = ""
    # More words for the kernel's command line.
    kernel: str = ""
    # The kernel's own tests that are wanted.
    tests: tuple = ()
    # One of them in place of init.
    init: str = ""
    uses_kexec: bool = False


@dataclass
class Reading:
    """What has been read of a file."""

    why: list = field(default_factory=list)
    values: dict = field(default_factory=dict)
    scripts: list = field(default_factory=list)


def read(path):
    """`# why`, then `key: value` lines, then the scripts, each behind a line `[NUMBER]`. In a script
    `3 x create s#` stands for three lines."""
    name = os.path.splitext(os.path.basename(path))[0]
    reading = Reading()
    with open(path, encoding="utf-8") as file:
        for number, line in enumerate(file.read().splitlines(), 1):
            try:
                read_line(reading, line)
            except ValueError as error:
                raise ScenarioError(f"{path}:{number}: {error}") from None
    values = reading.values
    models = tuple(values.get("models", "luo kho").split())
    if not reading.why or any(model not in MODELS for model in models):
        raise ScenarioError(f"{path}: it has to say why, and its models are of {', '.join(MODELS)}")
    if not reading.scripts and "init" not in values:
        raise ScenarioError(f"{path}: there is no script")
    return Scenario(
        name, " ".join(reading.why), models, tuple("\n".join(lines) + "\n" for lines in reading.scripts),
        values.get("ends", ""), values.get("kernel", ""), tuple(values.get("tests", "").split()),
        values.get("init", ""), values.get("kexec", "") == "yes")


def read_line(reading, line):
    if section := re.fullmatch(r"\[(\d+)\]", line):
        if int(section.group(1)) != len(reading.scripts) + 1:
            raise ValueError(f"script {len(reading.scripts) + 1} has to be next")
        reading.scripts.append([])
    elif reading.scripts:
        if repeated := re.fullmatch(r"(\d+) x (.*)", line):
            reading.scripts[-1] += [
                repeated.group(2).replace("#", str(count)) for count in range(1, int(repeated.group(1)) + 1)]
        elif line:
            reading.scripts[-1].append(line)
    elif line.startswith("# "):
        reading.why.append(line[2:])
    elif line:
        key, found, value = line.partition(": ")
        if not found or key not in KEYS:
            raise ValueError(f"`{line}` is neither `# why`, nor `[1]`, nor one of {', '.join(KEYS)}")
        reading.values[key] = value


def read_all():
    return [read(os.path.join(FOLDER, name)) for name in sorted(os.listdir(FOLDER))
            if name.endswith(".txt")]
