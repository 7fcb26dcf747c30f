"""Workbooks that go on calculating: seeded changes of answers and actions are made in LibreOffice,
and what it calculates is what the program says of the same answers and actions. Gnumeric and openpyxl
read them, too."""

import importlib.util
import os
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from datetime import date
from fractions import Fraction

from books import live_sheets, recalculate
from books.check_book import Book, column_letters, troubles
from generate import scoring
from real.compare import Tap

NS = "{urn:cfaudit:1}"
SEED = 5
QUESTIONS = 60
CHANGES = 50
TOLERANCE = 1e-12
AS_OF = date(2026, 1, 5)  # of the last record of the audit
LATER = date(2026, 1, 20)
BANDS = {"-": 0, "A": 1, "B": 2, "C": 3}
STATUS = {"scored": "scored", "notapplicable": "not applicable", "notchecked": "not checked",
          "notselected": "not selected", "informational": "for information"}
GRADE = {"conform": "conform", "minor": "minor nonconformity", "major": "major nonconformity",
         "observation": "observation", "opportunity": "opportunity for improvement",
         "strength": "strength"}
NUMBERS = ("score", "low", "high", "coverage")
# What is changed in the workbook, by column.
INPUTS = ("Status", "Points", "Grade", "Auditor's note", "Repeats")


def run(*arguments):
    return subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True,
                          check=False)


# --- answers, as they stand in a row of the checklist ---


def nothing():
    return {"status": "notchecked", "points": None, "grade": None, "reason": "", "repeats": None}


def first_answers(audit):
    rows = {question["id"]: nothing() for question in audit.questions}
    for answer in audit.answers:
        rows[answer["question"]] = dict(nothing(), status=answer["status"], grade=answer["grade"],
                                        points=answer["points"], reason="Seen on site.")
    return rows


def scored(draw, question):
    points = draw.choice(("0", "4", "6", "8", "8", "10", "10"))
    grades = [grade for grade in scoring.GRADES[points] if question["basis"] != "good-practice" or
              grade not in ("minor", "major")]
    return dict(nothing(), status="scored", points=points, grade=draw.choice(grades or [None]),
                repeats=draw.choice((None, None, "2025/NC-01")))


def other_answer(draw, question):
    """Most of what a person may do, and some of what a person must not."""
    kind = draw.choice(("scored", "scored", "scored", "open", "aside", "no reason", "bad"))
    if kind == "open":
        return nothing()
    if kind in ("aside", "no reason"):
        if question["gate"]:
            return scored(draw, question)
        return dict(nothing(), reason="Not offered." if kind == "aside" else "",
                    status=draw.choice(("notapplicable", "notapplicable", "informational",
                                        "notselected")))
    if kind == "bad" and draw.random() < 0.25:
        return draw.choice((
            dict(nothing(), status="scored"),
            dict(nothing(), points="8", reason="Seen."),
            dict(nothing(), status="notapplicable", grade="minor", reason="No."),
            dict(nothing(), grade="observation"),
            dict(nothing(), status="notapplicable" if question["gate"] else "scored",
                 reason="No.")))
    return scored(draw, question)


def all_alike(audit, points):
    """Every share is exactly a limit."""
    return {question["id"]: dict(nothing(), status="scored", points=points)
            for question in audit.questions}


def rounds(audit):
    """(name, rows, actions) of each state; what cannot be counted is mended afterwards."""
    draw = random.Random(SEED)
    others = random.Random(SEED)
    rows = first_answers(audit)
    first = actions = live_sheets.first_actions(audit)
    yield "as written", dict(rows), first
    for number in range(CHANGES):
        for question in draw.sample(audit.questions, draw.randrange(1, 6)):
            rows[question["id"]] = other_answer(draw, question)
        actions = live_sheets.other_actions(others, actions)
        yield "change %d" % number, dict(rows), actions
        for question in audit.questions:
            row = rows[question["id"]]
            if refused_alone(question, row) and draw.random() < 0.7:
                rows[question["id"]] = dict(row, reason="Not offered.") \
                    if only_reason(question, row) else scored(draw, question)
    for points in ("10", "8", "6"):
        yield "all %s" % points, all_alike(audit, points), actions
    mixed = all_alike(audit, "10")
    for question in audit.questions[::2]:
        mixed[question["id"]] = dict(nothing())
    yield "every other", mixed, first


def only_reason(question, row):
    return not question["gate"] and row["points"] is None and row["grade"] is None


def refused_alone(question, row):
    """As the manual has it: what answers are refused for."""
    if row["status"] == "scored":
        return row["points"] is None or (question["basis"] == "good-practice" and
                                         row["grade"] in ("minor", "major"))
    return (row["points"] is not None or row["grade"] in ("conform", "minor", "major", "strength") or
            (not row["reason"] and (row["status"] != "notchecked" or row["grade"] is not None)) or
            (question["gate"] and row["status"] != "notchecked"))


