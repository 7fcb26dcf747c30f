"""Counts what coffee_service.py has written, from its bytes, with csv, json and integers only: an
oracle that shares no code with the program, nor with what made the files up.

Durations are minutes unless a name says otherwise; working time is Monday to Friday, 9 to 13 and 14
to 18, in Rome, without Italian holidays.
"""

import csv
import datetime
import io
import json
import statistics

import rome

HOLIDAYS = {"2025-01-01", "2025-01-06", "2025-04-20", "2025-04-21", "2025-04-25", "2025-05-01",
            "2025-06-02", "2025-08-15", "2025-11-01", "2025-12-08", "2025-12-25", "2025-12-26",
            "2026-01-01", "2026-01-06"}
WINDOWS = ((9, 13), (14, 18))
SOLVED = {"Risolto", "Chiuso"}
PERIOD = ("2025-01-01", "2026-01-01")
ANSWER_DAYS = 30
RATE = 45
YEAR_BACK = "2025-01-31"  # twelve months before the as-of instant


def instant(text):
    """Minutes since 1970 of ISO 8601 with offset; a date is its local midnight."""
    if not text:
        return None
    if len(text) == 10:
        return rome.read(datetime.datetime.strptime(text, "%Y-%m-%d"))
    at = datetime.datetime.fromisoformat(text)
    return round(at.timestamp()) // 60


def worked(a, b):
    total, day = 0, rome.to_local(a).replace(hour=0, minute=0)
    while rome.read(day) <= b:
        if day.weekday() < 5 and day.strftime("%Y-%m-%d") not in HOLIDAYS:
            for low, high in WINDOWS:
                low, high = (rome.read(day.replace(hour=hour)) for hour in (low, high))
                total += max(0, min(b, high) - max(a, low))
        day += datetime.timedelta(days=1)
    return total


def rows_of(written, name):
    text = written[name].decode("utf-8")
    if name.endswith(".jsonl"):
        return [json.loads(line) for line in text.splitlines()]
    return list(csv.DictReader(io.StringIO(text, newline="")))


def share(flags):
    flags = list(flags)
    return {"n": len(flags), "k": sum(flags)}


def split(rows, key, figure):
    groups = {}
    for row in rows:
        groups.setdefault(key(row), []).append(row)
    return {name: figure(groups[name]) for name in sorted(groups)}


# --- promises

def promise_state(row, as_of):
    """A new date counts if the customer agreed to it before the old one; a second one is late."""
    due, done = instant(row["due-at"]), instant(row["fulfilled-at"])
    if row["state"] == "void":
        return "void"
    if due is None:
        return "undated"
    if row["consent"] == "yes" and instant(row["renegotiated-at"]) < due:
        due = instant(row["new-due-at"])
        if int(row["renegotiations"] or 1) > 1:
            return "late"
    if done is not None:
        return "kept" if done <= due else "late"
    return "broken" if due < as_of else "open"


def kept(rows):
    judged = [row["judged"] for row in rows if row["judged"] in ("kept", "late", "broken")]
    return {"n": len(judged), "k": judged.count("kept")}


def promises(written, as_of):
    rows = rows_of(written, "promise.csv")
    for row in rows:
        row["judged"] = promise_state(row, as_of)
    states = split(rows, lambda row: row["judged"], len)
    return {"states": states, "kept": kept(rows),
            "by department": split(rows, lambda row: row["department"], kept),
            "renegotiated": sum(row["renegotiated-at"] != "" for row in rows),
            "recorded after fulfilment": [
                row["id"] for row in rows if row["fulfilled-at"] and
                instant(row["made-at"]) >= instant(row["fulfilled-at"])]}


# --- what customers say

def perception(written):
    rows = rows_of(written, "survey.jsonl")
    scores = {kind: [row["score"] for row in rows if row["scale"] == kind and "score" in row]
              for kind in ("csat", "nps", "ces")}
    nps = scores["nps"]
    promoters, detractors = sum(s >= 9 for s in nps), sum(s <= 6 for s in nps)
    asked = [row for row in rows if row["scale"] == "csat"]
    return {"csat": share(s >= 4 for s in scores["csat"]),
            "csat bottom": share(s <= 2 for s in scores["csat"]),
            "nps": {"n": len(nps), "promoters": promoters, "detractors": detractors},
            "ces": share(s >= 5 for s in scores["ces"]),
            "answered of invited": share("score" in row for row in rows if row["invited"] == "yes"),
            "csat never asked": sorted(row["ticket"] for row in asked if row["invited"] == "no")}


