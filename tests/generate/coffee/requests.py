"""Requests that cannot be had as asked, and faults presumed to be the customer's: what the desk does
about each is planted, the words come from the phrases."""

import datetime

import rome
from coffee import phrases
from coffee import request_phrases as words
from coffee.conversation import Conversation, day_text, office

FIRST = datetime.datetime(2025, 1, 13)
CUSTOMERS = ["C01", "C03", "C04", "C05", "C06", "C07", "C08", "C11", "C14"]
ENGLISH = {"C04", "C08", "C14"}
DESK = {"it": ["ada", "lia"], "en": ["jo"]}
# how a request is dealt with, as often as it stands here
PLANS = (["whole"] * 20 + ["reason"] * 6 + ["ways-out"] * 4 + ["bare"] * 3 + ["again"] * 2 +
         ["granted"] * 10 + ["higher"] * 12 + ["mistake"] * 12)
MISTAKES = [{"symptom": "fattura-errata", "service": "Contratti"},
            {"symptom": "conto-errato", "service": "Contratti"}]
# the month of each presumption, by customer; who it was in the end
PRESUMPTIONS = [("C01", 2, "customer"), ("C03", 3, "us"), ("C04", 4, "customer"),
                ("C05", 5, "customer"), ("C06", 6, "third"), ("C07", 7, "customer"),
                ("C08", 9, "us"), ("C11", 10, "customer"), ("C13", 11, "customer"),
                ("C14", 12, "customer")]
# customers of the last months, and which of the requests is theirs
NEW = {58: "C15", 63: "C16"}
WEEKS = 46


def shuffled(items, random):
    rest, order = list(items), []
    while rest:
        order.append(rest.pop(random.below(len(rest))))
    return order


def opening(random, week):
    local = FIRST + datetime.timedelta(weeks=week, days=random.below(5),
                                       minutes=random.between(500, 960))
    return office(rome.read(local), random)


class Exchange:
    """One conversation of the desk with a customer."""

    def __init__(self, name, customer, kind, opened, random):
        self.random = random
        self.lang = "en" if customer in ENGLISH else "it"
        channel = random.weighted([("e-mail", 5), ("portale", 3), ("chat", 2)])
        self.talk = Conversation(name, customer, channel, kind, opened, random)
        self.talk.lang = self.lang
        self.by = random.pick(DESK[self.lang])
        self.promise = None

    def pick(self, table):
        return self.random.pick(table[self.lang])

    def wait(self, low, high):
        self.talk.move("+%dm" % self.random.between(low, high))

    def says(self, *texts, by=None, **marks):
        marks = {key: value for key, value in marks.items() if value}
        self.talk.say("agent", "\n".join(text for text in texts if text), by or self.by, marks)

    def hears(self, text, **marks):
        self.talk.say("customer", text, marks=marks)

    def step(self):
        """Who does what next, and when; promised to the customer."""
        due = office(self.talk.at + self.random.between(1, 4) * rome.DAY, self.random)
        due -= due % 30
        self.promise = {"made": self.talk.at, "due": due,
                        "fulfilled": due + self.random.weighted([
                            (-self.random.between(5, 50), 9), (self.random.between(30, 90), 1)])}
        day = day_text(due, self.lang)
        text = self.pick(words.STEPS).format(day=day, hour=rome.to_local(due).strftime("%H:%M"))
        return text[0].upper() + text[1:]

    def solve(self, code):
        if self.promise:
            self.talk.at = max(self.promise["fulfilled"] + 10, self.talk.at + 5)
        else:
            self.wait(10, 60)
        self.talk.become("Risolto")
        self.talk.fields |= {"code": code}

    def thank(self, per_mille):
        if self.random.chance(per_mille):
            self.wait(5, 200)
            self.hears(self.pick(phrases.THANKS), thanks=True)

    def close(self):
        self.talk.move("+%dd" % self.random.between(1, 3))
        self.talk.become("Chiuso")


