"""Command-line cases: a folder each, run in a fresh folder, compared byte by byte.

A case is tests/cli/<behaviour>/ with
  cmd     what the shell runs; $CFAUDIT is the program, $TOP the source tree
  stdout, stderr, status   what must come of it; a missing one means nothing, or 0
  files/  outputs that must be there, equal byte by byte
  limit   seconds, if ten are not enough
Everything else in the folder is copied beside the command before it runs. What comes of it must be
the same wherever it runs: the tests run it in a locale with decimal commas and an odd time zone, the
tests under sanitizers plainly.
"""

import difflib
import os
import re
import shutil
import tempfile

from harness import process
from harness.result import FAILED, PASSED, Result

LIMIT = 10
OWN = {"cmd", "stdout", "stderr", "status", "files", "limit"}


# in the machine form and in documents
ZONE_DATABASE = re.compile(rb'(zone_database": "|zone-database=")[0-9]{4}[a-z]+')

class CliJob:
    def __init__(self, setup, name, surroundings, extra_env, golden=False, wrapper=None):
        self.setup = setup
        self.name = "cli/%s%s" % (name, " (%s)" % surroundings if surroundings else "")
        self.case = os.path.join(setup.top, "tests", "cli", name)
        self.extra_env = extra_env
        self.golden = golden
        self.wrapper = wrapper

    def run(self):
        folder = os.path.realpath(tempfile.mkdtemp(prefix="cfaudit-cli-"))
        try:
            return [self.run_in(folder)]
        finally:
            make_removable(folder)
            shutil.rmtree(folder)

    def run_in(self, folder):
        work = os.path.join(folder, "case")
        os.mkdir(work)
        for entry in sorted(os.listdir(self.case)):
            if entry in OWN:
                continue
            source = os.path.join(self.case, entry)
            copy = shutil.copytree if os.path.isdir(source) else shutil.copy2
            copy(source, os.path.join(work, entry))
        env = dict(self.setup.env, **self.extra_env)
        env.update(CFAUDIT=self.wrapper or self.setup.program, TOP=self.setup.top, HOME=folder,
                   TMPDIR=folder)
        with open(os.path.join(self.case, "cmd"), encoding="utf-8") as cmd:
            script = cmd.read()
        limit = int(self.expected("limit") or LIMIT) * self.setup.patience
        ended = process.run(["/bin/sh", "-c", script], env, work, limit)
        if ended.timed_out:
            return Result(self.name, FAILED, "    " + ended.explain())
        got = {"stdout": self.normal(ended.stdout, folder),
               "stderr": self.normal(ended.stderr, folder),
               "status": b"%d\n" % ended.status if ended.status else b""}
        if self.golden:
            self.rewrite(got, work, folder)
            return Result(self.name, PASSED)
        trouble = [self.differ(what, self.expected(what), got[what]) for what in got]
        trouble += self.differ_files(work, folder)
        trouble = [text for text in trouble if text]
        return Result(self.name, FAILED if trouble else PASSED, "\n".join(trouble))

    def expected(self, what):
        path = os.path.join(self.case, what)
        if not os.path.exists(path):
            return b""
        with open(path, "rb") as file:
            return file.read()

    def normal(self, data, folder):
        """Only what must differ from one place to another: version, time zone database, source tree, fresh folder."""
        data = data.replace(folder.encode(), b"TMP").replace(self.setup.top.encode(), b"TOP")
        if self.setup.version:
            data = data.replace(b"cfaudit " + self.setup.version, b"cfaudit VERSION")
            data = data.replace(b'"' + self.setup.version + b'"', b'"VERSION"')
        data = ZONE_DATABASE.sub(rb"\1ZONES", data)
        return data

    def differ(self, what, expected, got):
        if expected == got:
            return None
        lines = difflib.unified_diff(process.text(expected).splitlines(),
                                     process.text(got).splitlines(),
                                     "expected " + what, "what came", lineterm="", n=2)
        shown = list(lines)[:60] or ["the same lines, other line ends"]
        return "\n".join("    " + line for line in shown)

    def differ_files(self, work, folder):
        trouble = []
        for name in self.expected_files():
            path = os.path.join(work, name)
            if not os.path.exists(path):
                trouble.append("    %s was not written" % name)
                continue
            with open(path, "rb") as file:
                got = self.normal(file.read(), folder)
            trouble.append(self.differ("files/" + name, self.expected("files/" + name), got))
        return trouble

    def expected_files(self):
        top = os.path.join(self.case, "files")
        return sorted(os.path.relpath(os.path.join(where, name), top)
                      for where, _, names in os.walk(top) for name in names)

    def rewrite(self, got, work, folder):
        for what, data in got.items():
            replace(os.path.join(self.case, what), data)
        for name in self.expected_files():
            with open(os.path.join(work, name), "rb") as file:
                replace(os.path.join(self.case, "files", name), self.normal(file.read(), folder))


def replace(path, data):
    if data:
        with open(path, "wb") as file:
            file.write(data)
    elif os.path.exists(path):
        os.remove(path)


def make_removable(folder):
    """A case may have taken away its own right to write."""
    for where, folders, _ in os.walk(folder):
        for name in folders:
            os.chmod(os.path.join(where, name), 0o700)


PLAIN = {"LC_ALL": "C.UTF-8", "TZ": "UTC"}


def names_of_cases(setup):
    where = os.path.join(setup.top, "tests", "cli")
    return [name for name in sorted(os.listdir(where))
            if os.path.exists(os.path.join(where, name, "cmd"))]


def cli_jobs(setup, plainly=False, golden=False, only=None):
    """One job for each case; without localedef there is nothing but plain surroundings."""
    if golden or plainly or not setup.locale_path:
        words, env = "", PLAIN
    else:
        words, env = "decimal comma, Kathmandu", odd_surroundings(setup)
    return [CliJob(setup, name, words, env, golden) for name in names_of_cases(setup)
            if not only or only in "cli/" + name]


def odd_surroundings(setup):
    """Every category of the locale but that of messages, which other tools would follow."""
    odd = {"LC_" + category: setup.comma_locale
           for category in ("CTYPE", "NUMERIC", "TIME", "COLLATE", "MONETARY")}
    odd.update(LC_ALL="", LC_MESSAGES="C", LANG=setup.comma_locale, TZ="Asia/Kathmandu")
    odd["LOCPATH"] = setup.locale_path
    return odd


def valgrind_cli_jobs(setup, wrapper):
    """Every case once more under valgrind; an error there changes the status to 99."""
    return [CliJob(setup, name, "valgrind", PLAIN, wrapper=wrapper)
            for name in names_of_cases(setup)]
