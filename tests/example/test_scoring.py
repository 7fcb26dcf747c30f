"""Scores of the shipped example against a second implementation in exact fractions: without
answers, with the auditors', and with seeded random answers over seeded random figures."""

import os
import pathlib
import random
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from decimal import Decimal
from fractions import Fraction

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
EXAMPLE = TOP / "checklists/examples/helpdesk"
CHECKLIST = TOP / "checklists/iso9001-5.1.2.xml"
NS = "{urn:cfaudit:1}"
EDITIONS = ["2015", "2015+A1", "2026"]
POINTS = ["0", "4", "6", "8", "10"]
ROUNDS = 40


def cfaudit(*arguments):
    return subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True,
                          check=False)


# --- the second implementation ---


def follows_target(ladder, figure):
    """The audit's target moves limits that belong to another one."""
    return ladder.get("usual-target") is not None and "target" in figure


def points_on(ladder, figure, end):
    """Points of a figure; end: value, or the interval's unfavourable or favourable side."""
    higher = ladder.get("direction") == "higher"
    side = {"value": "value", "bad": "low" if higher else "high",
            "good": "high" if higher else "low"}[end]
    minus = Decimal(figure["target"]) if ladder.get("minus-target") == "true" else Decimal(0)
    if follows_target(ladder, figure):
        minus = Decimal(figure["target"]) - Decimal(ladder.get("usual-target"))
    for step in ladder.findall(NS + "step"):
        on = step.get("on", "value")
        if on == "value" and "method" not in figure:  # no interval: a count of everything
            side = "value"
        number = Decimal(figure[side if on == "value" else on])
        limit = Decimal(step.get("at")) + minus
        if number >= limit if higher else number <= limit:
            return int(step.get("points"))
    return 0


def find(figures, measure, variant):
    """Without a variant the first one of the measure is meant."""
    if variant is None:
        return next((figures[key] for key in figures if key[0] == measure), None)
    return figures.get((measure, variant))


def proposal(question, figures):
    """(points, low, high, agreed) of the lowest binding that gives points, or None."""
    quality = figures.get(("M-49", "records"))
    found = []
    for binding in question.findall(NS + "binding"):
        ladder = binding.find(NS + "ladder")
        figure = find(figures, binding.get("measure"), binding.get("variant"))
        if ladder is None or figure is None or "value" not in figure:
            continue
        needed = 30 if figure["unit"] != "count" and "method" in figure else 0
        if int(figure["n"]) < int(binding.get("cases", needed)):
            continue
        if ladder.get("minus-target") == "true" and "target" not in figure:
            continue
        if quality and float(quality["value"]) < 0.8 and binding.get("measure") != "M-49":
            continue
        agreed = ladder.get("target-source") != "default" and (
            ladder.get("minus-target") != "true" or
            figure.get("target-source", "default") != "default")
        if follows_target(ladder, figure):
            agreed = figure["target-source"] != "default"
        points = points_on(ladder, figure, "value")
        found.append((points, min(points, points_on(ladder, figure, "bad")),
                      max(points, points_on(ladder, figure, "good")), agreed))
    if not found or question.get("mode") == "human":
        return None
    points = min(entry[0] for entry in found)
    return (points, min(entry[1] for entry in found), min(entry[2] for entry in found),
            any(entry[3] for entry in found if entry[0] == points))


def assess(question, figures, answer, edition):
    """(status, points, grade) of a question."""
    if answer is not None:
        return answer.get("status"), answer.get("points"), answer.get("grade")
    if EDITIONS.index(question.get("since", "2015")) > EDITIONS.index(edition):
        return "informational", None, None
    proposed = proposal(question, figures)
    if proposed and question.get("mode") == "auto" and (
            proposed[3] or question.get("basis") == "good-practice"):
        return "scored", str(proposed[0]), None
    return "notchecked", None, None


def tally(questions, assessed, letter=None):
    points = scored = applicable = aside = Fraction(0)
    for question in questions:
        letters = question.get("letters")
        if question.get("basis") == "good-practice" or (letter and letter not in letters):
            continue
        weight = Fraction(question.get("weight")) / (len(letters) if letter else 1)
        status, given, _ = assessed[question.get("id")]
        if status == "scored":
            points += weight * int(given)
            scored += weight
        if status in ("scored", "notchecked"):
            applicable += weight
        if status == "notapplicable":
            aside += weight
    sums = {"points": points, "scored": scored, "applicable": applicable, "set-aside": aside}
    if scored:
        sums["score"] = points / (10 * scored)
    if applicable:
        sums["coverage"] = scored / applicable
        sums["low"] = points / (10 * applicable)
        sums["high"] = (points + 10 * (applicable - scored)) / (10 * applicable)
    return sums


