#!/usr/bin/env python3
"""Runs the tests of one build and ends with one total line.

usage: run.py --build DIR [--golden] [--plainly] [--only TEXT] [--without TEXT] [--times]
              test|unit|slow|valgrind

unit      unit programs
test      unit programs, command-line cases, workbooks, limits, real data
slow      the above that take long: faults, large data, clusters, valgrind
Only failures are shown. With CI=true a real-data test may not be skipped. What took long the last
time begins first, so that no processor waits at the end.
"""

import argparse
import concurrent.futures
import json
import os
import stat
import subprocess
import sys
import time

sys.dont_write_bytecode = True

from harness import cli_jobs, program_jobs
from harness.result import FAILED, SKIPPED, Result, Total

WORKERS = 2
COMMA_LOCALE = "de_DE.UTF-8"


class Setup:
    """Where things are, and the surroundings that every test starts from."""

    def __init__(self, build):
        self.top = os.path.realpath(os.path.join(os.path.dirname(__file__), ".."))
        self.build = os.path.realpath(build)
        self.program = os.path.join(self.build, "cfaudit")
        self.env = clean_environment()
        self.version = program_version(self.program, self.env)
        self.comma_locale = COMMA_LOCALE
        self.locale_path = make_locale(self.build)
        self.patience = 1


def clean_environment():
    """Nothing of the user's settings may reach a test, apart from where tools and data are."""
    keep = ("PATH", "CFAUDIT_REAL_DATA", "CI", "TMPDIR", "TZDIR", "LD_LIBRARY_PATH",
            "ASAN_OPTIONS", "UBSAN_OPTIONS", "LLVM_PROFILE_FILE")
    env = {name: os.environ[name] for name in keep if name in os.environ}
    env.setdefault("UBSAN_OPTIONS", "print_stacktrace=1")
    env.setdefault("LSAN_OPTIONS", "print_suppressions=0:suppressions="
                   + os.path.join(os.path.dirname(os.path.abspath(__file__)), "lsan.supp"))
    env["LC_ALL"] = "C.UTF-8"
    env["TZ"] = "UTC"
    # a test that calls make gets the variables of the command line, and no jobserver
    _, _, overrides = os.environ.get("MAKEFLAGS", "").partition("-- ")
    if overrides:
        env["MAKEFLAGS"] = " -- " + overrides
    return env


def program_version(program, env):
    if not os.path.exists(program):
        return b""
    shown = subprocess.run([program, "--version"], env=env, capture_output=True, check=False)
    first = shown.stdout.split(b"\n")[0].split()
    return first[1] if len(first) > 1 else b""


def make_locale(build):
    """A locale with decimal commas, made in the build folder; None where localedef is missing."""
    folder = os.path.join(build, "locale")
    if not os.path.isdir(os.path.join(folder, COMMA_LOCALE)):
        os.makedirs(folder, exist_ok=True)
        try:
            subprocess.run(["localedef", "-c", "-i", "de_DE", "-f", "UTF-8",
                            os.path.join(folder, COMMA_LOCALE)],
                           capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError):
            return None
    return folder


def valgrind_wrapper(build, program):
    """A case calls the program through $CFAUDIT, one word: hence a script."""
    path = os.path.join(build, "cfaudit-under-valgrind")
    with open(path, "w", encoding="utf-8") as script:
        script.write("#!/bin/sh\nexec %s '%s' \"$@\"\n" %
                     (" ".join(program_jobs.VALGRIND), program))
    os.chmod(path, os.stat(path).st_mode | stat.S_IXUSR)
    return path


