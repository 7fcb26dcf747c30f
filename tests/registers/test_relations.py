"""What measures say that look up records of one kind in those of another, and of answers out of
hours: tables made from a seed, with gaps, future days and orphans, against lists and loops."""

import pathlib
import xml.etree.ElementTree as xml
from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

from real.compare import Tap, differences
from real.oracle import newcombe, share
from registers.register_bench import CF, DAY, Bench, Left, gather, instant, same, some

AS_OF = 1767225600  # 2026-01-01


def by_now(value):
    return None if value is None or value > AS_OF else value


# --- M-26: solved in time, not reopened, and the customer dissatisfied ---

LEAST_MOST = {"csat": (1, 5), "nps": (0, 10), "ces": (1, 7), "ces-5": (1, 5)}


def make_tickets(random, count):
    tickets = []
    for number in range(count):
        opened = AS_OF - random.below(300 * DAY) + 2 * DAY
        solved = opened + random.below(20 * DAY)
        history = [(opened, "open"),
                   (solved, random.pick(["solved", "solved", "cancelled", "open"]))]
        if random.chance(200):
            again = solved + random.pick([3600, 3600, 90 * DAY])
            history += [(again, random.pick(["open", "pending", "on hold", "closed"])),
                        (again + 3600, "closed")]
        tickets.append({"id": "T%d" % number, "history": history, "opened": opened,
                        "resolved": some(random, 800, opened - random.below(3 * DAY)
                                         if random.chance(60) else solved),
                        "closed": some(random, 500, solved + random.between(0, 5) * 3600),
                        "due": some(random, 800, random.pick([solved,
                                                              opened + random.below(20 * DAY)])),
                        "reopens": some(random, 300, random.pick(["0", "0", "1", "3"]))})
    return tickets


def make_answers(random, count):
    answers = []
    for number in range(count):
        scale = random.pick(["csat", "csat", "csat", "nps", "ces", "ces-5"])
        least, most = LEAST_MOST[scale]
        answers.append({"id": "S%d" % number, "scale": scale,
                        "at": AS_OF - random.below(250 * DAY) + 9 * DAY + number,
                        # some stand for tickets that are not there, some for none
                        "ticket": some(random, 900, "T%d" % random.below(800)),
                        "score": some(random, 850, random.between(least - (number % 19 == 0),
                                                                  most + (number % 23 == 0)))})
    return answers


def last_rating(answers, ticket):
    fit = [(a["at"], a["score"]) for a in answers
           if a["ticket"] == ticket and a["scale"] == "csat" and a["at"] <= AS_OF
           and a["score"] is not None and 1 <= a["score"] <= 5]
    return max(fit)[1] if fit else None


def was_reopened(ticket):
    solved = False
    for at, status in ticket["history"]:
        if at > AS_OF:
            break
        if status in ("solved", "closed"):
            solved = True
        elif solved and status in ("open", "pending", "on hold"):
            return True
    return (ticket["reopens"] or "0") > "0"


def ended(ticket):
    for name in ("resolved", "closed"):
        if ticket[name] is not None:
            return ticket[name]
    solved = [at for at, status in ticket["history"] if status in ("solved", "closed")]
    return min(solved) if solved else None


def relation_gap(tickets, answers):
    left, seen = Left(), []
    for ticket in tickets:
        end, rating = by_now(ended(ticket)), last_rating(answers, ticket["id"])
        if ticket["history"][-1][1] == "cancelled":
            left.out("cancelled")
        elif end is None:
            left.out("never-solved")
        elif rating is None:
            left.out("not-rated")
        elif ticket["due"] is None:
            left.out("no-service-level")
        elif end < ticket["opened"]:
            left.out("end-before-start")
        elif end > ticket["due"]:
            left.out("solved-late")
        elif was_reopened(ticket):
            left.out("reopened")
        else:
            seen.append(rating <= 2)
    return left.with_(share(sum(seen), len(seen)))


