"""What info and diff write for programs follows the shipped schemas, names nothing twice, and says
the same as what they write for people."""

import json
import os
import pathlib
import re
import subprocess
import tempfile

import jsonschema
from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
EXAMPLE = TOP / "checklists/examples/helpdesk"


def ran(*arguments):
    return subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True,
                          check=False)


def without_doubles(pairs):
    names = [name for name, _ in pairs]
    if len(set(names)) != len(names):
        raise ValueError("named twice: %s" % sorted(names))
    return dict(pairs)


def troubles(name, text):
    schema = json.loads((TOP / ("schemas/%s-1.schema.json" % name)).read_text("utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    document = json.loads(text, object_pairs_hook=without_doubles)
    return ["/".join(map(str, error.path)) + ": " + error.message[:120]
            for error in jsonschema.Draft202012Validator(schema).iter_errors(document)], document


def odd_files(folder):
    """Kinds that the tree has no file of."""
    (folder / "twice.xml").write_text(
        '<checklist xmlns="urn:cfaudit:1" id="a" kind="b" bytes="c" sha256="d" path="e"/>', "utf-8")
    (folder / "letter.txt").write_text("Dear customer,\nit is done.\n", "utf-8")
    (folder / "syslog").write_text("Mar  3 09:00:00 host sshd[7]: one\n", "utf-8")
    (folder / "two.csv").write_text("a;b,c\n1;2,3\n4;5,6\n", "utf-8")
    (folder / "dates.csv").write_text("number,opened\n1,03/04/2025 09:00\n", "utf-8")
    (folder / "page.html").write_text("<html/>", "utf-8")
    (folder / "lines.jsonl").write_text('{"a": 1}\n', "utf-8")
    (folder / "empty").write_bytes(b"")
    (folder / "bytes").write_bytes(b"a\0b")
    (folder / "broken.xlsx").write_bytes(b"PK\x03\x04")
    (folder / "wide.csv").write_text(",".join("c%d" % i for i in range(300)) + "\n", "utf-8")
    (folder / "control.csv").write_text('number,"a\x01b\\"\n1,2\n', "utf-8")


def count_of_text(text, word):
    return len(re.findall(r"^  %s " % word, text, re.M))


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        odd_files(folder)
        subprocess.run([os.environ["CFAUDIT"], "run", EXAMPLE / "audit.xml", "-q", "-o",
                        folder / "book.xlsx"], capture_output=True, check=False)
        asked = [TOP / "checklists", TOP / "schemas", TOP / "tests/data", folder]
        told = ran("info", "--format", "json", *asked)
        found, document = troubles("info", told.stdout)
        tap.check("info follows its schema", found)
        kinds = {item["kind"].split(",")[0] for item in document["files"]}
        for kind in ("checklist", "audit", "answers", "actions", "evidence", "result", "source-map",
                     "calendar", "sla", "score-model", "table", "event log", "log of text lines",
                     "text", "workbook", "JSON", "XML", "empty"):
            tap.equal("info knows the kind %s" % kind, True, kind in kinds)
        people = ran("info", *asked).stdout.decode("utf-8")
        tap.equal("people are told of as many files",
                  sum("sha256" in item for item in document["files"]),
                  count_of_text(people, "sha256"))

        pairs = [(EXAMPLE / "earlier.answers.xml", EXAMPLE / "answers.xml"),
                 (EXAMPLE / "earlier.actions.xml", EXAMPLE / "actions.xml"),
                 (EXAMPLE / "earlier.audit.xml", EXAMPLE / "audit.xml"),
                 (EXAMPLE / "earlier.result.xml", folder / "book.result.xml"),
                 (folder / "book.evidence.xml", folder / "book.evidence.xml"),
                 ("it-office", "de-office"), ("generic-ticket", "servicenow-incident"),
                 ("iso9001-5.1.2", "iso9001-5.1.2"), ("certification", "internal"),
                 ("messages-it", "messages-en")]
        for before, after in pairs:
            title = "diff of %s" % pathlib.Path(after).name
            told = ran("diff", "--format", "json", before, after)
            found, document = troubles("diff", told.stdout)
            tap.check(title + " follows its schema", found)
            text = ran("diff", before, after).stdout.decode("utf-8")
            for word, count in document["counts"].items():
                if word != "same":
                    tap.equal("%s: %s, told, listed, for people" % (title, word),
                              (count, count),
                              (sum(item["change"] == word for item in document["changes"]),
                               count_of_text(text, word)))
            back = json.loads(ran("diff", "--format", "json", after, before).stdout)["counts"]
            there = document["counts"]
            tap.equal(title + ": the way back is the other way round",
                      [there[word] for word in ("better", "worse", "removed", "added", "same")],
                      [back[word] for word in ("worse", "better", "added", "removed", "same")])
    tap.finish()


if __name__ == "__main__":
    main()
