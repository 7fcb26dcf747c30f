"""One large checklist: the questions of the shipped ones again and again, each under an id of its own
and worded as no other, so that every rule has something to look at and nothing to say.

usage: checklist.py QUESTIONS > FILE
"""

import pathlib
import re
import sys

TOP = pathlib.Path(__file__).resolve().parents[2]
SECTIONS = 40
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n<checklist xmlns="urn:cfaudit:1" id="large">\n'


def shipped_questions():
    """Each with the text of its element, without notes for the auditor."""
    questions = []
    for path in sorted((TOP / "checklists").glob("*.xml")):
        questions += re.findall(r"^ <question .*?^ </question>\n", path.read_text("utf-8"),
                                re.MULTILINE | re.DOTALL)
    return [re.sub(r"^  <(help|note) .*\n", "", question, flags=re.MULTILINE)
            for question in questions]


def question(text, number):
    """Under another id, in another section, with other words."""
    text = re.sub(r' id="[^"]*"', ' id="Q-%06d"' % number, text, count=1)
    text = re.sub(r' section="[^"]*"', ' section="S%d"' % (number % SECTIONS), text, count=1)
    text = re.sub(r' (revision|since)="[^"]*"', "", text, count=2)
    return re.sub(r"\?</text>", " (%d)?</text>" % number, text)


def write(count, file):
    stock = shipped_questions()
    file.write(HEAD)
    for lang, words in (("en", "Many questions"), ("it", "Molte domande")):
        file.write(' <title lang="%s">%s</title>\n' % (lang, words))
    for number in range(SECTIONS):
        file.write(' <section id="S%d">\n' % number)
        for lang, words in (("en", "Section"), ("it", "Sezione")):
            file.write('  <title lang="%s">%s %d</title>\n' % (lang, words, number))
        file.write(' </section>\n')
    for number in range(count):
        file.write(question(stock[number % len(stock)], number))
    file.write('</checklist>\n')


if __name__ == "__main__":
    sys.stdout.reconfigure(encoding="utf-8", newline="\n")
    write(int(sys.argv[1]), sys.stdout)
