"""The tools that are measured: how each is built for a model, run, and read.

Every tool has `name`, `threads`, `prepare()`, which builds what it needs, and `run()`. What
`prepare` took is compile time: it is left out of one column of the results and counted in another.
"""

import math
import os
import re
import subprocess
import tempfile
import threading
import time

FOLDER = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(FOLDER)
SWAPCHECK = os.environ.get("SWAPCHECK", os.path.join(ROOT, ".build/release/swapcheck"))

SPIN_OPTIONS = ["-O3", "-DSAFETY", "-DNOREDUCE", "-DNOBOUNDCHECK", "-DNOFAIR", "-DMEMLIM=64000"]
EXPLORER_OPTIONS = ["-O3", "-march=native"]


class BenchmarkError(Exception):
    """The benchmark cannot go on: a tool failed, or the tools disagree."""


class OverBound(Exception):
    """A tool took longer than it was given."""


class Run:
    """One run of a program: what it printed, seconds, those of the processor, and peak resident bytes."""

    def __init__(self, arguments, folder=ROOT, environment=None, bound_seconds=None):
        started = time.monotonic()
        with tempfile.TemporaryFile() as output:
            try:
                process = subprocess.Popen(
                    arguments, stdout=output, stderr=subprocess.STDOUT, cwd=folder,
                    env=environment)
            except OSError as error:
                raise BenchmarkError(f"cannot run {arguments[0]}: {error.strerror}") from error
            over = threading.Event()

            def stop():
                over.set()
                process.kill()

            timer = threading.Timer(bound_seconds, stop) if bound_seconds else None
            if timer:
                timer.start()
            _, status, usage = os.wait4(process.pid, 0)
            if timer:
                timer.cancel()
            process.returncode = os.waitstatus_to_exitcode(status)
            self.code = process.returncode
            self.seconds = time.monotonic() - started
            self.processor_seconds = usage.ru_utime + usage.ru_stime
            self.bytes = usage.ru_maxrss * 1024
            output.seek(0)
            self.output = output.read().decode(errors="replace")
        self.arguments = arguments
        if over.is_set():
            raise OverBound()

    def number(self, pattern):
        """The last number that `pattern` finds in the output."""
        found = re.findall(pattern, self.output)
        if not found:
            raise BenchmarkError(f"no {pattern!r} from {' '.join(self.arguments)}:\n{self.output}")
        return int(found[-1].replace(",", ""))

    def must_succeed(self):
        if self.code != 0:
            raise BenchmarkError(
                f"{' '.join(self.arguments)} ended with {self.code}:\n{self.output}")
        return self


class Swapcheck:
    """swapcheck. What it compiled is kept in `cache`, unless a run is to count everything."""

    name = "swapcheck"

    def __init__(self, case, threads, folder):
        self.threads = threads
        self.cache = folder
        self.arguments = [
            SWAPCHECK, "check", os.path.join(ROOT, case.model), "--symmetry", case.symmetry,
            "--threads", str(threads)]
        for name, value in case.constants.items():
            self.arguments += ["--set", f"{name}={value}"]

    def prepare(self):
        return 0.0

    def warm(self):
        """Runs compiled rules from the first state on, which fills the cache."""
        return self.run(options=["--executor", "native"])

    def run(self, bound_seconds=None, cache=None, options=()):
        environment = dict(os.environ, XDG_CACHE_HOME=cache or self.cache)
        run = Run(
            [*self.arguments, *options], environment=environment, bound_seconds=bound_seconds)
        run.must_succeed()
        run.states = run.number(r"states ([\d,]+), rules fired")
        run.rules = run.number(r"rules fired ([\d,]+)")
        run.state_bits = run.number(r"\((\d+) bits a state\)")
        return run

    def run_fresh(self):
        """A run that finds nothing compiled."""
        with tempfile.TemporaryDirectory() as cache:
            return self.run(cache=cache)