def complaints(written):
    rows = rows_of(written, "complaint.csv")
    day = rome.DAY
    return {"received": len(rows),
            "answered in limit": share(
                row["answered"] != "" and rome.to_local(instant(row["answered"])).date() <=
                rome.to_local(instant(row["received"])).date() +
                datetime.timedelta(days=ANSWER_DAYS) for row in rows),
            "unanswered": [row["id"] for row in rows if not row["answered"]],
            "acknowledged in two days": share(
                row["acknowledged"] != "" and worked(instant(row["received"]),
                                                     instant(row["acknowledged"])) <= 2 * 8 * 60
                for row in rows),
            "closed": share(row["closed"] != "" for row in rows),
            "upheld": share(row["upheld"] == "yes" for row in rows if row["upheld"]),
            "reopened": share(row["reopened"] == "yes" for row in rows if row["closed"]),
            "cause found": share(row["root-cause"] != "" for row in rows if row["closed"]),
            "gone outside": share(row["external-referral"] == "yes" for row in rows),
            "longest answer in days": max((instant(row["answered"]) - instant(row["received"])) // day
                                          for row in rows if row["answered"])}


# --- tickets

class Ticket:
    def __init__(self, rows):
        rows.sort(key=lambda row: int(row["Sequence"]))
        self.last = rows[-1]
        self.id = self.last["Id"]
        self.customer = self.last["Customer"]
        self.opened = instant(self.last["Opened"])
        self.changes = [(instant(row["Updated at"]), row["Status"], row["Group"]) for row in rows
                        if not row["Event type"]]
        self.key = (self.customer, self.last["Asset"] or self.last["Service"], self.last["Symptom"])

    def first_solved(self):
        return next((at for at, status, _ in self.changes if status in SOLVED), None)

    def reopened_within(self, days):
        first = self.first_solved()
        later = [at for at, status, _ in self.changes if at > first and status not in SOLVED]
        return bool(later) and later[0] - first <= days * rome.DAY

    def ping_pong(self):
        groups = []
        for _, _, group in self.changes:
            if group != (groups[-1] if groups else None):
                groups.append(group)
        return len(groups) != len(set(groups))


def tickets_of(written):
    return split(rows_of(written, "ticket.csv"), lambda row: row["Id"], Ticket)


def in_period(at):
    return instant(PERIOD[0]) <= at < instant(PERIOD[1])


def recurrence(tickets, as_of, days):
    """Solved tickets whose key comes back within so many days of the solution."""
    window, found, n = days * rome.DAY, [], 0
    for ticket in tickets:
        solved = instant(ticket.last["Resolved"])
        if solved is None or solved + window > as_of or not in_period(solved):
            continue
        n += 1
        again = [other for other in tickets if other.key == ticket.key and
                 solved < other.opened <= solved + window]
        if again:
            first = min(again, key=lambda other: other.opened)
            found.append([ticket.id, first.id])
    return {"n": n, "k": len(found), "pairs": found}


def causes(tickets, pairs):
    """Of the returns whose causes are told on both sides: which share one."""
    by_id = {ticket.id: set(ticket.last["Cause"].split(";")) - {""} for ticket in tickets}
    told = [(by_id[a], by_id[b]) for a, b in pairs if by_id[a] and by_id[b]]
    return {"same": share(bool(a & b) for a, b in told),
            "out of limits": sum("out-of-limits" in b for _, b in told),
            "unauthorised change": sum("unauthorised-change" in b for _, b in told)}


def presumption(tickets):
    said = [ticket for ticket in tickets if ticket.last["Presumed party"] == "customer"]
    return {"n": len(said), "right": sum(ticket.last["Cause party"] == "customer" for ticket in said)}


