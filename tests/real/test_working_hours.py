"""What was promised in working hours, against working time counted day by day: Boston's requests
under an agreement of our own, months with control limits, and a Dutch municipality's permits."""

import os

import boston
import compare
import control
from oracle import (durations, grouped, month, months_between, quantile, rank, rank_interval, share,
                    share_of, survival_median, wilson)
from working_time import BOSTON, NETHERLANDS
from xes_log import microseconds, traces

HERE = os.path.dirname(os.path.realpath(__file__))
HOUR = 3600
# category: (level, working seconds); a working day of Boston has eight hours and a half
TARGETS = {"Street Light Outages": ("lights", 85 * HOUR), "Graffiti Removal": ("graffiti", 85 * HOUR),
           "Traffic Signal Repair": ("signals", 4 * HOUR + HOUR // 2),
           "Misc. Snow Complaint": ("snow", 8 * HOUR + HOUR // 2)}


def millionths(part, whole):
    return part * 1000000 // whole / 1000000


class Verdict:
    """What became of a request: met, breached, or why neither can be said."""

    def __init__(self, request, as_of):
        self.level, self.excluded, self.is_open = None, None, False
        self.period = request.closed
        self.times = None  # working time passed, over that given, in whole millionths
        end = request.closed if request.closed is not None else as_of
        if request.type in TARGETS:
            self.level, target = TARGETS[request.type]
            passed = BOSTON.between(request.opened, end)
            in_time = passed <= target
            self.times = millionths(passed, target)
            due = None
            if request.closed is None and not in_time:
                due = BOSTON.after(request.opened, target)
        elif request.target is None:
            self.excluded = "no-service-level"
            return
        else:
            due = request.target
            in_time = end <= due if request.closed is not None else due >= as_of
            given = BOSTON.between(request.opened, due)
            if given:
                self.times = millionths(BOSTON.between(request.opened, end), given)
        if request.closed is None:
            self.is_open = True
            self.period = due
            if in_time:
                self.excluded = "open-before-deadline"
        self.met = in_time
        on_time = {"ONTIME": True, "OVERDUE": False}.get(request.flag)
        self.agrees = on_time == in_time if on_time is not None else None


def rows_of(verdicts):
    """The figure of those that count, with its months."""
    counted = [verdict for verdict in verdicts if not verdict.excluded]
    figure = share_of([verdict.met for verdict in counted])
    excluded = {}
    for verdict in verdicts:
        if verdict.excluded:
            excluded[verdict.excluded] = excluded.get(verdict.excluded, 0) + 1
    figure["excluded"] = excluded
    figure["open"] = sum(verdict.is_open for verdict in counted)
    by_month = grouped([(month(verdict.period, boston.ZONE), verdict.met)
                        for verdict in counted], share_of)
    figure["series"] = by_month
    return figure


def check_chart(tap, name, figure, wanted, unfinished):
    """Limits, signals and trend of the months; one that is not over takes no part."""
    keys = [row["key"] for row in figure["series"]]
    tap.equal(name + ": every one from the first to the last",
              months_between(min(wanted["series"]), max(wanted["series"])), keys)
    pairs = [(0, 0) if key == unfinished or key not in wanted["series"] else
             (wanted["series"][key]["k"], wanted["series"][key]["n"]) for key in keys]
    there = [at for at, (_, n) in enumerate(pairs) if n]
    chart, limits = control.share_chart(pairs)
    signals = control.signals(pairs, chart["centre"], limits)
    chart.update({"signals": len(signals), "unanswered": len(signals), "frozen": False,
                  "from": keys[0], "until": keys[there[-1]]})
    tap.check(name + ": limits", compare.differences(chart, figure["chart"]))
    troubles = []
    for at, row in enumerate(figure["series"]):
        low, high = limits[at] or (None, None)
        troubles += compare.differences(
            {"centre": chart["centre"] if limits[at] else None, "lower": low, "upper": high}, row,
            row["key"] + ": ")
        if row["signal"] != signals.get(at):
            troubles.append("%s: %r, expected %r" % (row["key"], row["signal"], signals.get(at)))
    tap.check(name + ": every month", troubles)
    if len(there) >= 8:
        tap.check(name + ": trend", compare.differences(
            control.trend([k / n if n else None for k, n in pairs]), figure["trend"]))
    else:
        tap.equal(name + ": no trend of so few", None, figure["trend"])


def longest(flags):
    run = most = 0
    for kept in flags:
        run = 0 if kept else run + 1
        most = max(most, run)
    return most


def check_consistency(tap, document, wanted, levels, unfinished):
    """Months in which every level with ten cases keeps its share."""
    shares = {"lights": 0.9, "graffiti": 0.8, "signals": 0.8, "snow": 0.5}
    kept, few = [], 0
    for key in months_between(min(wanted["series"]), max(wanted["series"])):
        if key == unfinished:
            continue
        judged = [(name, row["series"][key]) for name, row in levels.items()
                  if row["series"].get(key, {"n": 0})["n"] >= 10]
        if wanted["series"].get(key, {"n": 0})["n"] < 10 or not judged:
            few += 1
            continue
        kept.append(all(row["value"] >= shares[name] for name, row in judged))
    tap.check("boston: months kept", compare.differences(
        {"n": len(kept), "k": sum(kept), "value": sum(kept) / len(kept)},
        compare.find(document, "M-08", "computed")))
    tap.check("boston: longest run of months missed", compare.differences(
        {"value": longest(kept)}, compare.find(document, "M-08", "computed-longest-miss")))


def check_severity(tap, document, verdicts):
    """How many times the agreed time the breaches took."""
    breached = [verdict for verdict in verdicts if not verdict.excluded and not verdict.met]
    times = [verdict.times for verdict in breached if verdict.times is not None]
    tap.check("boston: how late", compare.differences(
        durations(times), compare.find(document, "M-09", "elapsed-per-target")))
    for name, most in (("over-twice", 2), ("over-three-times", 3)):
        tap.check("boston: " + name, compare.differences(
            share_of([time > most for time in times]), compare.find(document, "M-09", name)))


def supportable_from(ordered, promised, first):
    """The shortest time, from that rank on, with the low end of its share at the promise."""
    for at in range(first, len(ordered) + 1):
        within = at
        while within < len(ordered) and ordered[within] == ordered[at - 1]:
            within += 1
        if wilson(within, len(ordered))[0] >= promised:
            return ordered[at - 1]
    return None


def check_expectation(tap, document, spans):
    ordered = sorted(spans)
    n = len(ordered)
    for name, num in (("p85", 85), ("p95", 95)):
        low, high = rank_interval(n, num, 100)
        tap.check("boston: expected, " + name, compare.differences(
            {"n": n, "value": quantile(ordered, num, 100), "low": ordered[low - 1],
             "high": ordered[high - 1]}, compare.find(document, "M-36", name)))
        # nothing below the quantile itself can do
        tap.check("boston: can be promised for %d %%" % num, compare.differences(
            {"value": supportable_from(ordered, num / 100, rank(n, num, 100))},
            compare.find(document, "M-36", "supportable-%d" % num)))


def check_boston(tap):
    folder = compare.data("tickets", "boston311_2015")
    requests = boston.read(folder)
    as_of = boston.latest(requests)
    document = compare.measure("M-03 M-07 M-08 M-09 M-36", "--map", "city-311", "--zone", boston.ZONE,
                               "--calendar", "us-boston", "--sla",
                               os.path.join(HERE, "boston_agreement.xml"), folder)
    tap.equal("boston: the calendar that counted", "us-boston", document["calendar"])

    verdicts = [Verdict(request, as_of) for request in requests]
    wanted = rows_of(verdicts)
    levels = grouped([(verdict.level, verdict) for verdict in verdicts if verdict.level], rows_of)
    computed = compare.find(document, "M-07", "computed")
    tap.check("boston: in working hours", compare.differences(
        dict(wanted, breakdown=levels), computed))
    unfinished = month(as_of, boston.ZONE)
    check_chart(tap, "boston: months", computed, wanted, unfinished)
    for row in computed["breakdown"]:
        check_chart(tap, "boston: months of " + row["key"], row, levels[row["key"]], unfinished)
    check_consistency(tap, document, wanted, levels, unfinished)
    check_severity(tap, document, verdicts)
    disagree = sum(verdict.agrees is False for verdict in verdicts if not verdict.excluded)
    tap.equal("boston: requests on which city and clock disagree", disagree, sum(
        item["n"] for item in computed["differences"] if item["reason"] in (
            "flag-met-but-ended-late", "flag-met-but-open-past-deadline",
            "flag-missed-but-ended-in-time")))
    tap.check("boston: beside what the city says", compare.differences(
        share(sum(request.flag == "ONTIME" for request in requests),
              sum(request.flag is not None for request in requests)),
        compare.find(document, "M-07", "reported")))

    closed = [BOSTON.between(request.opened, request.closed) for request in requests
              if request.closed is not None and request.closed >= request.opened]
    running = [BOSTON.between(request.opened, as_of) for request in requests
               if request.closed is None]
    tap.check("boston: working time to the solution", compare.differences(
        dict(durations(closed), km_median=survival_median(closed, running)),
        compare.find(document, "M-03", "reported")))
    check_expectation(tap, document, closed)


def check_receipt(tap):
    """Every permit within thirty working days of eight hours; instants to the microsecond."""
    path = compare.data("event-logs", "receipt_part1.xes.gz")
    log = list(traces(path))
    target = 240 * HOUR * 1000000
    as_of = max(at for trace in log for at in trace.instants)
    kept, counted, waiting, backwards, spans, running = 0, 0, 0, 0, [], []
    for trace in log:
        start, end = (microseconds(trace.attributes.get(key)) for key in ("startdate", "enddate"))
        until = as_of if end is None else end
        if until < start:
            backwards += 1
            continue
        # whole seconds divide the bounds of windows, so microseconds can be counted as they are
        passed = working_microseconds(start, until)
        if end is None:
            running.append(passed / 1000000)
        else:
            spans.append(passed / 1000000)
        if end is None and passed <= target:
            waiting += 1
            continue
        counted += 1
        kept += end is not None and passed <= target
    document = compare.measure("M-03 M-07", "--map", "xes", "--calendar", "nl-office",
                               "--sla", os.path.join(HERE, "receipt_agreement.xml"), path)
    computed = compare.find(document, "M-07", "computed")
    tap.check("receipt: in Dutch office hours", compare.differences(
        dict(share(kept, counted), excluded={"open-before-deadline": waiting,
                                           "end-before-start": backwards}), computed))
    tap.equal("receipt: both verdicts occur", True, 0 < kept < counted and waiting > 0)
    tap.check("receipt: working time from start to end", compare.differences(
        dict(durations(spans), km_median=survival_median(spans, running)),
        compare.find(document, "M-03", "reported")))


def working_microseconds(start, until):
    """As Hours.between, for microseconds: the parts of a second at both ends count too."""
    total = 0
    day, last = (NETHERLANDS.local_date(at // 1000000) for at in (start, until))
    while day <= last:
        for opens, closes in NETHERLANDS.bounds(day):
            total += max(0, min(closes * 1000000, until) - max(opens * 1000000, start))
        day = day.fromordinal(day.toordinal() + 1)
    return total


def main():
    tap = compare.Tap()
    check_boston(tap)
    check_receipt(tap)
    tap.finish()


if __name__ == "__main__":
    main()
