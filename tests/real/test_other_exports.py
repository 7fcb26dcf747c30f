"""Further exports: a REST extract whose dates contradict each other, synthetic incident tables
with nanoseconds, and another city's requests. Every row is used, or rejected with a reason."""

import compare
from oracle import durations, from_iso, from_mdy, rows

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
    check_user_table(tap)
    tap.finish()


if __name__ == "__main__":
    main()
