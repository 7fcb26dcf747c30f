"""Records of several kinds give the same ledger however their files are shared out: in one run, by
sorted runs within little memory, with one thread, and as parts that are merged in any order."""

import os
import pathlib
import random
import subprocess
import tempfile

from real.compare import Tap

AUDIT = """<?xml version="1.0" encoding="UTF-8"?>
<audit xmlns="urn:cfaudit:1" id="apart" zone="Europe/Rome">
 <title lang="en">Apart</title><organization>Nobody</organization>
 <period start="2025-01-01" end="2026-01-01"/>
 <checklist name="iso9001-5.1.2"/>
 <by field="customer"/>
 <source id="tickets" map="generic-ticket" zone="Europe/Rome" date-order="dmy"><file>tickets.csv</file></source>
 <source id="answers" map="generic-survey" zone="Europe/Rome"><file>answers-*.csv</file></source>
 <source id="registers" map="generic-register" zone="Europe/Rome"><file>register.csv</file></source>
</audit>
"""


def make(folder):
    random.seed(20250101)
    day = lambda i: "2025-%02d-%02d" % (1 + i % 12, 1 + i * 7 % 28)
    with open(folder / "tickets.csv", "w", encoding="utf-8") as out:
        out.write("Id,Opened,Resolved,Customer\n")
        for i in range(2000):
            out.write("T-%d,%s 10:00,%s %02d:00,C%d\n" % (i, day(i), day(i), 11 + i % 9, i % 7))
    for name in "ab":
        with open(folder / ("answers-%s.csv" % name), "w", encoding="utf-8") as out:
            out.write("id,at,scale,score,customer,ticket\n")
            for i in range(3000):
                # some answers have an id, which the other file may have again
                out.write("%s,%s,csat,%s,C%d,T-%d\n" %
                          ("A-%d" % i if i % 5 == 0 else "", day(i + ord(name)),
                           random.choice("12345x"), i % 9, random.randrange(2400)))
    with open(folder / "register.csv", "w", encoding="utf-8") as out:
        out.write("id,kind,customer,due,done\n")
        for i in range(400):
            out.write("R-%d,%s,C%d,%s,%s\n" % (i % 300, random.choice(["action", "risk"]), i % 9,
                                               day(i), day(i + 1) if i % 3 else ""))
    (folder / "audit.xml").write_text(AUDIT, "utf-8")


def run(folder, *arguments):
    ended = subprocess.run([os.environ["CFAUDIT"], *arguments, "--quiet"], cwd=folder,
                           capture_output=True, check=False, encoding="utf-8")
    return [] if ended.returncode in (0, 3) else ["status %d: %s" % (ended.returncode, ended.stderr)]


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        make(folder)
        tap.check("a ledger of all", run(folder, "gather", "audit.xml", "-o", "all.evidence.xml"))
        whole = (folder / "all.evidence.xml").read_bytes()
        tap.check("it has figures of tickets and of answers",
                  [measure for measure in ("M-03", "M-22")
                   if ('measure="%s"' % measure).encode() not in whole])
        for title, options in (("in little memory", ("--memory", "300K")),
                               ("in more", ("--memory", "1M")), ("by one thread", ("-j", "1"))):
            path = title.replace(" ", "-") + ".evidence.xml"
            tap.check(title, run(folder, "gather", "audit.xml", "-o", path, *options))
            tap.check(title + ", the same bytes",
                      [] if (folder / path).read_bytes() == whole else ["they differ"])
        parts = (("answers-b.csv", "register.csv"), ("tickets.csv",), ("answers-a.csv",))
        names = []
        for number, files in enumerate(parts):
            names.append("%d.cfap" % number)
            tap.check("part %d" % number, run(folder, "gather", "--partial", "audit.xml", *files,
                                              "-o", names[-1]))
        for title, order in (("merged", names), ("merged backwards", names[::-1])):
            path = title.replace(" ", "-") + ".evidence.xml"
            tap.check(title, run(folder, "merge", *order, "-o", path))
            tap.check(title + ", the same bytes",
                      [] if (folder / path).read_bytes() == whole else ["they differ"])
        tap.check("a part of parts", run(folder, "merge", *names, "-o", "some.cfap"))
        tap.check("a part of all", run(folder, "gather", "--partial", "audit.xml", "-o", "all.cfap"))
        tap.check("is the same part", [] if (folder / "some.cfap").read_bytes() ==
                  (folder / "all.cfap").read_bytes() else ["they differ"])
    tap.finish()


if __name__ == "__main__":
    main()
