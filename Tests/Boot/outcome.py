"""What a boot said, as data that is kept."""

import re

import guest

# Of the second kernel's log; what it dies of is kept, too.
DEATHS = (
    r"Kernel panic|Out of memory|Killed process|page allocation failure|Cannot allocate|out of memory"
    r"|BUG:|Unable to handle|Failed to alloc|failed to allocate|write error|not syncing"
)


def read(question, initramfs, log, ending):
    """The outcome of a question, of what the console said."""
    # Before its second kernel runs, a boot may have said what only belongs to the first.
    before, _, after = parted(log)
    fields = says(before)
    blocks = shown(before)
    later = shown(after)
    outcome = {
        "verdict": verdict(question, before, after, ending),
        "ending": ending,
        "reservation": reservation(blocks.get("first-log", [])),
        "firstIomem": blocks.get("first-iomem", []),
        "firstMemory": blocks.get("first-meminfo", []),
        "firstLog": [plain(line) for line in blocks.get("first-log", [])
                     if "ommand line" not in line],
        "initrdByteCount": initramfs.second_byte_count,
        "unpackedByteCount": initramfs.second_unpacked_byte_count,
        "crashByteCount": int(fields.get("crash-size", "0") or 0),
        "kexec": segments(blocks.get("kexec", [])),
        "kexecLog": [plain(line) for line in blocks.get("kexec-log", [])],
    }
    if question.largest_below:
        outcome["tries"] = tries(before)
    said = fields.get("initrd-bytes")
    if said is not None and int(said) != initramfs.second_byte_count:
        outcome["verdict"] = "not asked: the first kernel had no room for the initrd"
    if after:
        outcome["secondLog"] = kernel_lines(after)
        outcome["secondMemory"] = (
            later.get("second-meminfo", []) + later.get("second-more", []))
        outcome["secondProcessors"] = "".join(later.get("second-processors", []))
        outcome["secondIomem"] = later.get("second-iomem", [])
    return outcome


def parted(log):
    """The log before and behind the second kernel's start; a crash may cut the first one's last word."""
    start = re.search(r"@@ starts\n|sysrq: Trigger a crash|Starting new kernel", log)
    return (log[:start.start()], start[0], log[start.end():]) if start else (log, "", "")


def verdict(question, before, after, ending):
    """Where a question ended: at the reservation, at kexec, in the second kernel, or well."""
    fields = says(before)
    if question.load != "reboot" and fields.get("crash-size") == "0":
        return "not reserved"
    if "only" in fields:
        return "reserved"
    if "bounded" in fields:
        return "bounded" if tries(before) else "not asked: there is no boundary"
    if "refused" in fields:
        return "refused"
    if not after:
        return f"not asked: the first kernel did not come so far ({ending})"
    said = says(after)
    if "up" not in said:
        return "did not come up"
    padding = int(said.get("padding-bytes", "0") or 0)
    if padding != question.padding or re.search(r"unpacking failed|write error", after):
        return "initrd incomplete"
    return "up" if "done" in said else "did not stay up"


def tries(log):
    """The largest initrd that kexec took and the least that it refused, with its words."""
    accepted = [int(match[1]) for match in re.finditer(r"@@ accepts (\d+)", log)]
    refused = [(int(match[1]), match[2]) for match in re.finditer(r"@@ refuses (\d+) ?(.*)", log)]
    if not accepted or not refused:
        return []
    least, words = min(refused)
    return [{"initrdByteCount": max(accepted), "isAccepted": True},
            {"initrdByteCount": least, "isAccepted": False, "words": words}]


def says(log):
    return {match[1]: match[2] for match in re.finditer(r"@@ ([a-z-]+) ?(.*)", log)}


def shown(log):
    """Blocks between `@@begin NAME` and `@@end`."""
    return {match[1]: match[2].splitlines()
            for match in re.finditer(r"@@begin ([a-z-]+)\n(.*?)@@end", log, re.DOTALL)}


def plain(line):
    """A line of a log without its time."""
    return re.sub(r"^(<\d+>)?\[ *\d+\.\d+\](\[ *[TC]\d+\])? ?", "", line).rstrip()


def reservation(lines):
    return [plain(line) for line in lines if re.search(r"crash ?kernel", line, re.IGNORECASE)
            and not re.search("command line", line, re.IGNORECASE)]


def segments(lines):
    """Kexec's words, and where it puts what; of thousands of lines of debugging the rest is noise."""
    kept = r"segment\[|nr_segments|\.(mem|bufsz|memsz)|failed|refus|cannot|Could not|error|kernel|invalid|overlap"
    lines = [line.rstrip() for line in lines if re.search(kept, line, re.IGNORECASE)]
    return lines[:80]


def kernel_lines(log):
    """Of the second kernel's log those that tell about memory, and the end if it is no good one."""
    pattern = re.compile(f"{guest.LOG_LINES}|{DEATHS}", re.IGNORECASE)
    # Before it, the first kernel tells how it crashed.
    own = log[max(log.find("] Linux version"), 0):] if "] Linux version" in log else ""
    lines = [plain(line) for line in own.splitlines() if not line.startswith("@@")]
    kept = [line for line in lines if pattern.search(line) and "ommand line" not in line]
    return list(dict.fromkeys(line for line in kept if len(line) < 400))[:60]
