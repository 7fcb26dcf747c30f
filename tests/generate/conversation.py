#!/usr/bin/env python3
"""Writes a small export of tickets with their messages, and the facts planted in it.

usage: conversation.py [--check] [FOLDER]

The workshop of an invented Italian bicycle dealer, October and November 2025: one table with a row
per change of status, one with a row per message. What is planted:

* a program confirms every request within a minute, and the tool takes that for the first answer;
* calls are opened by an agent, whose first message is the request itself;
* agents write private notes before they answer;
* some customers write three times in a row; some are told before they ask;
* two promises are kept to the minute, some are late, one is never kept;
* one message is of an author that nobody has heard of.

FOLDER is tests/data/conversation unless named; the facts go to conversation.facts.json beside this
script. --check writes nothing and fails when the files differ from what would be written.
"""

import datetime
import json
import pathlib
import sys

import conversation_facts
import rome
from seeded import Seeded

SEED = 20251006
CASES = 60
FIRST = datetime.datetime(2025, 10, 6)
AS_OF = datetime.datetime(2025, 11, 28, 18, 0)

TICKET = ["Numero", "Aggiornato il", "Progressivo", "Stato", "Gruppo", "Cliente", "Canale",
          "Aperto il", "Prima risposta il", "Risolto il", "Promesso per il", "Consegnato il"]
MESSAGE = ["Numero", "Inviato il", "Tipo evento", "Tipo autore", "Visibilità"]
CUSTOMERS = ["Ciclofficina Segnaposto", "Corriere Ipotetico S.r.l.", "Comune di Fantasia",
             "Circolo Facsimile"]
GROUPS = ["Banco", "Officina"]


def stamp(instant):
    return rome.to_local(instant).strftime("%d/%m/%Y %H:%M") if instant is not None else ""


class Ticket:
    def __init__(self, number, random):
        self.random = random
        self.id = "BICI-%03d" % number
        self.customer = random.pick(CUSTOMERS)
        self.channel = random.weighted([("Portale", 5), ("E-mail", 3), ("Telefono", 2)])
        self.opened = rome.read(FIRST + datetime.timedelta(
            days=random.below(46), minutes=random.between(7 * 60, 20 * 60)))
        self.at = self.opened
        self.rows = [(self.opened, "Nuovo")]
        self.messages = []
        self.first_answer = self.resolved = self.promised = self.delivered = None

    def say(self, author, public=True, kind="Messaggio", at=None):
        self.messages.append((self.at if at is None else at, kind, author,
                              "pubblica" if public else "interna"))

    def pass_time(self, low, high):
        """By day only, so that no local time is one that exists twice."""
        self.at += self.random.between(low, high)
        local = rome.to_local(self.at)
        if local.hour < 7:
            self.at = rome.read(local.replace(hour=7 + self.random.below(12)))

    def become(self, status):
        self.rows.append((self.at, status))

    def ask(self):
        if self.channel == "Telefono":
            self.say("Operatore")
            return
        self.say("Cliente")
        self.first_answer = self.opened + 1
        self.say("Risponditore", at=self.first_answer)

    def answer(self):
        if self.random.chance(300):
            self.pass_time(5, 90)
            self.say("Operatore", public=False, kind="Nota interna")
        self.pass_time(20, 900)
        self.say("Operatore")
        if self.random.chance(200):
            self.pass_time(60, 1500)
            self.say("Operatore")  # unasked

    def talk(self):
        for _ in range(self.random.below(4)):
            self.become("In attesa del cliente")
            for _ in range(self.random.weighted([(1, 6), (2, 2), (3, 1)])):
                self.pass_time(30, 1600)
                self.say("Cliente")
            self.become("In lavorazione")
            if self.random.chance(250):
                self.pass_time(10, 200)
                self.become("In attesa del fornitore")
                self.pass_time(600, 3000)
                self.become("In lavorazione")
            self.answer()

    def solve(self):
        self.pass_time(10, 600)
        self.resolved = self.at
        self.become("Risolto")
        if self.random.chance(150):
            self.pass_time(100, 900)
            self.say("Cliente")
            self.become("Riaperto")
            self.answer()
            self.pass_time(10, 300)
            self.become("Risolto")
        elif self.random.chance(200):
            self.pass_time(10, 300)
            self.say("Cliente")  # thanks
        self.pass_time(1000, 4000)
        self.become("Chiuso")

    def promise(self, late):
        self.promised = self.opened - self.opened % 30 + self.random.between(2, 40) * 30
        if late is not None:
            self.delivered = self.promised + late


def make(random):
    tickets = []
    for number in range(1, CASES + 1):
        ticket = Ticket(number, random)
        ticket.ask()
        if number % 10 == 3:
            pass                          # nobody answers
        elif number % 20 == 7:
            ticket.pass_time(60, 500)
            ticket.become("Chiuso")       # nobody answered
        elif number == 29:
            ticket.pass_time(60, 500)
            ticket.become("Duplicato")
        else:
            ticket.pass_time(1, 60)
            ticket.become("In lavorazione")
            ticket.answer()
            ticket.talk()
            if number % 9:
                ticket.solve()
        if number == 12:
            ticket.say("Stagista", at=ticket.opened + 3)
        if number in (5, 25):
            ticket.promise(0)
        elif number == 45:
            ticket.promise(None)
        elif number % 2:
            ticket.promise(random.weighted([(-random.between(1, 90), 7),
                                            (random.between(1, 240), 3)]))
        tickets.append(ticket)
    return tickets


def table(header, rows):
    return "".join(";".join(cells) + "\r\n" for cells in [header, *rows]).encode("utf-8")


def files(tickets):
    last = rome.read(AS_OF)
    rows, messages = [], []
    for ticket in tickets:
        for number, (at, status) in enumerate(ticket.rows, 1):
            known = {name: value if value is not None and value <= last else None
                     for name, value in (("resolved", ticket.resolved),
                                         ("delivered", ticket.delivered))}
            rows.append((at, [ticket.id, stamp(at), str(number), status, GROUPS[number > 1],
                              ticket.customer, ticket.channel, stamp(ticket.opened),
                              stamp(ticket.first_answer), stamp(known["resolved"]),
                              stamp(ticket.promised), stamp(known["delivered"])]))
        for at, kind, author, seen in ticket.messages:
            messages.append((at, [ticket.id, stamp(at), kind, author, seen]))
    # exports are made at one moment: what happens later is not in them
    return {"ticket.csv": table(TICKET, [cells for at, cells in sorted(rows, key=lambda r: r[0])
                                         if at <= last]),
            "message.csv": table(MESSAGE, [cells for at, cells in
                                           sorted(messages, key=lambda r: r[0]) if at <= last])}


def main():
    check = "--check" in sys.argv[1:]
    names = [name for name in sys.argv[1:] if name != "--check"]
    here = pathlib.Path(__file__).resolve().parent
    folder = pathlib.Path(names[0]) if names else here.parent / "data/conversation"
    written = files(make(Seeded(SEED)))
    facts = conversation_facts.count(written["ticket.csv"], written["message.csv"], AS_OF)
    targets = {folder / name: content for name, content in written.items()}
    targets[here / "conversation.facts.json"] = (json.dumps(facts, indent=1, ensure_ascii=False) +
                                                 "\n").encode("utf-8")
    different = [path for path, content in targets.items()
                 if not path.exists() or path.read_bytes() != content]
    for path in different if check else []:
        print("%s is not what the generator writes" % path)
    for path, content in targets.items() if not check else []:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return 1 if check and different else 0


if __name__ == "__main__":
    sys.exit(main())
