"""Registers of the example: those written by hand in registers.txt, and rows that follow from
conversations and seed (surveys, effort, answers to superiors and customers, structured items)."""

import datetime
import pathlib
import re

import rome
from coffee.conversation import instant, office

RATE = 45  # what an hour of work costs the firm
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d")


def stamp(at):
    """ISO 8601 with offset."""
    hours = rome.offset(at) // 60
    return rome.to_local(at).strftime("%Y-%m-%dT%H:%M:%S+0") + "%d:00" % hours


def cell(text, numbers):
    if text.startswith("@"):
        return numbers[text[1:]]
    return stamp(instant(text)) if TIME.fullmatch(text) else text


def read(numbers):
    """kind -> (columns, rows)"""
    tables, kind = {}, None
    path = pathlib.Path(__file__).resolve().parent / "registers.txt"
    for line in path.read_text("utf-8").splitlines():
        if line.startswith("#") or not line:
            continue
        if line.startswith("["):
            kind = line.strip("[]")
            continue
        cells = [text.strip() for text in line.split("|")]
        if kind not in tables:
            tables[kind] = (cells, [])
        else:
            cells += [""] * (len(tables[kind][0]) - len(cells))
            tables[kind][1].append([cell(text, numbers) for text in cells])
    return tables


def promises(table, made, random):
    """Promises of routine conversations, as the register has them; some were never entered."""
    columns, rows = table
    untraceable = []
    for talk, promise in made:
        if random.chance(120):
            untraceable.append(talk.id)
            continue
        state = "kept" if promise["fulfilled"] <= promise["due"] else "late"
        number = "PR-%03d" % (101 + len(rows))
        department = "delivery" if talk.kind == "request" else "support"
        values = {"id": number, "made-at": stamp(promise["made"]), "due-at": stamp(promise["due"]),
                  "customer": talk.customer, "ticket": talk.id, "department": department,
                  "text": "intervento", "state": state,
                  "fulfilled-at": stamp(promise["fulfilled"])}
        rows.append([values.get(column, "") for column in columns])
        for message in talk.messages:
            if message.marks.get("prom") == "?":
                message.marks["prom"] = number
    return untraceable


def effort(talks, random):
    """Hours by ticket; what the clinic got beyond its contract was written down and never billed."""
    columns = ["date", "customer", "hours", "ticket", "group", "scope", "billable", "billed",
               "change-order", "goodwill", "rate", "report"]
    given = {"unregistered-complaint-hygiene": "GW-05"}
    rows = []
    for talk in talks:
        end = talk.ended()
        if end is None:
            continue
        free = talk.fields.get("symptom") == "fuori-contratto"
        paid = talk.kind == "change"
        hours = random.between(2, 14) / 4 if talk.kind == "incident" else random.between(1, 4) / 4
        rows.append([rome.to_local(end).strftime("%Y-%m-%d"), talk.customer, "%g" % hours, talk.id,
                     talk.group, "out" if free or paid else "in", "yes" if paid else "no",
                     "yes" if paid else "no", "CO-%s" % talk.id[-3:] if paid else "",
                     given.get(talk.name, "")])
    for month in range(1, 13):
        for _ in range(2 if month < 7 else 3):
            day = datetime.date(2025, month, random.between(1, 28))
            rows.append([str(day), "C03", "%g" % random.pick([2, 2.5, 3, 3.5]), "", "Tecnici", "out",
                         "no", "no", "", ""])
    for day, hours, order in (("2025-05-20", 8, ""), ("2025-05-27", 6, ""), ("2025-06-03", 7, ""),
                              ("2025-06-24", 6, "CO-900"), ("2025-07-02", 5, "CO-900")):
        rows.append([day, "C04", "%g" % hours, "", "Tecnici", "out", "yes" if order else "no",
                     "yes" if order else "no", order, ""])
    for day, customer in (("2025-04-08", "C01"), ("2025-08-07", "C11"), ("2025-10-09", "C08")):
        rows.append([day, customer, "1.5", "", "Tecnici", "unknown", "no", "no", "", ""])
    return columns, sorted([*row, str(RATE), report(row)] for row in rows)


def report(row):
    """Of work of more than two hours on a ticket a report is filed, but for some."""
    hours, ticket = float(row[2]), row[3]
    return "RI-" + ticket[-3:] if ticket and hours > 2 and int(ticket[-3:]) % 4 else ""


QUESTIONS = {"csat": "fine ticket", "nps": "annuale", "ces": "facilità"}


