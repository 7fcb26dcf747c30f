"""Further exports: a REST extract whose dates contradict each other, synthetic incident tables
with nanoseconds, and another city's requests. Every row is used, or rejected with a reason."""

import os

import compare
from oracle import durations, from_iso, from_mdy, rows, share

AGREEMENT = os.path.join(os.path.dirname(os.path.realpath(__file__)), "problems_agreement.xml")
MONTH = 30 * 86400
ANGELES = "America/Los_Angeles"


def spans(pairs):
    """(durations, without end, ended before the start) of (start, end) pairs."""
    every = list(pairs)
    lengths = [end - start for start, end in every if end is not None and end >= start]
    backwards = sum(end is not None and end < start for start, end in every)
    return lengths, sum(end is None for _, end in every), backwards


def check_rows(tap, name, document, expected):
    source = document["accounting"][0]
    tap.check(name + ": accounting identity", compare.accounting_troubles(document))
    tap.equal(name + ": rows, used, cases", expected,
              tuple(source[key] for key in ("rows_read", "rows_used", "cases")))


def check_angeles(tap):
    path = compare.data("tickets", "myla311_2017_subset.csv.gz")
    document = compare.measure("M-03", "--map", "city-311", "--zone", ANGELES, path)
    check_rows(tap, "Los Angeles", document, (9999, 9999, 9999))
    lengths, without, backwards = spans((from_mdy(row["CreatedDate"], ANGELES),
                                         from_mdy(row["ClosedDate"], ANGELES))
                                        for row in rows(path))
    tap.equal("Los Angeles: the oracle's cases", (9982, 5, 12), (len(lengths), without, backwards))
    wanted = dict(durations(lengths), excluded={"no-resolution-time": without,
                                                "end-before-start": backwards})
    tap.check("Los Angeles: M-03",
              compare.differences(wanted, compare.find(document, "M-03", "reported")))


def check_rest(tap):
    path = compare.data("tickets", "servicenow_incidents_REST.csv")
    document = compare.measure("M-03", "--map", "servicenow-incident", path)
    check_rows(tap, "REST", document, (67, 67, 67))
    lengths, without, backwards = spans((from_iso(row["opened_at"]), from_iso(row["resolved_at"]))
                                        for row in rows(path))
    wanted = dict(durations(lengths), excluded={"no-resolution-time": without,
                                                "end-before-start": backwards})
    tap.equal("REST: the oracle's cases", (27, 40, 0), (len(lengths), without, backwards))
    tap.check("REST: M-03",
              compare.differences(wanted, compare.find(document, "M-03", "reported")))


def check_insight(tap, number, count):
    """No resolution time in these tables, only closed_at: nothing is reported from it."""
    path = compare.data("tickets", "insightbench", "flag-%d.csv" % number)
    document = compare.measure("M-03", "--map", "servicenow-incident", path)
    check_rows(tap, "insight %d" % number, document, (count, count, count))
    ended = [from_iso(row["sys_updated_on"]) - from_iso(row["opened_at"]) for row in rows(path)
             if row["state"] in ("Closed", "Resolved")]
    lengths = [span for span in ended if span >= 0]
    wanted = dict(durations(lengths), excluded={"never-solved": count - len(ended),
                                                "end-before-start": len(ended) - len(lengths)})
    tap.check("insight %d: M-03 by events" % number,
              compare.differences(wanted, compare.find(document, "M-03", "by-events")))


def check_insight_agreement(tap, number, backwards):
    """Under an agreement of thirty days: what ends before it begins is neither kept nor broken."""
    path = compare.data("tickets", "insightbench", "flag-%d.csv" % number)
    document = compare.measure("M-07", "--map", "servicenow-incident", "--sla", AGREEMENT, path)
    listed = list(rows(path))
    as_of = max(from_iso(row[name]) for row in listed
                for name in ("opened_at", "closed_at", "sys_updated_on") if row[name])
    kept, counted, excluded = 0, 0, {}
    for row in listed:
        opened = from_iso(row["opened_at"])
        is_over = row["state"] in ("Closed", "Resolved")
        end = from_iso(row["sys_updated_on"] if is_over else row["closed_at"])
        if end is not None and end < opened:
            excluded["end-before-start"] = excluded.get("end-before-start", 0) + 1
        elif end is None and as_of - opened <= MONTH:
            excluded["open-before-deadline"] = excluded.get("open-before-deadline", 0) + 1
        else:
            counted += 1
            kept += end is not None and end - opened <= MONTH
    tap.equal("insight %d: cases that end before they begin" % number, backwards,
              excluded.get("end-before-start", 0))
    tap.check("insight %d: M-07 by an agreement" % number, compare.differences(
        dict(share(kept, counted), excluded=excluded), compare.find(document, "M-07", "computed")))


def check_user_table(tap):
    """A table of users is no ticket export: refused, naming what is missing."""
    path = compare.data("tickets", "insightbench", "flag-14-sysuser.csv")
    status, out, err = compare.run("measure", "M-03", "--map", "servicenow-incident", path)
    tap.equal("a table of users", (2, b"", True), (status, out, "number" in err))


def main():
    tap = compare.Tap()
    check_angeles(tap)
    check_rest(tap)
    for number, count in ((1, 500), (2, 500), (5, 500), (9, 600), (14, 500)):
        check_insight(tap, number, count)
    for number, backwards in ((1, 0), (2, 0), (5, 48), (9, 0), (14, 68)):
        check_insight_agreement(tap, number, backwards)
    check_user_table(tap)
    tap.finish()


if __name__ == "__main__":
    main()
