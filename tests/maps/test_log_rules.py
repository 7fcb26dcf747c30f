"""What the rules of text logs took, on a log made here from a seed and counted again by Python's own
expressions: in the JSON, in the ledger, in the workbook. Texts and names stay out; lines that are
formulas stay text; what a limit touches supports nothing."""

import gzip
import hashlib
import json
import os
import pathlib
import random
import re
import subprocess
import tempfile
import xml.etree.ElementTree as tree
import zipfile
from datetime import datetime, timedelta, timezone

from books.check_book import Book, troubles
from real.compare import Tap

NS = "{urn:cfaudit:1}"
START = datetime(2025, 3, 3, 8, 0, 0, tzinfo=timezone.utc)
AS_OF = "2025-06-01T00:00:00Z"
AGENTS = ["Aurora Ferri", "Bruno Gallo", "Carla Neri"]
SECRET = "my card is 4111"

HEAD = r"^(?P<time>[0-9T:-]{19}Z) (?P<ticket>T[0-9]+) "
# name, whether it is used, pattern; in the order of the map, as PCRE2 and Python both read it
RULES = [
    ("opened", True, HEAD + r"opened (?P<priority>P[1-4])$"),
    ("answered", True, HEAD + r"answered by (?P<agent>[A-Z]\w+ [A-Z]\w+): (?P<words>.*)$"),
    ("solved", True, HEAD + r"solved$"),
    ("reopened", True, HEAD + r"reopened(?: because (?P<why>.*))?$"),
    ("heartbeat", False, r"^beat [0-9]+$"),
    ("shape", True, r"^(?P<ticket>[^0-9 ]{2,3})$"),
    ("moved", True, HEAD + r"moved to (?P<queue>\w+)$"),
]

MAP = """<source-map xmlns="urn:cfaudit:1" id="desk-log" revision="1" reader="text" zone="UTC">
 <title lang="en">Log of a desk</title>
 <time><format>iso</format></time>
 <log>%s</log>
 <record kind="ticket"><field name="id" required="true"><column>ticket</column></field>
  <field name="priority"><column>priority</column></field>
  <field name="queue"><column>queue</column></field>
  <field name="resolved"><column>end</column></field>
  <field name="assignee"><column>agent</column></field></record>
 <record kind="event"><field name="at"><column>time</column></field>
  <field name="status"><column>state</column></field></record>
 <record kind="sla"><field name="due"><column>due</column></field></record>
 <status><value class="open">new</value><value class="solved">solved</value></status>
</source-map>
"""

AUDIT = """<audit xmlns="urn:cfaudit:1" id="desk" zone="UTC" as-of="%s">
 <title lang="en">Desk</title><organization>Nobody</organization>
 <checklist name="iso9001-5.1.2"/>
 <target measure="%s"%s value="%s" source="contract" document="C-1"/>
 %s
</audit>
"""


def escape(text):
    return text.replace("&", "&amp;").replace("<", "&lt;")


def write_map(path, rules, states):
    text = ""
    for name, used, pattern in rules:
        sets = "".join('<set column="%s" to="%s"/>' % pair for pair in states.get(name, ()))
        text += '<rule name="%s"%s><match>%s</match>%s</rule>' % (
            name, "" if used else ' use="false"', escape(pattern.replace("?P<", "?<")), sets)
    path.write_text(MAP % text, "utf-8")


STATES = {"opened": [("state", "new")], "solved": [("state", "solved")]}


def run(*arguments, cwd, status=(0,)):
    ended = subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], cwd=cwd,
                           capture_output=True, check=False)
    if ended.returncode not in status:
        raise SystemExit("# %s: %d\n# %s" % (arguments, ended.returncode, ended.stderr.decode()))
    return ended


# --- a log, and what is in it by Python ---

