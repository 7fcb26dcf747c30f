"""The sample of labelled messages of the service firm: enough of each act, no text twice, none of them
known from the conversations of the example, and the calibration counts as many labels as stand there."""

import csv
import os
import pathlib
import re
import subprocess
import sys
import xml.etree.ElementTree as xml

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
sys.path[:0] = [str(TOP / "tests/generate")]

from coffee import sample_texts

EXAMPLE = TOP / "checklists/examples/coffee-service"
NS = {"cf": "urn:cfaudit:1"}
ENOUGH, RARE = 40, 25
SELDOM = {"derogatory"}
WORDINGS = 350


def read():
    with open(EXAMPLE / "labelled.csv", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def names_of_detectors():
    ended = subprocess.run([os.environ["CFAUDIT"], "list", "detectors"], capture_output=True,
                           check=True, text=True)
    return {line.split()[0] for line in ended.stdout.splitlines()}


def counts(rows, name):
    return [sum(row[name] == label for row in rows) for label in ("yes", "no")]


def too_few(rows, names):
    for name in names:
        yes, no = counts(rows, name)
        if yes < (RARE if name in SELDOM else ENOUGH) or no < ENOUGH:
            yield "%s: %d yes, %d no" % (name, yes, no)


def plain(text):
    return re.sub(r"\W+", " ", text).strip().lower()


def wordings():
    """Language -> sentences of the messages that do something, each counted once."""
    found = {}
    for text in sample_texts.read_all():
        if any(not mark.endswith("?") for mark in text.marks):
            found.setdefault(text.lang, set()).update(
                plain(sentence) for sentence in re.split(r"(?<=[.!?:;])\s+", text.text))
    return found


def known_already():
    heard = plain((EXAMPLE / "message.csv").read_text("utf-8") + " " +
                  (EXAMPLE / "chat.txt").read_text("utf-8"))
    return [text.text for text in sample_texts.read_all()
            if len(plain(text.text)) > 30 and plain(text.text) in heard]


def counted_otherwise(rows):
    root = xml.parse(EXAMPLE / "calibration.xml").getroot()
    for found in root.findall("cf:detector", NS):
        told = [int(found.get(one)) + int(found.get(other)) for one, other in (
            ("true-hits", "missed"), ("false-hits", "true-silences"))]
        if told != counts(rows, found.get("name")):
            yield "%s: %r, labelled %r" % (found.get("name"), told, counts(rows, found.get("name")))


def main():
    tap, rows = Tap(), read()
    names = list(rows[0])[2:]
    tap.check("every detector has its column", sorted(set(names) ^ names_of_detectors()))
    tap.check("there is enough of every act, and of its absence", list(too_few(rows, names)))
    texts = [row["text"] for row in rows]
    tap.check("no text stands there twice", [text for text in set(texts) if texts.count(text) > 1])
    said = [plain(text.text) for text in sample_texts.read_all()]
    tap.check("no text is another one's with other marks",
              [text for text in set(said) if said.count(text) > 1])
    tap.check("each language says it in many ways", [
        "%s: %d" % (lang, len(found)) for lang, found in wordings().items() if len(found) < WORDINGS])
    tap.check("none is a text of the conversations", known_already())
    tap.check("the calibration counts the labels that are there", list(counted_otherwise(rows)))
    for lang, found in sorted(wordings().items()):
        print("# %s: %d sentences of messages that do something" % (lang, len(found)))
    tap.finish()


if __name__ == "__main__":
    main()
