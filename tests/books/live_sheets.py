"""Sheets that follow the answers and the actions: what stands in them, and what the program writes
into a fresh workbook of the same answers and actions."""

import os
import random
import re
import subprocess
import xml.etree.ElementTree as xml
from datetime import date, timedelta

from books.check_book import Book

ACTIONS = 12
RAISED = date(2025, 12, 1)
FIRST_DUE = date(2025, 12, 28)
EPOCH = date(1899, 12, 30)  # day 0 of workbooks
ACTION_STATUS = {"open": "open", "in-progress": "in progress", "implemented": "implemented",
                 "verified": "verified", "closed": "closed"}
UNDER_WAY = ("open", "in-progress")
CHECKED = ("verified", "closed")
# what the cover says beside these words, and a row of the management review
STRIPS = ("Major nonconformities", "Minor nonconformities", "Unanswered questions",
          "Opportunities for improvement", "Findings", "Answers", "Risks without action")
REVIEW = ("9.3.2 a: ", "9.3.2 c 4: ", "9.3.2 c 6: ", "9.3.2 e: ")
STATUSES = ("scored", "notchecked", "notapplicable", "notselected", "informational")
GRADES = ("major", "minor", "observation", "opportunity", "strength")
FINDING = ("Type", "Question", "Points", "Standing")


# --- actions ---


def serial(day):
    return (day - EPOCH).days


def first_actions(audit):
    draw = random.Random(11)
    questions = draw.sample([question["id"] for question in audit.questions], ACTIONS)
    return {"A-%02d" % number: {"question": key, "status": draw.choice(list(ACTION_STATUS)),
                                "due": FIRST_DUE + timedelta(draw.randrange(16))}
            for number, key in enumerate(questions)}


def other_actions(draw, actions):
    """Some with another status, some with another due day: before, on and after the as-of."""
    changed = dict(actions)
    for key in draw.sample(sorted(actions), draw.randrange(1, 4)):
        if draw.random() < 0.5:
            changed[key] = dict(actions[key], status=draw.choice(list(ACTION_STATUS)))
        else:
            changed[key] = dict(actions[key], due=FIRST_DUE + timedelta(draw.randrange(16)))
    return changed


def write_actions(path, actions):
    root = xml.Element("actions", {"xmlns": "urn:cfaudit:1", "audit": "drawn"})
    for key, action in actions.items():
        pairs = {"id": key, "question": action["question"], "owner": "O", "raised": str(RAISED),
                 "due": str(action["due"]), "status": action["status"]}
        if action["status"] not in UNDER_WAY:
            pairs["implemented"] = "2025-12-10"
        if action["status"] == "closed":
            pairs["closed"] = "2026-01-04"
        node = xml.SubElement(root, "action", pairs)
        xml.SubElement(node, "what").text = "What is done for %s." % action["question"]
        if action["status"] in CHECKED:
            check = xml.SubElement(node, "effectiveness", {"on": "2026-01-03", "by": "A1",
                                                           "result": "effective"})
            xml.SubElement(check, "check").text = "It is looked at again."
    xml.ElementTree(root).write(path, encoding="utf-8", xml_declaration=True)


def days_overdue(action, as_of):
    days = (as_of - action["due"]).days
    return float(days) if action["status"] in UNDER_WAY and days > 0 else ""


# --- places ---


def table_cells(sheet, titles):
    """[(row, column) ...] of each row below the heading, in the order of the titles."""
    columns = {}
    for column, title in sheet.heading().items():
        columns.setdefault(title, column)
    last = max(row for row, _ in sheet.cells)
    return [[(sheet.name, row, columns[title]) for title in titles] for row in range(1, last + 1)]


def beside(sheet, label):
    """The text to the right of a label."""
    for (row, column), cell in sorted(sheet.cells.items()):
        if cell.value == label:
            return (sheet.name, row, column + 1)
    raise ValueError(label)


def section_cells(sheet):
    """All that is calculated of a section, row by row."""
    columns = sorted({column for (row, column), cell in sheet.cells.items() if cell.formula})
    last = max(row for row, _ in sheet.cells)
    return [(sheet.name, row, column) for row in range(1, last + 1) for column in columns]