def judge(questions, assessed, tallies, repeats):
    """(band, restricted, gates triggered)"""
    gates = {}
    conformity = [question for question in questions if question.get("basis") != "good-practice"]

    def points(question):
        status, given, _ = assessed[question.get("id")]
        return int(given) if status == "scored" else None

    if "score" not in tallies[None] or any(
            sums.get("coverage", Fraction(1)) < Fraction(2, 3) for sums in tallies.values()):
        gates["G1"] = "-"
    if any(question.get("basis") == "requirement" and
           assessed[question.get("id")][2] == "major" for question in questions):
        gates["G2"] = "C"
    letters = [tallies[letter]["score"] for letter in "abc" if "score" in tallies[letter]]
    if letters and min(letters) < Fraction(8, 10):
        gates["G3"] = "C" if min(letters) < Fraction(7, 10) else "B"
    marks = [points(question) for question in conformity if question.get("gate") == "yes"]
    if 0 in marks or 4 in marks:
        gates["G4"] = "C" if 0 in marks else "B"
    if any(question.get("basis") == "requirement" and points(question) == 0
           for question in questions):
        gates["G5"] = "B"
    aside, applicable = tallies[None]["set-aside"], tallies[None]["applicable"]
    if aside + applicable and aside / (aside + applicable) > Fraction(1, 5):
        gates["G6"] = "B"
    if any(assessed[name][2] == "minor" for name in repeats):
        gates["G7"] = "A"
    score = tallies[None].get("score")
    band = ("-" if score is None else "A" if score >= Fraction(9, 10) else
            "B" if score >= Fraction(8, 10) else "C")
    restricted = "-" if "G1" in gates else max([band, *gates.values()])
    return band, restricted, set(gates)


# --- comparison ---


def figures_of(ledger):
    return {(figure.get("measure"), figure.get("variant")): dict(figure.attrib)
            for figure in ledger.findall(NS + "figure")}


def compare(evidence, answers, result):
    """Texts that say what differs."""
    questions = xml.parse(CHECKLIST).getroot().findall(NS + "question")
    ledger = xml.fromstring(evidence)
    edition = ledger.find(NS + "audit").get("edition")
    figures = figures_of(ledger)
    given = {} if answers is None else {
        answer.get("question"): answer for answer in xml.fromstring(answers).findall(NS + "answer")}
    assessed = {question.get("id"): assess(question, figures, given.get(question.get("id")), edition)
                for question in questions}
    tallies = {letter: tally(questions, assessed, letter) for letter in (None, "a", "b", "c")}
    band, restricted, gates = judge(questions, assessed, tallies, {
        name for name, answer in given.items() if answer.get("repeats")})
    root = xml.fromstring(result)
    index = next(index for index in root.findall(NS + "index")
                 if index.get("kind") == "conformity")
    troubles = []

    def expect(what, expected, got):
        if expected != got:
            troubles.append("%s: expected %s, got %s" % (what, expected, got))

    elements = {None: index.find(NS + "all")} | {
        element.get("letter"): element for element in index.findall(NS + "by-letter")}
    for letter, sums in tallies.items():
        for name in ("points", "scored", "applicable", "set-aside", "score", "coverage", "low", "high"):
            text = elements[letter].get(name)
            expect("%s of %s" % (name, letter or "all"), sums.get(name),
                   None if text is None else Fraction(text))
    expect("band", band, index.get("band"))
    expect("restricted", restricted, index.get("restricted"))
    expect("gates", gates, {gate.get("id") for gate in root.findall(NS + "gate")
                            if gate.get("triggered") == "true"})
    for question, element in zip(questions, root.findall(NS + "question")):
        got = element.find(NS + "assessment")
        expect(question.get("id"), assessed[question.get("id")],
               (got.get("status"), got.get("points"), got.get("grade")))
        proposed = proposal(question, figures)
        expect(question.get("id") + " proposed", proposed[:3] if proposed else None,
               tuple(int(got.get(name)) for name in ("proposed", "proposed-low", "proposed-high"))
               if got.get("proposed") else None)
    return troubles, 3 if "G1" in gates else 0


PART = re.compile(r" (\S+) +x (\d+) += (\S+) +of (\S+?)(;|$)")