def check_relation_gap(bench):
    tickets, answers = make_tickets(bench.random, 700), make_answers(bench.random, 1500)
    rows = [dict(ticket, status=status, updated=instant(at),
                 **{name: instant(ticket[name])
                    for name in ("opened", "resolved", "closed", "due")})
            for ticket in tickets for at, status in ticket["history"]]
    bench.table("ticket.csv", ["id", "opened", "resolved", "closed", "due", "reopens", "status",
                               "updated"],
                rows)
    bench.table("survey.csv", ["id", "at", "scale", "score", "ticket"],
                [dict(a, at=instant(a["at"]), score=None if a["score"] is None else str(a["score"]))
                 for a in answers])
    got = gather(bench, AS_OF, "trust-account", ["ticket", "survey"])
    same(bench, got, "M-26", "good-work-bad-rating", relation_gap(tickets, answers))


# --- M-25: who was asked, after cases that went well and after others ---

def outcome_of(ticket, complaints):
    if any(row["ticket"] == ticket["id"] and row["at"] <= AS_OF for row in complaints):
        return "complained"
    if ticket["code"] == "refused: price":
        return "refused"
    if ticket["due"] is not None and ended(ticket) > max(ticket["due"], ticket["opened"] - 1):
        return "ended-late"
    return "opened-again" if was_reopened(ticket) else "went-well"


def was_asked(ticket, answers):
    return any(a["ticket"] == ticket["id"] and a["at"] <= AS_OF
               and (a["score"] is not None or a["invited"] == "true") for a in answers)


def selection(tickets, answers, complaints):
    """{outcome: [was asked]}, and who was not although it went badly."""
    by_outcome, unasked = {}, []
    for ticket in tickets:
        end = ended(ticket)
        if end is None or end > AS_OF - 14 * DAY or ticket["history"][-1][1] == "cancelled":
            continue
        outcome, asked = outcome_of(ticket, complaints), was_asked(ticket, answers)
        by_outcome.setdefault(outcome, []).append(asked)
        if not asked and outcome != "went-well":
            unasked.append((ticket["id"], outcome, instant(end)))
    return by_outcome, sorted(unasked)


def check_selection(bench):
    r = bench.random
    tickets = make_tickets(r, 900)
    for ticket in tickets:
        ticket["code"] = r.weighted([(None, 5), ("repaired", 3), ("refused: price", 1)])
    answers = [dict(answer, invited=r.pick(["true", "true", "false", None]))
               for answer in make_answers(r, 900)]
    complaints = [{"id": "K%d" % number, "at": AS_OF - r.below(200 * DAY) + 20 * DAY,
                   "ticket": some(r, 800, "T%d" % r.below(1000))} for number in range(150)]
    rows = [dict(ticket, status=status, updated=instant(at), **{"resolution code": ticket["code"]},
                 **{name: instant(ticket[name])
                    for name in ("opened", "resolved", "closed", "due")})
            for ticket in tickets for at, status in ticket["history"]]
    bench.table("ticket.csv", ["id", "opened", "resolved", "closed", "due", "reopens", "status",
                               "updated", "resolution code"], rows)
    bench.table("survey.csv", ["id", "at", "scale", "score", "ticket", "invited"],
                [dict(a, at=instant(a["at"]), score=None if a["score"] is None else str(a["score"]))
                 for a in answers])
    bench.table("complaint.csv", ["id", "received", "ticket"],
                [dict(row, received=instant(row["at"])) for row in complaints])
    got = gather(bench, AS_OF, "inverted-pyramid", ["ticket", "survey", "complaint"])
    by_outcome, unasked = selection(tickets, answers, complaints)
    well = by_outcome["went-well"]
    others = [asked for outcome, flags in by_outcome.items() for asked in flags
              if outcome != "went-well"]
    figure = got.get(("M-25", "invited-by-outcome"))
    bench.tap.check("M-25 invited-by-outcome", ["there is no such figure"] if figure is None else
                    differences(newcombe(sum(well), len(well), sum(others), len(others)), figure))
    tables = listed(bench, "M-25", "invited-by-outcome")
    order = ["went-well", "complained", "refused", "ended-late", "opened-again"]
    bench.tap.equal("M-25 asked by outcome", [
        [outcome, str(len(by_outcome[outcome])), str(sum(by_outcome[outcome]))]
        for outcome in order], [row[:3] for row in tables["asked-by-outcome"]])
    bench.tap.equal("M-25 lists who was not asked", unasked,
                    [tuple(row) for row in tables["not-asked"]])


