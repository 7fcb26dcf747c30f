"""Every detector against a naive matcher of its own, over seeded messages in Italian and English.

The matcher reads the lexicons, folds with Python's own Unicode tables and tries every phrase at every
word. What others wrote, greetings and signatures it does not know: each message is made of a body that
it is given and of such parts around it, so that a hit in them is one too many. Bodies hold phrases of
the lexicons, words beside them, negations, stops, accents composed and not, capitals, apostrophes of
both kinds, CRLF, remains of HTML, characters that cannot be seen and bytes that are no text.
"""

import collections
import csv
import html
import io
import os
import pathlib
import random
import re
import subprocess
import tempfile
import unicodedata
import xml.etree.ElementTree as xml

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
NS = "{urn:cfaudit:1}"
MESSAGES = 200
SHOWN = 5
STOPS = ".,;:!?"


# --- the naive matcher ---

def fold(text):
    """Letters and digits in small letters without marks."""
    folded = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).casefold())
    return "".join(c for c in folded if unicodedata.category(c)[0] in "LN")


def kind_of(c):
    category = unicodedata.category(c)
    if category[0] == "L" or category[0] == "N":
        return "letter"
    if category[0] == "M" or category == "Cf":
        return "nothing"
    if category == "Sc":
        return "sign"
    return "stop" if c in STOPS or c == "\u2026" else "apart"


def words_of(text):
    """(folded, start, end, whether a stop is in front), places in characters."""
    words = []
    stop = True
    at = 0
    while at < len(text):
        kind = kind_of(text[at])
        if kind == "sign":
            words.append((text[at], at, at + 1, stop))
            stop = False
            at += 1
            continue
        if kind != "letter":
            if kind == "stop" or text[at:at + 2] == "\n\n":
                stop = True
            at += 1
            continue
        start = at
        while at < len(text):
            kind = kind_of(text[at])
            inside = (text[at] in ".,:/-" and text[at - 1] in "0123456789" and
                      text[at + 1:at + 2] != "" and text[at + 1] in "0123456789")
            if kind not in ("letter", "nothing") and not inside:
                break
            at += 1
        folded = "".join(fold(c) if kind_of(c) == "letter" else c
                         for c in text[start:at] if kind_of(c) != "nothing")
        words.append((folded, start, at, stop))
        stop = False
    return words


# entry None: it looks like a hit, and is none; of two as long as each other the earlier one counts
Phrase = collections.namedtuple("Phrase", "order parts entry ignored sentence at conditions")
# slots of the sentence and other detectors of the message: those that must be there, or must not
Conditions = collections.namedtuple("Conditions", "beside unless with_ without")


class Lexicon:
    def __init__(self, path):
        root = xml.parse(path).getroot()
        self.negation = {fold_word for word in (root.findtext(NS + "negation") or "").split()
                         for fold_word in pieces(word)}
        self.slots = {slot.get("name"): [parts_of(p.text) for p in slot]
                      for slot in root.iter(NS + "slot")}
        self.language = root.get("language")
        self.function = {folded for word in (root.findtext(NS + "function") or "").split()
                         for folded in pieces(word)}
        self.formulas = [parts_of(p.text) for p in root.iter(NS + "formula")]
        self.detectors = {}
        for detector in root.iter(NS + "detector"):
            found = [Phrase(0, parts_of(p.text), None, True, None, None, None)
                     for p in detector.iter(NS + "except")]
            for number, entry in enumerate(detector.iter(NS + "entry"), 1):
                ignored = entry.get("negation", detector.get("negation", "takes-back")) == "ignored"
                conditions = Conditions(*map(entry.get, ("beside", "unless", "with", "without")))
                found += [Phrase(number, parts_of(p.text), entry.get("id"), ignored,
                                 entry.get("in"), entry.get("at"), conditions) for p in entry]
            self.detectors[detector.get("name")] = by_first_word(found)
        self.texts = [p.text for p in root.iter(NS + "phrase")]


def by_first_word(phrases):
    """Those that begin with a plain word by that word, the others by None."""
    sorted_out = collections.defaultdict(list)
    for phrase in phrases:
        kind, word = phrase.parts[0]
        sorted_out[word if kind == "word" else None].append(phrase)
    return sorted_out