def survey(talks, unhappy, random):
    """Only cases that went well are asked at the end of the ticket; once a year everybody with a
    contract is asked, except the segment nobody thinks of."""
    rows = []

    def ask(at, kind, customer, score, ticket=None, invited="yes"):
        row = {"at": stamp(at), "scale": kind, "question": QUESTIONS[kind], "customer": customer,
               "invited": invited}
        if ticket:
            row["ticket"] = ticket
        if score is not None:
            row["score"] = score
        rows.append(row)

    for talk in talks:
        end = talk.ended()
        if end is None or talk.customer == "C12":
            continue
        if talk.name in unhappy:
            ask(end + 60, "csat", talk.customer, None, talk.id, invited="no")
            continue
        score = random.weighted([(5, 10), (4, 8), (3, 2), (2, 1), (1, 1)])
        ask(end + random.between(60, 600), "csat", talk.customer,
            score if random.chance(620) else None, talk.id)
        if random.chance(500):
            ask(end + random.between(60, 600), "ces", talk.customer,
                random.weighted([(7, 6), (6, 6), (5, 3), (4, 2), (3, 1), (2, 1)]), talk.id)
    start = instant("2025-11-25 10:00")
    for customer, scores in (("C01", (10, 9, 10, 9)), ("C02", (2, 0, 5)), ("C03", (10, 10, 9, 10)),
                             ("C04", (8, 9, 7)), ("C05", (9, 8, 10)), ("C06", (7, 8, 9)),
                             ("C07", (3, 6)), ("C08", (9, 10, 8)), ("C11", (6, 7)),
                             ("C13", (0, 4)), ("C14", (1, 5, 8))):
        for score in (*scores, None):
            ask(start + random.between(0, 9 * 24 * 60), "nps", customer, score)
    return sorted(rows, key=lambda row: (row["at"], row["customer"], row["scale"]))


def reply_latency(random):
    """The boss hears within the hour, by night too; customers in two days. One group is too small."""
    columns = ["group", "counterpart", "received", "replied", "channel", "priority",
               "people"]
    rows = []
    for counterpart, count, low, high in (("boss", 42, 12, 95), ("customer", 66, 900, 5200)):
        for _ in range(count):
            day = datetime.datetime(2025, 9, 1) + datetime.timedelta(weeks=random.below(16))
            weekday, hour = random.pick([(0, 9), (1, 10), (3, 15)])
            at = rome.read(day + datetime.timedelta(days=weekday, hours=hour,
                                                    minutes=random.below(60)))
            late = random.between(low, high) if random.chance(850) else random.between(low, low * 3)
            silent = counterpart == "customer" and random.chance(80)
            rows.append(["Assistenza", counterpart, stamp(at), "" if silent else stamp(office(at + late, random)),
                         "e-mail", "normal", "6"])
    for number in range(32):
        counterpart = ("boss", "customer")[number % 2]
        at = instant("2025-%02d-%02d 20:%02d" % (9 + number // 8, 2 + number % 8 * 3,
                                                 random.below(60)))
        late = random.between(9, 80) if counterpart == "boss" else random.between(700, 1900)
        rows.append(["Assistenza", counterpart, stamp(at), stamp(at + late), "telefono", "urgente",
                     "6"])
    for counterpart in ("boss", "customer") * 4:
        at = instant("2025-10-%02d 11:00" % random.between(6, 10))
        rows.append(["Spedizioni", counterpart, stamp(at), stamp(at + random.between(20, 300)),
                     "e-mail", "normal", "3"])
    return columns, sorted(rows, key=lambda row: (row[0], row[2], row[1], row[3]))


def items(talks):
    """What the desk wrote into its structured sheet, for the conversations in which it did."""
    rows = []

    def put(talk, message, kind, cells=("", "", ""), chosen="", actor=None):
        rows.append([talk.id, stamp(message.at), kind, *cells, chosen, actor or message.who])

    for talk in talks:
        for message in talk.messages:
            if "esc" in message.marks:
                asked = any("escalate" in m.marks for m in talk.messages)
                put(talk, message, "decision", actor="boss" if asked else "agent")
        if talk.kind != "incident-alternatives" and talk.name != "cost-surprise-en" and \
                not talk.sheet:
            continue
        for message in talk.messages:
            roles = message.marks.get("r", [])
            if "ask" in message.marks and "1" in roles:
                put(talk, message, "question")
            if "3" in roles:
                put(talk, message, "hypothesis")
            for number, cells in enumerate(message.marks.get("opts", [])):
                put(talk, message, "option", ["indicato" if letter in cells else ""
                                              for letter in "tco"], "" if number else "yes")
            if message.who == "customer" and "accept" in message.marks:
                put(talk, message, "decision")
    return ["ticket", "at", "kind", "time", "cost", "outcome", "chosen", "actor-class"], rows
