"""Contacts on one topic: repeats, first contacts, recurrence and escalations of a table made from a
seed, with gaps, impossible times and rows that cannot be read, against lists and loops."""

import re

from real.compare import Tap
from real.oracle import durations, share, survival_median
from registers.register_bench import DAY, Bench, Left, instant

AS_OF = 1767225600  # 2026-01-01
FIRST = AS_OF - 400 * DAY
COLUMNS = ["id", "opened", "resolved", "status", "customer", "configuration item", "service", "symptom", "cause",
           "first contact resolution", "customer confirmed", "escalated at", "escalation reason",
           "escalation due", "escalation answered at", "channel"]
CAUSES = ["disk", "fan", "Out-of-limits", "unauthorised-change", "environment", "not-reproducible"]
SPECIAL = ["out-of-limits", "unauthorised-change", "environment", "not-reproducible"]


def make_tickets(random, count):
    tickets = []
    for number in range(count):
        opened = FIRST + random.below(420 * DAY)  # some lie after the as-of instant
        if random.chance(250):
            opened -= opened % DAY  # many at the same instant
        ended = opened + random.below(9 * DAY) if random.chance(850) else None
        if ended and random.chance(20):
            ended = opened - 3600
        escalated = opened + random.below(2 * DAY) if random.chance(200) else None
        due = escalated + 3600 * random.between(1, 30) if escalated and random.chance(800) else None
        answered = (escalated + 3600 * random.between(-1, 40)
                    if escalated and random.chance(800) else None)
        tickets.append({
            "id": "T%04d" % number, "opened at": None if random.chance(20) else opened,
            "ended": ended, "escalated": escalated, "due": due, "answered": answered,
            "status": ("Cancelled" if random.chance(40) else "Solved" if ended else "Open"),
            "customer": None if random.chance(30) else "C%d" % random.below(9),
            "ci": None if random.chance(300) else "CI%d" % random.below(3),
            "service": None if random.chance(200) else "S%d" % random.below(2),
            "symptom": None if random.chance(60) else "y%d" % random.below(3),
            "cause": None if random.chance(300) else random.pick([";", " | ", ", "]).join(
                random.pick(CAUSES) for _ in range(random.between(1, 2))),
            "first": random.pick([True, False, None]), "said": random.pick([True, False, None]),
            "escalation reason": random.pick(["authority", "skill", "Authority", "mood", None]),
            "channel": random.pick(["web", "phone"]), "broken": random.chance(15)})
    return tickets


def as_row(ticket):
    row = dict(ticket, opened=instant(ticket["opened at"]), resolved=instant(ticket["ended"]))
    word = {True: "true", False: "false", None: None}
    row.update({"configuration item": ticket["ci"], "first contact resolution": word[ticket["first"]],
                "customer confirmed": word[ticket["said"]],
                "escalated at": instant(ticket["escalated"]),
                "escalation due": instant(ticket["due"]),
                "escalation answered at": instant(ticket["answered"])})
    if ticket["broken"]:
        row["resolved"] = "soon"
    return row


# --- the oracle ---

def topic(ticket):
    thing = ticket["ci"] or ticket["service"]
    if None in (ticket["customer"], ticket["opened at"], thing, ticket["symptom"]):
        return None
    return ticket["customer"], thing, ticket["symptom"]


def refusal(ticket):
    if ticket["broken"]:
        return "all-rows-rejected"
    if topic(ticket) is None:
        return "no-customer-or-topic"
    return "cancelled" if ticket["status"] == "Cancelled" else None


def others(tickets, ticket):
    return [other for other in tickets if other is not ticket and not refusal(other)
            and topic(other) == topic(ticket)]


def unsolved(ticket):
    return ticket["ended"] is None or ticket["ended"] > AS_OF


def repeats(tickets):
    left, flags = Left(), []
    for ticket in tickets:
        if refusal(ticket):
            left.out(refusal(ticket))
        elif ticket["opened at"] > AS_OF:
            left.out("opened-later")
        else:
            flags.append(any(0 < ticket["opened at"] - other["opened at"] <= 7 * DAY
                             for other in others(tickets, ticket)))
    return {"repeated-within-7-days": left.with_(share(sum(flags), len(flags)))}


def first_contacts(tickets):
    left = [Left(), Left(), Left()]
    flags = [[], [], []]
    for ticket in tickets:
        why = ("all-rows-rejected" if ticket["broken"] else
               "cancelled" if ticket["status"] == "Cancelled" else
               "never-solved" if unsolved(ticket) else
               "end-before-start" if ticket["opened at"] and ticket["ended"] < ticket["opened at"]
               else None)
        if why:
            for one in left:
                one.out(why)
            continue
        if refusal(ticket):
            left[0].out(refusal(ticket))
        elif AS_OF - ticket["ended"] < 7 * DAY:
            left[0].out("window-not-observed")
        else:
            flags[0].append(not any(ticket["opened at"] < other["opened at"]
                                    <= ticket["ended"] + 7 * DAY
                                    for other in others(tickets, ticket)))
        if ticket["first"] is None:
            left[1].out("no-flag")
        else:
            flags[1].append(ticket["first"])
        if ticket["said"] is None:
            left[2].out("customer-silent")
        else:
            flags[2].append(ticket["said"] and ticket["first"] is not False)
    names = ["no-repeat-within-7-days", "agent-flagged", "customer-confirmed"]
    return {name: one.with_(share(sum(f), len(f))) for name, one, f in zip(names, left, flags)}


