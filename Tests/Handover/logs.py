"""What is kept of a console: the lines that say something of a hand-over, and what was left out."""

import re

# A line of the kernel's log. Before a machine's first line the firmware has written.
STAMPED = re.compile(r"(\[ *\d+\.\d{6}\] )(.*)$")
# What says something of a hand-over, besides the events.
TOLD = re.compile(
    r"^(agent|init: |Linux version|Memory: |KHO:|KHO |(luo|memfd_luo|kho_block|liveupdate test): "
    r"|kexec_core: |Kernel panic|---\[ end Kernel|WARNING: |BUG: |RIP: |refcount_t: |# |ok \d|not ok \d|TAP |1\.\.\d"
    r"|reboot: )")
# What KHO does before there is tracing; one line for each page that is set aside.
EARLY = re.compile(r"^_*memblock_\w+: .*\bkho_")
# initcalls end with an event each: these are about the hand-over.
INITCALLS = re.compile(r"^initcall_finish: func=\w*(kho|luo|liveupdate)\w*")
RULE = ("kept of the console: events of the probes, the agent's lines, what the kernel says of KHO, LUO, "
        "kexec and panics, and the ends of their initcalls; left out, {count} other lines")


def kept(console, events, with_pages):
    """The lines that are kept, and how many are not."""
    lines, left_out = [], 0
    for line in console.splitlines():
        stamped = STAMPED.search(line)
        text = stamped.group(2) if stamped else ""
        event = text.split(": ", 1)[0]
        if (event in events or INITCALLS.match(text) or TOLD.match(text)
                or with_pages and EARLY.match(text)):
            lines.append(stamped.group(0))
        elif line.strip():
            left_out += 1
    return lines, left_out


def written(scenario, model, about, lines, left_out):
    """The log's text, behind a header."""
    header = [
        f"{scenario.name}: {scenario.why}",
        f"kernel {about['kernel']} of {about['package']}, gcc {about['gcc']}, {about['qemu']}",
        f"command line {about['command line']}",
        f"probes of Models/{model}.m by Tests/Handover/probes.py",
        RULE.format(count=left_out)]
    for number, script in enumerate(scenario.scripts, 1):
        header.append(f"script of kernel {number}:")
        header += ["  " + line for line in script.splitlines()]
    return "".join(f"# {line}\n" for line in header) + "\n".join(lines) + "\n"


def complaint(scenario, console):
    """What did not go as the scenario says, or nothing."""
    if ", unexpected" in console:
        return next(line for line in console.splitlines() if ", unexpected" in line)
    lost = re.search(r"events were lost: (.*)", console)
    if lost:
        return lost.group(0)
    refused = re.search(r"trace_boot: .*|Failed to parse bootconfig.*|trace_kprobe: error.*", console)
    if refused:
        return refused.group(0)
    if scenario.ends:
        return "" if re.search(scenario.ends, console) else f"the console does not say `{scenario.ends}`"
    last = f"init: script {len(scenario.scripts)} ended with 0"
    return "" if last in console else f"the console does not say `{last}`"
