"""Audits for the score alone: seeded checklists of any size with answers, and one small source.

usage: scoring.py SEED QUESTIONS SECTIONS FOLDER

Writes audit.xml, checklist-N.xml, answers.xml and tickets.csv into the folder. Every status, grade,
basis and set of letters occurs, weights have up to four decimals, some sections have a weight and
some have no question that counts.
"""

import os
import sys

sys.path.insert(0, os.path.dirname(os.path.realpath(__file__)))
from seeded import Seeded  # noqa: E402

HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
PER_CHECKLIST = 5000
LETTERS = ("a", "b", "c", "ab", "ac", "bc", "abc")
WEIGHTS = (("1", 4), ("2", 4), ("3", 4), ("0.5", 2), ("2.25", 1), ("0.0001", 1), ("7.3333", 1))
GRADES = {"10": ("conform", "strength", None), "8": ("conform", "minor", "observation", None),
          "6": ("minor", "major", "observation", "opportunity", None), "4": ("minor", "major", None),
          "0": ("major", "minor", None)}
PRACTICE_GRADES = ("conform", "observation", "opportunity", "strength", None)


class Audit:
    """What is drawn; `questions` and `answers` are dictionaries, in the order of the files."""

    def __init__(self, seed, count, sections):
        self.draw = Seeded(seed)
        self.sections = [{"id": "S%d" % i, "weight": self.draw.pick((None, None, "2", "0.5"))}
                         for i in range(sections)]
        self.questions = [self.question(i) for i in range(count)]
        self.answers = [answer for answer in map(self.answer, self.questions) if answer]

    def question(self, number):
        # not all to the same few: the first sections are larger than the last
        section = min(self.draw.below(len(self.sections)), self.draw.below(len(self.sections)))
        basis = self.draw.weighted((("requirement", 6), ("policy", 2), ("good-practice", 2)))
        return {"id": "Q-%06d" % number, "section": self.sections[section]["id"], "basis": basis,
                "letters": self.draw.pick(LETTERS), "weight": self.draw.weighted(WEIGHTS),
                "gate": basis != "good-practice" and self.draw.chance(30)}

    def answer(self, question):
        status = self.draw.weighted((("scored", 80), ("notapplicable", 6), ("notchecked", 4),
                                     (None, 4), ("informational", 3), ("notselected", 3)))
        if question["gate"] and status not in (None, "notchecked"):
            status = "scored"
        if status is None:
            return None
        answer = {"question": question["id"], "status": status, "points": None, "grade": None}
        if status == "scored":
            answer["points"] = self.draw.weighted((("10", 50), ("8", 30), ("6", 12), ("4", 5),
                                                   ("0", 3)))
            grades = GRADES[answer["points"]]
            if question["basis"] == "good-practice":
                grades = [grade for grade in PRACTICE_GRADES
                          if grade not in ("conform", "strength") or answer["points"] in ("8", "10")]
            answer["grade"] = self.draw.pick(grades)
        elif self.draw.chance(100):
            answer["grade"] = "observation"
        return answer


def attributes(pairs):
    return "".join(' %s="%s"' % (name, value) for name, value in pairs if value is not None)


def write_checklist(path, name, sections, questions):
    used = {question["section"] for question in questions}
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD + '<checklist xmlns="urn:cfaudit:1" id="%s">\n' % name)
        for lang, text in (("en", "Questions drawn"), ("it", "Domande estratte")):
            file.write(' <title lang="%s">%s</title>\n' % (lang, text))
        for section in sections:
            if section["id"] not in used:
                continue
            file.write(' <section%s>\n' % attributes((("id", section["id"]),
                                                      ("weight", section["weight"]))))
            for lang, text in (("en", "Section"), ("it", "Sezione")):
                file.write('  <title lang="%s">%s %s</title>\n' % (lang, text, section["id"]))
            file.write(' </section>\n')
        for question in questions:
            file.write(' <question%s>\n' % attributes((
                ("id", question["id"]), ("section", question["section"]),
                ("letters", question["letters"]), ("basis", question["basis"]), ("mode", "human"),
                ("weight", question["weight"]), ("gate", "yes" if question["gate"] else None))))
            file.write('  <clause>5.1.2</clause>\n')
            for lang, text in (("en", "Is this so?"), ("it", "È così?")):
                file.write('  <text lang="%s">%s: %s</text>\n' % (lang, question["id"], text))
            for lang, text in (("en", "A record."), ("it", "Una registrazione.")):
                file.write('  <expected-evidence lang="%s">%s</expected-evidence>\n' % (lang, text))
            file.write(' </question>\n')
        file.write('</checklist>\n')


def write_answers(path, answers):
    with open(path, "w", encoding="utf-8") as file:
        file.write(HEAD + '<answers xmlns="urn:cfaudit:1" audit="drawn">\n')
        for answer in answers:
            file.write(' <answer%s>\n' % attributes((
                ("question", answer["question"]), ("status", answer["status"]),
                ("points", answer["points"]), ("grade", answer["grade"]), ("by", "A1"),
                ("on", "2026-01-20"))))
            file.write('  <reason>Seen on site, no. %s.</reason>\n' % answer["question"][2:])
            if answer["grade"] not in (None, "conform"):
                file.write('  <finding>The record of %s shows it.</finding>\n' % answer["question"])
            file.write('  <evidence kind="record" ref="R-%s"/>\n </answer>\n' % answer["question"][2:])
        file.write('</answers>\n')


def write(audit, folder):
    parts = [audit.questions[i:i + PER_CHECKLIST]
             for i in range(0, len(audit.questions), PER_CHECKLIST)]
    os.makedirs(folder, exist_ok=True)
    for i, part in enumerate(parts):
        write_checklist(os.path.join(folder, "checklist-%d.xml" % i), "checklist-%d" % i,
                        audit.sections, part)
    write_answers(os.path.join(folder, "answers.xml"), audit.answers)
    with open(os.path.join(folder, "tickets.csv"), "w", encoding="utf-8") as file:
        file.write("number,opened_at,resolved_at,priority,customer\n"
                   "T-1,2026-01-05T09:00:00Z,2026-01-05T11:00:00Z,1,C-1\n")
    with open(os.path.join(folder, "audit.xml"), "w", encoding="utf-8") as file:
        file.write(HEAD + '<audit xmlns="urn:cfaudit:1" id="drawn" zone="UTC">\n'
                   ' <title lang="en">Answers drawn</title>\n'
                   ' <organization>Nobody</organization>\n'
                   ' <scope lang="en">Nothing</scope>\n')
        for i in range(len(parts)):
            file.write(' <checklist name="checklist-%d.xml"/>\n' % i)
        file.write(' <source id="tickets" map="generic-ticket">\n  <file>tickets.csv</file>\n'
                   ' </source>\n</audit>\n')


if __name__ == "__main__":
    if len(sys.argv) != 5:
        sys.exit(__doc__)
    write(Audit(int(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])), sys.argv[4])
