"""Records of every kind of a service, invented at random and dirty: cells that cannot be read, ids
that come again, rows that come late, names that nobody knows, hours that do not exist or exist
twice, columns that only some files have, and cases that go through many files and maps."""

import datetime
import json
import os
import random
import shutil

from parts_logs import write

EXAMPLE = "checklists/examples/coffee-service"
DOCUMENTS = ("sla.xml", "calibration.xml", "intervention.xml", "intervention-4.xml")
START = datetime.datetime(2025, 1, 1)
MINUTES = 400 * 24 * 60
# what does not exist, and what exists twice, in the zone of the audit
CHANGES = (datetime.datetime(2025, 3, 30, 2), datetime.datetime(2025, 10, 26, 2))
NEAR = datetime.timedelta(days=3)

AUDIT = """<?xml version="1.0" encoding="UTF-8"?>
<audit xmlns="urn:cfaudit:1" id="service" edition="2015+A1" zone="Europe/Rome"%s
       calendar="it-office" sla="sla.xml" calibration="calibration.xml">
 <title lang="en">Service</title>
 <organization>Example Ltd</organization>
 <scope lang="en">Desk</scope>
 <period start="2025-01-01" end="2026-01-01"/>
 <checklist name="iso9001-5.1.2"/>
 <checklist name="five-roles"/>
 <checklist name="kanban-service"/>
 <checklist name="fair-exchange"/>
 <checklist name="trust-account"/>
 <checklist name="inverted-pyramid"/>
%s <process name="intervention.xml"/>
 <process name="intervention-4.xml"/>
 <lexicon name="messages-en"/><lexicon name="messages-it"/>
 <lexicon name="labels-it"/><lexicon name="labels-en"/>
%s</audit>
"""

# rows that make a ticket, a promise and an answer to a survey at once
MIXED = """<?xml version="1.0" encoding="UTF-8"?>
<source-map xmlns="urn:cfaudit:1" id="mixed" reader="delimited" zone="Europe/Rome">
 <title lang="en">Mixed</title><time><format>iso</format></time>
 <record kind="ticket">
  <field name="id" required="true"><column>case</column></field>
  <field name="customer"><column>customer</column></field>
  <field name="priority"><column>priority</column></field>
  <field name="category"><column>category</column></field>
  <field name="resolved"><column>solved</column></field>
 </record>
 <record kind="event">
  <field name="at"><column>at</column></field>
  <field name="type"><column>what</column></field>
  <field name="actor"><column>who</column></field>
  <field name="status"><column>status</column></field>
 </record>
 <record kind="promise">
  <field name="id"><column>promise</column></field>
  <field name="ticket"><column>case</column></field>
  <field name="customer"><column>customer</column></field>
  <field name="made-at"><column>at</column></field>
  <field name="due-at"><column>due</column></field>
  <field name="fulfilled-at"><column>kept</column></field>
 </record>
 <record kind="survey">
  <field name="at"><column>at</column></field>
  <field name="scale"><column>scale</column></field>
  <field name="score"><column>score</column></field>
  <field name="ticket"><column>case</column></field>
  <field name="customer"><column>customer</column></field>
 </record>
 <status><value class="open">new</value><value class="pending">asked</value>
  <value class="solved">done</value></status>
</source-map>
"""

BREAKDOWNS = ("customer", "group", "priority", "segment", "kind", "department", "service", "scale")
ACTIVITIES = ("apertura", "diagnosi", "preventivo", "accettazione", "intervento", "collaudo",
              "chiusura", "telefonata")
STATUSES = ("Nuovo", "In corso", "In attesa del cliente", "Risolto", "Chiuso", "Riaperto", "Mistero")
TEXTS = (
    "I am afraid we cannot do that, because the contract does not cover it.",
    "No, that is not possible. Unfortunately we cannot exchange the machine.",
    "Purtroppo non possiamo sostituire la macchina.",
    "Purtroppo non possiamo, perché il contratto non lo prevede. In alternativa possiamo prestarne una.",
    "I will call you back by tomorrow at noon.", "Le faccio sapere entro domani alle 12.",
    "We are sorry, it was our mistake.", "Ci scusiamo, è stato un nostro errore.",
    "Which of the two would you like? We could repair it or lend you another.",
    "Nel frattempo può usare la leva a mano.\n> il vapore non esce\n\n-- \nIvo\nAssistenza",
    "The boss has decided that we exchange it.", "What an idiot this customer is.", "ok", "",
    "È la terza volta che glielo chiediamo, \"vapore\", non esce; e il tecnico?",
    "On Wed 08/01/2025, at 15:51, Front office wrote:\n> we cannot do that",
)


