"""Conversations made from a seed: chains of the same NO, refusals that say why, roles and options,
readability and next steps, against an oracle that looks for phrases word by word."""

import pathlib

from real.compare import Tap
from real.oracle import counts, durations, share_of
from registers import talk_oracle
from registers.register_bench import DAY, Bench, instant

LEXICONS = [pathlib.Path(__file__).parents[2] / "schemas/lexicons" / name
            for name in ("messages-en.xml", "messages-it.xml")]
AS_OF = 1767225600  # 2026-01-01, a Thursday
FIRST = AS_OF - 200 * DAY
PHRASES = {
    "en": ["we decline", "as an alternative", "owing to rain", "i have escalated", "to recap",
           "management has decided", "what happened?", "i am handling", "we suspect",
           "you can choose", "option blue", "same day", "free of charge", "you keep it",
           "good choice", "our technician", "next week", "our fault", "thanks"],
    "it": ["respingiamo", "in alternativa", "dato che", "che cosa è successo?", "le propongo",
           "opzione blu", "sospettiamo", "il costo", "grazie"],
}
QUESTIONS = {"en": "what happened?", "it": "che cosa è successo?"}
REFUSALS = {"en": "we decline", "it": "respingiamo"}
LABEL = "time waster"
SAID_BY_CUSTOMERS = ["thanks", "grazie", "lawyer", "what happened?"]
PLAIN = {"en": "the", "it": "della"}
# open syllables only, so that the vowels can be counted
CONTENT = [a + b for a in ("banu", "tiro", "kolu", "meda", "rugo", "sipa") for b in
           ("lo", "na", "ti", "ro", "du", "ma")]
SYLLABLES = {
    "decline": 2, "alternative": 4, "owing": 2, "escalated": 4, "recap": 2, "management": 3,
    "decided": 3, "happened": 2, "handling": 2, "suspect": 2, "choose": 1, "option": 2,
    "technician": 3, "waster": 2, "time": 1, "same": 1, "charge": 1, "choice": 1, "have": 1, "blue": 1,
}


def syllables(word):
    if word in SYLLABLES:
        return SYLLABLES[word]
    groups = 0
    for number, letter in enumerate(word):
        groups += letter in "aeiouy" and (number == 0 or word[number - 1] not in "aeiouy")
    return max(1, groups)


class Writer:
    """Messages of a thread; refusals of one matter are worded alike, but seldom the same."""

    def __init__(self, random, lexicons):
        self.random = random
        self.lexicons = lexicons
        self.cache = {}

    def words(self, count, from_=CONTENT):
        return [self.random.pick(from_) for _ in range(count)]

    def agent(self, language, matter):
        random = self.random
        sentences = []
        if random.chance(170):
            own = [word for word in matter if random.chance(850)]
            return [QUESTIONS[language], " ".join([PLAIN[language], *own]) + "."]
        if random.chance(450):
            own = [word for word in matter if random.chance(850)]
            sentences.append(" ".join([REFUSALS[language], PLAIN[language], *own]) + ".")
            if random.chance(150):
                sentences[-1] = REFUSALS[language] + "."
        for _ in range(random.below(4)):
            phrase = random.pick(PHRASES[language])
            sentences.append(phrase if phrase.endswith("?") else phrase + ".")
        if random.chance(500):
            count = random.below(50) if random.chance(300) else random.below(5)
            sentences.append(" ".join([PLAIN[language]] + self.words(1 + count)) + ".")
        if random.chance(60):
            sentences.append(LABEL + ".")
        return sentences or [PLAIN[language] + "."]

    def customer(self, language, matter):
        random = self.random
        if random.chance(200):
            return [random.pick(["thanks.", "grazie.", "thanks banulo.", "thanks the tirona koluti."])]
        sentences = [" ".join([PLAIN[language]] + self.words(1 + random.below(5), matter)) + "."]
        if random.chance(500):
            sentences.append(" ".join(self.words(1 + random.below(4))) + ".")
        if random.chance(150):
            phrase = random.pick(SAID_BY_CUSTOMERS)
            sentences.append(phrase if phrase.endswith("?") else phrase + ".")
        return sentences

    def marks(self, sentences, declared):
        key = (declared, *sentences)
        if key not in self.cache:
            self.cache[key] = talk_oracle.Marks(self.lexicons, sentences, declared)
        return self.cache[key]


def make_messages(random, writer, opened, matter):
    at, messages = opened, []
    language = random.pick(["en", "it"])
    for _ in range(random.below(10)):
        at += random.pick([0, 60, 3600, 20 * 3600, DAY, 3 * DAY])
        author = random.weighted([("customer", 4), ("agent", 6), ("boss", 1), ("bot", 1),
                                  ("partner", 1)])
        spoken = language if random.chance(900) else random.pick(["en", "it"])
        sentences = (writer.customer if author == "customer" else writer.agent)(spoken, matter)
        # mostly nothing says which language it is, and seldom what says it is wrong
        word, declared = random.weighted([(("", None), 12), (("it-IT", "it"), 1), (("English", "en"), 1),
                                          (("de", "de"), 1)])
        # nobody but a customer is heard in private
        messages.append({"at": at, "author": author, "public": random.chance(900), "language": word,
                         "text": " ".join(sentences), "marks": writer.marks(sentences, declared)})
    return messages


