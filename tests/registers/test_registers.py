"""What measures say of registers, surveys, invoices and promises: tables made from a seed, with gaps,
future days and impossible times, against lists and loops."""

import math
from fractions import Fraction

from real.compare import Tap
from real.oracle import Z, counts, durations, share, survival_median
from registers.register_bench import DAY, Bench, Left, instant

AS_OF = 1767225600  # 2026-01-01
REGISTERS = ["requirement", "risk", "action", "nonconforming-output", "goodwill", "dispute",
             "referral", "meeting"]
WORD = {True: "true", False: "false", None: None}


class Tally:
    """Observations of the variants of one measure."""

    def __init__(self, *names):
        self.left = {name: Left() for name in names}
        self.seen = {name: [] for name in names}
        self.running = {name: [] for name in names}

    def out(self, reason, *names):
        for name in names or self.left:
            self.left[name].out(reason)

    def add(self, name, value):
        self.seen[name].append(value)

    def figures(self, **makers):
        made = {}
        for name, values in self.seen.items():
            make = makers.get(name.replace("-", "_"), lambda v: share(sum(v), len(v)))
            figure = make(values)
            if make is durations:
                figure["km_median"] = survival_median(values, self.running[name])
            made[name] = self.left[name].with_(figure)
        return made


def some(random, per_mille, value):
    return value if random.chance(per_mille) else None




# --- registers ---

def make_register(random, count):
    rows = []
    for number in range(count):
        at = AS_OF - 500 * DAY + random.below(520 * DAY)
        due = at + random.below(90 * DAY)
        rows.append({"id": "R%04d" % number, "kind": random.pick(REGISTERS),
                     "at": some(random, 900, at), "due": some(random, 850, due),
                     "done": some(random, 700, at + random.between(-2, 150) * DAY),
                     "customer": some(random, 800, "C%d" % random.below(9)),
                     "amount": some(random, 700, random.between(0, 500)),
                     "verified": some(random, 500, at + random.below(200 * DAY)),
                     "informed": some(random, 600, at + random.below(60 * DAY)),
                     "decision": some(random, 600, "repair"), "reason": some(random, 600, "why"),
                     "approver": some(random, 700, "AB"), "owner": "RA",
                     "outcome": some(random, 600, random.pick(["good", "bad", "external",
                                                               "cancelled", "settled"])),
                     "party": some(random, 500, random.pick(["us", "customer"])),
                     "status": some(random, 150, "cancelled")})
    return rows


def register_row(row):
    return dict(row, **{"at": instant(row["at"]), "due": instant(row["due"]),
                        "done": instant(row["done"]), "verified-at": instant(row["verified"]),
                        "informed-at": instant(row["informed"])})


def by_now(value):
    return None if value is None or value > AS_OF else value


def actions(rows):
    t = Tally("on-time", "effect-verified", "lateness")
    for row in rows:
        done, due = by_now(row["done"]), row["due"]
        if row["kind"] != "action" or row["status"]:
            t.out("other-register" if row["kind"] != "action" else "cancelled")
            continue
        if due is None or (due > AS_OF and done is None):
            t.out("no-due-date" if due is None else "not-due", "on-time", "lateness")
        else:
            t.add("on-time", done is not None and done <= due)
            if done is None or done <= due:
                t.out("not-done" if done is None else "done-in-time", "lateness")
            else:
                t.add("lateness", done - due)
        if done is None:
            t.out("not-done", "effect-verified")
        else:
            t.add("effect-verified", by_now(row["verified"]) is not None)
    return t.figures(lateness=durations)


def nonconforming(rows):
    t = Tally("customer-informed", "decision-recorded")
    for row in rows:
        if row["kind"] != "nonconforming-output":
            t.out("other-register")
        elif row["customer"] is None:
            t.out("no-customer")
        elif row["at"] is not None and row["at"] > AS_OF:
            t.out("recorded-later")
        else:
            told, due = by_now(row["informed"]), row["due"]
            t.add("decision-recorded", row["decision"] is not None)
            if told is None and due is not None and due > AS_OF:
                t.out("open-before-deadline", "customer-informed")
            else:
                t.add("customer-informed", told is not None and (due is None or told <= due))
    return t.figures()