def listed(bench, measure, variant):
    """{table: its rows} of a figure of the last ledger."""
    ledger = pathlib.Path(bench.folder.name, "ledger.xml")
    figure, = (figure for figure in xml.parse(ledger).getroot().iter(CF + "figure")
               if figure.get("id") and (figure.get("measure"), figure.get("variant"))
               == (measure, variant))
    return {table.get("id"): [[cell.get("value") for cell in row.findall(CF + "cell")]
                              for row in table.findall(CF + "row")]
            for table in figure.findall(CF + "table")}


# --- M-41: somebody sits down with the customer after much effort ---

def first_day_of_much(rows):
    """Quarters of hours: above 16 hours outside the contract in the 90 days up to that of a row, or
    above a tenth of those inside."""
    for day in sorted({row["at"] for row in rows}):
        window = [row for row in rows if day - 90 * DAY < row["at"] <= day]
        out = sum(row["quarters"] for row in window if row["scope"] == "out")
        inside = sum(row["quarters"] for row in window if row["scope"] == "in")
        if out > 64 or (inside and 10 * out > inside):
            return day
    return None


def follow_up(customers, efforts, acts, register):
    left, seen = Left(), []
    for name in customers:
        day = first_day_of_much([row for row in efforts if row["customer"] == name
                                 and row["at"] <= AS_OF and row["scope"] in ("in", "out")])
        if day is None:
            left.out("no-great-effort")
            continue
        met = [act["at"] for act in acts if act["customer"] == name
               and (act["decision"] or act["action"])]
        met += [row["done"] for row in register if row["customer"] == name
                and row["kind"] == "meeting" and row["done"] is not None]
        met = [at for at in met if day <= at <= AS_OF]
        if not met and AS_OF - day < 90 * DAY:
            left.out("window-not-observed")
        else:
            seen.append(bool(met) and min(met) - day <= 90 * DAY)
    return left.with_(share(sum(seen), len(seen)))


def check_follow_up(bench):
    r = bench.random
    customers = ["C%d" % number for number in range(160)]
    efforts, acts, register = [], [], []
    # a third of the customers has nearly everything inside the contract
    for name in customers + ["nobody's"]:
        calm = r.chance(350)
        first = AS_OF - r.below(400 * DAY)
        for _ in range(r.below(14)):
            at = (first + r.below(200 * DAY)) // DAY * DAY + r.pick([0, 0, DAY // 2])
            scope = "in"
            if not calm or r.chance(60):
                scope = r.pick(["in", "in", "out", "unknown", None])
            efforts.append({"customer": name, "at": at, "scope": scope,
                            "quarters": r.between(0, 12 if scope == "out" else 60)})
        for _ in range(r.below(4)):
            acts.append({"customer": name, "at": first + r.below(300 * DAY),
                         "decision": some(r, 400, "a new contract"),
                         "action": some(r, 200, "visit")})
        for _ in range(r.below(3)):
            register.append({"customer": name, "kind": r.pick(["meeting", "meeting", "action"]),
                             "done": some(r, 600, first + r.below(300 * DAY))})
    # exactly 16 hours are not much, nor is exactly a tenth; 90 days later is in time, and a row of
    # 90 days ago is no longer of the window
    at = AS_OF - 300 * DAY
    for name, hours in (("E16", [("out", 64, 0)]), ("E17", [("out", 65, 0)]),
                        ("tenth", [("in", 100, 0), ("out", 10, 0)]),
                        ("above", [("in", 100, 0), ("out", 11, 0)]),
                        ("apart", [("out", 40, 0), ("out", 40, 90 * DAY)]),
                        ("close", [("out", 40, 0), ("out", 40, 90 * DAY - 1)])):
        customers.append(name)
        efforts += [{"customer": name, "at": at + after, "scope": scope, "quarters": quarters}
                    for scope, quarters, after in hours]
    acts += [{"customer": name, "at": at + 90 * DAY + after, "decision": "a price", "action": None}
             for name, after in (("E17", 0), ("above", 1))]
    bench.table("customer.csv", ["id", "segment"], [{"id": name} for name in customers])
    bench.table("effort.csv", ["date", "customer", "hours", "scope"],
                [dict(row, date=instant(row["at"]),
                      hours="%d.%02d" % divmod(row["quarters"] * 25, 100)) for row in efforts])
    bench.table("mgmt.csv", ["date", "kind", "customer", "decision", "action"],
                [dict(act, date=instant(act["at"]), kind="review") for act in acts])
    bench.table("register.csv", ["id", "kind", "customer", "done"],
                [dict(row, id="R%d" % number, done=instant(row["done"]))
                 for number, row in enumerate(register)])
    got = gather(bench, AS_OF, "fair-exchange", ["customer", "effort", "mgmt", "register"])
    same(bench, got, "M-41", "reviewed-within-90-days",
         follow_up(customers, efforts, acts, register))


