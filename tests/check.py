#!/usr/bin/env python3
"""Runs everything that must hold before a change is sent, and ends with one total line.

usage: check.py MAKE CC

Stages: lint; test; the same under sanitizers; both compilers without a warning, the other one's
unit tests too. A stage that counts its tests adds its counts; any other counts as one.
"""

import os
import re
import subprocess
import sys
import time

sys.dont_write_bytecode = True

from harness.result import FAILED, PASSED, SKIPPED, Total

TOTAL = re.compile(r"^(\d+) passed, (\d+) failed, (\d+) skipped$")
JOBS = "-j2"


def run_stage(name, command, total):
    """Shows the stage's output while it runs, keeping its total back for the end."""
    started = time.monotonic()
    print("== " + name, flush=True)
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True,
                             errors="backslashreplace")
    counts = None
    for line in child.stdout:
        match = TOTAL.match(line.strip())
        if match:
            counts = [int(number) for number in match.groups()]
        else:
            sys.stdout.write(line)
            sys.stdout.flush()
    status = child.wait()
    if counts:
        for outcome, number in zip((PASSED, FAILED, SKIPPED), counts):
            total.add(outcome, number)
        if status != 0 and not counts[1]:
            total.add(FAILED)
    else:
        total.add(PASSED if status == 0 else FAILED)
    outcome = "ok" if status == 0 else "FAILED, status %d" % status
    shown = " (%d passed, %d failed, %d skipped)" % tuple(counts) if counts else ""
    print("== %s: %s%s, %.0f s" % (name, outcome, shown, time.monotonic() - started), flush=True)


def stages(make, compiler):
    quiet = [make, "--no-print-directory"]
    other = "gcc" if "clang" in os.path.basename(compiler.split()[0]) else "clang"
    yield "lint", quiet + ["lint"]
    yield "build without a warning", quiet + [JOBS, "WERROR=1", "all", "unit"]
    yield "test", quiet + ["WERROR=1", "test"]
    yield "build with sanitizers", quiet + [JOBS, "sanitize-build"]
    yield "sanitize", quiet + ["sanitize"]
    yield "build with " + other, quiet + [JOBS, "CC=" + other, "WERROR=1", "program", "unit"]
    yield "unit tests with " + other, quiet + ["CC=" + other, "WERROR=1", "test-unit"]


def main():
    make, compiler = sys.argv[1:3]
    os.environ.pop("MAKEFLAGS", None)  # each stage chooses its own
    os.environ.pop("MAKELEVEL", None)
    total = Total()
    for name, command in stages(make, compiler):
        run_stage(name, command, total)
    print(total.line())
    return total.exit_status()


if __name__ == "__main__":
    sys.exit(main())