def needs_answer(row):
    return row != nothing()


def write_answers(path, rows):
    answers = xml.Element("answers", {"xmlns": "urn:cfaudit:1", "audit": "drawn"})
    for key, row in rows.items():
        if not needs_answer(row):
            continue
        pairs = {"question": key, "status": row["status"], "points": row["points"],
                 "grade": row["grade"], "repeats": row["repeats"], "by": "A1", "on": "2026-01-20"}
        answer = xml.SubElement(answers, "answer", {name: value for name, value in pairs.items()
                                                    if value is not None})
        if row["reason"]:
            xml.SubElement(answer, "reason").text = row["reason"]
        if row["grade"] not in (None, "conform"):
            xml.SubElement(answer, "finding").text = "A finding of %s." % key
        xml.SubElement(answer, "evidence", {"kind": "record", "ref": "R-" + key})
    xml.ElementTree(answers).write(path, encoding="utf-8", xml_declaration=True)


# --- what the program says ---


class Said:
    """Of one set of answers and actions; refused: ids of questions with an error."""

    def __init__(self, folder, rows, actions):
        answers = os.path.join(folder, "changed.xml")
        result = os.path.join(folder, "changed.result.xml")
        plan = os.path.join(folder, "changed.actions.xml")
        write_answers(answers, rows)
        live_sheets.write_actions(plan, actions)
        ended = run("score", os.path.join(folder, "audit.xml"), "-e",
                    os.path.join(folder, "book.evidence.xml"), "-a", answers, "--actions", plan,
                    "-o", result, "--force")
        self.refused = None
        if ended.returncode == 2:
            errors = re.findall(rb": error: .*?'(Q-\d+)'.*\[answer-([a-z-]+)\]", ended.stderr)
            self.refused = {key.decode() for key, _ in errors}
            self.rules = {rule.decode() for _, rule in errors}
            return
        if ended.returncode not in (0, 3):
            raise ValueError(ended.stderr.decode())
        self.fresh = live_sheets.Fresh(folder, result)
        tree = xml.parse(result).getroot()
        self.index = {node.get("kind"): node for node in tree.findall(NS + "index")}
        self.gates = {node.get("id"): (node.get("triggered") == "true",
                                       [ref.get("ref") for ref in node.findall(NS + "question")])
                      for node in tree.findall(NS + "gate")}

    def numbers(self, kind, letter=None):
        node = self.index[kind]
        part = node.find(NS + "all") if letter is None else next(
            child for child in node.findall(NS + "by-letter") if child.get("letter") == letter)
        return [float(Fraction(part.get(name))) if part.get(name) else "" for name in NUMBERS]

    def bands(self, kind):
        node = self.index[kind]
        return [float(BANDS[node.get("band")]), float(BANDS[node.get("restricted")]),
                node.get("cause") or ""]


# --- what the workbook says ---


class Places:
    """Where to look, found by names and titles."""

    def __init__(self, book):
        self.checklist = book.sheets["Checklist"]
        titles = {title: column for column, title in self.checklist.heading().items()}
        self.columns = [titles[name] for name in INPUTS]
        self.rows = {cell.value: row for (row, column), cell in self.checklist.cells.items()
                     if column == titles["Id"] and row}
        scoring_titles = {title: column for column, title in
                          reversed(list(book.sheets["Scoring"].heading().items()))}
        first = scoring_titles["Score"]
        sheet, row, band, *_ = book.range_of("cf_conformity_band")
        practice = book.range_of("cf_practice_band")[1]
        self.cells = {}
        for kind, start in (("conformity", row), ("practice", practice)):
            for number, letter in enumerate((None, "a", "b", "c")):
                self.cells[kind, letter] = [(sheet, start + number, first + i) for i in range(4)]
            self.cells[kind, "bands"] = [(sheet, start, band - 1), (sheet, start, band),
                                         (sheet, start, band + 1)]
        gate_titles = {title: column for column, title in book.sheets["Gates"].heading().items()}
        for number in range(8):
            self.cells["G%d" % number] = [("Gates", number + 1, gate_titles[title])
                                          for title in ("State", "Found", "What")]
        cover = book.sheets["Cover"]
        self.cells["cover"] = [("Cover", row, column) for (row, column), cell in
                               sorted(cover.cells.items()) if cell.formula]
        self.cells.update(live_sheets.places(book))
        self.actions = live_sheets.action_places(book)
        self.as_of = book.range_of("cf_as_of")[:3]

    def put(self, follower, key, row):
        values = (STATUS[row["status"]], None if row["points"] is None else int(row["points"]),
                  GRADE.get(row["grade"]), row["reason"], row["repeats"])
        for column, value in zip(self.columns, values):
            follower.put("Checklist", self.rows[key], column, value)