def meetings(rows):
    t = Tally("held", "cancelled-without-reason")
    for row in rows:
        if row["kind"] != "meeting":
            t.out("other-register")
        elif row["due"] is None or row["due"] > AS_OF:
            t.out("no-due-date" if row["due"] is None else "not-due")
        else:
            held = by_now(row["done"]) is not None
            off = not held and (row["status"] or row["outcome"] == "cancelled")
            excuse = off and ("cancelled-by-customer" if row["party"] == "customer" else
                              "cancelled-with-reason" if row["reason"] else None)
            t.add("cancelled-without-reason", bool(off and not excuse))
            if excuse:
                t.out(excuse, "held")
            else:
                t.add("held", held)
    return t.figures()


def disputes(rows):
    t = Tally("time-to-settle", "settled-in-time", "without-external-body")
    for row in rows:
        at, due, done = row["at"], row["due"], by_now(row["done"])
        if row["kind"] != "dispute" or (at is not None and at > AS_OF):
            t.out("other-register" if row["kind"] != "dispute" else "recorded-later")
            continue
        if at is None:
            t.out("no-date", "time-to-settle")
        elif done is None:
            t.out("not-settled", "time-to-settle")
            t.running["time-to-settle"].append(AS_OF - at)
        elif done < at:
            t.out("end-before-start", "time-to-settle")
        else:
            t.add("time-to-settle", done - at)
        if due is None or (done is None and due >= AS_OF):
            t.out("no-due-date" if due is None else "open-before-deadline", "settled-in-time")
        else:
            t.add("settled-in-time", done is not None and done <= due)
        if done is None or not row["outcome"]:
            t.out("not-settled" if done is None else "outcome-unknown", "without-external-body")
        else:
            t.add("without-external-body", row["outcome"] != "external")
    return t.figures(time_to_settle=durations)


def goodwill(rows):
    t = Tally("documented", "amount")
    for row in rows:
        at = row["at"] if row["at"] is not None else row["done"]
        if row["kind"] != "goodwill" or (at is not None and at > AS_OF):
            t.out("other-register" if row["kind"] != "goodwill" else "recorded-later")
            continue
        t.add("documented", None not in (row["approver"], row["amount"], row["reason"]))
        if row["amount"] is None:
            t.out("no-amount", "amount")
        else:
            t.add("amount", row["amount"])
    return t.figures(amount=lambda v: durations(v))


def referrals(rows):
    t = Tally("checked-within-90-days", "gone-wrong")
    for row in rows:
        at, checked = row["at"], by_now(row["verified"])
        if row["kind"] != "referral" or (at is not None and at > AS_OF):
            t.out("other-register" if row["kind"] != "referral" else "recorded-later")
            continue
        limit = at + 90 * DAY if at is not None else row["due"]
        if limit is None or (checked is None and AS_OF < limit):
            t.out("no-date" if limit is None else "window-not-observed",
                  "checked-within-90-days")
        else:
            t.add("checked-within-90-days", checked is not None and checked <= limit)
        if row["outcome"]:
            t.add("gone-wrong", row["outcome"] == "bad")
        else:
            t.out("outcome-unknown", "gone-wrong")
    return t.figures()


def check_registers(bench):
    rows = make_register(bench.random, 900)
    path = bench.table("register.csv", ["id", "kind", "at", "due", "done", "customer", "amount",
                                        "verified-at", "informed-at", "decision", "reason",
                                        "approver", "owner", "outcome", "party", "status"],
                       map(register_row, rows))
    document = bench.measure("M-48 M-53 M-55 M-56 M-57 M-58", "--map", "generic-register",
                             "--as-of", instant(AS_OF), path)
    for name, oracle in (("M-48", actions), ("M-53", nonconforming), ("M-55", meetings),
                         ("M-56", disputes), ("M-57", goodwill), ("M-58", referrals)):
        bench.same(document, name, oracle(rows))


# --- invoices, order reviews, changes, hours ---

