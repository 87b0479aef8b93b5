#!/usr/bin/env python3
"""Has a kernel hand over to itself under QEMU, and keeps what its log says as data.

    handover_logs.py [--only PATTERN] [--list] [--models FOLDER] [--consoles FOLDER]

Logs are written to MODELS/luo/logs and MODELS/kho/logs. One that is there is recorded anew only with
--again, or when --only names it.
"""

import argparse
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile

import logs
import parts
import probes
import readme
import scenarios

import kernels  # of Tests/Boot, which parts puts on the path
import machine

HERE = os.path.dirname(os.path.abspath(__file__))
MEMORY = "512M"
PROCESSORS = 2
COMMAND_LINE = (
    "console=ttyS0 kho=on kho_scratch=16M,96M,16M liveupdate=on bootconfig retain_initrd tp_printk "
    "trace_event=initcall:initcall_finish memblock=debug printk.devkmsg=on ignore_loglevel "
    "log_buf_len=4M no_timer_check generation=1")
# The kernel's own test of KHO preserves pages in each kernel: only where it is asked for.
QUIET = "initcall_blacklist=kho_test_init"


def boot(initrd, command_line):
    with tempfile.NamedTemporaryFile(suffix=".initrd") as file:
        file.write(initrd)
        file.flush()
        process = subprocess.Popen(
            ["qemu-system-x86_64", "-M", "pc", "-cpu", "qemu64", "-accel", "tcg", "-m", MEMORY,
             "-smp", str(PROCESSORS), "-kernel", os.path.join(parts.FOLDER, "bzImage"),
             "-initrd", file.name, "-append", command_line, "-nographic", "-no-reboot", "-nic", "none"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        try:
            return machine.watch(process)
        finally:
            process.kill()
            process.wait()


def record(scenario, model, made, folder, consoles):
    """Boots a scenario and keeps its log; what went wrong, or nothing, and how long it took."""
    command_line = f"{COMMAND_LINE} {scenario.kernel or QUIET}"
    console, ending, seconds = boot(parts.initramfs(made, scenario, model), command_line)
    if consoles:
        with open(os.path.join(consoles, f"{model}-{scenario.name}.log"), "w", encoding="utf-8") as file:
            file.write(console)
    wrong = logs.complaint(scenario, console)
    if wrong:
        return f"{wrong} ({ending})", seconds
    lines, left_out = logs.kept(console, probes.names(probes.SETS[model]), model == "kho")
    about = {"kernel": parts.versions()["kernel"], "package": package(), "gcc": parts.versions()["gcc"],
             "qemu": kernels.versions(parts.TOOLS)["qemu"], "command line": command_line}
    path = os.path.join(folder, f"{scenario.name}.log")
    with open(path + ".part", "w", encoding="utf-8") as file:
        file.write(logs.written(scenario, model, about, lines, left_out))
    os.replace(path + ".part", path)
    return "", seconds


def package():
    return next(f"{name} {version}" for name, version in parts.versions().items()
                if name.startswith("linux-source"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", help="scenarios whose `MODEL NAME` matches")
    parser.add_argument("--again", action="store_true", help="record what is kept, too")
    parser.add_argument("--list", action="store_true", help="name the scenarios, and boot none")
    parser.add_argument("--models", default=os.path.join(HERE, "..", "..", "Models"), metavar="FOLDER")
    parser.add_argument("--consoles", metavar="FOLDER", help="keep whole consoles there")
    arguments = parser.parse_args()
    asked = [(scenario, model) for scenario in scenarios.read_all() for model in scenario.models
             if re.search(arguments.only, f"{model} {scenario.name}")]
    if arguments.list:
        for scenario, model in asked:
            print(model, scenario.name)
        return 0
    if not shutil.which("qemu-system-x86_64"):
        raise OSError("qemu-system-x86_64 is missing; see `make boot-tools`")
    parts.versions()
    made = parts.build()
    if arguments.consoles:
        os.makedirs(arguments.consoles, exist_ok=True)
    failed = 0
    for scenario, model in asked:
        folder = os.path.join(arguments.models, model, "logs")
        os.makedirs(folder, exist_ok=True)
        if not arguments.again and not arguments.only and os.path.exists(
                os.path.join(folder, f"{scenario.name}.log")):
            continue
        wrong, seconds = record(scenario, model, made, folder, arguments.consoles)
        print(f"{model} {scenario.name}: {wrong or 'recorded'} ({seconds:.0f} s)", flush=True)
        failed += bool(wrong)
    for model in scenarios.MODELS:
        readme.write(model, os.path.join(arguments.models, model, "logs"))
    return 1 if failed else 0


if __name__ == "__main__":
    # Ended from outside, it ends the machine, too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        sys.exit(main())
    except (scenarios.ScenarioError, OSError, ValueError, KeyError) as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