def places(book):
    """By what is looked for: the cells to read."""
    cells = {"findings": sum(table_cells(book.sheets["Findings"], FINDING + ("Finding",)), []),
             "more findings": [table_cells(book.sheets["Findings"], ("Text",))[-1][0]],
             "sections": section_cells(book.sheets["Sections"]),
             "overdue": sum(table_cells(book.sheets["CAPA"], ("Days overdue",)), []),
             "changed": [("Cover", 0, 8)]}
    for label in STRIPS:
        cells[label] = [beside(book.sheets["Cover"], label)]
    review = book.sheets["MR-input"]
    for start in REVIEW:
        row = next(row for (row, column), cell in review.cells.items()
                   if column == 0 and str(cell.value).startswith(start))
        cells[start] = [("MR-input", row, 1)]
    return cells


def action_places(book):
    """(row, columns of status, due day and outcome of the check) of each action, by its id."""
    sheet = book.sheets["CAPA"]
    titles = {title: column for column, title in sheet.heading().items()}
    return {cell.value: (row, titles["Status"], titles["Due"], titles["Result"])
            for (row, column), cell in sheet.cells.items() if column == titles["Id"] and row}


def put_actions(follower, where, actions, known):
    for key, action in actions.items():
        row, status, due, outcome = where[key]
        if known.get(key) != action:
            follower.put("CAPA", row, status, ACTION_STATUS[action["status"]])
            follower.put("CAPA", row, due, serial(action["due"]))
            follower.put("CAPA", row, outcome,
                         "effective" if action["status"] in CHECKED else None)


# --- what the program writes ---


class Fresh:
    """A workbook of the same answers and actions; grades and statuses of its result."""

    def __init__(self, folder, result):
        path = os.path.join(folder, "fresh.xlsx")
        ended = subprocess.run([os.environ["CFAUDIT"], "report", "-q", "-e",
                                os.path.join(folder, "book.evidence.xml"), "-r", result, "-o",
                                path, "--force"], check=False, capture_output=True)
        if ended.returncode not in (0, 3):  # 3: not enough is answered
            raise ValueError(ended.stderr.decode())
        self.book = Book(path)
        self.cells = places(self.book)
        tree = xml.parse(result).getroot()
        assessments = list(tree.iter("{urn:cfaudit:1}assessment"))
        self.grades = [node.get("grade") for node in assessments]
        self.statuses = [node.get("status") for node in assessments]

    def values(self, key):
        return ["" if value is None else value for value in
                (getattr(self.book.sheets[sheet].cells.get((row, column)), "value", None)
                 for sheet, row, column in self.cells[key])]


def numbers(values):
    """All whole numbers in a text."""
    return [int(number) for number in re.findall(r"\d+", str(values[0]))]


def findings_of(values):
    """Sorted rows of what is a finding now; the last of a row is its rank."""
    width = len(FINDING) + 1
    rows = [values[i:i + width] for i in range(0, len(values), width)]
    return sorted(tuple(map(str, row[:-1])) for row in rows if row[-1] not in ("", 0.0))


def compare(name, fresh, found):
    """Troubles of one round: `found` is what the changed workbook calculates."""
    for key in STRIPS + REVIEW + ("sections", "overdue"):
        for one, other in zip(fresh.values(key), found[key]):
            alike = abs(one - other) <= 1e-9 if isinstance(one, float) and \
                isinstance(other, float) else one == other
            if not alike:
                yield "%s, %s: %r, in the workbook %r" % (name, key, one, other)
    counts = numbers(found["Findings"])
    if counts[:len(GRADES)] != [fresh.grades.count(grade) for grade in GRADES]:
        yield "%s: findings %r, in the workbook %r" % (name, fresh.grades, counts)
    if numbers(found["Answers"]) != [fresh.statuses.count(status) for status in STATUSES]:
        yield "%s: answers %r, in the workbook %r" % (name, fresh.statuses, found["Answers"])
    wanted = findings_of(fresh.values("findings"))
    there = findings_of(found["findings"])
    more = sum(numbers(found["more findings"]))
    if not set(there) <= set(wanted) or len(wanted) != len(there) + more:
        yield "%s: findings %r, in the workbook %r and %d" % (name, wanted, there, more)
    if len(wanted) != sum(counts):
        yield "%s: %d findings, counted %r" % (name, len(wanted), counts)


def compare_overdue(name, actions, as_of, found):
    wanted = [days_overdue(action, as_of) for action in actions.values()]
    if wanted != found["overdue"]:
        yield "%s: overdue %r, in the workbook %r" % (name, wanted, found["overdue"])


def compare_changed(name, answers, actions, found):
    """How many answers and actions the cover says have changed."""
    wanted = [answers, actions] if answers + actions else []
    if numbers(found["changed"]) != wanted:
        yield "%s: changed %r, in the workbook %r" % (name, wanted, found["changed"])