def pieces(word):
    return [w for w, _, _, _ in words_of(word)]


def parts_of(phrase):
    """(kind, word) of each of its words."""
    parts = []
    for part in phrase.split():
        if part.startswith("{"):
            parts.append(("brace", part[1:-1]))
            continue
        words = pieces(part.rstrip("*"))
        parts += [("word", w) for w in words]
        if part.endswith("*"):
            parts[-1] = ("open", words[-1])
    return parts


def lengths(lexicon, parts, words, at, first):
    """Numbers of words that the phrase may take at `at`. No stop but in front of `first`."""
    ends = {at}
    for kind, word in parts:
        behind = set()
        for end in ends:
            if end >= len(words) or (end > first and words[end][3]):
                continue
            text = words[end][0]
            if kind == "word":
                behind |= {end + 1} if text == word else set()
            elif kind == "open":
                behind |= {end + 1} if text.startswith(word) else set()
            elif word == "word":
                behind.add(end + 1)
            elif word == "number":
                behind |= {end + 1} if text[0] in "0123456789" else set()
            else:
                for slot in lexicon.slots[word]:
                    behind |= {end + count for count in lengths(lexicon, slot, words, end, end)}
        ends = behind
    return {end - at for end in ends}


def longest(lexicon, parts, words, at):
    """Words that the phrase takes; 0: it is not there."""
    return max(lengths(lexicon, parts, words, at, at), default=0)


def spoken(lexicons, words):
    """The lexicons of the language that has most of the function words by far; else all."""
    alone = {}
    for lexicon in lexicons:
        others = set().union(*(o.function for o in lexicons if o.language != lexicon.language))
        alone[lexicon.language] = sum(word[0] in lexicon.function - others for word in words)
    for language, count in alone.items():
        if count >= 3 and count > 3 * (sum(alone.values()) - count):
            return [lexicon for lexicon in lexicons if lexicon.language == language]
    return lexicons


def sentences(text, words):
    """Of each word: the number of its sentence, and whether that ends in a question mark."""
    marks = []
    for (_, _, end, _), behind in zip(words, words[1:] + [("", len(text), 0, False)]):
        between = text[end:behind[1]]
        ended = [i for i, c in enumerate(between) if c in ".!?\u2026" and
                 not (i + 1 < len(between) + (behind[0] != "") and
                      kind_of((between + text[behind[1]:behind[1] + 1])[i + 1]) == "letter")]
        blank = re.search("\n[^\\S\n]*\n", between)
        marks.append((bool(ended or blank), any(between[i] == "?" for i in ended)))
    asked, number, verdict = [], 0, False
    for is_end, is_question in reversed(marks):
        if is_end or not asked:
            number, verdict = number + 1, is_question
        asked.append((number, verdict))
    return asked[::-1]


def starts_clause(text, words, at):
    return words[at][3] or "\n" in text[words[at - 1][2]:words[at][1]]


class Text:
    """A body, with what does not depend on the detector."""

    def __init__(self, lexicons, text, declared=None):
        self.text = text
        self.words = words_of(text)
        self.sentences = sentences(text, self.words)
        self.lexicons = (spoken(lexicons, self.words) if declared is None else
                         [lexicon for lexicon in lexicons if lexicon.language == declared])
        self.negation = set().union(*(lexicon.negation for lexicon in lexicons))
        self.formula = formulas_in(lexicons, self.words)
        self.found = {}  # by detector, as looked for


def formulas_in(lexicons, words):
    """(word where one begins, word of it)"""
    formula = set()
    for at in range(len(words)):
        most = max((longest(lexicon, parts, words, at) for lexicon in lexicons
                    for parts in lexicon.formulas if parts[0][1] == words[at][0]), default=0)
        formula |= {(at, i) for i in range(at, at + most)}
    return formula


def has_slot(text, lexicon, slot, number):
    """A phrase of the slot is in that sentence."""
    return any(lengths(lexicon, [("brace", slot)], text.words, at, at)
               for at, (sentence, _) in enumerate(text.sentences) if sentence == number)


