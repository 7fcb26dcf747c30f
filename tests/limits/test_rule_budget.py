"""A rule of a text log that takes too long, by clocks that go on by a step at each look: every match
of a slow log takes one step of its rule's time. It is told, the run is incomplete, and whatever is
written is what it is without it."""

import hashlib
import json
import os
import pathlib
import subprocess
import tempfile
from datetime import datetime, timedelta, timezone

from real.compare import Tap

START = datetime(2025, 3, 3, 8, 0, 0, tzinfo=timezone.utc)
CASES = 1500  # of two lines each: several pieces of the log, so that threads have some each
EDGE = 10_000  # microseconds of a step by which the slow rule takes 30 s, which it may
MAP = r"""<source-map xmlns="urn:cfaudit:1" id="slow-log" revision="1" reader="text" zone="UTC">
 <title lang="en">Log of a desk</title>
 <time><format>iso</format></time>
 <log>
  <rule name="slow"><match>^\S+$</match></rule>
  <rule name="opened"><match>^(?&lt;time>[0-9T:-]{19}Z) (?&lt;ticket>T[0-9]+) opened </match>
   <set column="state" to="new"/></rule>
  <rule name="solved"><match>^(?&lt;time>[0-9T:-]{19}Z) (?&lt;ticket>T[0-9]+) solved </match>
   <set column="state" to="solved"/></rule>
 </log>
 <record kind="ticket"><field name="id" required="true"><column>ticket</column></field></record>
 <record kind="event"><field name="at"><column>time</column></field>
  <field name="status"><column>state</column></field></record>
 <status><value class="open">new</value><value class="solved">solved</value></status>
</source-map>
"""
AUDIT = """<audit xmlns="urn:cfaudit:1" id="desk" zone="UTC" as-of="2025-06-01T00:00:00Z">
 <title lang="en">Desk</title><organization>Nobody</organization>
 <checklist name="iso9001-5.1.2"/>
 <source id="log" map="slow.xml"><file>desk.log</file></source>
</audit>
"""


def write_inputs(folder):
    lines = []
    for number in range(CASES):
        for minutes, word in ((0, "opened"), (90, "solved")):
            at = START + timedelta(minutes=10 * number + minutes)
            lines.append("%s T%05d %s by the people of the desk" %
                         (at.strftime("%Y-%m-%dT%H:%M:%SZ"), number, word))
    (folder / "desk.log").write_text("\n".join(lines) + "\n", "utf-8")
    (folder / "slow.xml").write_text(MAP, "utf-8")
    (folder / "many.xml").write_text(MAP.replace("<log>", r'<log><entry start="^(?:\d|\w)\S+ "/>'),
                                     "utf-8")
    (folder / "audit.xml").write_text(AUDIT, "utf-8")


class Program:
    def __init__(self, folder):
        self.folder = folder
        self.clocked = os.path.join(os.environ["BUILD"], "tests", "harness", "clocked")

    def run(self, step, *arguments):
        """By the clocks of the machine when there is no step."""
        command = [self.clocked, str(step)] if step else [os.environ["CFAUDIT"]]
        return subprocess.run([*command, *arguments], cwd=self.folder, capture_output=True,
                              check=False)

    def sums(self, *names):
        return [hashlib.sha256((self.folder / name).read_bytes()).hexdigest() for name in names]


def told(ended):
    return [line for line in ended.stderr.decode().splitlines() if "log-budget" in line]


def check_measure(tap, program):
    arguments = ("measure", "M-03", "--map", "slow.xml", "--format", "json", "desk.log")
    plain = program.run(0, *arguments)
    wanted = json.loads(plain.stdout)
    tap.equal("quick: done and nothing told", (0, "done", []),
              (plain.returncode, wanted.pop("exit")["reason"], told(plain)))
    for threads in "1", "3":
        name = "%s threads: " % threads
        ended = program.run(EDGE, *arguments, "-j", threads)
        document = json.loads(ended.stdout)
        tap.equal(name + "30 s are allowed", (0, "done", []),
                  (ended.returncode, document.pop("exit")["reason"], told(ended)))
        ended = program.run(EDGE + 100, *arguments, "-j", threads)
        document = json.loads(ended.stdout)
        tap.equal(name + "beyond it the run is incomplete", (3, {"code": 3, "reason": "rule-budget"}),
                  (ended.returncode, document.pop("exit")))
        tap.equal(name + "the rule and its time are told",
                  ["desk.log: warning: rule takes too long: 'slow' took 30.3 s of processor time, "
                   "more than 30 s [log-budget]"], told(ended))
        tap.equal(name + "with a way out", True, b"  give it a literal: " in ended.stderr)
        tap.equal(name + "the figures are the same", wanted, document)
    ended = program.run(3 * EDGE, *arguments)
    tap.equal("each rule for itself",
              [("slow", "90.0"), ("opened", "45.0"), ("solved", "45.0")],
              [(line.split("'")[1], line.split("took ")[1].split()[0]) for line in told(ended)])
    tap.equal("a rule with a literal needs something else", 2,
              ended.stderr.count(b"  make its parts such that"))
    ended = program.run(3 * EDGE, *arguments[:3], "many.xml", *arguments[4:])
    tap.equal("so is what tells entries apart", ["entry", "slow"],
              [line.split("'")[1] for line in reversed(told(ended))][:1] +
              [line.split("'")[1] for line in told(ended)][:1])
    ended = program.run(3 * EDGE, *arguments, "--allow-incomplete")
    tap.equal("incomplete may be allowed", 0, ended.returncode)
    ended = program.run(3 * EDGE, *arguments, "--fail-on", "warning")
    tap.equal("it is less than wanted, not worse", 3, ended.returncode)


def check_documents(tap, program):
    outputs = ("book.xlsx", "book.evidence.xml", "book.result.xml")
    arguments = ("run", "audit.xml", "-o", "book.xlsx", "--force", "-f", "json")
    plain = program.run(0, *arguments)
    sums = program.sums(*outputs)
    slow = program.run(3 * EDGE, *arguments)
    tap.equal("run: workbook, ledger and result are the same", sums, program.sums(*outputs))
    before, behind = json.loads(plain.stdout), json.loads(slow.stdout)
    tap.equal("run: the reason is told", ("coverage", "rule-budget"),
              (before.pop("exit")["reason"], behind.pop("exit")["reason"]))
    tap.equal("run: nothing else of the report is another", before, behind)
    for name, arguments in (("ledger.xml", ("gather", "audit.xml", "--force", "-o", "ledger.xml")),
                            ("log.cfap", ("gather", "audit.xml", "--partial", "--force", "-o",
                                          "log.cfap"))):
        plain = program.run(0, *arguments)
        sums = program.sums(name)
        slow = program.run(3 * EDGE, *arguments)
        tap.equal("%s: told three times and incomplete" % name, (0, 3, 0, 3),
                  (plain.returncode, slow.returncode, len(told(plain)), len(told(slow))))
        tap.equal("%s: the same bytes" % name, sums, program.sums(name))


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        write_inputs(pathlib.Path(folder))
        program = Program(pathlib.Path(folder))
        check_measure(tap, program)
        check_documents(tap, program)
    tap.finish()


main()
