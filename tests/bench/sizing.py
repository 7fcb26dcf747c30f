#!/usr/bin/env python3
"""What parts of a run cost, measured, and what a year of a large operator would take.

usage: sizing.py [--rows N] [--program PATH] [--generator PATH]
       sizing.py --simulate FIGURES.json [--lines N] [--share F] [--workers N]

The first form reads seeded tickets and event logs of N rows (default: a million) and prints seconds,
memory and bytes as JSON, for each million rows, events or cases. The second form computes from such
figures, and from nothing else, what a log of so many lines takes on so many workers.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

TOP = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "..")
AUDIT = """<?xml version="1.0" encoding="UTF-8"?>
<audit xmlns="urn:cfaudit:1" id="sizing" edition="2015+A1" zone="UTC" as-of="2026-02-01T00:00:00Z">
 <title lang="en">Sizing</title><organization>Example Ltd</organization>
 <scope lang="en">Desk</scope><period start="2025-01-01" end="2026-01-01"/>
 <checklist name="iso9001-5.1.2"/>
 <source id="log" map="%s"%s><file>log.%s</file></source>
</audit>
"""


def measured(folder, *command):
    """Seconds of processor and of the clock, and the most memory, of one program."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.monotonic()
    child = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL,
                             stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 3):
        sys.exit("%s: %d" % (" ".join(command), child.returncode))
    del before
    return {"seconds": round(usage.ru_utime + usage.ru_stime, 2),
            "elapsed": round(time.monotonic() - start, 2),
            "mebibytes": round(usage.ru_maxrss / 1024, 1)}


def measure(options, kind, arguments, source_map, zone, ending):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "log." + ending)
        with open(path, "wb") as out:
            subprocess.run([options.generator, *arguments], stdout=out, check=True)
        with open(os.path.join(folder, "audit.xml"), "w", encoding="utf-8") as out:
            out.write(AUDIT % (source_map, zone, ending))
        program = os.path.realpath(options.program)
        part = measured(folder, program, "gather", "audit.xml", "--partial", "-q", "-j", "1",
                        "--memory", "64G", "-o", "p.cfap")
        join = measured(folder, program, "merge", "p.cfap", "-q", "-o", "j.cfap")
        merge = measured(folder, program, "merge", "p.cfap", "-q", "-j", "1", "--memory", "64G",
                         "-o", "m.xml")
        single = measured(folder, program, "gather", "audit.xml", "-q", "-j", "1", "--memory", "64G",
                          "-o", "s.xml")
        with open(os.path.join(folder, "s.xml"), encoding="utf-8") as text:
            head = text.read(1 << 16)
        rows = int(head.split('rows-read="')[1].split('"')[0])
        cases = int(head.split('cases="')[1].split('"')[0])
        same = open(os.path.join(folder, "m.xml"), "rb").read() == \
            open(os.path.join(folder, "s.xml"), "rb").read()
        if not same:
            sys.exit("%s: the merged ledger is not that of the single run" % kind)
        return {"kind": kind, "rows": rows, "cases": cases, "input_bytes": os.path.getsize(path),
                "part_bytes": os.path.getsize(os.path.join(folder, "p.cfap")),
                "gather_partial": part, "merge_to_part": join, "merge_to_ledger": merge,
                "single": single}


def per_million(figures):
    """The same for each million rows: what is multiplied afterwards."""
    rows = figures["rows"] / 1e6
    cases = figures["cases"] / 1e6
    return {
        "kind": figures["kind"],
        "rows_a_case": round(figures["rows"] / figures["cases"], 2),
        "part_bytes_a_row": round(figures["part_bytes"] / figures["rows"], 1),
        "part_bytes_a_case": round(figures["part_bytes"] / figures["cases"], 1),
        "input_bytes_a_row": round(figures["input_bytes"] / figures["rows"], 1),
        "gather_seconds_a_million_rows": round(figures["gather_partial"]["seconds"] / rows, 2),
        "gather_mib_a_million_rows": round(figures["gather_partial"]["mebibytes"] / rows, 1),
        "join_seconds_a_million_rows": round(figures["merge_to_part"]["seconds"] / rows, 2),
        "merge_seconds_a_million_cases": round(figures["merge_to_ledger"]["seconds"] / cases, 2),
        "merge_mib_a_million_cases": round(figures["merge_to_ledger"]["mebibytes"] / cases, 1),
        "single_seconds_a_million_rows": round(figures["single"]["seconds"] / rows, 2),
        "single_mib_a_million_cases": round(figures["single"]["mebibytes"] / cases, 1),
    }


def simulate(options):
    """Every step by its measured cost; a worker has one core. Nothing is taken off for reading."""
    with open(options.simulate, encoding="utf-8") as text:
        costs = {row["kind"]: row for row in json.load(text)["per_million"]}["updates"]
    events = options.lines * options.share
    cases = events / costs["rows_a_case"]
    levels = 1
    result = {
        "lines": options.lines,
        "events": int(events),
        "cases": int(cases),
        "workers": options.workers,
        "input_tib": round(events * costs["input_bytes_a_row"] / 2 ** 40, 2),
        "parts_gib": round(events * costs["part_bytes_a_row"] / 2 ** 30, 1),
        "gather_hours_a_worker": round(events / 1e6 * costs["gather_seconds_a_million_rows"]
                                       / options.workers / 3600, 2),
        "gather_gib_a_worker_of_10_million_rows":
            round(10 * costs["gather_mib_a_million_rows"] / 1024, 1),
        "join_hours_a_worker": round(levels * events / 1e6 * costs["join_seconds_a_million_rows"]
                                     / options.workers / 3600, 2),
        "merge_hours": round(cases / 1e6 * costs["merge_seconds_a_million_cases"] / 3600, 2),
        "merge_gib": round(cases / 1e6 * costs["merge_mib_a_million_cases"] / 1024, 1),
    }
    print(json.dumps(result, indent=1))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=1000000)
    parser.add_argument("--program", default=os.path.join(TOP, "build", "cfaudit"))
    parser.add_argument("--generator", default=os.path.join(TOP, "build", "generate"))
    parser.add_argument("--simulate")
    parser.add_argument("--lines", type=float, default=1e10)
    parser.add_argument("--share", type=float, default=0.2, help="of the lines that are events")
    parser.add_argument("--workers", type=int, default=40)
    options = parser.parse_args()
    if options.simulate:
        simulate(options)
        return
    rows = options.rows
    measurements = [
        measure(options, "tickets", ["tickets", str(rows), "0"], "generic-ticket", ' zone="UTC"',
                "csv"),
        measure(options, "updates", ["tickets", str(rows // 12), "4"], "generic-ticket",
                ' zone="UTC"', "csv"),
        measure(options, "xes", ["xes", str(rows // 8), "1"], "xes", "", "xes"),
    ]
    print(json.dumps({"measured": measurements,
                      "per_million": [per_million(figures) for figures in measurements]}, indent=1))


if __name__ == "__main__":
    main()