def causes(ticket):
    return {word.strip().lower() for word in re.split("[,;|+]", ticket["cause"] or "")} - {""}


def next_of(tickets, ticket):
    """The next case of the topic; of those opened at the same instant the causes do not differ,
    or the ticket is told apart by the program alone and left to the caller."""
    after = [other for other in others(tickets, ticket) if other["opened at"] > ticket["ended"]]
    if not after:
        return None
    first = min(other["opened at"] for other in after)
    return first, [other for other in after if other["opened at"] == first]


def recurrence(tickets):
    windows = {"within-30-days": 30, "within-90-days": 90, "within-180-days": 180}
    split = ["cause-told", "same-cause", "other-cause"] + SPECIAL
    left = {name: Left() for name in [*windows, *split, "time-to-return"]}
    flags = {name: [] for name in [*windows, *split]}
    came, running = [], []
    for ticket in tickets:
        why = refusal(ticket) or ("never-solved" if unsolved(ticket) else "end-before-start"
                                  if ticket["ended"] < ticket["opened at"] else None)
        if why:
            for one in left.values():
                one.out(why)
            continue
        found = next_of(tickets, ticket)
        delay = found[0] - ticket["ended"] if found and found[0] <= AS_OF else None
        seen = AS_OF - ticket["ended"]
        for name, days in windows.items():
            if seen < days * DAY:
                left[name].out("window-not-observed")
            else:
                flags[name].append(delay is not None and delay <= days * DAY)
        if delay is None:
            left["time-to-return"].out("not-returned")
            running.append(seen)
        else:
            came.append(delay)
        if seen < 90 * DAY or delay is None or delay > 90 * DAY:
            for name in split:
                left[name].out("window-not-observed" if seen < 90 * DAY else "not-returned")
            continue
        assert len(found[1]) == 1, "two returns at one instant: change the seed"
        why_again = causes(found[1][0])
        for name in split:
            if name == "cause-told":
                flags[name].append(bool(why_again))
            elif not why_again:
                left[name].out("cause-not-told")
            elif name in SPECIAL:
                flags[name].append(name in why_again)
            elif not causes(ticket):
                left[name].out("first-cause-not-told")
            else:
                flags[name].append(bool(causes(ticket) & why_again) == (name == "same-cause"))
    expected = {name: left[name].with_(share(sum(f), len(f))) for name, f in flags.items()}
    expected["time-to-return"] = left["time-to-return"].with_(
        dict(durations(came), km_median=survival_median(came, running)))
    return expected


def escalations(tickets):
    names = ["escalated", "answered-in-time", "for-authority", "answer-wait"]
    left = {name: Left() for name in names}
    flags = {name: [] for name in names}
    running = []
    for ticket in tickets:
        if ticket["broken"]:
            for one in left.values():
                one.out("all-rows-rejected")
            continue
        is_escalated = ticket["escalated"] is not None and ticket["escalated"] <= AS_OF
        if ticket["status"] == "Cancelled" or unsolved(ticket):
            left["escalated"].out("cancelled" if ticket["status"] == "Cancelled" else "not-ended")
        else:
            flags["escalated"].append(is_escalated)
        if not is_escalated:
            for name in names[1:]:
                left[name].out("not-escalated")
            continue
        answered = ticket["answered"]
        if answered is not None and answered > AS_OF:
            answered = None
        if ticket["due"] is None:
            left["answered-in-time"].out("no-deadline")
        elif answered is None and ticket["due"] >= AS_OF:
            left["answered-in-time"].out("open-before-deadline")
        else:
            flags["answered-in-time"].append(answered is not None and answered <= ticket["due"])
        if answered is None:
            left["answer-wait"].out("not-answered")
            running.append(AS_OF - ticket["escalated"])
        elif answered < ticket["escalated"]:
            left["answer-wait"].out("end-before-start")
        else:
            flags["answer-wait"].append(answered - ticket["escalated"])
        reason = (ticket["escalation reason"] or "").lower()
        if reason in ("authority", "skill"):
            flags["for-authority"].append(reason == "authority")
        else:
            left["for-authority"].out("other-reason" if reason else "no-reason")
    waits = flags.pop("answer-wait")
    expected = {name: left[name].with_(share(sum(f), len(f))) for name, f in flags.items()}
    expected["answer-wait"] = left["answer-wait"].with_(
        dict(durations(waits), km_median=survival_median(waits, running)))
    return expected


def main():
    tap = Tap()
    bench = Bench(tap, 15)
    tickets = make_tickets(bench.random, 1500)
    path = bench.table("tickets.csv", COLUMNS, map(as_row, tickets))
    document = bench.measure("M-13 M-14 M-15 M-18", "--map", "generic-ticket", "--as-of",
                             instant(AS_OF), "--by", "channel", path)
    for name, oracle in (("M-13", first_contacts), ("M-14", repeats), ("M-15", recurrence),
                         ("M-18", escalations)):
        bench.same(document, name, oracle(tickets))
    tap.finish()


main()