def is_hit(text, lexicon, conditions, number):
    """What its conditions ask of its sentence and of other detectors is so."""
    return not (conditions.beside and not has_slot(text, lexicon, conditions.beside, number) or
                conditions.unless and has_slot(text, lexicon, conditions.unless, number) or
                conditions.with_ and not is_firm(text, conditions.with_) or
                conditions.without and is_firm(text, conditions.without))


def is_firm(text, names):
    """One of the detectors hits the message whatever others do."""
    return any(is_hit(text, lexicon, phrase.conditions, number)
               for name in names.split()
               for phrase, lexicon, number, _, _ in phrases_of(text, name)
               if not phrase.conditions.with_ and not phrase.conditions.without)


def hits_of(text, name):
    """(entry, start, end) of each hit of a detector."""
    return [(phrase.entry, start, end)
            for phrase, lexicon, number, start, end in phrases_of(text, name)
            if is_hit(text, lexicon, phrase.conditions, number)]


def phrases_of(text, name):
    """(phrase, its lexicon, sentence, start, end) of each that is there and not taken back."""
    if name not in text.found:
        text.found[name] = list(find_phrases(text, name))
    return text.found[name]


def find_phrases(text, name):
    words = text.words
    found = []
    next_at = hit_end = 0
    for at in range(len(words)):
        if at < next_at:
            continue
        best = None
        for number, lexicon in enumerate(text.lexicons):
            phrases = lexicon.detectors.get(name, {})
            for phrase in phrases.get(words[at][0], []) + phrases.get(None, []):
                if (phrase.sentence and (phrase.sentence == "question") != text.sentences[at][1] or
                        phrase.at and not starts_clause(text.text, words, at)):
                    continue
                count = longest(lexicon, phrase.parts, words, at)
                rank = (-count, number, phrase.order)
                if count and (best is None or rank < best[0]):
                    best = (rank, phrase, lexicon)
        if best is None:
            continue
        phrase = best[1]
        next_at = at - best[0][0]
        negated = False
        for back in range(1, 4):
            if at - back < hit_end or at - back < 0 or words[at - back + 1][3]:
                break
            negated |= words[at - back][0] in text.negation and not any(
                (begin, at - back) in text.formula for begin in range(at))
        if phrase.entry is not None and (phrase.ignored or not negated):
            hit_end = next_at
            found.append((phrase, best[2], text.sentences[at][0], words[at][1],
                          words[next_at - 1][2]))
    return found


# --- messages ---

FILLERS = ("lampada cavo giallo fattura tecnico martello verde quattordici ordine spina "
           "printer yellow invoice hammer cable socket 4711 42 12/03/2026 10:30 € 17,50").split()
BEFORE = ["", "Gentile cliente,\n", "Buongiorno,\n", "Dear customer,\n", "Hello Anna,\n"]
BEHIND = ["", "\n> non possiamo\n> we cannot", "\n-- \nAnna, le garantisco domani",
          "\n\nIl giorno 3 marzo 2025 alle 9:00 Anna ha scritto:\nnon possiamo, domani provvedo",
          "\n\nOn Mon, 3 Mar 2025, Anna wrote:\nwe cannot, I will",
          "\nCordiali saluti\nAnna, la richiamo", "\nKind regards\nAnna, I will"]


def spelled(random_of, word):
    """One way to write it."""
    way = random_of.random()
    if way < 0.1:
        word = word.upper()
    elif way < 0.2:
        word = word.capitalize()
    if random_of.random() < 0.3:
        word = unicodedata.normalize("NFD", word)
    if random_of.random() < 0.3:
        word = word.replace("'", "\u2019")
    if random_of.random() < 0.03 and len(word) > 3:
        word = word[:2] + random_of.choice(["\u00AD", "\u200B"]) + word[2:]
    return word


def body_of(random_of, texts, negation):
    words = []
    for _ in range(random_of.randint(2, 12)):
        way = random_of.random()
        if way < 0.35:
            words.append(random_of.choice(FILLERS))
        elif way < 0.45:
            words.append(random_of.choice(negation))
        else:
            for word in random_of.choice(texts).split():
                if word.startswith("{"):
                    word = random_of.choice(["3", "lunedì", "monday", "due giorni", "lampada"])
                words.append(word.replace("*", "ando"))
                if random_of.random() < 0.04:
                    words[-1] += random_of.choice(STOPS)
        if random_of.random() < 0.25:
            words[-1] += random_of.choice(STOPS)
    text = ""
    for word in words:
        joint = random_of.choice(["\n", "  ", " ", " ", " ", " ", " ", "\u00A0", " (", " \u2013 "])
        text += (joint if text else "lampada ") + spelled(random_of, word)
    return text + " lampada"


