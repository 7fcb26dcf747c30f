"""Promises, complaints and presumptions of tables made from a seed, against lists and loops."""

import math

from real.compare import Tap
from real.oracle import Z, durations, newcombe, share, survival_median
from registers.register_bench import DAY, Bench, Left, instant

AS_OF = 1767225600  # 2026-01-01


def some(random, per_mille, value):
    return value if random.chance(per_mille) else None


class Tally:
    """Observations of the variants of one measure."""

    def __init__(self, *names):
        self.left = {name: Left() for name in names}
        self.seen = {name: [] for name in names}
        self.running = []

    def out(self, reason, *names):
        for name in names or self.left:
            self.left[name].out(reason)

    def shares(self, *names):
        return {name: self.left[name].with_(share(sum(self.seen[name]), len(self.seen[name])))
                for name in names}

    def times(self, *names):
        return {name: self.left[name].with_(dict(
            durations(self.seen[name]),
            km_median=survival_median(self.seen[name], self.running))) for name in names}


# --- M-19 ---

def state_of(row, due):
    done = row["done"] if row["done"] is not None and row["done"] <= AS_OF else None
    if row["state"] == "void":
        return "void"
    if due is None:
        return "undated"
    if done is None:
        return "broken" if due < AS_OF else "open"
    if done <= due:
        return "late" if (row["times"] or 0) > 1 else "kept"
    return "late"


def check_promises(bench):
    r, rows = bench.random, []
    for number in range(700):
        made = AS_OF - 300 * DAY + r.below(310 * DAY) // 3600 * 3600 + 7 * 60
        due = some(r, 900, made + r.between(1, 400) * 3600)
        again = some(r, 250, made + r.between(1, 400) * 3600)
        rows.append({"id": "P%d" % number, "made": made, "due": due,
                     "done": some(r, 800, made + r.between(-10, 450) * 3600),
                     "again": again, "new": some(r, 800, made + r.between(1, 800) * 3600 + 60)
                     if again else None, "consent": r.pick([True, False]) if again else None,
                     "times": r.pick([1, 1, 2]) if again else None,
                     "state": some(r, 60, "void"),
                     "department": r.pick(["sales", "support", "delivery"])})
    t = Tally("kept", "kept-strictly", "undated", "renegotiated", "recorded-afterwards",
              "lateness")
    gap = {"sales": [0, 0], "support": [0, 0]}
    words = {"open": "promise-not-due", "void": "void", "undated": "undated"}
    for row in rows:
        if row["made"] > AS_OF:
            t.out("promised-later")
            continue
        agreed = row["again"] is not None and row["consent"] is True
        due = row["new"] if agreed and row["new"] is not None else row["due"]
        state = strict = state_of(row, due)
        if agreed and row["due"] is not None and row["again"] > row["due"] \
                and state in ("kept", "late", "open"):
            strict = "broken"
        t.seen["undated"].append(state == "undated")
        for name, word in (("kept", state), ("kept-strictly", strict)):
            if word in ("kept", "late", "broken"):
                t.seen[name].append(word == "kept")
            else:
                t.out(words[word], name)
        if state in ("kept", "late", "broken") and row["department"] in gap:
            gap[row["department"]][0] += state == "kept"
            gap[row["department"]][1] += 1
        if state == "undated":
            t.out("undated", "renegotiated")
        else:
            t.seen["renegotiated"].append(agreed)
        done = row["done"] if row["done"] is not None and row["done"] <= AS_OF else None
        if done is None:
            t.out("not-fulfilled", "recorded-afterwards")
        else:
            t.seen["recorded-afterwards"].append(row["made"] >= done)
        if state == "late" and done > due:
            t.seen["lateness"].append(done - due)
        else:
            t.out("kept" if state == "kept" else "not-fulfilled-late", "lateness")
    table = bench.table("promise.csv", ["id", "made-at", "due-at", "fulfilled-at", "state",
                                        "renegotiated-at", "new-due-at", "consent",
                                        "renegotiations", "department"],
                        [{"id": row["id"], "made-at": instant(row["made"]),
                          "due-at": instant(row["due"]), "fulfilled-at": instant(row["done"]),
                          "state": row["state"], "renegotiated-at": instant(row["again"]),
                          "new-due-at": instant(row["new"]),
                          "consent": {True: "true", False: "false", None: None}[row["consent"]],
                          "renegotiations": row["times"] and str(row["times"]),
                          "department": row["department"]} for row in rows])
    document = bench.measure("M-19", "--map", "generic-promise", "--as-of", instant(AS_OF), table)
    expected = t.shares("kept", "kept-strictly", "undated", "renegotiated", "recorded-afterwards")
    expected.update(t.times("lateness"))
    expected["support-minus-sales"] = newcombe(*gap["support"], *gap["sales"])
    bench.same(document, "M-19", expected)


# --- M-21, days of the calendar in UTC, every day works ---

