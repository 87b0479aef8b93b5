"""What the first kernel finds in its initramfs: a question, and the second kernel with its own."""

import gzip
import os
from dataclasses import dataclass

import archive
import tools

HERE = os.path.dirname(os.path.abspath(__file__))

# Lines of a kernel's log that are kept.
LOG_LINES = (
    r"crashkernel|crash kernel|percpu: Embedded|software IO TLB|Memory: [0-9]|RAMDISK|reserved mem"
    r"|Freeing initrd|Initramfs|rootfs image|NUMA: Node|cma: Reserved|smpboot: Allowing"
    r"|nr_cpu_ids:|Linux version|KASLR|unused kernel image .initmem"
)


# The largest initrd is looked for in units of so many bytes.
BOUNDARY_UNIT = 256 << 10


@dataclass(frozen=True)
class Initramfs:
    """Bytes for QEMU, and what is exactly known of the second kernel's."""

    data: bytes
    second_byte_count: int
    second_unpacked_byte_count: int


def read(name):
    with open(os.path.join(HERE, "Guest", name), "rb") as file:
        return file.read()


def initramfs(question, parts):
    """Puts a question's initramfs together, of the parts that were fetched for its kernel."""
    second, second_count = second_initrd(question, parts)
    first = archive.Archive()
    first.add("init", read("first.sh"))
    first.add("second.initrd", second)
    padding = question.padding
    header = archive.header("padding", 0o100644, padding) if padding else b""
    # As many zeros as there are behind a file whose bytes are no multiple of 4.
    trailer = b"\0" * (-padding % 4) + archive.trailer() if padding else b""
    first.add("padding.header", header)
    first.add("padding.trailer", trailer)
    first.add("question", "".join(f"{key}='{value}'\n" for key, value in {
        "LOAD": question.load_flag, "SYSCALL": question.syscall_flag, "PADDING": padding,
        "APPEND": question.second_command_line, "LOG_LINES": LOG_LINES,
        "BOUNDARY": question.largest_below > 0, "MOST": question.largest_below,
        "UNIT": BOUNDARY_UNIT,
    }.items()).encode())
    byte_count = len(second) + (len(header) + padding + len(trailer))
    return Initramfs(
        tools.archived(parts) + first.compressed(), byte_count,
        second_count + archive.file_pages(padding))


def second_initrd(question, parts):
    """The second kernel's initrd without padding, and what it unpacks to."""
    second = archive.Archive()
    second.add("init", read("second.sh"))
    second.add("bin/busybox", tools.busybox(parts))
    second.add_link("bin/sh", "busybox")
    data = second.compressed()
    if question.zeros:
        data += compressed_zeros(question.zeros)
    return data, second.unpacked_byte_count + archive.file_pages(question.zeros)


def compressed_zeros(byte_count):
    """An archive of a file of zeros: small until it is unpacked."""
    body = (archive.header("zeros", 0o100644, byte_count) + b"\0" * (-(-byte_count // 4) * 4)
            + archive.trailer())
    return archive.filled(gzip.compress(body, 9, mtime=0), 512)
