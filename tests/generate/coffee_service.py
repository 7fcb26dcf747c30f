#!/usr/bin/env python3
"""Writes the shipped example of a service firm with conversations, and the facts planted in it.

usage: coffee_service.py [--check] [FOLDER]

An invented Italian firm rents out and repairs coffee machines; the year is 2025. Every kind of
record is there as a small file: tickets with the steps of each repair, their messages in Italian and
English, customers, agreements, promises, hours, changes, surveys, complaints, reviews of orders,
invoices, registers, management, answers to superiors and customers, structured items, descriptions of
processes; and a sample of messages of the year before as people would label them. What is planted
stands beside the texts and in the tables of the folder coffee; the texts were written from those facts
alone, by people who had not seen what the program looks for in texts.

FOLDER is checklists/examples/coffee-service unless named; the facts go to coffee_service.facts.json
beside this script. --check writes nothing and fails when the files differ from what would be written.
"""

import csv
import io
import json
import pathlib
import sys

import coffee_service_facts
import rome
from coffee import interventions, labels, mail, planted, registers, requests, routine, scripts
from coffee.conversation import instant, office
from seeded import Seeded

SEED = 20250108
AS_OF = "2026-01-31 18:00"

TICKET = ["Id", "Updated at", "Sequence", "Event type", "Updated by", "Version", "Status", "Group",
          "Customer", "Contract", "Channel", "Priority", "Service", "Asset", "Category", "Symptom", "Cause", "Cause party",
          "Resolution code", "Opened", "Resolved", "Closed", "Presumed party", "Presumed surely",
          "First contact resolution", "Customer confirmed", "Escalated at", "Escalation reason",
          "Escalation due", "Escalation answered", "Escalation outcome"]
CHANGED = {"contradictory-answers", "no-escalated-en"}
MESSAGE = ["Ticket", "Sent at", "Message type", "Author type", "Visibility", "Text"]
AUTHORS = {"customer": "customer", "agent": "agent", "note": "agent", "bot": "bot"}


def table(columns, rows):
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8")


def lines(rows):
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode("utf-8")


def escalation(talk):
    """When it went higher, why, by when an answer was due, when somebody answered, and how."""
    for message in talk.messages:
        if "escalate" in message.marks:
            answer = next((m for m in talk.messages if m.at > message.at and m.who == "agent" and
                           ("esc" in m.marks or m.by == "teo")), None)
            due = office(message.at + rome.DAY, Seeded(message.at))
            return [registers.stamp(message.at), message.marks["escalate"], registers.stamp(due),
                    registers.stamp(answer.at) if answer else "",
                    "" if not answer or message.marks["escalate"] == "skill" else
                    "changed" if talk.name in CHANGED else
                    talk.fields.get("outcome", "unchanged")]
    return [""] * 5


def confirmations(talk):
    """What the agent claims, and what the customer says of it."""
    if not talk.ended():
        return ["", ""]
    answers = [m for m in talk.messages if m.who == "agent" and m.at <= talk.ended()]
    said = {"thanks": "yes", "complaint": "no"}
    words = [said[mark] for m in talk.messages if m.who == "customer" for mark in said
             if mark in m.marks]
    return ["yes" if len(answers) <= 2 else "no", words[-1] if words else ""]


def updates(talk, steps):
    """Changes of status and steps of a repair in one order: (instant, step, who, status, group)."""
    changes = [(at, 0, "", "", status, group) for at, status, group in talk.changes]
    for at, step, who in steps:
        _, status, group = [change for change in talk.changes if change[0] <= at][-1]
        changes.append((at, 1, step, who, status, group))
    changes.sort(key=lambda change: change[:2])
    return [(change[0], *change[2:]) for change in changes]


def ticket_rows(talk, customers, steps, version):
    customer = customers[talk.customer]
    fields = talk.fields
    end, closed = talk.ended(), talk.closed()
    presumed = [m.marks["presume"] for m in talk.messages if "presume" in m.marks]
    for number, (at, step, who, status, group) in enumerate(updates(talk, steps), 1):
        yield [talk.id, registers.stamp(at), number, step, who, version, status, group,
               customer["id"],
               customer["contract"], talk.channel, fields["prio"], fields["service"],
               fields.get("ci", ""), talk.kind, fields["symptom"], fields.get("cause", ""),
               fields.get("party", ""), fields.get("code", ""), registers.stamp(talk.opened),
               registers.stamp(end) if end else "", registers.stamp(closed) if closed else "",
               "customer" if presumed else "", presumed[0] if presumed else "",
               *confirmations(talk), *escalation(talk)]


