"""The messages of the year before, written one by one, and how each is dressed as a mail.

A line of a file agent_, customer_ or note_LANGUAGE_... is: what the writer planted, a bar, the text, in
which // begins a new line. A mark with a question mark is left open: people might differ. Lines of
around_LANGUAGE.txt do nothing that a detector is to find; a quoted message is another one's word and
counts for nothing either.
"""

import pathlib

FOLDER = pathlib.Path(__file__).resolve().parent / "texts_2024"
LANGUAGES = ["it", "en"]


class Text:
    def __init__(self, who, lang, line):
        marks, _, text = line.partition(" | ")
        self.who, self.lang = who, lang
        self.marks = set() if marks == "-" else set(marks.split())
        self.text = self.sent = text.replace(" // ", "\n")


def read_lines(name):
    return (FOLDER / name).read_text("utf-8").splitlines()


def read_all():
    return [Text(path.name.split("_")[0], lang, line) for lang in LANGUAGES
            for who in ["agent", "customer", "note"]
            for path in sorted(FOLDER.glob("%s_%s*.txt" % (who, lang))) for line in read_lines(path.name)]


def read_around(lang):
    table = {}
    for line in read_lines("around_%s.txt" % lang):
        kind, _, text = line.partition(" | ")
        table.setdefault(kind, []).append(text.replace(" // ", "\n"))
    return table


def quoted(text, around, others, random):
    """Whose own words end here: the one they answer said this."""
    before = random.pick([other for other in others if other.who != text.who and
                          other.lang == text.lang and other.who != "note"])
    names = around["customer-name" if before.who == "customer" else "name"]
    head = around["head"][0] % (random.pick(around["day"]), "%02d:%02d" % (
        random.between(8, 18), random.below(60)), random.pick(names).split("\n")[0])
    return "\n\n%s\n%s" % (head, "\n".join("> " + line for line in before.text.split("\n")))


def dress(text, around, others, random):
    """Short words as in a chat stay as they are; so do notes, which nobody greets in."""
    if text.who == "note" or not text.text[0].isupper():
        return
    customer = "customer-" if text.who == "customer" else ""
    body = text.text
    if len(body) > 30:
        opening = random.chance(220)
        greeting = random.pick(around["greeting"]) + "\n" if random.chance(400) or opening else ""
        if opening:
            greeting += random.pick(around[customer + "opening"]) + "\n"
        body = greeting + body
        if random.chance(250):
            body += "\n" + random.pick(around[customer + "closing"])
    if random.chance(600):
        body += "\n\n" + (random.pick(around["signature"]) + "\n" if random.chance(500) else "")
        body += random.pick(around[customer + "name"])
    text.sent = body + (quoted(text, around, others, random) if random.chance(130) else "")


def draw(random):
    """All of them, in the order of the draw."""
    texts = read_all()
    around = {lang: read_around(lang) for lang in LANGUAGES}
    for text in texts:
        dress(text, around[text.lang], texts, random)
    drawn = []
    while texts:
        drawn.append(texts.pop(random.below(len(texts))))
    return drawn
