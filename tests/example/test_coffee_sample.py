"""The sample of labelled messages of the service firm: enough of each act, no text twice, none of them
known from the conversations of the example, and the calibration counts as many labels as stand there,
those that were settled among them. Two readers who saw some of them agree, as far as kappa, computed
here once more, tells."""

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
LEXICONS = [lexicon.get("name") for lexicon in
            xml.parse(EXAMPLE / "audit.xml").getroot().findall("cf:lexicon", NS)]
ENOUGH, RARE = 40, 25
SELDOM = {"derogatory"}
WORDINGS = 350
READ_TWICE = 200
KAPPA_LEAST = 0.60


def read():
    with open(EXAMPLE / "labelled.csv", encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def names_of_detectors():
    ended = subprocess.run([os.environ["CFAUDIT"], "list", "detectors"], capture_output=True,
                           check=True, text=True)
    return {line.split()[0] for line in ended.stdout.splitlines()}


def counts(rows, name):
    labels = [row.get(name + "-agreed") or row[name] for row in rows]
    return [labels.count("yes"), labels.count("no")]


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


def both_labelled(rows, name):
    pairs = [(row[name], row[name + "-2"]) for row in rows]
    return [pair for pair in pairs if all(pair)]


def kappa(pairs):
    share = [sum(pair[i] == "yes" for pair in pairs) / len(pairs) for i in (0, 1)]
    chance = share[0] * share[1] + (1 - share[0]) * (1 - share[1])
    return (sum(one == other for one, other in pairs) / len(pairs) - chance) / (1 - chance)


def agreement(rows, names):
    """What the two said of each act, and whether the program counts and reckons the same."""
    told = {row["detector"]: row for row in csv.DictReader(subprocess.run(
        [os.environ["CFAUDIT"], "calibrate", "--quiet", "-f", "csv",
         *(word for lexicon in LEXICONS for word in ("--lexicon", lexicon)), EXAMPLE / "labelled.csv"],
        capture_output=True, check=True, text=True).stdout.splitlines())}
    kept = {found.get("name"): found for found in xml.parse(
        EXAMPLE / "calibration.xml").getroot().findall("cf:detector", NS)}
    for name in names:
        pairs = both_labelled(rows, name)
        value = kappa(pairs)
        print("# %s: kappa %.2f of %d, %d with yes of both" % (
            name, value, len(pairs), pairs.count(("yes", "yes"))))
        if value < KAPPA_LEAST or abs(value - float(told[name]["labellers_kappa"])) > 1e-9:
            yield "%s: kappa %r, told %s" % (name, value, told[name]["labellers_kappa"])
        said = [pairs.count(pair) for pair in (("yes", "yes"), ("yes", "no"), ("no", "yes"), ("no", "no"))]
        if said != [int(kept[name].get(key)) for key in ("both", "first", "second", "neither")]:
            yield "%s: %r in the calibration counted otherwise" % (name, said)


def not_settled(rows, names):
    """Every label on which the two differ is settled, and no other."""
    for row in rows:
        for name in names:
            differ = all((row[name], row[name + "-2"])) and row[name] != row[name + "-2"]
            if differ != bool(row.get(name + "-agreed")):
                yield "%s: %s" % (row["message"], name)


def main():
    tap, rows = Tap(), read()
    names = [name for name in list(rows[0])[2:] if not name.endswith(("-2", "-agreed"))]
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
    twice = sum(any(row[name + "-2"] for name in names) for row in rows)
    tap.check("a second reader labelled some", [] if twice == READ_TWICE else [str(twice)])
    tap.check("the two agree, and the program reckons the same", list(agreement(rows, names)))
    tap.check("what they differ on is settled", list(not_settled(rows, names)))
    for lang, found in sorted(wordings().items()):
        print("# %s: %d sentences of messages that do something" % (lang, len(found)))
    tap.finish()


if __name__ == "__main__":
    main()