def desk(written, as_of):
    tickets = list(tickets_of(written).values())
    solved = [t for t in tickets if t.first_solved() and in_period(t.first_solved())]
    watched = [t for t in solved if t.first_solved() + 14 * rome.DAY <= as_of]
    returns = {str(days): recurrence(tickets, as_of, days) for days in (30, 90, 180)}
    outside = [t for t in tickets if t.first_solved() and not in_period(t.first_solved())]
    return {"tickets": len(tickets), "solved later": len(outside), "reopened": share(t.reopened_within(14) for t in watched),
            "ping-pong": sorted(t.id for t in tickets if t.ping_pong()),
            "recurrence": returns, "causes of returns": causes(tickets, returns["90"]["pairs"]),
            "escalated": {reason: sum(t.last["Escalation reason"] == reason for t in tickets)
                          for reason in ("authority", "skill")},
            "first contact": {word: sum(t.last["First contact resolution"] == word for t in tickets)
                              for word in ("yes", "no")},
            "presumed customer fault": presumption(tickets),
            "per customer": {name: len(found) for name, found in
                             split(tickets, lambda t: t.customer, list).items()}}


# --- money

def money(written):
    invoices = rows_of(written, "invoice.csv")
    surprises = [row["id"] for row in invoices if row["estimate"] and
                 float(row["amount"]) > 1.1 * float(row["estimate"]) and
                 not (row["consent-at"] and instant(row["consent-at"]) <= instant(row["at"]))]
    hours = rows_of(written, "effort.csv")

    def quarter_hours(rows, **wanted):
        return sum(round(float(row["hours"]) * 4) for row in rows
                   if all(row[name] == value for name, value in wanted.items()))

    known = [row for row in hours if row["scope"] != "unknown"]
    free = [row for row in known if row["scope"] == "out" and row["billed"] == "no" and
            not row["change-order"]]
    worth = {}
    for row in rows_of(written, "customer.csv"):
        used = quarter_hours([h for h in hours if h["customer"] == row["id"] and
                              h["date"] >= YEAR_BACK])
        worth[row["id"]] = float(row["revenue"]) - float(row["cost"]) - used * RATE / 4
    return {"invoices": len(invoices), "cost surprises": surprises,
            "quarter hours": quarter_hours(hours), "unknown scope": quarter_hours(hours, scope="unknown"),
            "out of scope": quarter_hours(hours, scope="out"), "unbilled": quarter_hours(free),
            "unbilled by customer": split(free, lambda row: row["customer"], quarter_hours),
            "net value": worth}


# --- everything else

def parity(written):
    rows = rows_of(written, "reply-latency.csv")

    def group(rows):
        waits = {who: [(instant(row["replied"]) - instant(row["received"])) if row["replied"] else None
                       for row in rows if row["counterpart"] == who] for who in ("boss", "customer")}
        return {who: {"n": len(found), "silent": found.count(None),
                      "median": statistics.median_low([w for w in found if w is not None]),
                      "median in working time": statistics.median_low(
                          [worked(instant(row["received"]), instant(row["replied"])) for row in rows
                           if row["counterpart"] == who and row["replied"]]),
                      "within an hour": sum(w is not None and w <= 60 for w in found)}
                for who, found in waits.items()}

    return split(rows, lambda row: row["group"], group)


