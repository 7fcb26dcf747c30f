"""Conversations of every day, drawn from the phrases: which roles the agents play is planted."""

import datetime

import rome
from coffee import phrases
from coffee.conversation import Conversation, day_text, office

COUNT = 62
FIRST, DAYS = datetime.datetime(2025, 1, 8), 342
CUSTOMERS = [("C01", 7), ("C02", 5), ("C03", 6), ("C04", 6), ("C05", 5), ("C06", 5), ("C07", 5),
             ("C08", 6), ("C11", 4), ("C12", 4), ("C13", 4), ("C14", 5)]
ENGLISH = {"C04", "C08", "C14"}
MACHINES = {"C12": 1, "C13": 2, "C06": 3}
REQUIRED = {"request": (1, 2), "information": (1, 4), "known-error": (1, 2, 5),
            "incident": (1, 2, 3, 5)}
CAREFUL = {"it": ["ada", "lia"], "en": ["jo"]}


def promise_text(lang, at, random):
    local = rome.to_local(at)
    day, hour = day_text(at, lang), local.strftime("%H:%M")
    if lang == "en":
        return random.pick(["The technician will be there on %s at %s.",
                            "We're coming on %s, by %s at the latest."]) % (day, hour)
    return random.pick(["Il tecnico arriva %s alle %s.", "Siamo da voi %s entro le %s.",
                        "L'intervento è fissato per %s alle %s."]) % (day, hour)


class Routine:
    def __init__(self, number, random):
        self.random = random
        customer = random.weighted(CUSTOMERS)
        self.lang = "en" if customer in ENGLISH else "it"
        self.trouble = random.pick(phrases.TROUBLES[self.lang])
        local = FIRST + datetime.timedelta(days=random.below(DAYS), minutes=random.between(480, 990))
        channel = random.weighted([("e-mail", 5), ("portale", 3), ("telefono", 2), ("chat", 3)])
        self.talk = Conversation("routine-%02d" % number, customer, channel, self.trouble["class"],
                                 office(rome.read(local), random), random)
        self.talk.lang = self.lang
        self.careful = random.chance(650)
        self.by = random.pick(CAREFUL[self.lang]) if self.careful else "ivo"
        self.plays = {role for role in REQUIRED[self.talk.kind]
                      if random.chance(930 if self.careful else 550)}
        self.promise = None

    def pick(self, phrase):
        return self.random.pick(phrase[self.lang])

    def wait(self, low, high):
        self.talk.move("+%dm" % self.random.between(low, high))

    def answer(self, texts, **marks):
        marks = {key: value for key, value in marks.items() if value}
        self.talk.say("agent", "\n".join(text for text in texts if text), self.by, marks)

    def open(self):
        talk, trouble = self.talk, self.trouble
        machine = self.random.between(1, MACHINES.get(talk.customer, 2))
        talk.fields = {"symptom": trouble["symptom"], "service": trouble["service"],
                       "prio": str(self.random.weighted([(2, 3), (3, 5), (4, 2)]))}
        if trouble["class"] != "information":
            talk.fields["ci"] = "MC-%d%02d" % (int(talk.customer[1:]), machine)
        talk.become("Nuovo", "Banco")
        text = self.pick(phrases.GREETING)
        talk.say("customer", (text + "\n" if text else "") + self.random.pick(trouble["open"]))
        if talk.channel == "chat":
            talk.say("bot", "Un operatore le risponderà a breve." if self.lang == "it"
                     else "An operator will be with you shortly.")

    def first_answer(self):
        self.wait(8, 70 if self.careful else 420)
        asks = 1 in self.plays
        number = self.random.below(len(self.trouble["ask"]))
        later = 5 if self.talk.kind == "information" else 2
        self.answer([self.pick(phrases.ANSWER_GREETING),
                     self.trouble["ask"][number] if asks else "",
                     self.pick(phrases.MANAGE) if later in self.plays or 2 in self.plays else
                     ("" if asks else self.pick(phrases.DRY))],
                    r=[str(role) for role in (1, 2) if role in self.plays], ask=asks)
        self.talk.become("In lavorazione")
        if asks:
            self.wait(5, 200)
            self.talk.say("customer", self.trouble["reply"][number],
                          marks={"quote": True} if self.random.chance(300) else {})

    def middle(self):
        roles = [role for role in (3, 4) if role in self.plays]
        number = self.random.below(len(self.trouble["because"]))
        self.cause = self.trouble["cause"][number % len(self.trouble["cause"])]
        promised = self.talk.kind in ("incident", "request") and self.random.chance(420)
        if not roles and not promised:
            return
        self.wait(20, 240)
        texts = [self.trouble["because"][number] if roles else ""]
        marks = {"r": [str(role) for role in roles]}
        if 4 in roles:
            marks["opts"], marks["prop"] = ["tco", "tco"], True
        if promised:
            due = office(self.talk.at + self.random.between(1, 3) * rome.DAY, self.random)
            due -= due % 30
            self.promise = {"made": self.talk.at, "due": due}
            texts.append(promise_text(self.lang, due, self.random))
            marks |= {"prom": "?", "next": True}
        self.answer(texts, **marks)

    def visit(self):
        """The technician comes; on time, late, or the day after."""
        if self.promise:
            lateness = self.random.weighted([(-self.random.between(5, 60), 17), (0, 2),
                                             (self.random.between(20, 200), 4)])
            self.promise["fulfilled"] = self.promise["due"] + lateness
            self.talk.at = max(self.promise["fulfilled"] + self.random.between(20, 90),
                               self.talk.at + 30)
        else:
            self.wait(60, 2500)
        self.talk.become("Risolto", "Tecnici" if self.talk.kind == "incident" else None)
        self.talk.fields["code"] = {"incident": "riparato", "request": "consegnato"}.get(
            self.talk.kind, "istruzioni")
        self.talk.fields["cause"] = self.cause
        self.talk.fields["party"] = self.random.weighted([("us", 3), ("customer", 2), ("third", 1),
                                                          ("unknown", 2)])

    def close(self):
        unasked = self.talk.messages[-1].who != "customer"
        if 5 in self.plays:
            self.wait(10, 120)
            self.answer([self.pick(phrases.ASSIST)], r=["5"], unasked=unasked)
        elif self.random.chance(300):
            self.wait(10, 120)
            self.answer([self.pick(phrases.DRY)], unasked=unasked)
        if self.random.chance(450):
            self.wait(5, 300)
            self.talk.say("customer", self.pick(phrases.THANKS), marks={"thanks": True})
        self.talk.move("+%dd" % self.random.between(1, 5))
        self.talk.become("Chiuso")

    def make(self):
        self.open()
        self.first_answer()
        self.middle()
        self.visit()
        self.close()
        return self.talk


def make(random):
    """Conversations, and the promises made in them."""
    talks, promises = [], []
    for number in range(1, COUNT + 1):
        routine = Routine(number, random)
        talk = routine.make()
        talks.append(talk)
        if routine.promise:
            promises.append((talk, routine.promise))
    return talks, promises
