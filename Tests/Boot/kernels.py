"""The kernels that are booted: fetched from Debian's packages, and what their headers say."""

import os
import struct
import subprocess

HERE = os.path.dirname(os.path.abspath(__file__))
CACHE = os.environ.get(
    "SWAPCHECK_BOOT_CACHE", os.path.join(os.environ.get("TMPDIR", "/tmp"), "swapcheck-boot"))

# Kernels by the names that outcomes and logs are kept under, with Debian's architecture and suite.
KERNELS = {
    "x86_64-6.1": ("amd64", "bookworm"),
    "x86_64-6.12": ("amd64", "trixie"),
    "x86_64-7.2": ("amd64", "sid"),
    "arm64-6.1": ("arm64", "bookworm"),
    "arm64-6.12": ("arm64", "trixie"),
    "arm64-7.2": ("arm64", "sid"),
}


def named(word):
    """The kernels of a name; an architecture names all of its own."""
    return [kernel for kernel in KERNELS if kernel == word or kernel.startswith(f"{word}-")]


def folder(kernel):
    """The folder with a kernel's parts, fetched if they are not there."""
    architecture, suite = KERNELS[kernel]
    return fetched(kernel, f"{architecture}-{suite}", "fetch-boot-parts.sh")


def tools_folder(kernel):
    """The folder with programs that only some boots need, of the same suite."""
    architecture, suite = KERNELS[kernel]
    return fetched(kernel, f"{architecture}-{suite}-tools", "fetch-boot-tools.sh")


def fetched(kernel, name, script):
    architecture, suite = KERNELS[kernel]
    path = os.path.join(CACHE, name)
    if not os.path.exists(os.path.join(path, "versions")):
        done = subprocess.run(
            [os.path.join(HERE, script), CACHE, architecture, suite],
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace")
        if done.returncode:
            said = "\n".join(done.stdout.splitlines()[-6:])
            raise OSError(f"{kernel} is not fetched from Debian's packages:\n{said}")
    return path


def header(image):
    """The numbers of an image that decide where it may lie, by boot.rst and booting.rst."""
    with open(image, "rb") as file:
        data = file.read(4096)
    if data[0x202:0x206] == b"HdrS" or data[0x1fe:0x200] == b"\x55\xaa":
        alignment, = struct.unpack_from("<I", data, 0x230)
        relocatable, = struct.unpack_from("<B", data, 0x234)
        load_flags, = struct.unpack_from("<H", data, 0x236)
        preferred, init_size = struct.unpack_from("<QI", data, 0x258)
        return {
            "architecture": "x86_64", "size": init_size, "alignment": alignment,
            "relocatable": relocatable != 0, "address": preferred, "loadFlags": load_flags,
            "fileByteCount": os.path.getsize(image)}
    if data[56:60] == b"ARM\x64":
        offset, size, flags = struct.unpack_from("<QQQ", data, 8)
        return {
            "architecture": "arm64", "size": size, "alignment": 2 << 20, "relocatable": True,
            "offset": offset, "loadFlags": flags, "fileByteCount": os.path.getsize(image)}
    raise ValueError(f"{image} is no bzImage and no Image of arm64")


def versions(kernel):
    with open(os.path.join(folder(kernel), "versions"), encoding="utf-8") as file:
        packages = dict(line.split() for line in file)
    qemu = "qemu-system-aarch64" if kernel.startswith("arm64") else "qemu-system-x86_64"
    said = subprocess.run([qemu, "--version"], capture_output=True, text=True, check=True).stdout
    return {"packages": packages, "qemu": said.splitlines()[0]}
