"""Memory: ten times the rows of the same cases, in a gigabyte and in ten."""

import json
import os
import sys

from contender import table, take_turns

HERE = os.path.dirname(os.path.realpath(__file__))
# name, generator, ending, its arguments, cases, options of ours
FORMS = (
    ("CSV", "generate", ".csv", "tickets", 2_800_000, ("--map", "generic-ticket", "--zone", "UTC")),
    ("JSON lines", "generate_json", ".json", "lines", 1_500_000,
     ("--map", os.path.join(HERE, "incident_lines.xml"))),
    ("JSON document", "generate_json", ".json", "array", 300_000,
     ("--map", "servicenow-incident-json")),
    ("XES", "generate", ".xes", "xes", 350_000, ("--map", "xes")),
)
TIMES = 10


def run_form(bench, form):
    name, helper, ending, kind, count, options = form
    number = bench.scaled(count)
    paths = [bench.generate_by(helper, ending, kind, number, times) for times in (1, TIMES)]
    runs = [bench.ours(path, *options, "-j", "1") for path in paths]
    tiny = bench.ours(bench.generate_by(helper, ending, kind, 1000, 1), *options, "-j", "1")
    for run, path in zip(runs, paths):
        run.name = "%.2f GB" % (os.path.getsize(path) / 1e9)
    take_turns([tiny] + runs, 1)
    accounts = [json.loads(run.out())["accounting"][0] for run in runs]
    table("%s: the same %d cases, %d and %d rows" %
          (name, accounts[0]["cases"], accounts[0]["rows_read"], accounts[1]["rows_read"]), runs,
          runs[0])
    if accounts[0]["cases"] != accounts[1]["cases"] or \
            accounts[1]["rows_used"] != TIMES * accounts[0]["rows_used"]:
        sys.exit("%s: %s" % (name, accounts))
    print("  %.1f bytes of memory a case, %.1f %% more for ten times the rows" %
          ((runs[0].median("peak") - tiny.median("peak")) / accounts[0]["cases"],
           100 * (runs[1].median("peak") / runs[0].median("peak") - 1)))
    os.remove(paths[1])  # the largest of all


def run(bench):
    for form in FORMS:
        run_form(bench, form)
