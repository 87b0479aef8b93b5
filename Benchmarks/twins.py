#!/usr/bin/env python3
"""Compares swap.m with its twins in Promela and in C, transition by transition.

Equal counts do not show that two models are the same: a step that leads to the wrong state leaves
them as they are when that state is reached anyway. So the rules of swap.m are evaluated here once
more, from its text, and every transition that the twins take is printed and compared with those.
`make bench` counts; this is for whoever changes one of the three files.
"""

import itertools
import os
import re
import subprocess
import sys
import tempfile

FOLDER = os.path.dirname(os.path.abspath(__file__))
CPUS, PROCS = 3, 6

# The order in which a state is printed.
SCALARS = ["old", "new", "to_old", "to_new"]
ARRAYS = [("exec", CPUS), ("view_old", CPUS), ("view_new", CPUS), ("place", PROCS)]


def read(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


class MurphiRules:
    """The rules of swap.m as Python. It reads the little of Murphi that swap.m is written in."""

    def __init__(self, text):
        text = re.sub(r"--.*", "", text)
        self.names = {"OLD": "OLD", "NEW": "NEW"}
        for values in re.findall(r"enum \{([^}]*)\}", text):
            if values.split() != ["OLD,", "NEW"]:
                self.names.update({name: i for i, name in enumerate(re.findall(r"\w+", values))})
        start = re.search(r"procedure start\(\);\s*begin(.*?)\nend;", text, re.S).group(1)
        self.start = compile(self.statements(start), "start", "exec")
        self.rules = []
        loose = re.sub(r"\nruleset (\w): (\w+) do(.*?)\nend;", self.take_ruleset, text, flags=re.S)
        self.take_rules(loose, None, [0])

    def take_ruleset(self, match):
        parameter, domain, body = match.groups()
        self.take_rules(body, parameter, range(CPUS if domain == "cpu_t" else PROCS))
        return ""

    def take_rules(self, text, parameter, values):
        pattern = r'rule "([^"]*)"(.*?)==>\s*begin(.*?)\n\s*end;\s*(?=\n\s*\n|\Z|\n\s*rule|\ninv)'
        for name, guard, body in re.findall(pattern, text, re.S):
            guard = compile(self.expression(guard), name, "eval")
            action = compile(self.statements(body), name, "exec")
            self.rules += [(guard, action, {parameter: value} if parameter else {})
                           for value in values]

    @staticmethod
    def expression(text):
        text = re.sub(r"view\[(OLD|NEW)\]", lambda m: f"view_{m.group(1).lower()}", text)
        text = re.sub(
            r"forall (\w): (\w+) do (.*?) end",
            lambda m: f"all({m.group(3)} for {m.group(1)} in range({count_of(m.group(2))}))", text)
        text = text.replace("&", " and ").replace("|", " or ").replace("!=", "<>")
        text = re.sub(r"(?<![<>])=", "==", text).replace("<>", "!=")
        return "(" + " ".join(text.split()) + ")"

    def statements(self, text):
        lines, indent = [], 0
        for line in (line.strip() for line in text.splitlines()):
            if line == "start();":
                lines.append(" " * indent + "start()")
            elif match := re.fullmatch(r"for (\w): (\w+) do", line):
                lines.append(" " * indent
                             + f"for {match.group(1)} in range({count_of(match.group(2))}):")
                indent += 1
            elif match := re.fullmatch(r"if (.*) then", line):
                lines.append(" " * indent + f"if {self.expression(match.group(1))}:")
                indent += 1
            elif line == "end;":
                indent -= 1
            elif match := re.fullmatch(r"(\S+) := (.*);", line):
                target = self.expression(match.group(1))[1:-1]
                lines.append(" " * indent + f"{target} = {self.expression(match.group(2))}")
            elif line:
                sys.exit(f"error: swap.m has a statement that is not read here: {line}")
        return "\n".join(lines)

    def unpacked(self, state):
        scope = dict(self.names)
        scope.update(zip(SCALARS, state))
        values = iter(state[len(SCALARS):])
        for name, count in ARRAYS:
            scope[name] = list(itertools.islice(values, count))
        scope["start"] = lambda: exec(self.start, scope)
        return scope

    @staticmethod
    def packed(scope):
        return tuple(scope[name] for name in SCALARS) + tuple(
            value for name, _ in ARRAYS for value in scope[name])

    def transitions(self):
        """Every transition from a reachable state, with how many rules take it."""
        scope = self.unpacked((0,) * (len(SCALARS) + sum(count for _, count in ARRAYS)))
        scope["start"]()
        first = self.packed(scope)
        seen, queue, taken = {first}, [first], {}
        for state in queue:
            scope = self.unpacked(state)
            for guard, action, binding in self.rules:
                scope.update(binding)
                if eval(guard, scope):
                    after = self.unpacked(state)
                    after.update(binding)
                    exec(action, after)
                    step = (state, self.packed(after))
                    taken[step] = taken.get(step, 0) + 1
                    if step[1] not in seen:
                        seen.add(step[1])
                        queue.append(step[1])
        return taken


def count_of(domain):
    return CPUS if domain == "cpu_t" else PROCS


def read_transitions(output):
    """From lines of two states, each as numbers between blanks."""
    taken = {}
    for line in output.splitlines():
        if "|" in line:
            before, after = (tuple(map(int, part.split())) for part in line.split("|"))
            taken[before, after] = taken.get((before, after), 0) + 1
    return taken


def run(arguments, folder):
    done = subprocess.run(arguments, cwd=folder, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"error: {' '.join(arguments)}:\n{(done.stdout + done.stderr)[:2000]}")
    return done.stdout


def promela_transitions(folder):
    """SPIN takes each transition of each state once; here it prints the state before and after."""
    text, count = re.subn(
        r"d_step \{(.*?)->(.*?)\}",
        r'd_step {\1-> c_code { DUMP(""); };\2; c_code { DUMP("|"); } }',
        read("swap.pml"), flags=re.S)
    if count < 20:
        sys.exit("error: swap.pml has no steps of the form d_step { guard -> ... }")
    printed = [f'printf("%d ", now.{name});' for name in SCALARS]
    printed += [f'for (int i = 0; i < {count}; i++) printf("%d ", now.{name}[i]);'
                for name, count in ARRAYS]
    with open(os.path.join(folder, "twin.pml"), "w", encoding="utf-8") as file:
        file.write(text)
    with open(os.path.join(folder, "dump.h"), "w", encoding="utf-8") as file:
        file.write("#include <stdio.h>\n#define DUMP(mark) do { printf(mark); "
                   + " ".join(printed) + ' if (*mark) printf("\\n"); } while (0)\n')
    run(["spin", f"-DCPUS={CPUS}", f"-DPROCS={PROCS}", "-a", "twin.pml"], folder)
    run(["cc", "-O1", "-w", "-DSAFETY", "-DNOREDUCE", "-include", "dump.h", "pan.c", "-o", "pan"],
        folder)
    return read_transitions(run(["./pan", "-m1000000", "-n"], folder))


EXPLORER_DUMP = """
#define main explore
#include "%s"
#undef main
static void dump(state_t s) {
  printf("%%d %%d %%d %%d ", (int)(s & 7), (int)(s >> 3 & 7), (int)(s >> 6 & 3), (int)(s >> 8 & 3));
  for (int at = EXEC_AT; at < PLACE_AT; at += 2) printf("%%d ", (int)(s >> at & 3));
  for (int p = 0; p < PROCS; p++) printf("%%d ", (int)(s >> (PLACE_AT + 3 * p) & 7));
}
int main(void) {
  state_t *seen = pages(CAPACITY * sizeof(state_t)), *queue = pages(CAPACITY * sizeof(state_t));
  uint64_t count = 0;
  queue[count++] = initial();
  seen[slot_of(initial())] = initial();
  for (uint64_t i = 0; i < count; i++) {
    state_t next[MOST_SUCCESSORS], *end = successors(queue[i], next);
    for (state_t *s = next; s < end; s++) {
      uint64_t slot = slot_of(*s);
      while (seen[slot] != EMPTY && seen[slot] != *s) slot = slot + 1 & CAPACITY - 1;
      if (seen[slot] == EMPTY) queue[count++] = seen[slot] = *s;
      dump(queue[i]);
      printf("|");
      dump(*s);
      printf("\\n");
    }
  }
}
"""


def explorer_transitions(folder):
    with open(os.path.join(folder, "dump.c"), "w", encoding="utf-8") as file:
        file.write(EXPLORER_DUMP % os.path.join(FOLDER, "swap_explorer.c"))
    run(["cc", "-O1", "-w", f"-DCPUS={CPUS}", f"-DPROCS={PROCS}", "-DTABLE_BITS=20", "dump.c",
         "-o", "dump"], folder)
    return read_transitions(run(["./dump"], folder))


def main():
    model = MurphiRules(read("swap.m")).transitions()
    states = {state for step in model for state in step}
    print(f"swap.m, {CPUS} CPUs, {PROCS} processes: {len(states):,} states, "
          f"{sum(model.values()):,} transitions")
    differs = False
    with tempfile.TemporaryDirectory() as folder:
        for name, twin in [("swap.pml", promela_transitions(folder)),
                           ("swap_explorer.c", explorer_transitions(folder))]:
            missing = [step for step in model if twin.get(step, 0) < model[step]]
            extra = [step for step in twin if model.get(step, 0) < twin[step]]
            print(f"{name}: {'the same' if not missing and not extra else 'differs'}")
            for title, steps in [("not taken", missing), ("taken beside", extra)]:
                if steps:
                    differs = True
                    print(f"  {title}, {len(steps):,}, such as:")
                    print(f"    {steps[0][0]}\n    {steps[0][1]}")
    sys.exit(1 if differs else 0)


if __name__ == "__main__":
    main()
