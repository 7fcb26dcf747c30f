"""Jobs that run a program which prints TAP: cmocka programs and test scripts."""

import os
import sys

from harness import process, tap
from harness.result import FAILED, SKIPPED

UNIT_LIMIT = 120
SCRIPT_LIMIT = 300
VALGRIND_LIMIT = 1800
VALGRIND = ["valgrind", "--quiet", "--error-exitcode=99", "--leak-check=full",
            "--errors-for-leak-kinds=definite,indirect", "--show-leak-kinds=definite,indirect"]


class ProgramJob:
    def __init__(self, name, command, env, folder, limit, must_not_skip=False):
        self.name = name
        self.command = command
        self.env = env
        self.folder = folder
        self.limit = limit
        self.must_not_skip = must_not_skip

    def run(self):
        ended = process.run(self.command, self.env, self.folder, self.limit)
        found = tap.results(self.name, ended)
        if self.must_not_skip:
            for result in found:
                if result.outcome == SKIPPED:
                    result.outcome = FAILED
                    result.detail = "skipped, which continuous integration may not: " + result.detail
        return found


def unit_jobs(setup, valgrind=False, must_not_skip=False):
    """One job for each cmocka program of the build."""
    folder = os.path.join(setup.build, "tests", "unit")
    names = sorted(os.listdir(folder)) if os.path.isdir(folder) else []
    env = dict(setup.env, CMOCKA_MESSAGE_OUTPUT="TAP", TOP=setup.top)
    jobs = []
    for name in names:
        path = os.path.join(folder, name)
        if not name.startswith("test_") or "." in name:
            continue
        if not os.path.exists(os.path.join(setup.top, "tests", "unit", name + ".c")):
            continue  # left over from a source that was renamed
        command = (VALGRIND if valgrind else []) + [path]
        limit = VALGRIND_LIMIT if valgrind else UNIT_LIMIT
        jobs.append(ProgramJob("unit/" + name, command, env, setup.top, limit, must_not_skip))
    return jobs


def replay_jobs(setup):
    """One job for each fuzz target: its corpus once more, without libFuzzer."""
    corpus = os.path.join(setup.top, "tests", "fuzz", "corpus")
    jobs = []
    for name in sorted(os.listdir(corpus)) if os.path.isdir(corpus) else []:
        program = os.path.join(setup.build, "tests", "fuzz", "fuzz_" + name)
        files = [os.path.join(corpus, name, file)
                 for file in sorted(os.listdir(os.path.join(corpus, name)))]
        jobs.append(ProgramJob("fuzz/" + name, [program] + files, setup.env, setup.top, UNIT_LIMIT))
    return jobs


def script_jobs(setup, folder, must_not_skip=False):
    """One job for each test_*.py in a folder of tests/."""
    where = os.path.join(setup.top, "tests", folder)
    if not os.path.isdir(where):
        return []
    env = dict(setup.env, CFAUDIT=setup.program, TOP=setup.top, BUILD=setup.build,
               PYTHONDONTWRITEBYTECODE="1",
               PYTHONPATH=os.path.join(setup.top, "tests"))
    return [ProgramJob("%s/%s" % (folder, name[:-3]), [sys.executable, os.path.join(where, name)],
                       env, where, SCRIPT_LIMIT, must_not_skip)
            for name in sorted(os.listdir(where))
            if name.startswith("test_") and name.endswith(".py")]
