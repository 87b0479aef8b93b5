"""What a machine finds in its initramfs whatever it is booted for: busybox, kexec, an image to load."""

import functools
import os

import archive


def busybox(parts):
    for path in ("bin/busybox", "usr/bin/busybox"):
        full = os.path.join(parts, "root", path)
        if os.path.exists(full):
            with open(full, "rb") as file:
                return file.read()
    raise FileNotFoundError(f"there is no busybox in {parts}/root")


@functools.cache
def archived(parts):
    """The same for all boots of a kernel."""
    same = archive.Archive()
    same.add("bin/busybox", busybox(parts))
    same.add_link("bin/sh", "busybox")
    root = os.path.join(parts, "root")
    same.add_tree(root)
    # Newer packages have all below /usr, and programs look for their loader above it.
    for name in ("lib", "lib64", "sbin"):
        if not os.path.exists(os.path.join(root, name)):
            same.add_link(name, f"usr/{name}")
    with open(os.path.join(parts, "vmlinuz"), "rb") as file:
        same.add("vmlinuz", file.read())
    return same.compressed(level=1)