def collect(setup, what, golden=False, plainly=False, only=None):
    if golden:
        return cli_jobs.cli_jobs(setup, golden=True, only=only)
    ci = os.environ.get("CI") == "true"
    if what == "unit":
        jobs = program_jobs.unit_jobs(setup, must_not_skip=ci)
    elif what == "valgrind":
        setup.patience = 40
        jobs = program_jobs.unit_jobs(setup, valgrind=True)
        jobs += cli_jobs.valgrind_cli_jobs(setup, valgrind_wrapper(setup.build, setup.program))
    elif what == "slow":
        jobs = program_jobs.script_jobs(setup, "faults")
        jobs += program_jobs.script_jobs(setup, "large")
        jobs += program_jobs.script_jobs(setup, "cluster")
        jobs += collect(setup, "valgrind")
    else:
        jobs = program_jobs.script_jobs(setup, "books")
        jobs += program_jobs.script_jobs(setup, "real", must_not_skip=ci)
        for folder in ("rules", "fixes", "example", "registers", "limits", "parts", "maps", "process",
                       "detect", "install"):
            jobs += program_jobs.script_jobs(setup, folder)
        jobs += program_jobs.unit_jobs(setup, must_not_skip=ci)
        jobs += program_jobs.replay_jobs(setup)
        jobs += cli_jobs.cli_jobs(setup, plainly)
        if not setup.locale_path:
            jobs.append(Missing("cli in another locale", "localedef is not installed"))
    return [job for job in jobs if not only or only in job.name]


class Missing:
    """Stands for tests that cannot run here."""

    def __init__(self, name, why):
        self.name = name
        self.why = why

    def run(self):
        return [Result(self.name, SKIPPED, self.why)]


def run_guarded(job):
    try:
        return job.run()
    except Exception as error:  # a broken case must not take the others with it
        return [Result(job.name, FAILED, "    the test itself broke: %r" % error)]


class Times:
    """How long each job took, kept in the build folder for the next run."""

    def __init__(self, build, what):
        self.path = os.path.join(build, "times-of-%s.json" % what)
        self.took = {}
        try:
            with open(self.path, encoding="utf-8") as file:
                self.before = json.load(file)
        except (OSError, ValueError):
            self.before = {}

    def longest_first(self, jobs):
        """What is new goes first: nobody knows how long it takes."""
        return sorted(jobs, key=lambda job: -self.before.get(job.name, sys.maxsize))

    def run(self, job):
        start = time.monotonic()
        results = run_guarded(job)
        self.took[job.name] = time.monotonic() - start
        return results

    def save(self):
        with open(self.path, "w", encoding="utf-8") as file:
            json.dump({**self.before, **self.took}, file, indent=0, sort_keys=True)

    def show(self, out):
        groups = {}
        for name, seconds in self.took.items():
            count, sum_ = groups.get(name.split("/")[0], (0, 0))
            groups[name.split("/")[0]] = (count + 1, sum_ + seconds)
        for group, (count, seconds) in sorted(groups.items(), key=lambda item: -item[1][1]):
            out.write("%7.1f s  %s, %d jobs\n" % (seconds, group, count))
        out.write("slowest:\n")
        for name, seconds in sorted(self.took.items(), key=lambda item: -item[1])[:30]:
            out.write("%7.1f s  %s\n" % (seconds, name))


def show(result, out):
    if result.outcome == FAILED:
        out.write("FAIL %s\n" % result.name)
        if result.detail:
            out.write(result.detail.rstrip("\n") + "\n")
        out.flush()


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--build", required=True)
    parser.add_argument("--golden", action="store_true")
    parser.add_argument("--only", help="jobs whose name contains this")
    parser.add_argument("--without", help="no jobs whose name contains this")
    parser.add_argument("--plainly", action="store_true",
                        help="command-line cases in the C locale and UTC")
    parser.add_argument("--times", action="store_true", help="list groups and the slowest jobs")
    parser.add_argument("what", choices=["test", "unit", "slow", "valgrind"])
    options = parser.parse_args()

    setup = Setup(options.build)
    jobs = collect(setup, options.what, options.golden, options.plainly, options.only)
    jobs = [job for job in jobs if not options.without or options.without not in job.name]
    times = Times(setup.build, options.what)
    total = Total()
    skipped = {}
    with concurrent.futures.ThreadPoolExecutor(WORKERS) as pool:
        for results in pool.map(times.run, times.longest_first(jobs)):
            for result in results:
                total.add(result.outcome)
                show(result, sys.stdout)
                if result.outcome == SKIPPED:
                    skipped.setdefault(result.detail, []).append(result.name)
    times.save()
    for why, names in sorted(skipped.items()):
        print("skipped %d (%s): %s" % (len(names), why or "no reason given", ", ".join(names[:5])))
    if options.times:
        times.show(sys.stdout)
    print(total.line())
    return total.exit_status()


if __name__ == "__main__":
    sys.exit(main())
