"""Every scoring model against a second implementation in exact fractions, over drawn checklists;
what explain prints as JSON adds up to each score; a score changed by hand is noticed."""

import json
import math
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from fractions import Fraction

from real.compare import Tap

sys.path.insert(0, str(pathlib.Path(os.environ["TOP"]) / "tests/generate"))
import scoring  # noqa: E402
from seeded import Seeded  # noqa: E402

NS = "{urn:cfaudit:1}"
ROUNDS = 40
MODELS = ("xccdf-default", "xccdf-flat", "xccdf-flat-unweighted", "xccdf-default",
          "xccdf-absolute", "count")
KINDS = ("conformity", "practice")


def cfaudit(*arguments):
    return subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True,
                          check=False)


# --- the second implementation ---


def round_half_away(value, decimals):
    scale = 10 ** decimals
    return Fraction(math.floor(abs(value) * scale + Fraction(1, 2)), scale) * (-1 if value < 0 else 1)


def state(answer):
    """The word of XCCDF for an answer; None: nobody has answered."""
    if answer is None or answer["status"] == "notchecked":
        return "notchecked"
    if answer["status"] != "scored":
        return answer["status"]
    if answer["grade"] is None:
        return "pass" if int(answer["points"]) >= 8 else "fail"
    return "fail" if answer["grade"] in ("minor", "major") else "pass"


class Oracle:
    def __init__(self, audit, kind):
        answers = {answer["question"]: answer for answer in audit.answers}
        self.rows = [(question, answers.get(question["id"])) for question in audit.questions
                     if (question["basis"] == "good-practice") == (kind == "practice")]
        self.weights = {section["id"]: Fraction(section["weight"] or 1) for section in audit.sections}
        self.counted = [(question, state(answer) == "pass") for question, answer in self.rows
                        if state(answer) in ("pass", "fail")]
        self.scored = [(question, answer) for question, answer in self.rows
                       if answer and answer["status"] == "scored"]

    def cfaudit(self):
        full = sum(10 * Fraction(question["weight"]) for question, _ in self.scored)
        return full and 100 * sum(Fraction(question["weight"]) * int(answer["points"])
                                  for question, answer in self.scored) / full

    def default(self):
        groups = {}
        for question, passed in self.counted:
            groups.setdefault(question["section"], []).append((Fraction(question["weight"]), passed))
        means = {name: 100 * sum(w for w, passed in group if passed) / sum(w for w, _ in group)
                 for name, group in groups.items()}
        return sum(self.weights[name] * mean for name, mean in means.items()) / sum(
            self.weights[name] for name in means)

    def flat(self, weight):
        return (sum(weight(question) for question, passed in self.counted if passed),
                sum(weight(question) for question, _ in self.counted))

    def by_rules(self, rules):
        """(score or None, band, cause)"""
        sections = {}
        letters = {}
        for question, answer in self.rows:
            status = answer["status"] if answer else "notchecked"
            if status not in ("scored", "notchecked", "notapplicable"):
                continue
            sections.setdefault(question["section"], []).append((status, answer))
            for letter in question["letters"]:
                letters.setdefault(letter, []).append((status, answer))
        for group in sections.values():
            done = sum(status == "scored" for status, _ in group)
            if done == 0 and any(status == "notchecked" for status, _ in group):
                return None, None, "evaluated"
            if done and Fraction(done, len(group)) < rules["evaluated"]:
                return None, None, "evaluated"

        def share(group):
            points = [int(answer["points"]) for status, answer in group if status == "scored"]
            return Fraction(100 * sum(points), 10 * len(points)) if points else None

        score = share([("scored", answer) for _, answer in self.scored])
        band = "A" if score >= rules["a"] else "B" if score >= rules["b"] else "C"
        cause = None
        for name, part, limit, most in rules["downgrades"]:
            if part in ("section", "letter"):
                shares = map(share, (sections if part == "section" else letters).values())
                hit = any(value is not None and round_half_away(value, rules["decimals"]) < limit
                          for value in shares)
            else:
                hit = any(int(answer["points"]) == limit and (part == "question" or question["gate"])
                          for question, answer in self.scored)
            if hit and most > band:
                band, cause = most, name
        return score, band, cause

    def grades(self):
        count = {}
        for _, answer in self.rows:
            if answer and (answer["status"] == "scored" or
                           (answer["grade"] and answer["status"] != "notselected")):
                grade = answer["grade"] or "ungraded"
                count[grade] = count.get(grade, 0) + 1
        return count


# --- comparison ---


def draw_rules(draw):
    band_b = draw.between(40, 80)
    rules = {"evaluated": Fraction(draw.between(1, 3), draw.between(3, 6)), "a": band_b + 10,
             "b": band_b, "decimals": draw.below(3), "downgrades": []}
    for number in range(draw.below(6)):
        part = draw.pick(("section", "letter", "gate", "question"))
        limit = draw.between(50, 95) if part in ("section", "letter") else draw.pick((0, 4, 6, 8))
        rules["downgrades"].append(("rule-%d" % number, part, limit, draw.pick("BC")))
    return rules


