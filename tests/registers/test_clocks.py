"""M-70: rows of service level clocks made from a seed, several a ticket, with states and flags that
contradict one another, times that lie ahead and tickets that nobody knows, against lists and loops."""

from real.compare import Tap
from real.oracle import share_of
from registers.register_bench import DAY, Bench, Left, gather, instant, same, some

AS_OF = 1767225600  # 2026-01-01
FIRST = AS_OF - 200 * DAY
STATES = {"missed": ("breached", "Breach", "missed"), "kept": ("achieved", "fulfill", "met"),
          "ended": ("completed", "Stopped"), "cancelled": ("cancelled", "Canceled"),
          "running": ("in_progress", "paused", "activate", "nobody knows")}
METRICS = ["resolution", "resolution", "resolution", "first-response", "next-response", None]


def make_tickets(random, count):
    tickets = []
    for number in range(count):
        opened = FIRST + 60 * random.below(200 * 1440)
        ended = some(random, 800, opened + 60 * random.between(-600, 14 * 1440))
        tickets.append({"id": "T%03d" % number, "opened": opened, "resolved": ended,
                        "due": some(random, 850, opened + 60 * random.below(10 * 1440)),
                        "status": "Cancelled" if random.chance(50) else
                                  "Closed" if ended else "Open"})
    return tickets


def make_clocks(random, tickets, count):
    clocks = []
    for number in range(count):
        ticket = tickets[random.below(len(tickets) * 11 // 10) % len(tickets)]
        opened = ticket["opened"]
        states = random.weighted([(None, 2), ("missed", 1), ("kept", 2), ("ended", 4),
                                  ("cancelled", 1), ("running", 3)])
        clocks.append({
            "id": "K%04d" % number,
            "ticket": "X%d" % number if random.chance(80) else ticket["id"],
            "metric": random.pick(METRICS),
            "state": random.pick(STATES[states]) if states else None, "means": states,
            "at": some(random, 500, opened + 60 * random.below(30 * 1440)),
            "started": opened,
            "stopped": some(random, 600, opened + 60 * random.below(14 * 1440)),
            "due": some(random, 700, opened + 60 * random.below(10 * 1440)),
            "met": some(random, 600, random.chance(650)),
            "target-seconds": some(random, 300, 3600 * (1 + random.below(9))),
            "elapsed-seconds": some(random, 500, 3600 * random.below(12))})
    return clocks


def verdict(clock):
    if clock["means"] == "cancelled":
        return "clock-cancelled"
    if clock["at"] is not None and clock["at"] > AS_OF:
        return "written-later"
    if clock["met"] is False or clock["means"] == "missed":
        return "missed"
    if clock["stopped"] is not None and clock["stopped"] > AS_OF:
        return "still-running"
    ended = clock["stopped"] is not None or clock["means"] in ("kept", "ended")
    if clock["met"] is not None:
        return "kept" if ended else "still-running"
    if clock["means"] == "kept":
        return "kept"
    if clock["target-seconds"] is not None and clock["elapsed-seconds"] is not None:
        over = clock["elapsed-seconds"] > clock["target-seconds"]
        return "missed" if over else "kept" if ended else "still-running"
    if clock["due"] is None:
        return "nothing-to-judge-by" if ended else "still-running"
    if clock["stopped"] is not None:
        return "missed" if clock["stopped"] > clock["due"] else "kept"
    if ended:
        return "nothing-to-judge-by"
    return "missed" if clock["due"] < AS_OF else "still-running"


def judged(ticket, metric):
    """(in time, reason it is not judged): by the deadline of the source, which is of the solution."""
    if metric in ("first-response", "next-response"):
        return None, "no-service-level"
    end = ticket["resolved"]
    end = end if end is not None and end <= AS_OF else None
    if ticket["due"] is None:
        return None, "no-deadline"
    if ticket["status"] == "Cancelled":
        return None, "cancelled"
    if end is not None and end < ticket["opened"]:
        return None, "end-before-start"
    if end is None and ticket["status"] == "Closed":
        return None, "no-resolution-time"
    if end is None and ticket["due"] >= AS_OF:
        return None, "open-before-deadline"
    return end is not None and end <= ticket["due"], None


def expected(tickets, clocks):
    left = {name: Left() for name in ("clock-kept", "flag-as-its-times", "as-computed")}
    flags = {name: [] for name in left}
    known = {ticket["id"]: ticket for ticket in tickets}
    groups = {}
    for clock in clocks:
        said = verdict(clock)
        if said in ("missed", "kept"):
            groups.setdefault((clock["ticket"], clock["metric"]), []).append(said)
        else:
            left["clock-kept"].out(said)
            left["as-computed"].out(said)
        stopped = clock["stopped"]
        if said in ("clock-cancelled", "written-later"):
            left["flag-as-its-times"].out(said)
        elif clock["met"] is None:
            left["flag-as-its-times"].out("no-flag")
        elif stopped is None or stopped > AS_OF or clock["due"] is None:
            left["flag-as-its-times"].out("no-times")
        else:
            flags["flag-as-its-times"].append(clock["met"] == (stopped <= clock["due"]))
    for (name, metric), said in groups.items():
        for _ in said[1:]:
            left["clock-kept"].out("another-row-decides")
            left["as-computed"].out("another-row-decides")
        kept = "missed" not in said
        flags["clock-kept"].append(kept)
        if name not in known:
            left["as-computed"].out("ticket-not-known")
            continue
        in_time, reason = judged(known[name], metric)
        if reason:
            left["as-computed"].out(reason)
        else:
            flags["as-computed"].append(in_time == kept)
    return {name: left[name].with_(share_of(flags[name])) for name in left}


def main():
    tap = Tap()
    for seed, count in ((701, 120), (702, 300)):
        bench = Bench(tap, seed)
        tickets = make_tickets(bench.random, count)
        clocks = make_clocks(bench.random, tickets, 5 * count)
        bench.table("ticket.csv", ["id", "opened", "resolved", "due", "status"],
                    [dict(ticket, **{name: instant(ticket[name])
                                     for name in ("opened", "resolved", "due")})
                     for ticket in tickets])
        columns = list(clocks[0])
        columns.remove("means")
        bench.table("sla-clock.csv", columns, [dict(
            clock, met=None if clock["met"] is None else str(clock["met"]).lower(),
            **{name: None if clock[name] is None else str(clock[name])
               for name in ("target-seconds", "elapsed-seconds")},
            **{name: instant(clock[name]) for name in ("at", "started", "stopped", "due")})
            for clock in clocks])
        got = gather(bench, AS_OF, "iso9001-5.1.2", ["ticket", "sla-clock"])
        for variant, figure in expected(tickets, clocks).items():
            same(bench, got, "M-70", variant, figure)
    tap.finish()


main()
