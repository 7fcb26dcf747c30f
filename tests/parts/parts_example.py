"""The shipped audit with every kind of record, its files cut anywhere between two rows."""

import os
import re
import shutil

FOLDER = "checklists/examples/coffee-service"
# beside the breakdown that the audit has
BREAKDOWNS = ("group", "priority", "segment", "kind", "department")
# their records have no ids but their places
WITHOUT_IDS = ("authority.csv", "effort.csv", "item.csv", "mgmt.jsonl", "reply-latency.csv",
               "survey.jsonl")


def entries(name, text):
    """The header, which every piece begins with, and what can stand in a piece by itself."""
    if name.endswith(".txt"):
        return "", re.split(r"(?m)(?<=\n)(?=\S)", text)
    if name.endswith(".jsonl"):
        return "", text.splitlines(True)
    rows, row, quotes = [], "", 0
    for line in text.splitlines(True):
        row += line
        quotes += line.count('"')
        if quotes % 2 == 0:
            rows.append(row)
            row = ""
    return rows[0], rows[1:]


def pieces(rng, rows, most):
    """Some of the rows each, in their order; a piece may be empty."""
    cuts = sorted(rng.randrange(len(rows) + 1) for _ in range(rng.randrange(most)))
    return [rows[a:b] for a, b in zip([0, *cuts], [*cuts, len(rows)])]


def make(rng, folder, top, most, whole=()):
    """The audit in the folder; its files are folders of pieces, whose names are given back."""
    names = []
    for name in sorted(os.listdir(os.path.join(top, FOLDER))):
        shutil.copy(os.path.join(top, FOLDER, name), folder)
    with open(os.path.join(folder, "audit.xml"), encoding="utf-8") as file:
        audit = file.read()
    for name in re.findall(r"<file>([^<]*)</file>", audit):
        with open(os.path.join(folder, name), encoding="utf-8", newline="") as file:
            header, rows = entries(name, file.read())
        os.unlink(os.path.join(folder, name))
        os.mkdir(os.path.join(folder, name))
        for i, piece in enumerate(pieces(rng, rows, 1 if name in whole else most)):
            path = "%s/%03d%s" % (name, i, os.path.splitext(name)[1])
            with open(os.path.join(folder, path), "w", encoding="utf-8", newline="") as file:
                file.write(header + "".join(piece))
            names.append(path)
    audit = audit.replace(' <by field="customer"/>\n', "".join(
        ' <by field="%s"/>\n' % field for field in ("customer", *BREAKDOWNS)))
    with open(os.path.join(folder, "audit.xml"), "w", encoding="utf-8") as file:
        file.write(audit)
    return names