class Request(Exchange):
    def __init__(self, number, customer, topic, plan, random):
        super().__init__("request-%02d" % number, customer, "request",
                         opening(random, number * WEEKS // len(PLANS)), random)
        self.topic, self.plan = topic, plan
        self.talk.sheet = plan in ("whole", "ways-out", "granted", "higher")
        self.talk.fields = {"symptom": topic["symptom"], "service": topic["service"], "prio": "4"}

    def ask(self):
        talk, topic = self.talk, self.topic
        talk.become("Nuovo", "Banco")
        greeting = self.pick(phrases.GREETING)
        self.hears((greeting + "\n" if greeting else "") + self.random.pick(topic["open"]))
        self.wait(8, 70)
        if self.random.chance(300):
            self.instruct()
        self.says(self.pick(phrases.ANSWER_GREETING), self.pick(words.TAKE_CHARGE), topic["ask"],
                  r=["1", "2"], ask=True, day="day" in topic)
        talk.become("In lavorazione")
        self.wait(10, 200)
        self.hears(topic["reply"])
        if self.plan in ("whole", "higher") or self.random.chance(300):
            self.wait(5, 60)
            self.says(topic["re"], r=["1"], re=True, day="day" in topic)
            self.wait(5, 90)
            self.hears("Sì, esatto." if self.lang == "it" else "Exactly.")

    def instruct(self):
        """The clock stands still while the customer looks something up."""
        self.says(self.pick(phrases.ANSWER_GREETING), self.pick(words.INSTRUCT), r=["2"],
                  instruct=True)
        self.talk.become("In attesa del cliente")
        self.wait(30, 300)
        self.hears(self.pick(words.DID_IT))
        self.talk.become("In lavorazione")
        self.wait(10, 60)

    def refuse(self, wording, because=False, ways_out=False):
        topic = self.topic
        self.wait(20, 200)
        self.says(topic["no"][wording], topic["because"] if because else "",
                  "\n".join(topic["two"]) if ways_out else "", no=topic["symptom"],
                  reason=because, alt=ways_out, prop=ways_out, r=["4"] if ways_out else [],
                  opts=["tco", "tco"] if ways_out else [])

    def choose(self):
        self.wait(15, 300)
        self.hears(self.topic["take"], accept=True)
        self.wait(10, 120)
        self.says(self.pick(words.SUPPORT), self.step(), r=["5"], next=True, prom="?")

    def follow(self):
        self.talk.move("+%dd" % self.random.between(1, 3))
        self.says(self.pick(words.FOLLOW_UP), r=["5"], unasked=True)
        self.thank(700)

    def grant(self):
        self.wait(15, 90)
        self.says(self.pick(words.GRANT), esc=True)
        self.thank(800)

    def go_higher(self, number):
        self.refuse(0, because=True)
        self.wait(20, 200)
        self.hears(self.topic["argue"], escalate="authority", new=True)
        self.wait(10, 60)
        self.says(self.pick(words.ASK_HIGHER), hand=True)
        self.wait(120, 900)
        changed = number % 2 == 0
        self.says(self.pick(words.ALLOWED if changed else words.APPROVED), by="elsa", esc=True,
                  reason=changed, no="" if changed else self.topic["symptom"])
        self.talk.fields["outcome"] = "changed" if changed else "unchanged"

    def put_right(self):
        """Something of ours was wrong: it is said so, and mended."""
        self.talk.become("Nuovo", "Banco")
        self.hears(self.pick(words.WRONG))
        self.wait(10, 90)
        self.talk.become("In lavorazione", "Amministrazione")
        self.says(self.pick(phrases.ANSWER_GREETING), self.pick(words.TAKE_CHARGE), r=["2"])
        self.wait(30, 400)
        sorry = self.random.chance(800)
        self.says(self.pick(words.OWN_ERROR), self.pick(words.SORRY) if sorry else "",
                  self.pick(words.PUT_RIGHT), own=True, sorry=sorry)
        self.talk.fields |= {"party": "us", "cause": "fatturazione"}
        self.thank(500)
        self.solve("storno")
        self.close()
        return self.talk

    def make(self, number):
        if self.plan == "mistake":
            return self.put_right()
        self.ask()
        first = self.random.below(len(self.topic["no"]))
        if self.plan in ("whole", "ways-out"):
            self.refuse(first, because=self.plan == "whole", ways_out=True)
            self.choose()
            self.solve("accordo")
            if self.plan == "whole":
                self.follow()
        elif self.plan == "granted":
            self.grant()
            self.solve("storno")
        elif self.plan == "higher":
            self.go_higher(number)
            self.solve("accordo")
        else:
            self.refuse(first, because=self.plan == "reason")
            if self.plan == "again":
                self.wait(20, 200)
                self.hears(self.topic["argue"], new=True)
                self.refuse((first + 1) % len(self.topic["no"]))
            self.thank(600 if self.plan == "reason" else 200)
            self.solve("refused")
        self.close()
        return self.talk


def presumption(number, customer, month, party, random):
    exchange = Exchange("presumption-%02d" % number, customer, "known-error",
                        office(rome.read(datetime.datetime(2025, month, random.between(3, 24)) +
                                         datetime.timedelta(minutes=random.between(500, 960))),
                               random), random)
    talk = exchange.talk
    talk.fields = {"symptom": "fuori-servizio", "service": "Espresso", "prio": "3",
                   "ci": "MC-%d01" % int(customer[1:]), "party": party,
                   "cause": {"customer": "spina", "us": "cablaggio", "third": "corrente"}[party]}
    talk.become("Nuovo", "Banco")
    exchange.hears(exchange.pick(words.LOOK_AT))
    exchange.wait(10, 60)
    talk.say("note", exchange.pick(words.PRESUMED), exchange.by,
             {"presume": "%d" % (10 * random.between(6, 9))})
    exchange.says(exchange.pick(phrases.ANSWER_GREETING), exchange.pick(words.TAKE_CHARGE), r=["2"])
    talk.become("In lavorazione", "Tecnici")
    exchange.wait(60, 900 if party == "customer" else 2400)
    exchange.says(words.FOUND[exchange.lang][party], r=["3"], own=party == "us")
    exchange.solve("istruzioni")
    exchange.thank(500)
    exchange.close()
    return talk


def make(random):
    """Conversations, and the promises made in them."""
    talks, promises, asked = [], [], set()
    for number, plan in enumerate(shuffled(PLANS, random), 1):
        asking = [NEW[number]] if number in NEW else CUSTOMERS
        pairs = [(customer, topic) for customer in asking
                 for topic in (words.TOPICS["en" if customer in ENGLISH else "it"]
                               if plan != "mistake" else MISTAKES)
                 if (customer, topic["symptom"]) not in asked]
        customer, topic = random.pick(pairs)
        asked.add((customer, topic["symptom"]))
        request = Request(number, customer, topic, plan, random)
        talks.append(request.make(number))
        if request.promise:
            promises.append((request.talk, request.promise))
    for number, (customer, month, party) in enumerate(PRESUMPTIONS, 1):
        talks.append(presumption(number, customer, month, party, random))
    return talks, promises
