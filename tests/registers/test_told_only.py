"""Promises and complaints that stand in messages and in no register: tickets, messages and registers
made from a seed, with gaps and orphans, against lists and loops. The sentences are few and plain, so
that what they say is beyond doubt; how well phrases are found in real language is another test's."""

import pathlib
import xml.etree.ElementTree as xml

from real.compare import Tap, close
from real.oracle import share
from registers.register_bench import DAY, Bench, instant

AS_OF = 1767225600  # 2026-01-01
CF = "{urn:cfaudit:1}"
AUDIT = """<audit xmlns="urn:cfaudit:1" id="a" zone="UTC" as-of="%s">
 <title lang="en">A</title>
 <organization>Example</organization>
 <checklist name="iso9001-5.1.2"/>
 <checklist name="inverted-pyramid"/>
%s</audit>
"""
SOURCE = ' <source id="%s" map="generic-%s"><file>%s.csv</file></source>\n'
SENTENCES = {"promise": "I will call you back tomorrow about number %d.",
             "complaint": "I want to make a formal complaint about number %d.",
             "dispute": "My lawyer will hear of number %d.",
             "nothing": "Number %d stands in the hall."}


def some(random, per_mille, value):
    return value if random.chance(per_mille) else None


def make_tickets(random, count):
    tickets = []
    for number in range(count):
        opened = AS_OF - random.below(200 * DAY) + 5 * DAY
        tickets.append({"id": "T%04d" % number, "opened": opened,
                        "customer": some(random, 850, "C%d" % random.below(40)),
                        "messages": [{
                            "at": opened + random.between(0, 10 * DAY),
                            "author": random.pick(["agent", "agent", "customer", "customer",
                                                   "boss", "bot"]),
                            "public": random.chance(850),
                            "says": random.weighted([("nothing", 8), ("promise", 2),
                                                     ("complaint", 1), ("dispute", 1)])}
                            for _ in range(random.below(4))]})
    return tickets


def make_register(random, kind, count, tickets):
    """Some name a ticket, some one that is not there, some only a customer, some neither."""
    rows = []
    for number in range(count):
        at = AS_OF - random.below(200 * DAY) + 3 * DAY
        rows.append({"id": "%s%d" % (kind, number), "at": at,
                     "customer": some(random, 800, "C%d" % random.below(40)),
                     "ticket": some(random, 550, "T%04d" % random.below(len(tickets) + 40))})
    return rows


def write(bench, tickets, promises, complaints):
    number = 0
    rows = []
    for ticket in tickets:
        rows.append({"id": ticket["id"], "opened": instant(ticket["opened"]),
                     "customer": ticket["customer"]})
        for message in ticket["messages"]:
            number += 1
            rows.append({"id": ticket["id"], "opened": instant(ticket["opened"]),
                         "customer": ticket["customer"], "sent at": instant(message["at"]),
                         "message type": "message", "author type": message["author"],
                         "visibility": "public" if message["public"] else "private",
                         "text": SENTENCES[message["says"]] % number})
    bench.table("ticket.csv", ["id", "opened", "customer", "sent at", "message type", "author type",
                               "visibility", "text"], rows)
    bench.table("promise.csv", ["id", "made-at", "due-at", "ticket", "customer"],
                [dict(row, **{"made-at": instant(row["at"]), "due-at": instant(row["at"] + DAY)})
                 for row in promises])
    bench.table("complaint.csv", ["id", "received", "ticket", "customer"],
                [dict(row, received=instant(row["at"])) for row in complaints])
    path = pathlib.Path(bench.folder.name, "audit.xml")
    path.write_text(AUDIT % (instant(AS_OF), "".join(
        SOURCE % (kind, kind, kind) for kind in ("ticket", "promise", "complaint"))), "utf-8")
    ledger = pathlib.Path(bench.folder.name, "ledger.xml")
    bench.run("gather", path, "-q", "--force", "-o", ledger)
    return xml.parse(ledger).getroot()


def heard(ticket, wanted, by_customer):
    """(instant of the first message that says it, how many do), or None."""
    at = [message["at"] for message in ticket["messages"]
          if message["at"] <= AS_OF and message["says"] in wanted
          and (message["author"] == "customer" if by_customer else
               message["public"] and message["author"] in ("agent", "boss"))]
    return (min(at), len(at)) if at else None


def knows_complaint(complaints, ticket, told):
    """A complaint names the ticket; or names none, and came from its customer about then."""
    if any(row["ticket"] == ticket["id"] for row in complaints):
        return True
    return told is not None and ticket["customer"] is not None and any(
        row["ticket"] is None and row["customer"] == ticket["customer"]
        and -DAY <= row["at"] - told[0] <= 30 * DAY for row in complaints)


def figure_of(root, measure, variant):
    found, = (figure for figure in root.iter(CF + "figure") if figure.get("id")
              and (figure.get("measure"), figure.get("variant")) == (measure, variant))
    return found


def check(tap, root, name, table, figure, wanted, told_only):
    got = figure_of(root, *name)
    tap.check("%s %s, n %d" % (*name, wanted["n"]), [
        "%s: expected %r, got %s" % (key, value, got.get(key)) for key, value in wanted.items()
        if not close(value, None if got.get(key) is None else float(got.get(key)))])
    rows = [(row.get("case"), row[1].get("value"), int(row[2].get("value")))
            for found in got.findall(CF + "table") if found.get("id") == table
            for row in found.findall(CF + "row")]
    tap.equal("%s %s lists every ticket" % name, sorted(
        (ticket, instant(at), times) for ticket, (at, times) in told_only.items()), sorted(rows))
    tap.equal("%s %s: some are known, some are not" % name, True,
              0 < len(told_only) < figure)


def main():
    tap = Tap()
    bench = Bench(tap, 61)
    tickets = make_tickets(bench.random, 700)
    promises = make_register(bench.random, "P", 160, tickets)
    complaints = make_register(bench.random, "K", 120, tickets)
    root = write(bench, tickets, promises, complaints)

    named = {row["ticket"] for row in promises if row["ticket"]}
    told = {ticket["id"]: heard(ticket, ("promise",), False) for ticket in tickets}
    told = {ticket: what for ticket, what in told.items() if what}
    alone = {ticket: what for ticket, what in told.items() if ticket not in named}
    check(tap, root, ("M-19", "untraced"), "untraced-promises", len(told),
          share(len(alone), len(told)), alone)

    told, alone = {}, {}
    for ticket in tickets:
        what = heard(ticket, ("complaint", "dispute"), True)
        if what:
            told[ticket["id"]] = what
            if not knows_complaint(complaints, ticket, what):
                alone[ticket["id"]] = what
    received = sum(row["at"] <= AS_OF for row in complaints)
    check(tap, root, ("M-21", "unregistered"), "unregistered-complaints", len(told),
          {"n": received, "k": len(alone), "value": len(alone) / received}, alone)
    tap.finish()


main()