def make_tickets(random, lexicons, count):
    writer = Writer(random, lexicons)
    matters = [writer.words(4) for _ in range(3)]
    tickets = []
    for number in range(count):
        opened = FIRST + 60 * random.below(200 * 1440)
        symptom = random.below(3)
        ended = opened + 60 * random.below(12 * 1440) if random.chance(800) else None
        tickets.append({
            "id": "T%04d" % number, "opened": opened, "ended": ended,
            "status": ("Cancelled" if random.chance(40) else "Closed" if ended else "In progress"),
            "customer": None if random.chance(50) else "C%02d" % random.below(25),
            "symptom": None if random.chance(50) else "y%d" % symptom,
            "category": random.pick(sorted(talk_oracle.NEEDED) + ["other", None]),
            "ticket class": random.weighted([(None, 6), ("other", 1), ("incident", 1), ("change", 1)]),
            "cause party": random.pick(["us", "customer", None]),
            "resolution code": random.weighted([(None, 6), ("refused", 1), ("refused: budget", 1),
                                                ("repaired", 3)]) if ended else None,
            "messages": make_messages(random, writer, opened, matters[symptom])})
    return tickets


def tables(bench, tickets, parts):
    """Tickets, and their messages in so many files; of one instant the file's order counts."""
    rows = [dict(ticket, opened=instant(ticket["opened"]), resolved=instant(ticket["ended"]))
            for ticket in tickets]
    paths = [bench.table("tickets.csv", ["id", "opened", "resolved", "status", "customer", "symptom",
                                         "category", "ticket class", "cause party", "resolution code"],
                         rows)]
    said = [[] for _ in range(parts)]
    for ticket in tickets:
        for message in ticket["messages"]:
            message["part"] = bench.random.below(parts) if parts > 1 else 0
            said[message["part"]].append(
                {"id": ticket["id"], "sent at": instant(message["at"]), "message type": "message",
                 "author type": message["author"], "text": message["text"],
                 "message language": message["language"],
                 "visibility": "public" if message["public"] else "private"})
        ticket["messages"].sort(key=lambda message: (message["at"], message["part"]))
    for number, rows in enumerate(said):
        paths.append(bench.table("said-%d.csv" % number, ["id", "sent at", "message type",
                                                          "author type", "visibility", "text",
                                                          "message language"], rows))
    return paths


def mean(values):
    figure = counts(values)
    for end, limit in (("low", max), ("high", min)):
        if figure[end] is not None:
            figure[end] = limit(figure[end], 0 if end == "low" else 1)
    return figure


def expected(tickets):
    figures = {}
    left, chains = talk_oracle.same_no(tickets, AS_OF)
    figures["M-16"] = {
        "three-times": left.with_(share_of([length >= 3 for length, _ in chains])),
        "twice": left.with_(share_of([length >= 2 for length, _ in chains])),
        "despite-new-arguments": left.with_(
            share_of([length >= 3 and arguments > 0 for length, arguments in chains]))}
    left, flags, fault_left, faults = talk_oracle.explained(tickets, AS_OF)
    figures["M-17"] = {name: left[name].with_(share_of(flags[name])) for name in flags}
    figures["M-17"]["although-our-fault"] = fault_left.with_(share_of(faults))
    left, values = talk_oracle.coverage(tickets, AS_OF)
    figures["M-27"] = {name: left[name].with_(
        mean(values[name]) if name in ("coverage", "order") else share_of(values[name]))
        for name in values}
    left, values = talk_oracle.options(tickets, AS_OF)
    figures["M-28"] = {"completeness": left["completeness"].with_(mean(values["completeness"])),
                       "two-options": left["two-options"].with_(share_of(values["two-options"]))}
    left, points, flags = talk_oracle.readability(tickets, AS_OF, syllables)
    figures["M-29"] = {name: left[name].with_(durations(points[name])) for name in points}
    figures["M-29"]["customers-language"] = left["customers-language"].with_(share_of(flags))
    left, flags = talk_oracle.next_steps(tickets, AS_OF)
    figures["M-30"] = {name: left[name].with_(share_of(flags[name])) for name in flags}
    left, flags = talk_oracle.listening(tickets, AS_OF)
    figures["M-69"] = {name: left[name].with_(share_of(flags[name])) for name in flags}
    left, values, restated = talk_oracle.premature(tickets, AS_OF)
    figures["M-31"] = {"before-any-question": left.with_(share_of(values)),
                       "restated-first": left.with_(share_of(restated))}
    return figures


def main():
    tap = Tap()
    lexicons = talk_oracle.Lexicons(LEXICONS)
    for seed, count, parts in ((5, 200, 1), (6, 100, 3)):
        bench = Bench(tap, seed)
        tickets = make_tickets(bench.random, lexicons, count)
        paths = tables(bench, tickets, parts)
        figures = expected(tickets)
        document = bench.measure(" ".join(figures), "--map", "generic-ticket", "--as-of",
                                 "2026-01-01T00:00:00Z", *paths)
        for measure, variants in figures.items():
            bench.same(document, measure, variants)
        rows = [row for figure in document["figures"] for table in figure.get("tables", [])
                if table["id"] == "same-no" for row in table["rows"]]
        _, chains = talk_oracle.same_no(tickets, AS_OF)
        tap.equal("threads with a chain of two or more", sum(length >= 2 for length, _ in chains),
                  len(rows))
        left, flags = talk_oracle.labels(tickets, AS_OF, LABEL)
        bench.same(bench.measure("M-46", "--map", "generic-ticket", "--as-of", "2026-01-01T00:00:00Z",
                                 "--lexicon", "labels-en", *paths), "M-46",
                   {name: left[name].with_(share_of(flags[name])) for name in flags})
    tap.finish()


main()