def same(one, other):
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= TOLERANCE
    return one == other


def compare(name, said, found):
    """Troubles of one round."""
    if found["errors"]:
        yield "%s: %d cells with errors" % (name, found["errors"])
    if said.refused is not None:
        yield from compare_refused(name, said, found)
        return
    for kind in ("conformity", "practice"):
        for letter in (None, "a", "b", "c"):
            for number, one, other in zip(NUMBERS, said.numbers(kind, letter),
                                          found[kind, letter]):
                if not same(one, other):
                    yield "%s, %s %s, %s: %r, in the workbook %r" % (name, kind, letter or "overall",
                                                                    number, one, other)
        if said.bands(kind) != found[kind, "bands"]:
            yield "%s, bands of %s: %r, in the workbook %r" % (name, kind, said.bands(kind),
                                                               found[kind, "bands"])
    for gate, (triggered, questions) in said.gates.items():
        state, count, text = found[gate]
        if triggered == (state in ("passed", "nothing to judge yet")) or triggered != (count > 0):
            yield "%s, %s: %r, in the workbook %r" % (name, gate, triggered, found[gate])
        if gate not in ("G1", "G3") and triggered and re.findall(r"Q-\d+", text) != questions[:10]:
            yield "%s, %s: %r, in the workbook %r" % (name, gate, questions, text)


def in_short(row):
    """What makes an answer another one; of texts only whether there is any."""
    return (row["status"], row["points"], row["grade"], bool(row["reason"]), bool(row["repeats"]))


def compare_sheets(first, state, said, found):
    name, rows, actions = state
    if said.refused is None:
        yield from live_sheets.compare(name, said.fresh, found)
    yield from live_sheets.compare_overdue(name, actions, AS_OF, found)
    yield from live_sheets.compare_changed(
        name, sum(in_short(row) != in_short(first[1][key]) for key, row in rows.items()),
        sum(action != first[2][key] for key, action in actions.items()), found)


def compare_refused(name, said, found):
    """No band, and the same questions are named: for the reason of what does not apply by G6."""
    named = set(re.findall(r"Q-\d+", found["G0"][2] + found["G6"][2]))
    count = found["G0"][1]
    if count <= 10 and found["G6"][1] <= 10 and not said.refused <= named:
        yield "%s: %r refused, the workbook names %r" % (name, sorted(said.refused), sorted(named))
    if found["G0"][1] + found["G6"][1] == 0:
        yield "%s: refused, and no gate of the workbook says so" % name
    if count and (found["conformity", "bands"][1] != 0 or found["practice", "bands"][1] != 0):
        yield "%s: a band in spite of G0" % name
    if not count and not said.rules <= {"no-reason"}:
        yield "%s: %r is no matter of reasons alone" % (name, said.rules)


def follow(path, places, states):
    """What LibreOffice calculates in each state, in order, and in the last one on a later day."""
    follower = recalculate.Follower(path)
    known = {}
    planned = {}
    for _, rows, actions in [*states, states[-1]]:
        for key, row in rows.items():
            if known.get(key) != row:
                places.put(follower, key, row)
        if known is rows:
            follower.put(*places.as_of, live_sheets.serial(LATER))
        live_sheets.put_actions(follower, places.actions, actions, planned)
        known = rows
        planned = actions
        follower.calculate()
        for cells in places.cells.values():
            for cell in cells:
                follower.read(*cell)
    values = iter(follower.values())
    found = []
    for _ in range(len(states) + 1):
        found.append({"errors": next(values)})
        for key, cells in places.cells.items():
            found[-1][key] = [next(values) for _ in cells]
    return found


# --- tests ---


def check_changes(tap, folder, audit):
    path = os.path.join(folder, "book.xlsx")
    places = Places(Book(path))
    states = list(rounds(audit))
    found = follow(path, places, states)
    bands = set()
    kinds = set()
    for state, values in zip(states, found):
        said = Said(folder, *state[1:])
        tap.check("%s: LibreOffice and the program agree" % state[0],
                  [*compare(state[0], said, values),
                   *compare_sheets(states[0], state, said, values)])
        bands.add(values["conformity", "bands"][1])
        kinds.update(gate for gate in values if gate[0] == "G" and values[gate][1] > 0)
        kinds.add("refused" if said.refused is not None else "counted")
    tap.check("changes reach every band and every gate",
              [] if bands == {0.0, 1.0, 2.0, 3.0} and kinds >= {"refused", "counted", "G0", "G1",
                                                                "G2", "G3", "G4", "G5", "G6", "G7"}
              else ["%r %r" % (bands, sorted(kinds))])
    tap.check("overdue follows the as-of",
              list(live_sheets.compare_overdue("later", states[-1][2], LATER, found[-1])))
    return places, states[0], states[-1]