def write_rules(path, rules):
    path.write_text(
        '<score-model xmlns="urn:cfaudit:1" id="drawn-rules" evaluated="%s" decimals="%d" band-a="%d"'
        ' band-b="%d"><title lang="en">Drawn</title>%s</score-model>' % (
            rules["evaluated"], rules["decimals"], rules["a"], rules["b"], "".join(
                '<downgrade id="%s" part="%s" %s="%d" at-most="%s"/>' % (
                    name, part, "below" if part in ("section", "letter") else "points", limit, most)
                for name, part, limit, most in rules["downgrades"])), "utf-8")


def check_index(expect, kind, scores, oracle, rules):
    def value(model):
        text = scores[kind, model].get("value")
        return None if text is None else Fraction(text)

    flat = oracle.flat(lambda question: Fraction(question["weight"]))
    if oracle.counted:
        expect(kind + " absolute", Fraction(flat[0] == flat[1]), value("xccdf-absolute"))
        default = oracle.default()
        if scores[kind, "xccdf-default"].get("rounded") == "true":
            default = round_half_away(default, 9)
        expect(kind + " default", default, value("xccdf-default"))
        expect(kind + " flat", flat, (value("xccdf-flat"),
                                      Fraction(scores[kind, "xccdf-flat"].get("maximum"))))
        expect(kind + " unweighted", oracle.flat(lambda question: 1),
               (value("xccdf-flat-unweighted"),
                Fraction(scores[kind, "xccdf-flat-unweighted"].get("maximum"))))
    else:
        for model in ("absolute", "default", "flat", "flat-unweighted"):
            expect("%s %s of nothing" % (kind, model), None, value("xccdf-" + model))
    expect(kind + " ours", oracle.cfaudit() if oracle.scored else None, value("cfaudit"))
    if oracle.scored:
        element = scores[kind, "drawn-rules"]
        expect(kind + " by rules", oracle.by_rules(rules),
               (value("drawn-rules"), element.get("band"), element.get("cause")))
    names = ("ungraded", "conform", "minor", "major", "observation", "opportunity", "strength")
    expect(kind + " grades", oracle.grades(), {
        name: int(scores[kind, "count"].get(name)) for name in names
        if scores[kind, "count"].get(name)})


def compare(audit, rules, result):
    root = xml.fromstring(result)
    scores = {(score.get("index"), score.get("model")): score for score in root.findall(NS + "score")}
    troubles = []

    def expect(what, expected, got):
        if expected != got:
            troubles.append("%s: expected %s, got %s" % (what, expected, got))

    for kind in KINDS:
        check_index(expect, kind, scores, Oracle(audit, kind), rules)
    return troubles


def add_up(node):
    """The contribution of a node of the tree, from its leaves alone."""
    if "children" not in node:
        return Fraction(node["contribution"]["exact"])
    return sum(map(add_up, node["children"]), Fraction(0))


def check_tree(result, path):
    """Contributions of the derivation add up to the score, at every node."""
    ended = cfaudit("explain", path, "--format", "json")
    if ended.returncode != 0:
        return ["explain: %s" % ended.stderr.decode()]
    troubles = []
    scores = {(score.get("index"), score.get("model")): score
              for score in xml.fromstring(result).findall(NS + "score")}
    for tree in json.loads(ended.stdout)["derivations"]:
        name = tree["index"], tree["model"]
        value = scores[name].get("value")
        if not tree["is_sum"] or value is None:
            continue
        total = add_up(tree)
        if scores[name].get("rounded") == "true":
            total = round_half_away(total, 9)
        if total != Fraction(value):
            troubles.append("%s %s: the parts are %s, the score is %s" % (*name, total, value))
        for child in tree["children"]:
            if add_up(child) != Fraction(child["contribution"]["exact"]):
                troubles.append("%s %s: section %s" % (*name, child["id"]))
    return troubles


def main():
    tap = Tap()
    draw = Seeded(20260122)
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        for number in range(ROUNDS):
            audit = scoring.Audit(number, 1 + draw.below(1 + 4 * number), 1 + draw.below(9))
            scoring.write(audit, folder)
            rules = draw_rules(draw)
            write_rules(folder / "rules.xml", rules)
            if number == 0:
                cfaudit("gather", folder / "audit.xml", "-o", folder / "e.xml")
            name = "drawn checklist %d" % number
            (folder / "audit.xml").write_text((folder / "audit.xml").read_text("utf-8").replace(
                'id="drawn"', 'id="drawn" model="rules.xml"'), "utf-8")
            ended = cfaudit("score", folder / "audit.xml", "-e", folder / "e.xml", "-a",
                            folder / "answers.xml")
            if ended.returncode not in (0, 3):
                tap.check(name, ["status %d: %s" % (ended.returncode, ended.stderr.decode())])
                continue
            troubles = compare(audit, rules, ended.stdout)
            # what explain tells is the model of the headline: each in its turn
            asked = ("drawn-rules", *MODELS)[number % (len(MODELS) + 1)]
            document = ended.stdout.replace(b'model="drawn-rules"', b'model="%s"' % asked.encode(), 1)
            (folder / "r.xml").write_bytes(document)
            tap.check(name, troubles + check_tree(document, folder / "r.xml"))
        for before, after in ((b'passed="', b'passed="1'), (b'counted="', b'counted="1'),
                              (b'model="count"', b'model="count" major="7"')):
            (folder / "r.xml").write_bytes(ended.stdout.replace(before, after, 1))
            tap.equal("%s changed by hand" % before.decode(), 4,
                      cfaudit("explain", folder / "r.xml").returncode)
    tap.finish()


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