def make_log(seed):
    draw = random.Random(seed)
    lines = []
    for number in range(400):
        at = START + timedelta(minutes=53 * number)
        ticket = "T%04d" % number
        stamp = lambda minutes: (at + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%SZ")
        lines.append("%s %s opened P%d" % (stamp(0), ticket, draw.randrange(1, 5)))
        if draw.random() < 0.9:
            lines.append("%s %s answered by %s: %s è %s" % (stamp(draw.randrange(1, 40)), ticket,
                                                            draw.choice(AGENTS), SECRET, number))
        if draw.random() < 0.7:
            lines.append("%s %s solved" % (stamp(draw.randrange(40, 3000)), ticket))
        if draw.random() < 0.2:
            lines.append("%s %s reopened%s" % (stamp(3100), ticket, draw.choice(
                ["", " because of noise"])))
        if draw.random() < 0.3:
            lines.append("beat %d" % number)
        if draw.random() < 0.05:
            lines.append(draw.choice(["=1+%d", "+cmd|' /C calc'!A%d", "-%d", "@SUM(%d)",
                                      "<b>%d</b>"]) % number)
    return "\n".join(lines) + "\n"


def count(text, rules):
    """By rule: entries, and (line, byte, groups) of the first three and of the last; those of none."""
    found = {name: {"n": 0, "hits": [], "last": None} for name, _, _ in rules}
    unknown = []
    offset = 0
    compiled = [(name, re.compile(pattern, re.ASCII)) for name, _, pattern in rules]
    for number, line in enumerate(text.split("\n")[:-1], 1):
        for name, pattern in compiled:
            match = pattern.search(line)
            if match:
                item = found[name]
                item["n"] += 1
                item["last"] = (number, offset)
                if len(item["hits"]) < 3:
                    item["hits"].append((number, offset, {k: v for k, v in match.groupdict().items()
                                                          if v is not None}))
                break
        else:
            unknown.append((number, offset, line))
        offset += len(line.encode("utf-8")) + 1
    return found, unknown


# --- what the program says ---

MODEL = {"time", "ticket", "priority"}  # what fields that are no persons take


def expected_captures(groups, with_text):
    listed = []
    for column, value in groups.items():
        if column == "agent":
            listed.append((column, "P", None))
        elif column in MODEL or with_text:
            listed.append((column, value, None))
        else:
            listed.append((column, None, len(value)))
    return listed


def captures_of(hit):
    return [(c["column"], "P" if c.get("person") else c["value"], c.get("length"))
            for c in hit["captures"]]


def check_json(tap, name, source, text, rules, with_text=False):
    found, unknown = count(text, rules)
    wanted = []
    got = []
    for rule, used, _ in rules:
        item = found[rule]
        first = item["hits"][0][:2] if item["n"] else None
        wanted.append((rule, used, item["n"], first, item["last"],
                       [(line, byte, expected_captures(groups, with_text))
                        for line, byte, groups in item["hits"]]))
    for rule in source["rules"]:
        place = [tuple(rule[key][part] for part in ("line", "offset")) if key in rule else None
                 for key in ("first", "last")]
        got.append((rule["rule"], rule["used"], rule["n"], place[0], place[1],
                    [(h["line"], h["offset"], captures_of(h)) for h in rule["hits"]]))
    tap.equal(name + ": counts, places and captures as by Python", wanted, got)
    reason = [r for r in source["reasons"] if r["reason"] == "no-rule"]
    tap.equal(name + ": what no rule knows", (len(unknown), [u[:3] for u in unknown[:10]]),
              (reason[0]["n"], [(p["line"], p["offset"], p["text"]) for p in reason[0]["first"]]))
    total = sum(item["n"] for item in found.values()) + len(unknown)
    tap.equal(name + ": every entry is somebody's", total, source["rows_read"])


def check_measure(tap, folder, text):
    data = text.encode("utf-8")
    for name, stored in (("desk.log", data), ("desk.log.gz", gzip.compress(data, mtime=0))):
        (folder / name).write_bytes(stored)
        document = json.loads(run("measure", "M-03", "--map", "desk.xml", "--as-of", AS_OF, "-q",
                                  "--format", "json", name, cwd=folder).stdout)
        source = document["accounting"][0]
        check_json(tap, name, source, text, RULES)
        tap.equal(name + ": digest of what is stored", hashlib.sha256(stored).hexdigest(),
                  source["sha256"])
    shown = run("measure", "M-03", "--map", "desk.xml", "--as-of", AS_OF, "-q", "--format", "json",
                "--with-text", "desk.log", cwd=folder)
    check_json(tap, "--with-text", json.loads(shown.stdout)["accounting"][0], text, RULES,
               with_text=True)
    tap.equal("--with-text shows texts and no names", (True, False),
              (SECRET in shown.stdout.decode(), any(a in shown.stdout.decode() for a in AGENTS)))
    plain = run("measure", "M-03", "--map", "desk.xml", "--as-of", AS_OF, "-q", "--format", "json",
                "desk.log", cwd=folder).stdout
    for option in (["--no-jit"], ["--self-check"], ["--self-check", "--no-jit"],
                   ["--self-check", "-j", "4"]):
        other = run("measure", "M-03", "--map", "desk.xml", "--as-of", AS_OF, "-q", "--format", "json",
                    *option, "desk.log", cwd=folder).stdout
        tap.equal(" ".join(option) + " gives the same bytes", plain, other)
    unfiltered = [r["rule"] for r in document["accounting"][0]["rules"] if not r["filtered"]]
    tap.equal("rules that no filter serves", ["shape"], unfiltered)


def check_terminal(tap, folder, text):
    found, unknown = count(text, RULES)
    shown = run("measure", "M-03", "--map", "desk.xml", "--as-of", AS_OF, "desk.log",
                cwd=folder).stdout.decode()
    wanted = []
    for name, used, _ in RULES:
        item = found[name]
        label = name if used else name + " (left out)"
        places = [f"{item['hits'][0][0]:,}", f"{item['last'][0]:,}"] if item["n"] else ["–", "–"]
        wanted.append([label, f"{item['n']:,}", *places])
    wanted.append(["no rule matches", f"{len(unknown):,}", f"{unknown[0][0]:,}", "–"])
    lines = shown.split("\n")
    at = next(i for i, line in enumerate(lines) if line.startswith("  log rule"))
    tap.equal("the table on the terminal", wanted,
              [re.split(r"\s{2,}", line.strip()) for line in lines[at + 1:at + 1 + len(wanted)]])


def check_run(tap, folder, text):
    """The ledger and the workbook, in both languages."""
    found, unknown = count(text, RULES)
    (folder / "audit.xml").write_text(
        AUDIT % (AS_OF, "M-03", "", "86400",
                 '<source id="log" map="desk.xml"><file>desk.log</file></source>'), "utf-8")
    ended = run("run", "audit.xml", "--force", cwd=folder, status=(3,)).stdout.decode()
    met = [n for n, _, _ in RULES if found[n]["n"]]
    names = sorted(met, key=lambda n: (-found[n]["n"], [r[0] for r in RULES].index(n)))
    tap.equal("the summary of a run", True,
              "by rule: " + ", ".join("%s %s" % (n, f"{found[n]['n']:,}") for n in names[:6])
              in " ".join(ended.split()))
    root = tree.parse(folder / "audit.evidence.xml").getroot()
    rules = root.find(NS + "source").findall(NS + "rule")
    tap.equal("the ledger: rules", [(n, str(found[n]["n"])) for n, _, _ in RULES],
              [(r.get("name"), r.get("n")) for r in rules])
    tap.equal("the ledger: first entries",
              [[(str(line), str(byte)) for line, byte, _ in found[n]["hits"]] for n, _, _ in RULES],
              [[(h.get("line"), h.get("offset")) for h in r.findall(NS + "hit")] for r in rules])
    digests = {hashlib.sha256(b"desk\n" + a.encode()).hexdigest(): a for a in AGENTS}
    agents = [groups["agent"] for _, _, groups in found["answered"]["hits"]]
    known = sorted(d for d, a in digests.items() if a in agents)
    tap.equal("persons are numbers by the rank of their digests",
              ["P-%03d" % (known.index(next(d for d in known if digests[d] == a)) + 1)
               for a in agents],
              [c.get("value") for r in rules for c in r.iter(NS + "capture") if c.get("person")])
    everything = (folder / "audit.evidence.xml").read_text("utf-8")
    tap.equal("no name and no text in the ledger", [],
              [word for word in AGENTS + [SECRET] if word in everything])
    for lang, sheet_name in (("en", "Log-rules"), ("it", "Regole dei registri")):
        run("run", "audit.xml", "--force", "--lang", lang, "-o", lang + ".xlsx", cwd=folder,
            status=(3,))
        book = Book(folder / (lang + ".xlsx"))
        tap.check(lang + ": the workbook is sound", list(troubles(book)))
        check_sheet(tap, lang, book.sheets[sheet_name], found, unknown)
        with zipfile.ZipFile(folder / (lang + ".xlsx")) as file:
            parts = b"".join(file.read(name) for name in file.namelist()).decode("utf-8", "replace")
        tap.equal(lang + ": no name and no text in the workbook", [],
                  [word for word in AGENTS + [SECRET] if word in parts])


def check_sheet(tap, lang, sheet, found, unknown):
    rows = []
    titles = sheet.heading()
    for row in range(1, sheet.rows):
        cells = [sheet.cells.get((row, column)) for column in range(len(titles))]
        rows.append([cell.value if cell else None for cell in cells])
    wanted = []
    for name, _, _ in RULES:
        item = found[name]
        first = item["hits"][0][:2] if item["n"] else (None, None)
        wanted.append((name, float(item["n"]), *first, *(item["last"] or (None, None))))
        wanted += [(name, None, line, byte, None, None) for line, byte, _ in item["hits"]]
    got = [(r[1], r[3], r[5], r[6], r[7], r[8]) for r in rows[:len(wanted)]]
    tap.equal(lang + ": sheet of rules", wanted, got)
    tap.equal(lang + ": rules that took nothing say 0", ["moved", "shape"],
              sorted(r[1] for r in rows if r[3] == 0))
    places = rows[len(wanted):]
    tap.equal(lang + ": what no rule knows",
              [(float(len(unknown)), None, None, None)] +
              [(None, line, byte, text) for line, byte, text in unknown[:10]],
              [(r[3], r[5], r[6], r[11]) for r in places])
    formulas = [(row, cell) for (row, column), cell in sheet.cells.items() if cell.formula]
    tap.equal(lang + ": nothing out of the log is a formula", [], formulas)
    cells = [sheet.cells[(row, 11)] for row in range(1, sheet.rows)
             if (row, 11) in sheet.cells and isinstance(sheet.cells[(row, 11)].value, str)
             and sheet.cells[(row, 11)].value[0] in "=+-@"]
    tap.equal(lang + ": entries that look like formulas are texts",
              (sum(text[0] in "=+-@" for _, _, text in unknown[:10]), {("s", "@")}),
              (len(cells), {(cell.kind, cell.number_format) for cell in cells}))
    tap.equal(lang + ": a rule leads to its source", rows and len(rows),
              sum(column == 0 for _, column in sheet.links))


# --- parts ---

def check_parts(tap, folder, text):
    """Two files through parts give the bytes of one run, persons and counts included."""
    lines = text.split("\n")[:-1]
    half = len(lines) // 2
    (folder / "a.log").write_text("\n".join(lines[:half]) + "\n", "utf-8")
    (folder / "b.log").write_text("\n".join(lines[half:]) + "\n", "utf-8")
    (folder / "two.xml").write_text(
        AUDIT % (AS_OF, "M-03", "", "86400",
                 '<source id="log" map="desk.xml"><file>a.log</file><file>b.log</file></source>'),
        "utf-8")
    run("gather", "two.xml", "-o", "whole.xml", "-q", cwd=folder)
    for part in "ab":
        run("gather", "two.xml", "--partial", "-q", "-o", part + ".cfap", part + ".log", cwd=folder)
    run("merge", "b.cfap", "a.cfap", "-q", "-o", "joined.xml", cwd=folder)
    tap.equal("parts give the bytes of one run", (folder / "whole.xml").read_bytes(),
              (folder / "joined.xml").read_bytes())


# --- what is told once ---

def make_moves(seed):
    """Entries of tickets, none of which tells all: (time, entry), in any order."""
    draw = random.Random(seed)
    entries = []
    for number in range(300):
        at = START + timedelta(minutes=31 * number)
        for step in range(draw.randrange(2, 7)):
            at += timedelta(minutes=draw.randrange(1, 50))
            what = draw.choice(["moved to Q%d" % draw.randrange(3), "solved", "reopened",
                                "opened P%d" % draw.randrange(1, 4)]) if step else "opened P1"
            entries.append((at, "T%04d" % number, what))
    draw.shuffle(entries)
    return entries


def told_last(entries, word):
    """By ticket: what the last entry that begins so says."""
    told = {}
    for _, ticket, what in sorted(entries):
        told.setdefault(ticket, None)
        if what.startswith(word):
            told[ticket] = what[len(word):]
    return told


def check_told(tap, folder):
    """An entry that does not speak of an attribute leaves it, in any order of entries and files."""
    entries = make_moves(7)
    lines = ["%s %s %s" % (at.strftime("%Y-%m-%dT%H:%M:%SZ"), ticket, what)
             for at, ticket, what in entries]
    half = len(lines) // 2
    (folder / "m1.log").write_text("\n".join(lines[:half]) + "\n", "utf-8")
    (folder / "m2.log").write_text("\n".join(lines[half:]) + "\n", "utf-8")
    queues = told_last(entries, "moved to ")
    priorities = told_last(entries, "opened ")
    for files in (["m1.log", "m2.log"], ["m2.log", "m1.log"]):
        document = json.loads(run("measure", "M-03", "--map", "desk.xml", "--as-of", AS_OF, "-q",
                                  "--by", "queue", "--by", "priority", "--format", "json", *files,
                                  cwd=folder).stdout)
        figure = next(f for f in document["figures"] if f["variant"] == "by-events")
        solved = {ticket for _, ticket, what in entries if what == "solved"}
        wanted = sorted((by, key or "", sum(told[t] == key for t in solved))
                        for by, told in (("queue", queues), ("priority", priorities))
                        for key in {told[t] for t in solved})
        got = sorted((row["by"], row["key"] or "", row["n"]) for row in figure["breakdown"])
        tap.equal("attributes that are told once, read as %s" % " ".join(files), wanted, got)
    (folder / "moves.xml").write_text(
        (AUDIT % (AS_OF, "M-03", "", "86400",
                  '<source id="log" map="desk.xml"><file>m1.log</file><file>m2.log</file></source>')
         ).replace(' <target', ' <by field="queue"/><target'), "utf-8")
    run("gather", "moves.xml", "-o", "moves-whole.xml", "-q", cwd=folder, status=(0, 3))
    for part in "12":
        run("gather", "moves.xml", "--partial", "-q", "-o", "m%s.cfap" % part, "m%s.log" % part,
            cwd=folder)
    run("merge", "m1.cfap", "m2.cfap", "-q", "-o", "moves-joined.xml", cwd=folder, status=(0, 3))
    tap.equal("and through parts", (folder / "moves-whole.xml").read_bytes(),
              (folder / "moves-joined.xml").read_bytes())


# --- limits ---

DUE = r" due (?P<due>\S+)$"
SCORED = set()  # questions that figures score while everything could be read
HOSTILE = [("opened", True, HEAD + r"opened (?P<priority>P[1-4])" + DUE),
           ("hostile", True, HEAD + r"says (?:(?:a+)+)+!$"),
           ("solved", True, HEAD + r"solved$")]


def check_limits(tap, folder):
    """A rule that gives up on some entries: partial, no good verdict, no points, incomplete."""
    write_map(folder / "hostile.xml", HOSTILE, STATES)
    for bad in (0, 3, 140):
        lines = []
        for number in range(200):
            at, end, due = ((START + timedelta(minutes=10 * number + minutes)).strftime(
                "%Y-%m-%dT%H:%M:%SZ") for minutes in (0, 5, 60))
            lines.append("%s T%04d opened P1 due %s" % (at, number, due))
            lines.append("%s T%04d %s" % (end, number, "says " + "a" * 40 + "?!" if number < bad
                                          else "solved"))
        (folder / "hostile.log").write_text("\n".join(lines) + "\n", "utf-8")
        (folder / "hostile-audit.xml").write_text(
            AUDIT % (AS_OF, "M-07", ' variant="computed"', "0.2",
                     '<source id="log" map="hostile.xml"><file>hostile.log</file></source>'), "utf-8")
        name = "%d entries that meet a limit" % bad
        ended = run("run", "hostile-audit.xml", "--force", "-f", "json", cwd=folder,
                    status=(1,) if bad else (3,))
        root = tree.parse(folder / "hostile-audit.evidence.xml").getroot()
        source = root.find(NS + "source")
        limits = min(bad, 100)
        rule = source.findall(NS + "rule")[1]
        tap.equal(name + ": counted, and stopped behind 100",
                  (str(limits) if bad else None, "true" if bad >= 100 else None),
                  (rule.get("limits"), rule.get("stopped")))
        tap.equal(name + ": the source is partial", "true" if bad else None, source.get("partial"))
        rejected = {r.get("reason"): int(r.get("n")) for r in source.findall(NS + "rejected")}
        filtered = {r.get("reason"): int(r.get("n")) for r in source.findall(NS + "filtered")}
        tap.equal(name + ": a limit is no entry without a rule",
                  ({"log-limit": limits} if bad else {}, {"no-rule": bad - limits} if bad > 100 else {}),
                  (rejected, filtered))
        figures = {(f.get("measure"), f.get("variant")): f for f in root.findall(NS + "figure")}
        resolve = figures[("M-07", "computed")]
        tap.equal(name + ": verdict", "not-contradicted" if bad else "proven-capable",
                  resolve.get("verdict"))
        inside = {f.get("verdict") for f in resolve.iter(NS + "figure")} - {None}
        tap.equal(name + ": verdicts of rows and periods", bool(bad),
                  not inside & {"met", "proven-capable"})
        tap.equal(name + ": every figure that rests on it is partial",
                  {"true"} if bad else {None}, {f.get("partial") for f in figures.values()})
        result = json.loads(ended.stdout)
        scored = [q["id"] for q in result["questions"] if q["origin"] == "figure"]
        tap.equal(name + ": figures score", not bad, bool(scored))
        told = [q["why"] for q in result["questions"] if "a limit of matching was met" in q["why"]]
        tap.equal(name + ": and say why they do not", bool(bad), bool(told))
        tap.equal(name + ": such a question is of unknown state", {"unknown"} if bad else set(),
                  {q["state"] for q in result["questions"] if q["why"] in told and q["proposed"] is None
                   and q["id"] in SCORED})
        if not bad:
            SCORED.update(scored)
    book = Book(folder / "hostile-audit.xlsx")
    states = {row["Log rule"]: row["State"] for row in book.sheets["Log-rules"].table()
              if row["Entries"] is not None}
    tap.equal("the workbook says that the rule stopped", ("stopped", "complete"),
              (states["hostile"], states["opened"]))
    tap.equal("and that the source is partial", ["partial"],
              [row["State"] for row in book.sheets["Sources"].table()][:1])
    values = [row["Verdict"] for row in book.sheets["Metrics"].table() if row["Verdict"]]
    tap.equal("no figure of it is met", set(), {"met", "proven capable"} & set(values))


def main():
    tap = Tap()
    text = make_log(41)
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_map(folder / "desk.xml", RULES, STATES)
        check_measure(tap, folder, text)
        check_terminal(tap, folder, text)
        check_run(tap, folder, text)
        check_parts(tap, folder, text)
        check_told(tap, folder)
        check_limits(tap, folder)
    tap.finish()


main()