def end_of_day(at, days):
    return (at // DAY + days + 1) * DAY


def check_complaints(bench):
    r, rows = bench.random, []
    t = Tally("acknowledged-in-2-days", "answered-in-limit", "closed", "upheld", "cause-found")
    for number in range(400):
        got = AS_OF - r.below(200 * DAY) + 3 * DAY
        row = {"received": got, "acknowledged": some(r, 800, got + r.between(-3, 90) * 3600),
               "answered": some(r, 800, got + r.between(-1, 45) * DAY),
               "due": some(r, 300, got + 10 * DAY), "closed": some(r, 700, got + 30 * DAY),
               "upheld": r.pick([True, False, None]), "cause": some(r, 600, "stock")}
        rows.append(row)
        if got > AS_OF:
            t.out("received-later")
            continue
        for name, key, limit in (
                ("acknowledged-in-2-days", "acknowledged", end_of_day(got, 2)),
                ("answered-in-limit", "answered",
                 row["due"] if row["due"] is not None else end_of_day(got, 30))):
            at = row[key] if row[key] is not None and row[key] <= AS_OF else None
            if at is None and AS_OF < limit:
                t.out("open-before-deadline", name)
            elif at is not None and at < got:
                t.out("end-before-start", name)
            else:
                t.seen[name].append(at is not None and at <= limit)
        closed = row["closed"] is not None and row["closed"] <= AS_OF
        t.seen["closed"].append(closed)
        if row["upheld"] is None:
            t.out("no-flag", "upheld")
        else:
            t.seen["upheld"].append(row["upheld"])
        if closed:
            t.seen["cause-found"].append(row["cause"] is not None)
        else:
            t.out("still-open", "cause-found")
    table = bench.table("complaint.csv", ["id", "received", "acknowledged", "answered", "due",
                                          "closed", "upheld", "root-cause"],
                        [dict({key: instant(row[key]) for key in
                               ("received", "acknowledged", "answered", "due", "closed")},
                              id="C%d" % number, **{"root-cause": row["cause"]},
                              upheld={True: "true", False: "false", None: None}[row["upheld"]])
                         for number, row in enumerate(rows)])
    document = bench.measure("M-21", "--map", "generic-complaint", "--as-of", instant(AS_OF),
                             "--zone", "UTC", table)
    bench.same(document, "M-21", t.shares(*t.seen))


# --- M-38 ---

def check_presumptions(bench):
    r, rows = bench.random, []
    names = ["customer-rightly-presumed", "customer-presumed", "rightly-presumed"]
    t = Tally(*names, "brier-score", "time-when-right", "time-when-wrong")
    for number in range(500):
        opened = AS_OF - 100 * DAY + r.below(102 * DAY)
        end = some(r, 850, opened + r.below(9 * DAY))
        row = [r.pick(["us", "customer", "customer", "third", None]),
               r.pick(["us", "customer", "third", "unknown"]), some(r, 700, r.between(-5, 110))]
        rows.append({"id": "T%d" % number, "opened": instant(opened), "resolved": instant(end),
                     "status": "Solved" if end else "Open", "presumed party": row[0],
                     "cause party": row[1], "presumed surely": row[2] and str(row[2])})
        guess, found, surely = row
        if end is None or end > AS_OF or found == "unknown" or guess is None:
            t.out("still-open" if end is None or end > AS_OF else
                  "cause-unknown" if found == "unknown" else "no-presumption")
            continue
        t.seen["customer-presumed"].append(guess == "customer")
        t.seen["rightly-presumed"].append(guess == found)
        if guess == "customer":
            t.seen["customer-rightly-presumed"].append(found == "customer")
            mine, other = (("time-when-right", "time-when-wrong") if found == guess else
                           ("time-when-wrong", "time-when-right"))
            t.seen[mine].append(end - opened)
            t.out("presumed-rightly" if found == guess else "presumed-wrongly", other)
        else:
            t.out("other-party-presumed", "customer-rightly-presumed", "time-when-right",
                  "time-when-wrong")
        if not surely or not 0 <= surely <= 100:
            t.out("certainty-not-stated", "brier-score")
        else:
            t.seen["brier-score"].append((surely / 100 - (guess == found)) ** 2)
    table = bench.table("ticket.csv", list(rows[0]), rows)
    document = bench.measure("M-38", "--map", "generic-ticket", "--as-of", instant(AS_OF), table)
    expected = t.shares(*names)
    expected.update(t.times("time-when-right", "time-when-wrong"))
    scores = t.seen["brier-score"]
    mean = math.fsum(scores) / len(scores)
    half = Z * math.sqrt(math.fsum((s - mean) ** 2 for s in scores) / (len(scores) - 1)
                         / len(scores))
    expected["brier-score"] = t.left["brier-score"].with_(
        {"n": len(scores), "value": mean, "low": mean - half, "high": mean + half})
    bench.same(document, "M-38", expected)


def main():
    tap = Tap()
    bench = Bench(tap, 19)
    check_promises(bench)
    check_complaints(bench)
    check_presumptions(bench)
    tap.finish()


main()