def check_money(bench):
    r, t, rows = bench.random, Tally("above-estimate"), []
    for number in range(500):
        at = AS_OF - r.below(400 * DAY) + 10 * DAY
        cents = r.between(0, 30000)
        estimate = some(r, 800, r.pick([cents, cents * 10 // 11, r.between(0, 30000)]))
        consent = some(r, 300, at + r.between(-3, 3) * DAY)
        rows.append({"id": "I%d" % number, "customer": "C1", "at": instant(at),
                     "amount": "%d.%02d" % divmod(cents, 100),
                     "estimate": estimate is not None and "%d.%02d" % divmod(estimate, 100),
                     "consent-at": instant(consent)})
        if at > AS_OF or estimate is None:
            t.out("invoiced-later" if at > AS_OF else "no-estimate")
        else:
            t.add("above-estimate", Fraction(cents) > Fraction(11, 10) * estimate
                  and not (consent is not None and consent <= at))
    path = bench.table("invoice.csv", list(rows[0]), rows)
    bench.same(bench.measure("M-50", "--map", "generic-invoice", "--as-of", instant(AS_OF), path),
               "M-50", t.figures())


def check_commitments(bench):
    r, t, rows = bench.random, Tally("reviewed-before", "differences-settled"), []
    for number in range(400):
        given = AS_OF - r.below(400 * DAY) + 10 * DAY
        reviewed = some(r, 900, given + r.between(-40, 10) * 3600)
        found = some(r, 400, "date")
        settled = some(r, 700, given + r.between(-40, 20) * 3600)
        rows.append({"order": "O%d" % number, "reviewed-at": instant(reviewed),
                     "committed-at": instant(given), "differences": found,
                     "resolved-at": instant(settled)})
        if given > AS_OF:
            t.out("committed-later")
            continue
        t.add("reviewed-before", reviewed is not None and reviewed <= given)
        if found:
            t.add("differences-settled", settled is not None and settled <= given)
        else:
            t.out("no-differences", "differences-settled")
    path = bench.table("order-review.csv", list(rows[0]), rows)
    bench.same(bench.measure("M-51", "--map", "generic-order-review", "--as-of", instant(AS_OF),
                             path), "M-51", t.figures())


def check_changes(bench):
    r, rows = bench.random, []
    parties = {"unauthorised-by-us": "us", "unauthorised-by-customer": "customer",
               "unauthorised-by-third": "third"}
    t = Tally("unauthorised", *parties, "time-to-detect", "found-by-monitoring")
    for number in range(400):
        at = AS_OF - r.below(400 * DAY) + 10 * DAY
        flag = r.pick([True, False, None])
        party = r.pick(["us", "customer", "third", "unknown", None])
        how = some(r, 700, r.pick(["monitoring", "support"]))
        found = some(r, 700, at + r.between(-1, 50) * 3600)
        rows.append({"id": "K%d" % number, "at": instant(at), "ci": "x", "party": party,
                     "authorised": WORD[flag], "detected-by": how, "detected-at": instant(found)})
        if at > AS_OF or flag is None:
            t.out("changed-later" if at > AS_OF else "no-flag")
            continue
        t.add("unauthorised", not flag)
        for name, who in parties.items():
            if party == who:
                t.add(name, not flag)
            else:
                t.out("party-unknown" if party in ("unknown", None) else "other-party", name)
        if flag:
            t.out("authorised", "time-to-detect", "found-by-monitoring")
            continue
        if found is None or found < at:
            t.out("no-date" if found is None else "end-before-start", "time-to-detect")
        else:
            t.add("time-to-detect", found - at)
        if how:
            t.add("found-by-monitoring", how == "monitoring")
        else:
            t.out("finder-unknown", "found-by-monitoring")
    path = bench.table("change.csv", list(rows[0]), rows)
    bench.same(bench.measure("M-37", "--map", "generic-change", "--as-of", instant(AS_OF), path),
               "M-37", t.figures(time_to_detect=durations))


def check_hours(bench):
    r, rows, total = bench.random, [], {"all": 0, "out": 0, "open": 0, "told": 0}
    for number in range(500):
        quarters = r.between(0, 40)
        scope = r.pick(["in", "in", "out", "unknown", None])
        order, gift, billed = some(r, 200, "VO-1"), some(r, 100, "GW-1"), r.pick([True, False])
        at = AS_OF - r.below(300 * DAY)
        rows.append({"date": instant(at), "customer": "C%d" % r.below(4),
                     "hours": "%d.%02d" % divmod(quarters * 25, 100), "scope": scope,
                     "change-order": order, "goodwill": gift, "billed": WORD[billed]})
        total["all"] += quarters
        total["told"] += quarters if scope in ("in", "out") else 0
        total["out"] += quarters if scope == "out" else 0
        total["open"] += quarters if scope == "out" and not (order or gift or billed) else 0
    path = bench.table("effort.csv", list(rows[0]), rows)
    document = bench.measure("M-39", "--map", "generic-effort", "--as-of", instant(AS_OF), path)
    bench.same(document, "M-39", {name: {"value": total[key] / total["all"], "excluded": {}, "n": 500}
                                  for name, key in (("unbilled", "open"), ("out-of-scope", "out"),
                                                    ("scope-flagged", "told"))})


# --- surveys ---

def net(answers):
    n = len(answers)
    p, d = (sum(map(test, answers)) / n for test in (lambda a: a >= 9, lambda a: a <= 6))
    half = 100 * Z * math.sqrt((p + d - (p - d) ** 2) / n)
    return {"n": n, "value": 100 * (p - d), "low": max(-100, 100 * (p - d) - half),
            "high": min(100, 100 * (p - d) + half)}


def check_surveys(bench):
    r, rows, answers = bench.random, [], []
    least = {"csat": 1, "nps": 0, "ces": 1, "ces-5": 1}
    most = {"csat": 5, "nps": 10, "ces": 7, "ces-5": 5}
    for number in range(900):
        scale = r.pick(list(least))
        score = some(r, 650, r.between(least[scale] - (number % 40 == 0),
                                       most[scale] + (number % 41 == 0)))
        asked, at = r.pick([True, True, False, None]), AS_OF - r.below(300 * DAY) + 5 * DAY
        rows.append({"at": instant(at), "scale": scale, "score": score if score is None else
                     str(score), "invited": WORD[asked]})
        answers.append((scale, score, asked, at))

    def of(wanted, *names):
        t = Tally(*names)
        for scale, score, _, at in answers:
            why = ("other-scale" if scale != wanted else "answered-later" if at > AS_OF else
                   "no-answer" if score is None else
                   "not-on-scale" if not least[scale] <= score <= most[scale] else None)
            if why:
                t.out(why)
            else:
                for name in names:
                    t.add(name, score)
        return t

    def when(test):
        return lambda values: share(sum(map(test, values)), len(values))

    names = ["top-two", "bottom-two"] + ["score-%d" % i for i in range(1, 6)]
    csat = of("csat", *names).figures(
        top_two=when(lambda s: s >= 4), bottom_two=when(lambda s: s <= 2),
        **{"score_%d" % i: when(lambda s, i=i: s == i) for i in range(1, 6)})
    nps = of("nps", "net", "promoters", "passives", "detractors").figures(
        net=net, promoters=when(lambda s: s >= 9), passives=when(lambda s: 7 <= s <= 8),
        detractors=when(lambda s: s <= 6))
    ces = of("ces", "easy", "mean-agreement").figures(
        easy=when(lambda s: s >= 5), mean_agreement=counts)
    ces.update(of("ces-5", "old-scale-easy", "old-scale-mean-effort").figures(
        old_scale_easy=when(lambda s: s <= 2), old_scale_mean_effort=counts))
    t = Tally("response", "satisfied-at-least", "satisfied-at-most")
    for scale, score, asked, at in answers:
        if at > AS_OF or (score is None and asked is not True):
            t.out("answered-later" if at > AS_OF else "not-asked")
            continue
        t.add("response", score is not None)
        if scale != "csat":
            t.out("other-scale", "satisfied-at-least", "satisfied-at-most")
            continue
        good = score is not None and 4 <= score <= 5
        t.add("satisfied-at-least", good)
        t.add("satisfied-at-most", good or score is None)
    path = bench.table("survey.csv", list(rows[0]), rows)
    document = bench.measure("M-22 M-23 M-24 M-25", "--map", "generic-survey", "--as-of",
                             instant(AS_OF), path)
    for name, expected in (("M-22", csat), ("M-23", nps), ("M-24", ces), ("M-25", t.figures())):
        bench.same(document, name, expected)


def main():
    tap = Tap()
    bench = Bench(tap, 48)
    check_registers(bench)
    check_money(bench)
    check_commitments(bench)
    check_changes(bench)
    check_hours(bench)
    check_surveys(bench)
    tap.finish()


main()
