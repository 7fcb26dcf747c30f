"""ServiceNow's audit log: every figure against an independent calculation; the copy that went
through a spreadsheet against the head of the original."""

import compare
import oracle
import servicenow
from servicenow import counts, durations, figure, share_of

ORIGINAL = compare.data("tickets", "servicenow_incident_event_log_part1.csv.gz")
MANGLED = compare.data("tickets", "servicenow_incident_event_log_excel5998.csv.gz")
MEASURES = "M-03 M-07 M-11 M-12"


def expected_figures(log, field=None):
    """{(measure, variant): figure}; with a field also the breakdown by it."""
    made = {
        ("M-03", "reported"): figure(log.m03_reported(), durations, field, lambda c: c.resolved),
        ("M-03", "by-events"): figure(log.m03_by_events(), durations, field, lambda c: c.ended),
        ("M-07", "reported"): figure(log.m07_reported(), share_of, field, log.ended_at),
        ("M-11", "within-14-days"): figure(log.m11(), share_of, field, lambda c: c.ended),
        ("M-12", "changes"): figure(log.m12(servicenow.changes), counts, field, log.ended_at),
        ("M-12", "ping-pong"): figure(log.m12(servicenow.ping_pong), share_of, field, log.ended_at),
        ("M-12", "three-or-more"): figure(log.m12(servicenow.three_changes), share_of, field,
                                          log.ended_at),
    }
    made["M-03", "reported"]["excluded"] = log.m03_reported_excluded()
    made["M-11", "within-14-days"]["excluded"] = log.m11_excluded()
    made["M-12", "ping-pong"]["excluded"] = {
        "no-group": sum(not case.groups for case in log.incidents)}
    return made


def check_figures(tap, title, document, expected):
    for (measure, variant), wanted in expected.items():
        got = compare.find(document, measure, variant)
        tap.check("%s %s %s" % (title, measure, variant or ""), compare.differences(wanted, got))


def main():
    tap = compare.Tap()
    log = servicenow.Log(ORIGINAL)
    document = compare.measure(MEASURES, "--map", "servicenow-incident", "--by", "priority",
                               ORIGINAL)

    source = document["accounting"][0]
    tap.equal("schema", "urn:cfaudit:measure:1", document["schema"])
    tap.check("accounting identity", compare.accounting_troubles(document))
    tap.equal("rows, cases, bytes and digest of the file as stored",
              (65641, 65641, 0, 10384, oracle.sha256(ORIGINAL)),
              (source["rows_read"], source["rows_used"], source["rows_rejected"],
               source["cases"], source["sha256"]))
    tap.equal("the oracle read the same", (65641, 10384), (log.rows, len(log.incidents)))

    # The figures that anybody can look up, so that the oracle is not trusted alone.
    reported = compare.find(document, "M-03", "reported")
    by_events = compare.find(document, "M-03", "by-events")
    tap.equal("M-03 in hours", (9528, 57.07, 480.85, 10384, 45.70),
              (reported["n"], round(reported["quantiles"]["p50"] / 3600, 2),
               round(reported["quantiles"]["p90"] / 3600, 2), by_events["n"],
               round(by_events["quantiles"]["p50"] / 3600, 2)))
    tap.equal("M-07 as the source flags it", 0.449,
              round(compare.find(document, "M-07", "reported")["value"], 3))

    check_figures(tap, "original", document, expected_figures(log, "priority"))
    check_filters(tap, log)
    check_backlog(tap, log)
    check_quality(tap, log)
    check_mangled(tap)
    tap.finish()


FEW = "groups of fewer than five people"


def shown_groups(log):
    """The name each group is shown by: those of fewer than five people as one. A group whose cases
    name nobody has none to count, and is one of them."""
    people = {}
    for case in log.incidents:
        group, person = case.attribute("assignment_group"), case.attribute("assigned_to")
        people.setdefault(group, set())
        if person:
            people[group].add(person)
    return {group: FEW if group and len(names) < 5 else group or ""
            for group, names in people.items()}


def check_filters(tap, log):
    """A filter leaves out cases by their last row, and a breakdown goes by any column."""
    shown = shown_groups(log)
    document = compare.measure("M-03", "--map", "servicenow-incident", "--where",
                               "priority=1 - Critical", "--by", "group", ORIGINAL)
    pairs = [(case, number) for case, number in log.m03_reported()
             if case.attribute("priority") == "1 - Critical"]
    wanted = figure(pairs, durations)
    groups = oracle.grouped([(shown[case.attribute("assignment_group")], number)
                             for case, number in pairs], durations)
    got = compare.find(document, "M-03", "reported")
    tap.check("only critical incidents", compare.differences(wanted, got))
    rows = {row["key"] or "": row for row in got["breakdown"]}
    tap.equal("their groups", {key: made["n"] for key, made in groups.items()},
              {key: row["n"] for key, row in rows.items() if row["n"]})


def check_backlog(tap, log):
    """At an instant in the middle of the log, which closes everything later on."""
    as_of = oracle.utc(2016, 4, 1)
    opened, ages, flow = log.m10(as_of)
    document = compare.measure("M-10", "--map", "servicenow-incident", "--as-of",
                               "2016-04-01T00:00:00Z", ORIGINAL)
    tap.check("M-10 open", compare.differences({"n": opened, "value": len(ages)},
                                               compare.find(document, "M-10", "open")))
    tap.check("M-10 age", compare.differences(durations(ages),
                                              compare.find(document, "M-10", "age")))
    got = compare.find(document, "M-10", "outflow-per-inflow")
    tap.equal("M-10 flow by month", {key: ended / started for key, (started, ended) in flow.items()},
              {row["key"]: row["value"] for row in got["series"]})


def check_quality(tap, log):
    document = compare.measure("M-49", "--map", "servicenow-incident", ORIGINAL)
    for check, passing in log.m49().items():
        tap.check("M-49 " + check, compare.differences(
            oracle.share(passing, len(log.incidents)), compare.find(document, "M-49", check)))


def check_mangled(tap):
    """Other date form, other booleans, other line ends: the same figures."""
    head = servicenow.Log(ORIGINAL, limit=5998)
    mangled = servicenow.Log(MANGLED)
    tap.equal("the oracle sees the same incidents", [case.last["number"] for case in head.incidents],
              [case.last["number"] for case in mangled.incidents])
    document = compare.measure(MEASURES, "--map", "servicenow-incident", "--by", "priority", MANGLED)
    tap.equal("rows of the mangled copy", (5998, 5998, 890),
              tuple(document["accounting"][0][key] for key in ("rows_read", "rows_used", "cases")))
    check_figures(tap, "mangled", document, expected_figures(head, "priority"))


if __name__ == "__main__":
    main()
