"""Exports of service systems by their own column names: what their rows make of tickets and of other
records, and that what a tool says of satisfaction and of service levels arrives in figures."""

import json
import os
import pathlib
import subprocess
import tempfile
import xml.etree.ElementTree as xml

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
NS = {"cf": "urn:cfaudit:1"}

# each map: a measure, and k and n of its first figure over the first sample that the map reads
MAPS = {
    "zendesk-tickets": ("M-22", 1, 1),
    "zendesk-satisfaction-json": ("M-22", 1, 2),
    "jira-service-management": ("M-22", 1, 1),
    "freshdesk-tickets": ("M-22", 1, 1),
    "zendesk-comments-json": ("M-02", 0, 1),
    "znuny-tickets": ("M-03", 0, 1),
    "zammad-tickets": ("M-03", 0, 1),
    "zammad-tickets-json": ("M-03", 0, 1),
    "glpi-tickets": ("M-03", 0, 1),
}

# of the rest: records that the first sample makes
RECORDS = {
    "zendesk-metric-events-json": 3,
    "servicenow-task-sla": 2,
    "servicenow-task-sla-json": 1,
    "harvest-time": 1,
    "clockify-time": 1,
    "xero-invoices": 1,
}


def sample_of(name):
    root = xml.parse(TOP / "schemas/sources" / (name + ".xml")).getroot()
    for sample in root.findall("cf:sample", NS):
        if sample.get("read") == "true":
            return "".join(line.strip() + "\n" for line in sample.text.splitlines() if line.strip())
    return ""


def measure(name, text, which):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "export" + (".json" if name.endswith("-json") else ".csv"))
        path.write_text(text, "utf-8")
        ended = subprocess.run(
            [os.environ["CFAUDIT"], "measure", which, "--map", name, "--zone", "Europe/Rome",
             "--date-order", "dmy", "--format", "json", "--quiet", str(path)],
            capture_output=True, check=False, encoding="utf-8")
    if ended.returncode not in (0, 3):
        return None, ended.stderr
    return json.loads(ended.stdout), ended.stderr


def main():
    tap = Tap()
    for name, (which, k, n) in MAPS.items():
        said, words = measure(name, sample_of(name), which)
        if not said or not said["figures"]:
            tap.check(name, ["no figure: " + words])
            continue
        figure = said["figures"][0]
        tap.equal("%s feeds %s" % (name, which), (k, n), (figure.get("k") or 0, figure["n"]))
        tap.equal(name + " uses every row", said["accounting"][0]["rows_read"],
                  said["accounting"][0]["rows_used"])
    for name, records in RECORDS.items():
        said, words = measure(name, sample_of(name), "M-22")
        tap.equal(name + " makes its records", records,
                  said["accounting"][0]["cases"] if said else words)
    tap.finish()


if __name__ == "__main__":
    main()