class Rumur:
    """Rumur, with what makes it fastest: whole words for values (a fifth faster than its default),
    and scalarsets not followed through traces, without which 16 processes do not end."""

    name = "Rumur"

    def __init__(self, case, threads, folder):
        self.threads = threads
        with open(os.path.join(ROOT, case.model), encoding="utf-8") as file:
            text = file.read()
        for name, value in case.constants.items():
            text, count = re.subn(rf"(\b{name}:\s*)\d+", rf"\g<1>{value}", text, count=1)
            if count == 0:
                raise BenchmarkError(f"{case.model} has no constant {name}")
        # Rumur has no measures.
        text = re.sub(r'^measure "[^"]*"[^;]*;', "", text, flags=re.MULTILINE)
        self.source = os.path.join(folder, f"model-{threads}.m")
        self.code = os.path.join(folder, f"model-{threads}.c")
        self.program = os.path.join(folder, f"rumur-{threads}")
        self.reduction = case.rumur_reduction
        with open(self.source, "w", encoding="utf-8") as file:
            file.write(text)

    def prepare(self):
        generated = Run(
            ["rumur", self.source, "-o", self.code, "--threads", str(self.threads),
             "--symmetry-reduction", self.reduction, "--scalarset-schedules", "off",
             "--value-type", "int32_t"]).must_succeed()
        compiled = Run(
            ["cc", "-O3", "-w", self.code, "-o", self.program, "-lpthread", "-mcx16"]
        ).must_succeed()
        return generated.seconds + compiled.seconds

    def run(self, bound_seconds=None):
        run = Run([self.program], bound_seconds=bound_seconds).must_succeed()
        run.states = run.number(r"(\d+) states, \d+ rules fired")
        run.rules = run.number(r"\d+ states, (\d+) rules fired")
        return run


class Spin:
    """SPIN: exact, without reduction, and with a table of two to four slots a state. It counts the
    first state as a transition; a model that has several start states has a twin that chooses one,
    from one more state and by as many more transitions. Its stack is made ten times as deep when it
    turns out too small."""

    name = "SPIN"
    threads = 1

    def __init__(self, case, states, folder):
        self.twin = os.path.join(FOLDER, case.twin)
        self.options = [f"-D{name}={value}" for name, value in case.constants.items()]
        self.table_bits = max(18, math.ceil(math.log2(states)) + 1)
        self.start_states = case.start_states
        self.depth = 200_000
        self.folder = os.path.join(folder, "spin")
        os.makedirs(self.folder, exist_ok=True)

    def prepare(self):
        generated = Run(["spin", *self.options, "-a", self.twin], folder=self.folder)
        generated.must_succeed()
        compiled = Run(["cc", *SPIN_OPTIONS, "-w", "pan.c", "-o", "pan"], folder=self.folder)
        compiled.must_succeed()
        return generated.seconds + compiled.seconds

    def run(self, bound_seconds=None):
        while True:
            run = Run(
                [os.path.join(self.folder, "pan"), f"-m{self.depth}", f"-w{self.table_bits}", "-n"],
                folder=self.folder, bound_seconds=bound_seconds).must_succeed()
            if "max search depth too small" not in run.output:
                break
            self.depth *= 10
        if run.number(r"errors: (\d+)") != 0:
            raise BenchmarkError(f"SPIN finds an error in {self.twin}:\n{run.output}")
        run.states = run.number(r"(\d+) states, stored")
        run.rules = run.number(r"(\d+) transitions") - 1
        if self.start_states > 1:
            run.states -= 1
            run.rules -= self.start_states
        return run


class Explorer:
    """The swap's rules in C by hand. Its table has at least 1.2 slots a state, given beforehand."""

    name = "by hand"
    threads = 1

    def __init__(self, case, states, folder):
        self.program = os.path.join(folder, "explorer")
        self.options = [f"-D{name}={value}" for name, value in case.constants.items()]
        self.options.append(f"-DTABLE_BITS={math.ceil(math.log2(states * 1.2))}")

    def prepare(self):
        source = os.path.join(FOLDER, "swap_explorer.c")
        return Run(
            ["cc", *EXPLORER_OPTIONS, "-w", *self.options, source, "-o", self.program]
        ).must_succeed().seconds

    def run(self, bound_seconds=None):
        run = Run([self.program], bound_seconds=bound_seconds).must_succeed()
        run.states = run.number(r"(\d+) states")
        run.rules = run.number(r"(\d+) rules fired")
        return run
