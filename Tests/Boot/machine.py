"""One boot under QEMU's software emulation, watched until it ends or nothing more is said."""

import os
import select
import subprocess
import time

# A kernel that is silent so long is taken for stopped; other work on the machine is slow, too.
SILENT_SECONDS = float(os.environ.get("SWAPCHECK_BOOT_SILENT", "150"))
MOST_SECONDS = float(os.environ.get("SWAPCHECK_BOOT_SECONDS", "600"))
MOST_BYTES = 4 << 20
# What comes after a kernel has given up says nothing more.
ENDS = (b"end Kernel panic", b"Rebooting in", b"---[ end Kernel", b"System halted")


def command(question, kernel, initrd):
    mib = question.memory >> 20
    if question.is_arm:
        # A seed in the device tree that a kernel without KASLR has not used up is one that kexec-tools
        # does not pass on.
        start = ["qemu-system-aarch64", "-M", "virt,gic-version=3,dtb-randomness=off",
                 "-cpu", "cortex-a57"]
    else:
        start = ["qemu-system-x86_64", "-M", "pc", "-cpu", "qemu64"]
    words = start + [
        "-accel", "tcg", "-m", f"{mib}M", "-smp", str(question.processors), "-kernel", kernel,
        "-initrd", initrd, "-append", question.first_command_line, "-nographic", "-no-reboot",
        "-nic", "none"]
    if question.nodes > 1:
        for node in range(question.nodes):
            first = question.processors * node // question.nodes
            last = question.processors * (node + 1) // question.nodes - 1
            words += [
                "-object", f"memory-backend-ram,id=m{node},size={mib // question.nodes}M",
                "-numa", f"node,nodeid={node},memdev=m{node},cpus={first}-{last}"]
    return words


def boot(question, kernel, initrd):
    """What the console said, and how it ended: `off`, `panic`, `silent` or `too long`."""
    process = subprocess.Popen(
        command(question, kernel, initrd), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
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
