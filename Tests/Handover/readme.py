"""The README of a folder of logs, made of the logs and of what the scenarios say."""

import os

import scenarios

TEXT = """# Logs of hand-overs

What a kernel said that handed over to itself, recorded by `make handover-logs`
([docs/handover-kernel.md](../../../docs/handover-kernel.md)), which also writes this table. A log begins
with lines of `#`: what it shows, which kernel, its command line, which lines are left out, and what the
agent did in each kernel. The rest is as the kernel has written it, over all kernels in turn: time begins
again with each. An event of `FUNCTION` is its entry, `FUNCTION_returns` its return, with `ret=`.

| log | what | kernels | lines |
| --- | --- | --- | --- |
"""


def write(model, folder):
    """Writes the README of a model's logs; none, where there are no logs."""
    if not os.path.isdir(folder):
        return
    rows = []
    for scenario in scenarios.read_all():
        path = os.path.join(folder, f"{scenario.name}.log")
        if model in scenario.models and os.path.exists(path):
            with open(path, encoding="utf-8") as file:
                lines = [line for line in file if not line.startswith("#")]
            count = sum("Linux version" in line for line in lines)
            rows.append(f"| {scenario.name} | {scenario.why} | {count} | {len(lines)} |\n")
    if rows:
        with open(os.path.join(folder, "README.md"), "w", encoding="utf-8") as file:
            file.write(TEXT + "".join(rows))
