"""Tickets and messages exported apart: the files are what the generator writes, and the program
finds in figures, evidence and workbook what was planted there and counted from the bytes."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

TOP = pathlib.Path(os.environ["TOP"])
sys.path[:0] = [str(TOP / "tests/books")]

from check_book import Book, troubles
from real.compare import Tap

FOLDER = TOP / "tests/data/conversation"
FACTS = json.loads((TOP / "tests/generate/conversation.facts.json").read_text("utf-8"))
NS = {"cf": "urn:cfaudit:1"}
AS_OF = FACTS["as_of"] + "+01:00"
FIGURES = [name for name in FACTS if name.startswith("M-")]
AUDIT = """<?xml version="1.0" encoding="UTF-8"?>
<audit xmlns="urn:cfaudit:1" id="workshop" edition="2015+A1" zone="Europe/Rome"
       as-of="%s" calendar="it-office">
 <title lang="en">Workshop</title>
 <organization>Biciclette Esempio (azienda inventata)</organization>
 <scope lang="en">Customers of the workshop</scope>
 <period start="2025-10-01" end="2025-12-01"/>
 <checklist name="iso9001-5.1.2"/>
 <source id="desk" map="generic-ticket" zone="Europe/Rome">
  <file>%s</file>
  <file>%s</file>
 </source>
</audit>
"""


def cfaudit(*arguments):
    ended = subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True,
                           check=False)
    return ended.returncode, ended.stdout, ended.stderr.decode()


def measure(*arguments):
    return cfaudit("measure", *sorted({name.split()[0] for name in FIGURES}), "--map",
                   "generic-ticket", "--zone", "Europe/Rome", "--calendar", "it-office", "--as-of",
                   AS_OF, *arguments)


def told(figure):
    """A figure of the JSON in the form of the facts."""
    left = {item["reason"]: item["n"] for item in figure["excluded"]}
    if figure["unit"] == "1":
        return {"n": figure["n"], "k": round(figure["value"] * figure["n"]), "excluded": left}
    return {"n": figure["n"], "excluded": left} | {p: figure["quantiles"][p] for p in
                                                   ("p50", "p85", "p90", "p95")}


def check_generator(tap):
    ended = subprocess.run([sys.executable, TOP / "tests/generate/conversation.py", "--check"],
                           capture_output=True, check=False)
    tap.check("the export is what the generator writes", ended.stdout.decode().splitlines())


def check_figures(tap):
    status, out, err = measure("--format", "json", FOLDER / "ticket.csv", FOLDER / "message.csv")
    tap.equal("measured", (0, 1), (status, err.count("[record-actor]")))
    figures = {"%s %s" % (figure["measure"], figure["variant"]): figure
               for figure in json.loads(out)["figures"]}
    tap.equal("the figures", sorted(FIGURES), sorted(figures))
    for name in FIGURES:
        facts = {key: value for key, value in FACTS[name].items()}
        facts["excluded"] = dict(sorted(facts["excluded"].items()))
        found = told(figures[name])
        found["excluded"] = dict(sorted(found["excluded"].items()))
        tap.equal(name, facts, found)
    tap.check("the tool takes its own receipt for an answer",
              [] if figures["M-01 reported"]["value"] <= 60 and
              figures["M-01 by-messages"]["value"] > 3 * 3600 else ["the wait is not seen"])
    other = measure("--format", "json", FOLDER / "message.csv", FOLDER / "ticket.csv")
    tap.equal("the order of the files does not matter",
              [(f["measure"], f["variant"], told(f)) for f in json.loads(out)["figures"]],
              [(f["measure"], f["variant"], told(f)) for f in json.loads(other[1])["figures"]])


def check_audit(tap, folder):
    """The whole way, with a question that both measures are bound to."""
    path = pathlib.Path(folder) / "audit.xml"
    path.write_text(AUDIT % (AS_OF, FOLDER / "ticket.csv", FOLDER / "message.csv"), "utf-8")
    book = pathlib.Path(folder) / "audit.xlsx"
    status, _, err = cfaudit("run", path, "-o", book)
    tap.equal("an audit of logs alone is incomplete", 3, status)
    if status != 3:
        print("# " + err.replace("\n", "\n# "))
        return
    evidence = xml.parse(book.with_suffix(".evidence.xml")).getroot()
    found = {"%s %s" % (item.get("measure"), item.get("variant")): item
             for item in evidence.findall("cf:figure", NS)}
    tap.equal("evidence has the cases of the facts",
              [FACTS[name]["n"] for name in FIGURES if name != "M-32 proactive"],
              [int(found[name].get("n")) for name in FIGURES if name != "M-32 proactive"])
    result = xml.parse(book.with_suffix(".result.xml")).getroot()
    question = next(item for item in result.iter("{urn:cfaudit:1}question")
                    if item.get("id") == "CF-COR-19").find("cf:assessment", NS)
    tap.equal("the question stays open, beside its figures",
              ("notchecked", [found[name].get("id") for name in (
                  "M-01 by-messages", "M-01 reported", "M-02 by-messages", "M-10 open")]),
              (question.get("status"),
               [item.get("ref") for item in question.findall("cf:evidence", NS)]))
    sheets = Book(book)
    tap.check("the workbook is sound", list(troubles(sheets)))
    numbers = {round(cell.value, 6) for cell in sheets.sheets["Metrics"].cells.values()
               if cell.kind == "n"}
    tap.check("the workbook shows the planted waits", [
        name for name in ("M-01 by-messages", "M-02 by-messages", "M-04 requester-wait",
                          "M-32 longest")
        if not {round(FACTS[name]["p50"] / unit, 6) for unit in (1, 3600, 86400)} & numbers])


def main():
    tap = Tap()
    check_generator(tap)
    check_figures(tap)
    with tempfile.TemporaryDirectory() as folder:
        check_audit(tap, folder)
    tap.finish()


if __name__ == "__main__":
    main()
