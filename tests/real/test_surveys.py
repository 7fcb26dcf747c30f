"""What customers said, on two real tables through maps of a user's own: distribution, intervals,
months, control limits and trend, beside lists and loops. Nobody was asked on the scales of
recommendation and effort there; read as such the same answers prove the arithmetic alone."""

import math
import os

import compare
import control
from oracle import Z, counts, grouped, months_between, rows, share, share_of

HERE = os.path.dirname(os.path.realpath(__file__))
BOXES = {"top-two": (4, 5), "bottom-two": (1, 2), **{"score-%d" % i: (i,) for i in range(1, 6)}}


def own_map(name):
    return os.path.join(HERE, "ratings_%s.xml" % name)


def net(scores):
    """Variance of a single answer that is worth +100, 0 or -100: P + D - (P - D)^2."""
    n = len(scores)
    p = sum(score >= 9 for score in scores) / n
    d = sum(score <= 6 for score in scores) / n
    half = 100 * Z * math.sqrt((p + d - (p - d) ** 2) / n)
    value = 100 * (p - d)
    return {"n": n, "value": value, "low": max(-100, value - half),
            "high": min(100, value + half)}


def in_boxes(boxes):
    return lambda scores: share_of([score in boxes for score in scores])


def xmr(values, floor, ceiling):
    """Limits of single values (Wheeler), cut where their scale ends."""
    centre = math.fsum(values) / len(values)
    reach = 2.66 * math.fsum(abs(b - a) for a, b in zip(values, values[1:])) / (len(values) - 1)
    return centre, max(floor, centre - reach), min(ceiling, centre + reach)


class Months:
    """The answers of every month from the first to the last; the last is not over."""

    def __init__(self, answers):
        by_month = grouped(answers, list)
        self.names = months_between(min(by_month), max(by_month))
        self.scores = [by_month.get(name, []) for name in self.names]

    def check(self, tap, title, figure, make, scale=None):
        """Each month, then limits and trend of those that are over."""
        wanted = {name: make(scores) for name, scores in zip(self.names, self.scores) if scores}
        got = [row for row in figure["series"] if row["n"]]
        tap.check(title + ": months", compare.rows_differ(wanted, got, ""))
        tap.equal(title + ": every month has its row", self.names,
                  [row["key"] for row in figure["series"]])
        tap.equal(title + ": the last month is not over", [False] * (len(self.names) - 1) + [True],
                  [row["partial"] for row in figure["series"]])
        over = [wanted.get(name) for name in self.names[:-1]]
        trend = control.trend([row and row["value"] for row in over])
        tap.check(title + ": trend", compare.differences(trend, figure["trend"]))
        if scale:
            limits = xmr([row["value"] for row in over if row][:24], *scale)
            tap.check(title + ": limits", compare.differences(
                dict(zip(("centre", "lower", "upper"), limits)), figure["series"][0]))
        else:
            self.check_share_limits(tap, title, figure, over)

    def check_share_limits(self, tap, title, figure, over):
        pairs = [(row["k"], row["n"]) if row else (0, 0) for row in over]
        first = [at for at, (_, n) in enumerate(pairs) if n][:24]
        chart, rows_of = control.share_chart(pairs[:first[-1] + 1])
        tap.check(title + ": chart", compare.differences(chart, figure["chart"]))
        tap.check(title + ": limits", [
            trouble for limits, row in zip(rows_of, figure["series"]) if limits
            for trouble in compare.differences(dict(zip(("lower", "upper"), limits)), row,
                                               row["key"] + " ")])


def check_shares(tap, title, document, answers, left, by=None):
    """answers: (month, score, key of the breakdown)."""
    months = Months([(name, score) for name, score, _ in answers])
    scores = [score for _, score, _ in answers]
    for variant, boxes in BOXES.items():
        wanted = dict(in_boxes(boxes)(scores), excluded=left)
        if by:
            wanted["breakdown"] = grouped([(key, score) for _, score, key in answers],
                                          in_boxes(boxes))
        figure = compare.find(document, "M-22", variant)
        tap.check("%s: %s" % (title, variant), compare.differences(wanted, figure))
        if variant in ("top-two", "bottom-two"):
            months.check(tap, "%s: %s" % (title, variant), figure, in_boxes(boxes))


