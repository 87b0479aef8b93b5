"""One boot under QEMU's software emulation, watched until it ends or nothing more is said."""

import os
import select
import subprocess
import time
from dataclasses import dataclass

# A kernel that is silent so long is taken for stopped; other work on the machine is slow, too.
SILENT_SECONDS = float(os.environ.get("SWAPCHECK_BOOT_SILENT", "150"))
MOST_SECONDS = float(os.environ.get("SWAPCHECK_BOOT_SECONDS", "600"))
MOST_BYTES = 4 << 20
# What comes after a kernel has given up says nothing more.
ENDS = (b"end Kernel panic", b"Rebooting in", b"---[ end Kernel", b"System halted")


@dataclass(frozen=True)
class Machine:
    """What is emulated."""

    command_line: str
    memory: int
    processors: int
    # Processors that share a core.
    threads: int = 1
    # Nodes of NUMA have equal parts.
    nodes: int = 1
    is_arm: bool = False
    # What QEMU calls the processor; of arm64 there is one.
    model: str = "qemu64"
    # Whether arm64's interrupt controller has a translation service, with tables in memory.
    its: bool = True

    @property
    def smp(self):
        return f"{self.processors}" + (f",threads={self.threads}" if self.threads > 1 else "")


def command(machine, kernel, initrd):
    mib = machine.memory >> 20
    if machine.is_arm:
        # A seed in the device tree that a kernel without KASLR has not used up is one that kexec-tools
        # does not pass on.
        its = "" if machine.its else ",its=off"
        start = ["qemu-system-aarch64", "-M", f"virt,gic-version=3,dtb-randomness=off{its}",
                 "-cpu", "cortex-a57"]
    else:
        start = ["qemu-system-x86_64", "-M", "pc", "-cpu", machine.model]
    words = start + [
        "-accel", "tcg", "-m", f"{mib}M", "-smp", machine.smp, "-kernel", kernel,
        "-initrd", initrd, "-append", machine.command_line, "-nographic", "-no-reboot",
        "-nic", "none"]
    if machine.nodes > 1:
        for node in range(machine.nodes):
            first = machine.processors * node // machine.nodes
            last = machine.processors * (node + 1) // machine.nodes - 1
            words += [
                "-object", f"memory-backend-ram,id=m{node},size={mib // machine.nodes}M",
                "-numa", f"node,nodeid={node},memdev=m{node},cpus={first}-{last}"]
    return words


def boot(machine, kernel, initrd):
    """What the console said, and how it ended: `off`, `panic`, `silent` or `too long`."""
    process = subprocess.Popen(
        command(machine, kernel, initrd), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT)
    try:
        return watch(process)
    finally:
        process.kill()
        process.wait()


def watch(process):
    log = b""
    started = time.monotonic()
    spoke = started
    while True:
        ready, _, _ = select.select([process.stdout], [], [], 1)
        now = time.monotonic()
        if ready:
            data = os.read(process.stdout.fileno(), 65536)
            if not data:
                ending = "off"
                break
            log += data
            spoke = now
        if any(end in log[-4096:] for end in ENDS):
            ending = "panic"
            break
        if now - spoke > SILENT_SECONDS:
            ending = "silent"
            break
        if now - started > MOST_SECONDS or len(log) > MOST_BYTES:
            ending = "too long"
            break
    return log.decode("utf-8", "replace").replace("\r", ""), ending, time.monotonic() - started
