"""The plain maps of every kind of records: by the names of the model, by every other heading that
they take, and as JSON; what a record cannot do without, and what an id is made of."""

import csv
import io
import json
import os
import pathlib
import subprocess
import tempfile
import xml.etree.ElementTree as xml

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
NS = {"cf": "urn:cfaudit:1"}

# each plain map, with the parts of the id of its records; none: every row is a record of its own
MAPS = {
    "generic-customer": ("id",), "generic-customer-json": ("id",),
    "generic-sla": ("id",), "generic-sla-json": ("id",),
    "generic-sla-clock": (), "generic-sla-clock-json": (),
    "generic-promise": ("id",), "generic-promise-json": ("id",),
    "generic-effort": (), "generic-effort-json": (),
    "generic-change": ("id",), "generic-change-json": ("id",),
    "generic-survey": (), "generic-survey-json": (),
    "generic-complaint": ("id",), "generic-complaint-json": ("id",),
    "generic-order-review": ("order",), "generic-order-review-json": ("order",),
    "generic-process-doc": ("id", "version"), "generic-process-doc-json": ("id", "version"),
    "generic-reply-latency": (), "generic-reply-latency-json": (),
    "generic-authority": (), "generic-authority-json": (),
    "generic-mgmt": (), "generic-mgmt-json": (),
    "generic-invoice": ("id",), "generic-invoice-json": ("id",),
    "generic-register": ("id", "kind"), "generic-register-json": ("id", "kind"),
    "generic-item": (), "generic-item-json": (),
}

TYPES = {}


def model():
    """Type of each field, as the program tells it."""
    ended = subprocess.run([os.environ["CFAUDIT"], "list", "fields"], capture_output=True, check=True,
                           encoding="utf-8")
    for line in ended.stdout.splitlines():
        name, kind = line.split()[:2]
        TYPES[name] = kind


def value_of(kind, field, values, number):
    """Something that the field may be; a word of the table of values where it has one."""
    if values:
        return values[number % len(values)]
    what = TYPES["%s.%s" % (kind, field)]
    return {"text": "%s %d" % (field, number), "person": "person %d" % number,
            "instant": "%02d/%02d/2025 10:%02d" % (13 + number % 10, 1 + number % 12, number),
            "integer": str(number), "number": "%d,5" % number,
            "boolean": ("yes", "no")[number % 2]}[what]


def rows_of(root, pick, count=6):
    """Rows of every field of the map, by the heading that `pick` chooses among those of a field."""
    record = root.find("cf:record", NS)
    kind = record.get("kind")
    rows = []
    taken = set()
    columns = []
    for field in record.findall("cf:field", NS):
        names = [column.text for column in field.findall("cf:column", NS)]
        name = pick(names)
        if name.lower().replace(" ", "") in taken:
            name = names[0]
        taken.add(name.lower().replace(" ", ""))
        values = [value.get("from") for value in field.findall("cf:value", NS)]
        columns.append((name, field.get("name"), values))
    for number in range(count):
        rows.append({name: value_of(kind, field, values, number) for name, field, values in columns})
    return rows


def as_table(rows):
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def as_lines(rows):
    return "".join(json.dumps(row) + "\n" for row in rows)


def read(name, text, ending):
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "export" + ending)
        path.write_text(text, "utf-8")
        ended = subprocess.run(
            [os.environ["CFAUDIT"], "measure", "M-22", "--map", name, "--zone", "Europe/Rome",
             "--format", "json", "--quiet", str(path)],
            capture_output=True, check=False, encoding="utf-8")
    if ended.returncode not in (0, 3):
        return None, ended.stderr
    return json.loads(ended.stdout)["accounting"][0], ended.stderr


def troubles(name, rows, cases):
    is_json = name.endswith("-json")
    source, words = read(name, as_lines(rows) if is_json else as_table(rows),
                         ".json" if is_json else ".csv")
    if source is None:
        return [words]
    expected = (len(rows), len(rows), 0, cases)
    got = tuple(source[key] for key in ("rows_read", "rows_used", "rows_rejected", "cases"))
    return [] if got == expected else ["%s, expected %s: %s" % (got, expected, source["reasons"])]


def check_ids(tap, name, root, key):
    """Two rows that share every part of the id are one record; those that share some are two."""
    rows = rows_of(root, lambda names: names[0], count=2)
    if not key:
        tap.check(name + ": rows without ids are records each",
                  troubles(name, [rows[0], rows[0]], 1 if has_id(root) else 2))
        return
    twin = dict(rows[1])
    for part in key:
        twin[part] = rows[0][part]
    tap.check(name + ": one id, one record", troubles(name, [rows[0], twin], 1))
    if len(key) == 2:
        twin[key[1]] = rows[1][key[1]]
        tap.check(name + ": half an id is another record", troubles(name, [rows[0], twin], 2))


def has_id(root):
    return any(field.get("name") == "id" for field in root.iter("{urn:cfaudit:1}field"))


def main():
    tap = Tap()
    model()
    shipped = {path.stem for path in (TOP / "schemas/sources").glob("generic-*.xml")}
    tap.equal("every plain map is looked at",
              sorted(shipped - {"generic-ticket", "generic-conversation"}), sorted(MAPS))
    for name, key in MAPS.items():
        root = xml.parse(TOP / "schemas/sources" / (name + ".xml")).getroot()
        first = rows_of(root, lambda names: names[0])
        tap.check(name + " by the names of the model", troubles(name, first, len(first)))
        last = rows_of(root, lambda names: names[-1])
        tap.check(name + " by other names", troubles(name, last, len(last)))
        check_ids(tap, name, root, key)
    tap.finish()


if __name__ == "__main__":
    main()