def derivation(folder, result):
    """The parts that explain prints add up to the score exactly."""
    (folder / "r.xml").write_bytes(result)
    index = next(index for index in xml.fromstring(result).findall(NS + "index")
                 if index.get("kind") == "conformity").find(NS + "all")
    text = cfaudit("explain", folder / "r.xml").stdout.decode()
    parts = [PART.search(line) for line in text.splitlines() if PART.search(line)]
    got = sum((Fraction(part.group(3)) for part in parts), Fraction(0))
    full = sum((Fraction(part.group(4)) for part in parts), Fraction(0))
    wrong = [part.group(0) for part in parts
             if Fraction(part.group(1)) * int(part.group(2)) != Fraction(part.group(3))]
    if wrong or got != Fraction(index.get("points")) or full != 10 * Fraction(index.get("scored")):
        return ["explain: %s of %s, %s" % (got, full, wrong)]
    return []


# --- inputs ---


def random_answers(chance, audit):
    """A document in which about `share` of the questions are answered."""
    share = chance.choice((0.0, 0.5, 0.8, 0.95, 1.0))
    best = chance.choice((1, 3, 5))
    text = []
    for question in xml.parse(CHECKLIST).getroot().findall(NS + "question"):
        if chance.random() >= share:
            continue
        statuses = ["scored"] * 9 + ["notchecked"]
        if question.get("gate") != "yes":
            statuses += ["notapplicable", "notselected", "informational"]
        status = chance.choice(statuses)
        points = chance.choice(POINTS[-best:])
        grade = "major" if chance.random() < 0.01 else chance.choice(("minor", "observation"))
        again = ' repeats="2024/NC-1"' if chance.random() < 0.02 else ""
        text.append('<answer question="%s" by="A" on="2026-01-20" %s%s><reason>r</reason>'
                    '<evidence ref="record 1" kind="record"/></answer>' % (
                        question.get("id"),
                        'status="scored" points="%s" grade="%s"' % (points, grade)
                        if status == "scored" else 'status="%s"' % status, again))
    return ('<answers xmlns="urn:cfaudit:1" audit="%s">%s</answers>' %
            (audit, "\n".join(text))).encode()


def change_figure(chance, match):
    """New numbers, on and beside the limits, for one figure's tag."""
    tag = match.group(0)
    if 'unit="1"' not in tag or " value=" not in tag:
        return tag
    n = chance.choice((29, 30, 1000))
    k = chance.randrange(n // 2, n + 1) if chance.random() < 0.5 else round(
        n * chance.choice((0.80, 0.90, 0.93, 0.95, 0.949, 0.951)))
    half = chance.choice((0.0, 0.005, 0.03))
    for name, value in (("n", n), ("k", k), ("value", k / n), ("low", k / n - half),
                        ("high", k / n + half)):
        tag = re.sub(r' %s="[^"]*"' % name, ' %s="%r"' % (name, value), tag)
    return re.sub(r'target-source="[^"]*"', 'target-source="%s"' %
                  chance.choice(("law", "contract", "policy", "default")), tag)


def random_evidence(chance, evidence):
    return re.sub(r"<figure id=[^>]*>", lambda match: change_figure(chance, match), evidence)


def check(tap, name, folder, evidence, answers):
    (folder / "e.xml").write_text(evidence, "utf-8")
    arguments = ["score", EXAMPLE / "audit.xml", "--evidence", folder / "e.xml"]
    if answers is not None:
        (folder / "a.xml").write_bytes(answers)
        arguments += ["--answers", folder / "a.xml"]
    ended = cfaudit(*arguments)
    if ended.returncode not in (0, 3):
        tap.check(name, ["status %d: %s" % (ended.returncode, ended.stderr.decode())])
        return
    troubles, status = compare(evidence, answers, ended.stdout)
    troubles += derivation(folder, ended.stdout)
    if status != ended.returncode:
        troubles.append("status: expected %d, got %d" % (status, ended.returncode))
    tap.check(name, troubles)


def main():
    tap = Tap()
    chance = random.Random(20260131)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        ended = cfaudit("gather", EXAMPLE / "audit.xml", "-o", folder / "gathered.xml")
        if ended.returncode != 0:
            raise SystemExit("# gather: %s" % ended.stderr.decode())
        evidence = (folder / "gathered.xml").read_text("utf-8")
        check(tap, "without answers", folder, evidence, None)
        shipped = (EXAMPLE / "answers.xml").read_bytes()
        check(tap, "the shipped answers", folder, evidence, shipped)
        audit = xml.fromstring(shipped).get("audit")
        for number in range(ROUNDS):
            check(tap, "random answers and figures %d" % number, folder,
                  random_evidence(chance, evidence), random_answers(chance, audit))
    tap.finish()


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
