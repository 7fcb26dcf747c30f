#!/usr/bin/env python3
"""What the steps of a run cost, measured, and what a year of a large operator would take.

usage: sizing.py --build DIR [--rows N] >figures.json
       sizing.py --manual | --write | --check  [--figures FILE]

The first form runs every step on seeded data of N rows (default: a million) and of a tenth, and prints
what was measured as JSON: what a million rows, events, cases or customers more cost is the
difference. The others turn such figures (default: the ones that are kept beside this script), and
nothing else, into the section SIZING of the manual: printed, written, or held against what is there.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.realpath(__file__))
PAGE = os.path.join(HERE, "..", "..", "tools", "man", "cfaudit-cluster.7")
FIGURES = os.path.join(HERE, "sizing.json")
AUDIT = """<?xml version="1.0" encoding="UTF-8"?>
<audit xmlns="urn:cfaudit:1" id="sizing" edition="2015+A1" zone="UTC" as-of="2026-02-01T00:00:00Z">
 <title lang="en">Sizing</title><organization>Example Ltd</organization>
 <scope lang="en">Desk</scope><period start="2025-01-01" end="2026-01-01"/>
 <checklist name="iso9001-5.1.2"/>
 <source id="log" map="%s"%s><file>log.%s</file></source>
</audit>
"""
UTC = ' zone="UTC"'
OPERATOR = {"lines": 1e10, "share": 0.2, "rows_a_case": 12, "customers": 5e6, "workers": 40}


def log_map(helpers):
    """A source map of the fifty rules of the generated log, whose entries make no case."""
    from xml.sax.saxutils import escape
    rules = subprocess.run([os.path.join(helpers, "generate_log"), "rules", "50"], check=True,
                           capture_output=True, text=True).stdout.splitlines()
    return ('<source-map xmlns="urn:cfaudit:1" id="rules" revision="1" reader="text">'
            '<title lang="en">Rules</title><log>%s</log><record kind="ticket"><field name="id" '
            'required="true"><column>log:rule</column></field></record></source-map>' %
            "".join('<rule name="r%d"><match>%s</match></rule>' % (i, escape(rule))
                    for i, rule in enumerate(rules)))


def kinds(rows):
    """Name, generator and its arguments for so many rows, ending, map, zone."""
    return (
        ("tickets", "generate", ["tickets", rows, 0], "csv", "generic-ticket", UTC),
        ("customers", "generate", ["tickets", rows, 0, rows], "csv", "generic-ticket", UTC),
        ("updates", "generate", ["tickets", rows // 12, 4], "csv", "generic-ticket", UTC),
        ("xes", "generate", ["xes", rows * 2 // 17, 1], "xes", "xes", ""),
        ("json", "generate_json", ["lines", rows], "json",
         os.path.join(HERE, "incident_lines.xml"), ""),
        ("lines", "generate_log", ["lines", rows], "log", "rules.xml", ""),
    )


def measured(folder, helpers, *command):
    """Seconds of processor and the most memory of one program, and nothing of ours."""
    told, tell = os.pipe()
    child = subprocess.Popen([os.path.join(helpers, "peak"), str(tell), *command], cwd=folder,
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, pass_fds=(tell,))
    os.close(tell)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    peak = int(os.read(told, 100))
    os.close(told)
    if child.returncode not in (0, 3):
        sys.exit("%s: %d" % (" ".join(command), child.returncode))
    return {"seconds": round(usage.ru_utime + usage.ru_stime, 3), "mebibytes": round(peak / 1024, 1)}


def measure(build, kind):
    """Every step on one kind of data: a part, parts into one, a part into a ledger, all at once."""
    name, generator, arguments, ending, source_map, zone = kind
    helpers = os.path.realpath(os.path.join(build, "tests", "bench"))
    program = os.path.realpath(os.path.join(build, "cfaudit"))
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "log." + ending)
        with open(path, "wb") as out:
            subprocess.run([os.path.join(helpers, generator), *map(str, arguments)], stdout=out,
                           check=True)
        for file, text in (("audit.xml", AUDIT % (source_map, zone, ending)),
                           ("rules.xml", log_map(helpers))):
            with open(os.path.join(folder, file), "w", encoding="utf-8") as out:
                out.write(text)
        common = ["-q", "-j", "1", "--memory", "64G"]
        steps = {
            "part": [program, "gather", "audit.xml", "--partial", *common, "-o", "p.cfap"],
            "join": [program, "merge", "p.cfap", "-q", "-o", "j.cfap"],
            "ledger": [program, "merge", "p.cfap", *common, "-o", "m.xml"],
            "single": [program, "gather", "audit.xml", *common, "-o", "s.xml"],
        }
        costs = {step: measured(folder, helpers, *command) for step, command in steps.items()}
        with open(os.path.join(folder, "s.xml"), encoding="utf-8") as text:
            head = text.read(1 << 16)
        with open(os.path.join(folder, "s.xml"), "rb") as single, \
                open(os.path.join(folder, "m.xml"), "rb") as merged:
            if single.read() != merged.read():
                sys.exit("%s: the merged ledger is not that of the single run" % name)
        return {"kind": name, "rows": int(head.split('rows-read="')[1].split('"')[0]),
                "cases": int(head.split('cases="')[1].split('"')[0]),
                "input_bytes": os.path.getsize(path),
                "part_bytes": os.path.getsize(os.path.join(folder, "p.cfap")), **costs}


class Costs:
    """What a million more of something costs, from two measurements of each kind."""

    def __init__(self, figures):
        self.pairs = {large["kind"]: (small, large)
                      for small, large in zip(figures["tenth"], figures["whole"])}

    def more(self, kind, of, step, what):
        """Seconds or MiB of a step for a million rows or cases more; none is less than nothing."""
        small, large = self.pairs[kind]
        return max(0.0, (large[step][what] - small[step][what]) / (large[of] - small[of]) * 1e6)

    def bytes_a_row(self, kind, what):
        large = self.pairs[kind][1]
        return large[what] / large["rows"]

    def customers(self, step, what):
        """Of a million customers: tickets of as many, less tickets of few."""
        many, few = self.pairs["customers"][1], self.pairs["tickets"][1]
        return max(0.0, (many[step][what] - few[step][what]) / (many["cases"] - 20000) * 1e6)

    def customer_bytes(self):
        many, few = self.pairs["customers"][1], self.pairs["tickets"][1]
        return (many["part_bytes"] - few["part_bytes"]) / (many["cases"] - 20000)


def simulate(costs, operator):
    """A year, each step by its measured cost; a worker has one core. Nothing is taken off or added."""
    events = operator["lines"] * operator["share"]
    cases = events / operator["rows_a_case"]
    million = {"lines": operator["lines"] / 1e6, "events": events / 1e6, "cases": cases / 1e6,
               "customers": operator["customers"] / 1e6}
    hours = 3600.0
    return {
        "events": events, "cases": cases,
        "input_tb": operator["lines"] * costs.bytes_a_row("lines", "input_bytes") / 1e12,
        "parts_gb": (events * costs.bytes_a_row("updates", "part_bytes") +
                     operator["customers"] * costs.customer_bytes()) / 1e9,
        "lines_hours": million["lines"] * costs.more("lines", "rows", "part", "seconds") / hours,
        "gather_hours": million["events"] * costs.more("updates", "rows", "part", "seconds") / hours,
        "part_gib": 10 * costs.more("updates", "rows", "part", "mebibytes") / 1024,
        "join_hours": million["events"] * costs.more("updates", "rows", "join", "seconds") / hours,
        "ledger_hours": (million["cases"] * costs.more("updates", "cases", "ledger", "seconds") +
                         million["customers"] * costs.customers("ledger", "seconds")) / hours,
        "ledger_gib": (million["cases"] * costs.more("updates", "cases", "ledger", "mebibytes") +
                       million["customers"] * costs.customers("ledger", "mebibytes")) / 1024,
    }


def shown(value):
    """Two digits that count, none of them behind a hundred."""
    return "%.0f" % value if value >= 10 else "%.1f" % value if value >= 1 else "%.2f" % value


ROWS = (("tickets", "tickets, a row each"), ("updates", "tickets, twelve rows each"),
        ("xes", "events of event logs"), ("json", "updates as JSON lines"),
        ("lines", "lines of text, fifty rules"))
CASES = (("tickets", "tickets of one row"), ("updates", "tickets of twelve rows"),
         ("xes", "traces of an event log"))
SECTION = (".\\\" Figures: written by tests/bench/sizing.py --write.\n", ".\\\" End of the figures.\n")
TEXT = """Measured by
.Pa tests/bench/sizing.py
on seeded data and one core of a virtual machine of two, under Debian 12, all measures of the audit at
once: seconds of processor, and the memory that grows with the number.
.Bl -column "lines of text, fifty rules" "single s" "part s" "part MiB" "part MB" "join s"
.It Sy "a million" Ta Sy "single, s" Ta Sy "part, s" Ta Sy "MiB" Ta Sy "its MB" Ta Sy "join, s"
%(rows)s
.El
.Pp
.Em single
is a run that reads the files and writes the ledger,
.Em part
a gather that writes a part, of so many megabytes, and
.Em join
a merge of parts into one.
The last step, a merge of parts to the ledger:
.Bl -column "tickets of twelve rows" "to a ledger s" "MiB" "single MiB"
.It Sy "a million" Ta Sy "ledger, s" Ta Sy "MiB" Ta Sy "single, MiB"
%(cases)s
.It customers more Ta %(customers)s
.El
.Pp
In a single run rows that change nothing in a case take time and no memory, and so do lines of text,
whatever rules take from them.
A part keeps every row that has a time; what is beyond
.Fl -memory
goes through temporary files, so that a part may be of any size.
Merging to a part takes a megabyte or so for each of at most 64 parts that are open at once, whatever
their size; more of them are joined by way of temporary files in
.Ev TMPDIR .
.Ss What fits one machine
An hour of one core reads and measures %(hour_lines)s million lines of text by fifty rules, %(hour_updates)s
million rows of updates of tickets, or %(hour_xes)s million events of an event log.
A single run keeps its cases up to
.Fl -memory :
two gibibytes, its default, hold those of %(single_tickets)s million tickets of one row, or of %(single_updates)s million
with a dozen updates each.
What is more is read once more into sorted runs of temporary files, and the cases pass by, as in a merge
of parts; then memory holds values of figures and names of customers, and sixteen gibibytes are enough
for about %(ledger_tickets)s million tickets.
.Pp
Go wider when the files are in several places, when reading them takes longer than you can wait, or
when they come day by day: a part for each day is made once, and only merged again.
.Ss A year of a large operator
Ten billion lines of text, %(input_tb)s TB, of which every fifth is an event, twelve to a case, of five million
customers; on forty cores, computed from what was measured, each step by its own:
.Bl -tag -width "merge to a ledger" -compact
.It events, cases
%(events)s million in %(cases_n)s million cases
.It lines
%(lines_each)s h a core to read, to match by fifty rules, and for the SHA-256; %(lines_hours)s h on one core
.It gather
%(gather_each)s h a core for the events; a part of ten million takes %(part_gib)s GiB, or
.Fl -memory
.It parts
%(parts_gb)s GB in all
.It join to one part
%(join_hours)s h when one core does it all
.It merge to a ledger
%(ledger_hours)s h and %(ledger_gib)s GiB, on one core
.El
"""


def section(costs):
    """The text of the manual, from figures alone."""
    rows = "\n".join(".It %s Ta %s" % (label, " Ta ".join((
        shown(costs.more(kind, "rows", "single", "seconds")),
        shown(costs.more(kind, "rows", "part", "seconds")),
        shown(costs.more(kind, "rows", "part", "mebibytes")),
        shown(costs.bytes_a_row(kind, "part_bytes")),
        shown(costs.more(kind, "rows", "join", "seconds"))))) for kind, label in ROWS)
    cases = "\n".join(".It %s Ta %s" % (label, " Ta ".join((
        shown(costs.more(kind, "cases", "ledger", "seconds")),
        shown(costs.more(kind, "cases", "ledger", "mebibytes")),
        shown(costs.more(kind, "cases", "single", "mebibytes"))))) for kind, label in CASES)
    customers = " Ta ".join((shown(costs.customers("ledger", "seconds")),
                             shown(costs.customers("ledger", "mebibytes")),
                             shown(costs.customers("single", "mebibytes"))))
    year = simulate(costs, OPERATOR)
    workers = OPERATOR["workers"]

    def in_an_hour(kind):
        return format(round(3600 / costs.more(kind, "rows", "single", "seconds"), -1), ",.0f")

    def in_memory(gibibytes, kind, step):
        return shown(gibibytes * 1024 / costs.more(kind, "cases", step, "mebibytes"))

    return TEXT % {
        "rows": rows, "cases": cases, "customers": customers,
        "hour_lines": in_an_hour("lines"), "hour_updates": in_an_hour("updates"),
        "hour_xes": in_an_hour("xes"),
        "single_tickets": in_memory(2, "tickets", "single"),
        "single_updates": in_memory(2, "updates", "single"),
        "ledger_tickets": in_memory(16, "tickets", "ledger"),
        "input_tb": shown(year["input_tb"]), "events": format(year["events"] / 1e6, ",.0f"),
        "cases_n": "%.0f" % (year["cases"] / 1e6),
        "lines_each": shown(year["lines_hours"] / workers),
        "lines_hours": shown(year["lines_hours"]),
        "gather_each": shown(year["gather_hours"] / workers),
        "part_gib": shown(year["part_gib"]), "parts_gb": shown(year["parts_gb"]),
        "join_hours": shown(year["join_hours"]),
        "ledger_hours": shown(year["ledger_hours"]), "ledger_gib": shown(year["ledger_gib"]),
    }


def manual(options):
    """Prints, writes or holds the section against the figures; the status."""
    with open(options.figures, encoding="utf-8") as file:
        text = section(Costs(json.load(file)))
    if options.manual:
        print(text, end="")
        return 0
    with open(PAGE, encoding="utf-8") as file:
        page = file.read()
    before, rest = page.split(SECTION[0])
    inside, after = rest.split(SECTION[1])
    if options.write:
        with open(PAGE, "w", encoding="utf-8") as file:
            file.write(before + SECTION[0] + text + SECTION[1] + after)
        return 0
    if inside == text:
        return 0
    print("%s: its figures are not those of %s; sizing.py --write brings them in" %
          (os.path.relpath(PAGE), os.path.relpath(options.figures)))
    return 1


def run(options):
    """Every step on every kind of data, a tenth and all."""
    figures = {"tenth": [measure(options.build, kind) for kind in kinds(options.rows // 10)],
               "whole": [measure(options.build, kind) for kind in kinds(options.rows)]}
    json.dump(figures, sys.stdout, indent=1)
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--build")
    parser.add_argument("--rows", type=int, default=1000000)
    parser.add_argument("--figures", default=FIGURES)
    parser.add_argument("--manual", action="store_true")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    if options.build:
        run(options)
        return 0
    return manual(options)


if __name__ == "__main__":
    sys.exit(main())