# --- reviews of vendors ---

def check_vendors(tap):
    path = compare.data("surveys", "anonreviews_part1.csv.gz")
    ratings = [(row["date"][:7], int(row["rating"])) for row in rows(path)]
    document = compare.measure("M-22", "--map", own_map("vendors"), path)
    tap.check("vendors: accounting identity", compare.accounting_troubles(document))
    tap.equal("vendors: rows", (289402, 289402), (len(ratings),
              document["accounting"][0]["rows_used"]))
    starred = [(name, rating, None) for name, rating in ratings if rating]
    check_shares(tap, "vendors", document, starred, {"not-on-scale": len(ratings) - len(starred)})

    document = compare.measure("M-23", "--map", own_map("recommended"), path)
    doubled = [(name, 2 * rating) for name, rating in ratings]
    scores = [score for _, score in doubled]
    figure = compare.find(document, "M-23", "net")
    tap.check("recommendation: net", compare.differences(net(scores), figure))
    Months(doubled).check(tap, "recommendation: net", figure, net, (-100, 100))
    for variant, boxes in (("promoters", (9, 10)), ("passives", (7, 8)),
                           ("detractors", range(7))):
        figure = compare.find(document, "M-23", variant)
        tap.check("recommendation: " + variant,
                  compare.differences(in_boxes(boxes)(scores), figure))
    check_changes(tap, doubled, document)


def check_changes(tap, answers, document):
    """Which months differ from the month before by more than chance."""
    table, = compare.find(document, "M-23", "net")["tables"]
    wanted, before = [], None
    for name, scores in sorted(grouped(answers, list).items()):
        now = net(scores)
        now["half"] = 100 * Z * math.sqrt(spread(scores) / len(scores))
        if before:
            real = abs(now["value"] - before["value"]) > math.hypot(now["half"], before["half"])
            wanted.append((name, "real-change" if real else "may-be-chance"))
        before = now
    tap.equal("recommendation: changes that are real", wanted,
              [(row["period"], row["real"]) for row in table["rows"][1:]])
    tap.equal("recommendation: some are, some are not", 2, len({word for _, word in wanted}))


def spread(scores):
    p = sum(score >= 9 for score in scores) / len(scores)
    d = sum(score <= 6 for score in scores) / len(scores)
    return p + d - (p - d) ** 2


# --- a help desk ---

def check_desk(tap):
    path = compare.data("surveys", "insightbench-flag-97.csv")
    table = list(rows(path))
    answers = [(row["closed_at"][:7], int(row["user_satisfaction_score"]), row["category"])
               for row in table]
    document = compare.measure("M-22", "--map", own_map("desk"), "--by", "category", path)
    tap.equal("desk: rows, used", (500, 500), tuple(document["accounting"][0][key]
              for key in ("rows_read", "rows_used")))
    check_shares(tap, "desk", document, answers, {}, by="category")

    document = compare.measure("M-24", "--map", own_map("effort"), path)
    scores = [score for _, score, _ in answers]
    tap.check("effort: easy", compare.differences(
        in_boxes((1, 2))(scores), compare.find(document, "M-24", "old-scale-easy")))
    figure = compare.find(document, "M-24", "old-scale-mean-effort")
    tap.check("effort: mean", compare.differences(counts(scores), figure))
    Months([answer[:2] for answer in answers]).check(tap, "effort: mean", figure, counts,
                                                     (0, math.inf))


def main():
    tap = compare.Tap()
    check_vendors(tap)
    check_desk(tap)
    tap.finish()


if __name__ == "__main__":
    main()