def edited(path, target, places, rows):
    """The same workbook with other contents of its cells, and all values as they were."""
    texts = {}
    for key, row in rows.items():
        values = (STATUS[row["status"]], row["points"], GRADE.get(row["grade"]), row["reason"],
                  row["repeats"])
        for column, value in zip(places.columns, values):
            texts["%s%d" % (column_letters(column), places.rows[key] + 1)] = (value, column)

    def other(match):
        ref, style = match.group(1), match.group(2)
        if ref not in texts:
            return match.group(0)
        value, column = texts[ref]
        if not value:
            return '<c r="%s" s="%s"/>' % (ref, style)
        if column == places.columns[1]:
            return '<c r="%s" s="%s"><v>%s</v></c>' % (ref, style, value)
        return '<c r="%s" s="%s" t="inlineStr"><is><t>%s</t></is></c>' % (ref, style, value)

    recalculate.edited(path, target, "xl/worksheets/sheet%d.xml" % places.checklist.number,
                       re.compile(r'<c r="([A-Z]+\d+)" s="(\d+)"(?:/>|[^>]*>.*?</c>)'), other)


def check_gnumeric(tap, folder, places, first, last):
    if not recalculate.is_gnumeric_there():
        print("ok - Gnumeric calculates the same # SKIP Gnumeric is not installed")
        return
    path = os.path.join(folder, "book.xlsx")
    before = Book(path)
    after = recalculate.by_gnumeric(path, folder)
    tap.check("Gnumeric calculates the same", list(recalculate.differences(before, after)))
    target = os.path.join(folder, "edited.xlsx")
    edited(path, target, places, last[1])
    after = recalculate.by_gnumeric(target, folder)
    found = {key: [after.sheets[sheet].cells[(row, column)].value for sheet, row, column in cells]
             for key, cells in places.cells.items()}
    found = {key: ["" if value is None else value for value in values]
             for key, values in found.items()}
    found["errors"] = sum(cell.kind == "e" for sheet in after.sheets.values()
                          for cell in sheet.cells.values())
    said = Said(folder, *last[1:])
    tap.check("Gnumeric follows a change",
              [*compare(last[0], said, found), *compare_sheets(first, last, said, found)])


OPENPYXL = """
import sys, openpyxl
book = openpyxl.load_workbook(sys.argv[1])
values = openpyxl.load_workbook(sys.argv[1], data_only=True)
sheet = book["Checklist"]
print(len(book.sheetnames), sheet.max_row, len(sheet.data_validations.dataValidation),
      len(sheet.conditional_formatting), book["Lists"].sheet_state,
      sum(1 for page in book for row in page.iter_rows() for cell in row
          if cell.data_type == "f"),
      repr(values["Scoring"]["K2"].value))
"""


def python_with_openpyxl():
    if importlib.util.find_spec("openpyxl"):
        return sys.executable
    other = "/usr/bin/python3"  # the system's own may have packages that this one has not
    ended = subprocess.run([other, "-c", "import openpyxl"], capture_output=True, check=False) \
        if os.path.exists(other) else None
    return other if ended and ended.returncode == 0 else None


def check_openpyxl(tap, folder):
    python = python_with_openpyxl()
    if not python:
        print("ok - openpyxl reads it # SKIP openpyxl is not installed")
        return
    path = os.path.join(folder, "book.xlsx")
    book = Book(path)
    ended = subprocess.run([python, "-c", OPENPYXL, path], capture_output=True, check=False)
    checklist = book.sheets["Checklist"]
    formulas = sum(bool(cell.formula) for sheet in book.sheets.values()
                   for cell in sheet.cells.values())
    expected = "%d %d %d %d hidden %d %r" % (
        len(book.sheets), checklist.rows, len(checklist.validations), len(checklist.rules),
        formulas, book.sheets["Scoring"].value("K2"))
    tap.equal("openpyxl reads it", (expected, b""), (ended.stdout.decode().strip(), ended.stderr))


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as folder:
        audit = scoring.Audit(SEED, QUESTIONS, 4)
        scoring.write(audit, folder)
        path = os.path.join(folder, "book.xlsx")
        plan = os.path.join(folder, "actions.xml")
        live_sheets.write_actions(plan, live_sheets.first_actions(audit))
        ended = run("run", os.path.join(folder, "audit.xml"), "-a",
                    os.path.join(folder, "answers.xml"), "--actions", plan, "-o", path)
        tap.equal("the audit runs", True, ended.returncode in (0, 3))
        tap.check("the workbook is sound", list(troubles(Book(path))))
        check_openpyxl(tap, folder)
        if recalculate.is_there():
            check_gnumeric(tap, folder, *check_changes(tap, folder, audit))
        else:
            print("ok - changes in LibreOffice # SKIP LibreOffice is not installed")
    tap.finish()


if __name__ == "__main__":
    sys.exit(main())