def local(at):
    return at.strftime("%Y-%m-%d %H:%M:%S")


def with_offset(at, rng):
    return at.isoformat(timespec="seconds") + rng.choice(["Z", "+01:00", "+02:00"])


class World:
    """What the records have in common: their customers, cases and times."""

    def __init__(self, rng, cases):
        self.rng = rng
        self.customers = ["Cliente %d%s" % (i, " S.r.l." if i % 3 else "") for i in range(3 + cases // 40)]
        self.cases = ["C-%04d" % i if i % 5 else "Fälle/%d" % i for i in range(cases)]
        self.begins = [START + datetime.timedelta(minutes=rng.randrange(MINUTES)) for _ in self.cases]

    def maybe(self, value, share=0.7):
        return value if self.rng.random() < share else ""

    def around(self, at, days):
        return at + datetime.timedelta(minutes=self.rng.randrange(days * 1440))

    def time(self, at=None):
        rng = self.rng
        chance = rng.random()
        if chance < 0.01:
            return rng.choice(["soon", "2025-02-30", "31/31/2025"])
        if chance < 0.05:
            return local(rng.choice(CHANGES) + datetime.timedelta(minutes=rng.randrange(60)))
        at = at or START + datetime.timedelta(minutes=rng.randrange(MINUTES))
        at = at.replace(second=rng.choice([0, 0, 0, 7]))
        return local(at) if rng.random() < 0.5 else with_offset(at, rng)

    def case(self):
        number = self.rng.randrange(len(self.cases))
        return self.cases[number], self.begins[number]

    def ticket(self):
        return self.rng.choice(["", "NOBODY", self.case()[0], self.case()[0], self.case()[0]])

    def customer(self):
        return self.rng.choice(["", "Nobody"] + 9 * [self.rng.choice(self.customers)])

    def yes(self):
        return self.rng.choice(["yes", "no", "yes", "no", "", "maybe" if self.rng.random() < 0.1 else "1"])

    def number(self, most):
        return self.rng.choice(["", "x"] + 30 * ["%g" % (self.rng.randrange(most * 4) / 4)])

    def pick(self, *words):
        return self.rng.choice(words)


def person(world):
    return world.pick("Anna", "Bruno", "Carla", "Dario", "Élodie", "Fritz", "")


def ticket(world):
    case, begin = world.case()
    rng = world.rng
    late = world.around(begin, 20)
    return {"Id": "" if rng.random() < 0.01 else case, "Updated at": world.maybe(world.time(late), 0.97),
            "Sequence": world.maybe(str(rng.randrange(9)), 0.6),
            "Event type": rng.choice(("", "message", "note") + ACTIVITIES),
            "Updated by": person(world), "Author type": world.pick("", "", "agent", "customer", "boss", "bot"),
            "Visibility": world.pick("", "public", "private"), "Text": rng.choice(TEXTS),
            "Version": world.pick("4", "5", "5", ""), "Status": rng.choice(STATUSES),
            "Group": world.pick("Banco", "Officina", "Tecnici", "Vendite", ""),
            "Customer": world.customers[hash_of(case) % len(world.customers)]
                        if rng.random() < 0.9 else world.customer(),
            "Contract": world.pick("CT-1", "CT-2", ""), "Channel": world.pick("e-mail", "telefono", ""),
            "Priority": world.pick("1", "2", "3", "4", ""), "Service": world.pick("Espresso", "Filtro", ""),
            "Asset": world.pick("MC-1", "MC-2", "MC-3", ""),
            "Category": world.pick("incident", "incident", "request", ""),
            "Symptom": world.pick("vapore", "perdita", "E04", ""),
            "Cause": world.pick("rubinetto", "guarnizione", ""),
            "Cause party": world.pick("us", "customer", "third", "unknown", ""),
            "Resolution code": world.pick("riparato", "respinto", "non riprodotto", ""),
            "Opened": world.maybe(world.time(begin), 0.95), "Resolved": world.maybe(world.time(late), 0.7),
            "Closed": world.maybe(world.time(world.around(late, 9)), 0.5),
            "Presumed party": world.pick("us", "customer", ""), "Presumed surely": world.maybe(str(rng.randrange(101)), 0.4),
            "First contact resolution": world.yes(), "Customer confirmed": world.yes(),
            "Escalated at": world.maybe(world.time(late), 0.15),
            "Escalation reason": world.pick("authority", "skill", ""),
            "Escalation due": world.maybe(world.time(world.around(late, 3)), 0.2),
            "Escalation answered": world.maybe(world.time(world.around(late, 5)), 0.2),
            "Escalation outcome": world.pick("unchanged", "changed", "refused", ""),
            "First response at": world.maybe(world.time(world.around(begin, 3)), 0.4),
            "Reopens": world.maybe(str(rng.randrange(3)), 0.3), "Due at": world.maybe(world.time(late), 0.5),
            "Met SLA": world.yes(), "Promise made at": world.maybe(world.time(begin), 0.3),
            "Promised for": world.maybe(world.time(late), 0.4),
            "Fulfilled at": world.maybe(world.time(world.around(begin, 25)), 0.3)}


def message(world):
    case, begin = world.case()
    return {"Ticket": case, "Sent at": world.maybe(world.time(world.around(begin, 12)), 0.98),
            "Message type": world.pick("message", "message", "note"),
            "Author type": world.pick("customer", "agent", "agent", "boss", "bot", "who", ""),
            "Visibility": world.pick("public", "public", "private", "odd", ""), "Text": world.rng.choice(TEXTS)}


def hash_of(text):
    return sum(text.encode())


def customer(world):
    return {"id": world.rng.choice(world.customers), "type": world.pick("external", "internal", ""),
            "segment": world.pick("bar", "hotel", "ufficio", ""), "purpose": world.maybe("colazioni"),
            "purpose-at": world.maybe(world.time()), "size": world.pick("small", "large", ""),
            "contract": world.pick("CT-1", "CT-2", ""), "since": world.maybe("2019-02-15"),
            "until": world.maybe(world.time(), 0.1), "revenue": world.number(20000),
            "cost": world.number(9000), "language": world.pick("it", "en", ""), "timezone": "Europe/Rome"}


def agreement(world):
    return {"id": world.pick("S1", "S2", "O1", "O2", "O3", "U1"),
            "customer-or-class": world.rng.choice(["prio-1", "prio-2", *world.customers[:2]]),
            "metric": world.pick("resolution", "first-response"), "target-seconds": str(world.rng.randrange(9) * 3600),
            "calendar": "it-office", "valid-from": "2025-01-01", "valid-to": world.maybe("2025-09-30", 0.2),
            "percentile-target": world.maybe("0.9", 0.4), "pause-statuses": world.maybe("In attesa del cliente"),
            "kind": world.pick("general", "specific"), "type": world.pick("SLA", "OLA", "UC"),
            "parent": world.pick("S1", "S2", "S9", ""), "service": world.pick("Espresso", "Filtro", ""),
            "agreed-at": world.maybe(world.time(), 0.3)}


def promise(world):
    made = START + datetime.timedelta(minutes=world.rng.randrange(MINUTES))
    return {"id": "P-%d" % world.rng.randrange(2 * len(world.cases)), "made-at": world.time(made),
            "due-at": world.maybe(world.time(world.around(made, 9)), 0.95), "customer": world.customer(),
            "ticket": world.ticket(), "order": world.maybe("OR-%d" % world.rng.randrange(40), 0.3),
            "department": world.pick("sales", "support", "delivery", ""), "partner": world.pick("Beta", ""),
            "text": "x", "condition": world.maybe("if", 0.1),
            "state": world.pick("kept", "late", "broken", "open", "renegotiated", "void", ""),
            "fulfilled-at": world.maybe(world.time(world.around(made, 12)), 0.6),
            "renegotiated-at": world.maybe(world.time(world.around(made, 4)), 0.15),
            "new-due-at": world.maybe(world.time(world.around(made, 20)), 0.15), "consent": world.yes(),
            "renegotiations": world.maybe(str(world.rng.randrange(3)), 0.2)}


def order_review(world):
    return {"order": "OR-%d" % world.rng.randrange(40), "customer": world.customer(),
            "department": world.pick("sales", "web", ""), "reviewed-at": world.maybe(world.time()),
            "committed-at": world.time(), "differences": world.maybe("quantità", 0.3),
            "resolved-at": world.maybe(world.time(), 0.4)}


def complaint(world):
    at = START + datetime.timedelta(minutes=world.rng.randrange(MINUTES))
    return {"id": "X-%d" % world.rng.randrange(len(world.cases)), "received": world.time(at),
            "customer": world.customer(), "received-by": world.pick("desk", "management", ""),
            "owner": person(world), "acknowledged": world.maybe(world.time(world.around(at, 3))),
            "answered": world.maybe(world.time(world.around(at, 40))),
            "closed": world.maybe(world.time(world.around(at, 60)), 0.5), "closed-with-customer": world.yes(),
            "reopened": world.yes(), "upheld": world.yes(), "ticket": world.ticket(),
            "root-cause": world.maybe("motore", 0.4), "external-referral": world.yes()}


def effort(world):
    return {"date": world.time(), "customer": world.customer(), "hours": world.number(8),
            "ticket": world.ticket(), "group": world.pick("Tecnici", "Banco", ""),
            "scope": world.pick("in", "out", "unknown", ""), "billable": world.yes(), "billed": world.yes(),
            "change-order": world.maybe("CO-1", 0.2), "goodwill": world.maybe("G-1", 0.1), "rate": "45"}


def invoice(world):
    return {"id": "F-%d" % world.rng.randrange(2 * len(world.cases)), "customer": world.customer(),
            "at": world.time(), "amount": world.number(900), "estimate": world.number(900),
            "consent-at": world.maybe(world.time(), 0.3), "currency": world.pick("EUR", ""),
            "ticket": world.ticket(), "order": world.maybe("OR-3", 0.2)}


def change(world):
    at = START + datetime.timedelta(minutes=world.rng.randrange(MINUTES))
    return {"id": "H-%d" % world.rng.randrange(len(world.cases)), "at": world.time(at),
            "ci": world.pick("MC-1", "MC-2", "MC-3", ""), "customer": world.customer(),
            "party": world.pick("us", "customer", "third", "unknown", ""), "authorised": world.yes(),
            "detected-by": world.pick("rapporto", "sopralluogo", ""),
            "detected-at": world.maybe(world.time(world.around(at, 30))),
            "notice-at": world.maybe(world.time(at), 0.5), "effective-at": world.maybe(world.time(world.around(at, 9))),
            "ticket": world.ticket()}


REGISTERS = ("requirement", "legal", "risk", "opportunity", "objective", "action",
             "nonconforming-output", "goodwill", "dispute", "referral", "meeting", "feedback", "odd")


def register(world):
    return {"id": "R-%d" % world.rng.randrange(2 * len(world.cases)), "kind": world.rng.choice(REGISTERS),
            "at": world.maybe(world.time(), 0.9), "customer": world.customer(), "owner": person(world),
            "due": world.maybe(world.time()), "done": world.maybe(world.time(), 0.5),
            "amount": world.number(300), "reviewed-at": world.maybe(world.time(), 0.5),
            "verified-at": world.maybe(world.time(), 0.4), "informed-at": world.maybe(world.time(), 0.4),
            "decision": world.pick("concession", "rework", "accepted", ""), "rating": world.pick("good", "bad", ""),
            "reason": world.maybe("because"), "approver": person(world),
            "outcome": world.pick("effective", "ineffective", "unchanged", "positive", ""),
            "party": world.pick("Beta", "Gamma", "us", ""), "reference": world.maybe("OR-3", 0.2),
            "ticket": world.ticket()}


def authority(world):
    return {"role": world.pick("primo", "secondo", "terzo"), "decision-type": world.pick("storno", "uscita"),
            "limit": world.number(300), "valid-from": world.pick("2024-01-01", "2025-05-01", "")}


def reply_latency(world):
    at = START + datetime.timedelta(minutes=world.rng.randrange(MINUTES))
    return {"group": world.pick("Assistenza", "Vendite", ""),
            "counterpart": world.pick("boss", "customer", "colleague", "who"), "received": world.time(at),
            "replied": world.maybe(world.time(world.around(at, 3)), 0.95), "channel": world.pick("telefono", "e-mail"),
            "priority": world.pick("urgente", "normal"), "people": world.pick("6", "7", "")}


def item(world):
    return {"ticket": world.ticket(), "at": world.time(),
            "kind": world.pick("question", "hypothesis", "option", "decision"),
            "time": world.pick("2 days", ""), "cost": world.pick("100", ""), "outcome": world.pick("fixed", ""),
            "likelihood": world.number(1), "chosen": world.yes(),
            "actor-class": world.pick("boss", "agent", "customer", ""), "due": world.maybe(world.time(), 0.3)}


def process_doc(world):
    return {"id": world.pick("INTERVENTO", "RECLAMI", "VENDITE"), "version": world.pick("4", "5"),
            "in-force-from": world.time(), "in-force-until": world.maybe(world.time(), 0.2),
            "steps": "apertura, chiusura", "owner": person(world), "reviewed-at": world.maybe(world.time()),
            "customers": world.pick("external", "both", "none", "")}


def survey(world):
    scale = world.pick("csat", "nps", "ces", "stars")
    return {"at": world.time(), "scale": scale, "score": world.number({"nps": 11, "ces": 8}.get(scale, 6)),
            "question": world.pick("fine ticket", "anno", ""), "customer": world.customer(),
            "invited": world.yes(), "ticket": world.ticket(), "group": world.pick("Banco", "Tecnici", "")}


def mgmt(world):
    return {"date": world.time(), "kind": world.pick("review", "visit", "decision"),
            "topic": world.pick("reclami", "soddisfazione"), "decision": world.maybe("sì"),
            "action": world.maybe("assunzione"), "owner": person(world), "due": world.maybe(world.time()),
            "done": world.maybe(world.time()), "customer": world.customer()}


def sla_clock(world):
    at = START + datetime.timedelta(minutes=world.rng.randrange(MINUTES))
    return {"id": "K-%d" % world.rng.randrange(2 * len(world.cases)), "ticket": world.case()[0],
            "sla": world.pick("S1", "S2"), "metric": world.pick("resolution", "first-response"),
            "state": world.pick("met", "breached", "running", "paused"), "at": world.maybe(world.time(at)),
            "started": world.time(at), "stopped": world.maybe(world.time(world.around(at, 9))),
            "due": world.maybe(world.time(world.around(at, 5))), "met": world.yes(),
            "target-seconds": "7200", "elapsed-seconds": str(world.rng.randrange(20000))}


def mixed(world):
    case, begin = world.case()
    return {"case": case, "customer": world.customer(), "priority": world.pick("1", "2", "9", ""),
            "category": world.pick("incident", "request"), "solved": world.maybe(world.time(), 0.3),
            "at": world.maybe(world.time(world.around(begin, 25)), 0.95), "what": world.rng.choice(ACTIVITIES),
            "who": person(world), "status": world.pick("new", "asked", "done", ""),
            "promise": world.maybe("M-%d" % world.rng.randrange(99), 0.5), "due": world.maybe(world.time(), 0.6),
            "kept": world.maybe(world.time(), 0.4), "scale": world.pick("csat", "nps", ""),
            "score": world.number(6)}


# source, map, row, rows a hundred cases, always in the cut of columns
SOURCES = (
    ("tickets", "generic-ticket", ticket, 500, ("Id",)),
    ("talk", "generic-ticket", message, 300, ("Ticket", "Sent at", "Author type", "Message type", "Text")),
    ("mixed", "mixed.xml", mixed, 90, ("case", "at")),
    ("customer", "generic-customer", customer, 20, ("id",)),
    ("agreement", "generic-sla", agreement, 12,
     ("id", "metric", "customer-or-class", "target-seconds", "valid-from")),
    ("promise", "generic-promise", promise, 160, ("id", "made-at", "due-at")),
    ("order-review", "generic-order-review", order_review, 30, ("order", "committed-at")),
    ("complaint", "generic-complaint", complaint, 60, ("id", "received")),
    ("effort", "generic-effort", effort, 200, ("date", "customer", "hours")),
    ("invoice", "generic-invoice", invoice, 90, ("id", "customer", "at", "amount")),
    ("change", "generic-change-json", change, 60, ("id", "at")),
    ("register", "generic-register", register, 200, ("id", "kind")),
    ("authority", "generic-authority", authority, 9, ("role", "decision-type", "limit")),
    ("reply-latency", "generic-reply-latency", reply_latency, 150,
     ("group", "counterpart", "received", "replied")),
    ("item", "generic-item", item, 120, ("ticket", "at", "kind")),
    ("process-doc", "generic-process-doc", process_doc, 8, ("id", "version", "in-force-from")),
    ("survey", "generic-survey-json", survey, 160, ("at", "scale", "score")),
    ("mgmt", "generic-mgmt-json", mgmt, 30, ("date", "kind")),
    ("clock", "generic-sla-clock", sla_clock, 60, ("id", "ticket")),
)


def cell(text):
    if any(c in text for c in ',"\n'):
        return '"%s"' % text.replace('"', '""')
    return text


def table(rng, rows, needed, has_all):
    """A table of the columns that are needed and some of the others, in any order."""
    columns = [name for name in rows[0] if has_all or name in needed or rng.random() < 0.9]
    rng.shuffle(columns)
    return ",".join(columns) + "\n" + "".join(
        ",".join(cell(row[name]) for name in columns) + "\n" for row in rows)


def lines(rng, rows):
    return "".join(json.dumps({name: text for name, text in row.items() if text},
                              ensure_ascii=rng.random() < 0.5) + "\n" for row in rows)


def transcript(world, rows):
    """In the order of time, as a log is."""
    rng = world.rng
    entries = []
    for _ in range(rows):
        case, begin = world.case()
        at = world.around(begin, 12)
        head = "%s [%s] %s: " % (local(at), case.replace(" ", "_"),
                                 world.pick("customer", "agent", "agent", "bot", "note", "who"))
        entries.append((at, head + rng.choice(TEXTS).replace("\n", "\n  ")))
    return [text + "\n" for _, text in sorted(entries)]


def cuts(rng, count, most):
    """First and behind the last of each piece; none is empty, and no two are alike."""
    at = sorted({0, *(rng.randrange(1, count + 1) for _ in range(rng.randrange(most))), count})
    return list(zip(at, at[1:]))


def make_source(world, folder, source, cases, most):
    name, map_name, row, share, needed = source
    rng = world.rng
    rows = [row(world) for _ in range(max(1, cases * share // 100))]
    rows += rng.choices(rows, k=rng.randrange(3))
    is_json = map_name.endswith("-json")
    texts = {lines(rng, rows[a:b]) if is_json else table(rng, rows[a:b], needed, a == 0): None
             for a, b in cuts(rng, len(rows), most)}  # the same file twice would be refused
    return [write(folder, "%s/%d%s" % (name, i, ".jsonl" if is_json
                                       else ".csv" + rng.choice(["", "", ".gz"])), text)
            for i, text in enumerate(texts)]


def make(seed, folder, top, cases, most):
    """The audit and its sources, each in up to so many files; gives the names of these."""
    rng = random.Random(seed)
    world = World(rng, cases)
    names = []
    listed = []
    for document in DOCUMENTS:
        shutil.copy(os.path.join(top, EXAMPLE, document), folder)
    write(folder, "mixed.xml", MIXED)
    for source in SOURCES:
        names += make_source(world, folder, source, cases, most)
        listed.append(' <source id="%s" map="%s" zone="Europe/Rome"><file>%s</file></source>\n'
                      % (source[0], source[1], source[0]))
    entries = transcript(world, cases * 2)
    for i, (first, last) in enumerate(cuts(rng, len(entries), most)):
        names.append(write(folder, "chat/%d.txt" % i, "".join(entries[first:last])))
    listed.append(' <source id="chat" map="generic-conversation" zone="Europe/Rome"><file>chat</file></source>\n')
    rng.shuffle(listed)
    by = rng.sample(BREAKDOWNS, rng.randrange(1, len(BREAKDOWNS)))
    as_of = rng.choice([' as-of="2026-01-31T18:00:00+01:00"', ' as-of="2025-09-01T00:00:00Z"', ""])
    write(folder, "audit.xml", AUDIT % (as_of, "".join(' <by field="%s"/>\n' % field for field in by),
                                        "".join(listed)))
    return names
