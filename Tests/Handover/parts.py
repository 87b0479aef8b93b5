"""What the guests are made of: the built kernel, the agent, a module, the kernel's own tests, busybox."""

import hashlib
import os
import shutil
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "Boot"))

import archive  # noqa: E402
import guest  # noqa: E402
import kernels  # noqa: E402

import probes  # noqa: E402

FOLDER = os.environ.get("SWAPCHECK_HANDOVER_CACHE", os.path.join(kernels.CACHE, "handover-sid"))
# Its busybox and kexec-tools are used.
TOOLS = "x86_64-7.2"
WARNINGS = ["-std=gnu11", "-Wall", "-Wextra", "-Werror"]
SELF_TESTS = ("luo_kexec_simple", "luo_multi_session", "liveupdate")


def run(words, folder=None):
    done = subprocess.run(
        words, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", cwd=folder,
        check=False)
    if done.returncode:
        said = "\n".join(done.stdout.splitlines()[-12:])
        raise OSError(f"{' '.join(words[:6])} … has ended with {done.returncode}:\n{said}")
    return done.stdout


def versions():
    """The kernel's package, release and compiler."""
    path = os.path.join(FOLDER, "versions")
    if not os.path.exists(path):
        raise OSError(f"there is no kernel in {FOLDER}; `make kernel-kho` builds it")
    with open(path, encoding="utf-8") as file:
        return dict(line.split() for line in file)


def build():
    """Compiles what is not compiled as it is now, and returns the folder with it."""
    inputs = []
    for folder in ("Guest", "Module"):
        for name in sorted(os.listdir(os.path.join(HERE, folder))):
            with open(os.path.join(HERE, folder, name), "rb") as file:
                inputs.append(file.read())
    with open(os.path.join(FOLDER, "versions"), "rb") as file:
        inputs.append(file.read())
    name = "guest-" + hashlib.sha256(b"\0".join(inputs)).hexdigest()[:16]
    made = os.path.join(FOLDER, name)
    if os.path.exists(made):
        return made
    part = made + ".part"
    shutil.rmtree(part, ignore_errors=True)
    shutil.copytree(os.path.join(HERE, "Module"), os.path.join(part, "module"))
    build_module(os.path.join(part, "module"))
    static = ["gcc", *WARNINGS, "-O1", "-static", "-D_GNU_SOURCE", f"-I{FOLDER}/include"]
    sources = [os.path.join(HERE, "Guest", f"{name}.c") for name in ("agent", "luo", "memory", "jump")]
    run([*static, *sources, "-o", os.path.join(part, "agent")])
    build_self_tests(part)
    os.rename(part, made)
    return made


def build_module(folder):
    run(["nice", "make", "-C", os.path.join(FOLDER, "source"), f"O={FOLDER}/build", f"M={folder}",
         "modules"])


def build_self_tests(part):
    """The kernel's own, against a C library and without one as the kernel builds them itself."""
    source = os.path.join(FOLDER, "source", "tools", "testing", "selftests")
    for name in SELF_TESTS:
        run(["gcc", "-O1", "-static", "-D_GNU_SOURCE", f"-I{FOLDER}/include", f"-I{source}",
             f"{source}/liveupdate/{name}.c", f"{source}/liveupdate/luo_test_utils.c",
             "-o", os.path.join(part, name)])
    run(["gcc", "-s", "-static", "-Os", "-nostdinc", "-nostdlib", "-fno-asynchronous-unwind-tables",
         "-fno-ident", f"-I{FOLDER}/include", f"-I{source}/../../include/nolibc",
         f"{source}/kho/init.c", "-o", os.path.join(part, "kho_init")])


def offsets(made):
    with open(os.path.join(made, "module", "offsets.s"), encoding="utf-8") as file:
        return probes.read_offsets(file.read())


def read(*names):
    with open(os.path.join(*names), "rb") as file:
        return file.read()


def initramfs(made, scenario, model):
    """The bytes of the initrd, with the probes of a model as a bootconfig behind it."""
    config = probes.appended(probes.bootconfig(probes.SETS[model], offsets(made)))
    tools = kernels.folder(TOOLS)
    root = archive.Archive()
    # The kernel's own init mounts file systems on folders that are there.
    for folder in ("proc", "debugfs", "dev"):
        root.add(f"{folder}/.folder", b"")
    root.add("kernel", read(FOLDER, "bzImage"))
    for name in ("forced_error.ko", "unasked_flb.ko"):
        root.add(name, read(made, "module", name))
    root.add("bootconfig", config)
    root.add("bin/busybox", guest.busybox(tools))
    root.add_link("bin/sh", "busybox")
    root.add("bin/agent", read(made, "agent"))
    for generation, text in enumerate(scenario.scripts, 1):
        root.add(f"script-{generation}", text.encode())
    for name in scenario.tests:
        root.add(f"bin/{name}", read(made, name))
    if scenario.uses_kexec:
        root.add_tree(os.path.join(tools, "root"))
        for name in ("lib", "lib64", "sbin"):
            root.add_link(name, f"usr/{name}")
    root.add("init", read(made, scenario.init) if scenario.init else read(HERE, "Guest", "init"))
    # The kernel looks for the bootconfig at the very end.
    return root.compressed(level=1) + config