def written(random_of, text):
    """As an export may have it; the first body is still what the words are of."""
    way = random_of.random()
    if way < 0.15:
        return text.replace("\n", "\r\n")
    return text


def make(seed, texts, negation):
    random_of = random.Random(seed)
    messages = []
    for _ in range(MESSAGES):
        body = body_of(random_of, texts, negation)
        before = random_of.choice(BEFORE)
        if random_of.random() < 0.1:
            whole = "<p>" + html.escape(body, quote=False).replace("\n", "<br>\n") + "</p>"
            messages.append((None, body, whole))
            continue
        messages.append((before, body, written(random_of, before + body + random_of.choice(BEHIND))))
    return messages


# As exports declare languages; none, which nearly all do; and those that no lexicon has.
DECLARED = [("", None)] * 8 + [("it", "it"), ("IT-it", "it"), ("Italiano", "it"), ("eng", "en"),
                               ("en_GB", "en"), ("English", "en"), ("de", "de"), ("Fran\u00E7ais", "fr")]


# --- comparing ---

def detect(name, path, lexicons):
    arguments = [os.environ["CFAUDIT"], "detect", name, path, "--map", "generic-ticket", "--with-text",
                 "-f", "csv", "--encoding", "utf-8"]
    for lexicon in lexicons:
        arguments += ["--lexicon", lexicon]
    ended = subprocess.run(arguments, capture_output=True, check=False)
    if ended.returncode:
        raise RuntimeError(ended.stderr.decode())
    hits = {}
    for row in csv.DictReader(io.StringIO(ended.stdout.decode("utf-8"), newline="")):
        span = row["span"][1:] if row["span"][:2] in ("'=", "'+", "'-", "'@") else row["span"]
        hits.setdefault(row["ticket"], []).append(
            (row["entry"], fold(html.unescape(re.sub("<[a-z/]*>", "", span)))))
    return hits


def compare(tap, seed, names):
    lexicons = [Lexicon(TOP / "schemas" / "lexicons" / (name + ".xml")) for name in names]
    texts = [text for lexicon in lexicons for text in lexicon.texts]
    negation = sorted(set().union(*(lexicon.negation for lexicon in lexicons)))
    messages = make(seed, texts, negation)
    random_of = random.Random(seed + 100)
    declared = [random_of.choice(DECLARED) for _ in messages]
    bodies = [Text(lexicons, body, language)
              for (_, body, _), (_, language) in zip(messages, declared)]
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "messages.csv")
        with open(path, "w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(["Ticket", "Sent at", "Message type", "Author type", "Visibility", "Text",
                             "Message language"])
            for number, (_, _, whole) in enumerate(messages):
                writer.writerow(["T%d" % number, "2025-03-03T09:00:00Z", "message", "agent", "public",
                                 whole, declared[number][0]])
        for name in sorted(set().union(*(lexicon.detectors for lexicon in lexicons))):
            got = detect(name, path, names)
            troubles = []
            count = 0
            for number, (_, body, whole) in enumerate(messages):
                expected = [(entry, fold(body[start:end]))
                            for entry, start, end in hits_of(bodies[number], name)]
                count += len(phrases_of(bodies[number], name))
                if name != "derogatory" and got.get("T%d" % number, []) != expected:
                    troubles.append("%r: expected %r, got %r" % (whole, expected,
                                                                 got.get("T%d" % number, [])))
            if not count:
                troubles.append("nothing was to be found")
            tap.check("%s of %s (%d phrases)" % (name, ", ".join(names), count), troubles[:SHOWN])


def main():
    tap = Tap()
    compare(tap, 7, ["messages-it"])
    compare(tap, 8, ["messages-en"])
    compare(tap, 9, ["messages-en", "messages-it"])
    tap.finish()


if __name__ == "__main__":
    main()