def registers(written):
    rows = rows_of(written, "register.csv")

    def of(kind):
        return [row for row in rows if row["kind"] == kind]

    actions = of("action")
    covered = {row["customer"] for row in of("requirement") if row["reviewed-at"] >= YEAR_BACK}
    customers = {row["id"] for row in rows_of(written, "customer.csv")}
    orders = rows_of(written, "order-review.csv")
    changes = rows_of(written, "change.csv")
    return {"kinds": split(rows, lambda row: row["kind"], len),
            "actions on time": share(row["done"] != "" and row["done"] <= row["due"]
                                     for row in actions),
            "effect verified": share(row["verified-at"] != "" for row in actions if row["done"]),
            "customers informed": share(row["informed-at"] != "" for row in of("nonconforming-output")),
            "meetings held": share(row["done"] != "" for row in of("meeting") if not row["reason"]),
            "disputes settled in time": share(
                row["done"] != "" and row["done"] <= row["due"] for row in of("dispute")
                if PERIOD[0] <= row["due"] < PERIOD[1]),
            "goodwill documented": share("" not in (row["approver"], row["amount"], row["reason"])
                                         for row in of("goodwill")),
            "referrals checked": share(row["verified-at"] != "" for row in of("referral")),
            "customers without current requirements": sorted(customers - covered),
            "orders reviewed first": share(
                row["reviewed-at"] != "" and instant(row["reviewed-at"]) <=
                instant(row["committed-at"]) for row in orders),
            "unauthorised changes": split([row for row in changes if row["authorised"] == "no"],
                                          lambda row: row["party"], len) | {"all": len(changes)}}


def interventions(written):
    def trace(rows):
        rows.sort(key=lambda row: int(row["Sequence"]))
        return [(row["Event type"], row["Updated by"]) for row in rows]

    traces = split([row for row in rows_of(written, "ticket.csv") if row["Event type"]],
                   lambda row: row["Id"], trace)
    names = {case: [step for step, _ in steps] for case, steps in traces.items()}

    def cases(test):
        return sorted(case for case in names if test(case, names[case]))

    def tested_by_worker(case, steps):
        who = {step: person for step, person in traces[case]}
        return "collaudo" in who and who["collaudo"] == who["intervento"]

    return {"cases": len(traces), "without test": cases(lambda _, s: "collaudo" not in s),
            "same person": cases(tested_by_worker),
            "before acceptance": cases(lambda _, s: "accettazione" in s and
                                       s.index("intervento") < s.index("accettazione")),
            "without acceptance": cases(lambda _, s: "preventivo" in s and "accettazione" not in s),
            "undocumented": cases(lambda _, s: "telefonata al tecnico" in s),
            "repeated": cases(lambda _, s: s.count("intervento") > 1),
            "other version": sorted({row["Id"] for row in rows_of(written, "ticket.csv")
                                     if row["Version"] and row["Version"] !=
                                     ("4" if row["Opened"] < "2025-06-01" else "5")})}


def account_events(written, customer, as_of):
    """Classes of the account's events that follow from one record each, with their local days."""
    found = []
    for row in rows_of(written, "promise.csv"):
        state = promise_state(row, as_of)
        if row["customer"] == customer and state in ("kept", "late", "broken"):
            agreed = row["consent"] == "yes" and row["new-due-at"]
            at = row["fulfilled-at"] if state == "kept" else agreed or row["due-at"]
            found.append(("D3" if state == "kept" else "W1", instant(at)))
    over = set(money(written)["cost surprises"])
    for row in rows_of(written, "invoice.csv"):
        if row["customer"] == customer and row["id"] in over:
            found.append(("W2", instant(row["at"])))
    for row in rows_of(written, "complaint.csv"):
        limit = instant(row["received"]) + ANSWER_DAYS * rome.DAY
        if row["customer"] == customer and not (row["answered"] and
                                                instant(row["answered"]) <= limit):
            found.append(("W10", limit))
    return sorted([rome.to_local(at).strftime("%Y-%m-%d"), kind] for kind, at in found)


def silent(written):
    """Customers of whom nothing is heard: no ticket, no complaint, no answer to a survey."""
    heard = {row["Customer"] for row in rows_of(written, "ticket.csv")}
    heard |= {row["customer"] for row in rows_of(written, "complaint.csv")}
    heard |= {row["customer"] for row in rows_of(written, "survey.jsonl") if "score" in row}
    return sorted({row["id"] for row in rows_of(written, "customer.csv")} - heard)


def count(written, as_of):
    return {"promises": promises(written, as_of), "perception": perception(written),
            "complaints": complaints(written), "desk": desk(written, as_of),
            "money": money(written), "parity": parity(written), "registers": registers(written),
            "interventions": interventions(written), "silent customers": silent(written),
            "account events": {name: account_events(written, name, as_of)
                               for name in ("Bar Segnaposto", "Trattoria Presunta")}}