def message_rows(talks):
    rows = []
    for talk in talks:
        if talk.channel == "chat":
            continue
        for message in talk.messages:
            rows.append((message.at, [
                talk.id, registers.stamp(message.at), "note" if message.who == "note" else "message",
                AUTHORS[message.who], "public" if message.public else "private", message.sent]))
    return [cells for _, cells in sorted(rows, key=lambda row: (row[0], row[1][0]))]


def transcript(talks):
    rows = []
    for talk in talks:
        if talk.channel == "chat":
            for message in talk.messages:
                text = message.sent.replace("\n", "\n  ")
                rows.append((message.at, talk.id, "%s [%s] %s: %s\n" % (
                    registers.stamp(message.at), talk.id, message.who, text)))
    return "".join(text for _, _, text in sorted(rows, key=lambda row: row[:2])).encode("utf-8")


def with_names(columns, rows, customers):
    """Customers are known by their names in every file."""
    at = columns.index("customer") if "customer" in columns else None
    for row in rows:
        if at is not None and row[at]:
            row[at] = customers[row[at]]["id"]
    return rows


def read_customers(table_of_customers):
    columns, rows = table_of_customers
    customers = {}
    for row in rows:
        values = dict(zip(columns, row))
        customers[values["id"]] = values | {"id": values.pop("name")}
    return customers


def number(talks, first, numbers, random):
    """In the order of their beginning; gives them their numbers and dresses their messages."""
    talks = sorted(talks, key=lambda talk: (talk.opened, talk.name))
    for place, talk in enumerate(talks, first):
        talk.id = numbers[talk.name] = "CF-25-%03d" % place
        talk.finish()
        mail.dress(talk, random)
    return talks


def make(random):
    """Repairs and questions, then requests; numbers, tables of registers, promises not entered."""
    numbers, others = {}, Seeded(SEED + 5)
    talks, promised = routine.make(random)
    repairs = number([*scripts.read_all(random), *talks], 1, numbers, random)
    talks, wanted = requests.make(others)
    asked = number(talks, 301, numbers, others)
    tables = registers.read(numbers)
    untraceable = registers.promises(tables["promise"], promised, random)
    untraceable += registers.promises(tables["promise"], wanted, others)
    return repairs, asked, numbers, tables, untraceable


def files(repairs, asked, tables):
    talks = [*repairs, *asked]
    customers = read_customers(tables["customer"])
    customer_columns = [name for name in tables.pop("customer")[0] if name != "name"]
    steps, versions = interventions.log(repairs, Seeded(SEED + 4))
    rows = [row for talk in talks for row in ticket_rows(
        talk, customers, steps.get(talk.id, []), versions.get(talk.id, ""))]
    written = {
        "ticket.csv": table(TICKET, sorted(rows, key=lambda row: (row[1][:19], row[0], row[2]))),
        "message.csv": table(MESSAGE, message_rows(talks)),
        "chat.txt": transcript(talks),
        "customer.csv": table(customer_columns, [[values[name] for name in customer_columns]
                                                 for values in customers.values()]),
    }
    tables["effort"] = registers.effort(repairs, Seeded(SEED + 1))
    tables["reply-latency"] = registers.reply_latency(Seeded(SEED + 2))
    tables["item"] = registers.items(talks)
    answers = registers.survey(repairs, planted.unhappy(repairs), Seeded(SEED + 3))
    for row in answers:
        row["customer"] = customers[row["customer"]]["id"]
    written["survey.jsonl"] = lines(answers)
    columns, held = tables.pop("mgmt")
    written["mgmt.jsonl"] = lines({name: value for name, value in zip(columns, row) if value}
                                  for row in held)
    for kind, (columns, rows) in tables.items():
        written[kind + ".csv"] = table(columns, with_names(columns, rows, customers))
    written["labelled.csv"] = table(labels.COLUMNS, labels.rows(Seeded(SEED + 6)))
    return written


def main():
    check = "--check" in sys.argv[1:]
    names = [name for name in sys.argv[1:] if name != "--check"]
    here = pathlib.Path(__file__).resolve().parent
    folder = (pathlib.Path(names[0]) if names
              else here.parent.parent / "checklists/examples/coffee-service")
    repairs, asked, numbers, tables, untraceable = make(Seeded(SEED))
    written = files(repairs, asked, tables)
    facts = {"seed": SEED, "as_of": AS_OF,
             "planted": planted.facts([*repairs, *asked], numbers, untraceable),
             "counted": coffee_service_facts.count(written, instant(AS_OF))}
    targets = {folder / name: content for name, content in written.items()}
    targets[here / "coffee_service.facts.json"] = (
        json.dumps(facts, indent=1, ensure_ascii=False) + "\n").encode("utf-8")
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