# --- M-60: who is answered out of hours ---

ROME = ZoneInfo("Europe/Rome")
# Italy, 2025 and the first days of 2026; Easter was on 20 April.
HOLIDAYS = {(1, 1), (1, 6), (4, 21), (4, 25), (5, 1), (6, 2), (8, 15), (11, 1), (12, 8), (12, 25),
            (12, 26)}
HOURS = [(9, 13), (14, 18)]
FIRST = ["1", "P1", "p1", "prio-1", "Critical", "urgent"]


def opening_after(at):
    """The instant itself in working hours, else the next beginning of work."""
    moment = datetime.fromtimestamp(at, timezone.utc).astimezone(ROME)
    for days in range(30):
        day = (moment + timedelta(days=days)).date()
        if day.weekday() >= 5 or (day.month, day.day) in HOLIDAYS:
            continue
        for begin, end in HOURS:
            opens = datetime(day.year, day.month, day.day, begin, tzinfo=ROME).timestamp()
            closes = datetime(day.year, day.month, day.day, end, tzinfo=ROME).timestamp()
            if at < closes:
                return max(at, int(opens))
    raise AssertionError("no working day in a month")


def message_refusal(row, opening, replied):
    if row["received"] > AS_OF:
        return "received-later"
    if row["people"] is not None and row["people"] < 5:
        return "group-too-small"
    if row["counterpart"] not in ("boss", "customer"):
        return "other-counterpart"
    if row["counterpart"] == "customer" and row["priority"] not in FIRST:
        return "not-urgent"
    if opening == row["received"]:
        return "within-hours"
    return "window-not-observed" if replied is None and AS_OF < opening else None


def out_of_hours(rows):
    left = {"boss": Left(), "customer": Left()}
    seen = {"boss": [], "customer": []}
    for row in rows:
        opening, replied = opening_after(row["received"]), by_now(row["replied"])
        why = message_refusal(row, opening, replied)
        for who in left:
            if why or row["counterpart"] != who:
                left[who].out(why or "other-counterpart")
            else:
                seen[who].append(replied is not None and row["received"] <= replied < opening)
    boss, customer = ((sum(seen[who]), len(seen[who])) for who in ("boss", "customer"))
    return {"to-superiors": left["boss"].with_(share(*boss)),
            "to-urgent-customers": left["customer"].with_(share(*customer)),
            "difference": newcombe(*boss, *customer)}


def check_out_of_hours(bench):
    r, rows = bench.random, []
    for _ in range(1500):
        day = AS_OF - r.below(364) * DAY + DAY
        # quarters of an hour, so that many stand on the bounds of the hours of work
        received = day + r.below(96) * 900
        replied = r.pick([received + r.between(-4, 40) * 900, opening_after(received),
                          opening_after(received) - 1])
        rows.append({"group": "desk", "counterpart": r.pick(["boss", "boss", "customer", "customer",
                                                             "customer", "colleague"]),
                     "received": received, "replied": some(r, 800, replied),
                     "priority": some(r, 900, r.pick(FIRST + ["2", "normal", "P10", "11"])),
                     "people": some(r, 800, r.between(3, 12))})
    path = bench.table("latency.csv", list(rows[0]),
                       [dict(row, received=instant(row["received"]),
                             replied=instant(row["replied"])) for row in rows])
    document = bench.measure("M-60", "--map", "generic-reply-latency", "--as-of", instant(AS_OF),
                             "--zone", "UTC", "--calendar", "it-office", path)
    expected = out_of_hours(rows)
    bench.same(document, "M-60", expected)
    for figure in document["figures"]:
        if figure["variant"] in expected and "k" in expected[figure["variant"]]:
            bench.tap.equal("M-60 %s, k" % figure["variant"], expected[figure["variant"]]["k"],
                            figure["k"])


def main():
    tap = Tap()
    bench = Bench(tap, 2641)
    check_relation_gap(bench)
    check_follow_up(bench)
    check_selection(bench)
    check_out_of_hours(bench)
    tap.finish()


main()
