"""Event logs: cases, events, durations, reopenings and deadlines against an independent reading;
offsets that change inside a trace are compared as instants."""

import compare
from oracle import collapse, comes_back, durations, reopened, share, share_of
from xes_log import microseconds, traces

SECOND = 1000000
WINDOW = 14 * 86400 * SECOND


def seconds(us):
    return us / SECOND


def spans(log):
    """Last minus first instant of each case."""
    return [seconds(max(trace.instants) - min(trace.instants)) for trace in log]


def switches_offset(trace):
    return len({event["time:timestamp"][-6:] for event in trace.events}) > 1


def check_log(tap, name, cases, events, switching, xes_map="xes"):
    """Counts and first-to-last of a log whose every event has an instant. Returns the traces."""
    path = compare.data("event-logs", name)
    log = list(traces(path))
    document = compare.measure("M-03", "--map", xes_map, path)
    source = document["accounting"][0]
    tap.equal(name + ": cases and events", (cases, events, 0),
              (source["cases"], source["rows_read"], source["rows_rejected"]))
    tap.equal(name + ": the oracle read the same", (cases, events, switching),
              (len(log), sum(len(trace.events) for trace in log), sum(map(switches_offset, log))))
    tap.check(name + ": first to last",
              compare.differences(durations(spans(log)),
                                  compare.find(document, "M-03", "first-to-last")))
    return path, log


def in_order(trace):
    """Events by instant, then position."""
    return [event for _, _, event in sorted(
        (at, position, event) for position, (at, event)
        in enumerate(zip(trace.instants, trace.events)))]


def check_problems(tap):
    """BPI Challenge 2013, closed problems: a case ends with Completed, and may be taken up again."""
    path, log = check_log(tap, "bpic2013_closed_problems.xes.gz", 1487, 6660, 705)
    as_of = max(at for trace in log for at in trace.instants)
    to_end, left, again = [], 0, []
    for trace in log:
        history = [(microseconds(event["time:timestamp"]), event["concept:name"])
                   for event in in_order(trace)]
        end = next(at for at, word in history if word == "Completed")
        to_end.append(seconds(end - history[0][0]))
        if end + WINDOW <= as_of:
            again.append(reopened(history, {"Completed"}, WINDOW))
        else:
            left += 1
    document = compare.measure("M-03 M-11 M-12", "--map", "vinst", path)
    source = document["accounting"][0]
    tap.equal("vinst: cases and events", (1487, 6660, 6660),
              tuple(source[key] for key in ("cases", "rows_read", "rows_used")))
    tap.check("vinst: time to Completed", compare.differences(
        durations(to_end), compare.find(document, "M-03", "by-events")))
    wanted = dict(share_of(again), excluded={"window-not-observed": left})
    tap.check("vinst: reopened", compare.differences(wanted, compare.find(document, "M-11")))
    tap.equal("vinst: the oracle counts reopenings", (1372, 44), (len(again), sum(again)))

    groups = [collapse([event.get("org:group") for event in in_order(trace)]) for trace in log]
    tap.check("vinst: group comes back", compare.differences(
        share_of([comes_back(names) for names in groups]),
        compare.find(document, "M-12", "ping-pong")))
    tap.check("vinst: three changes", compare.differences(
        share_of([len(names) >= 4 for names in groups]),
        compare.find(document, "M-12", "three-or-more")))


def check_receipt(tap):
    """Deadlines are trace attributes, in either offset; one case ends before it starts."""
    path, log = check_log(tap, "receipt_part1.xes.gz", 717, 4276, 33)
    as_of = max(at for trace in log for at in trace.instants)
    kept, due, waiting, to_end, backwards = 0, 0, 0, [], 0
    for trace in log:
        start, end, deadline = (microseconds(trace.attributes.get(key))
                                for key in ("startdate", "enddate", "deadline"))
        if end is not None and end < start:
            backwards += 1
            continue
        if end is not None:
            to_end.append(seconds(end - start))
        if end is None and deadline >= as_of:
            waiting += 1
            continue
        due += 1
        kept += end is not None and end <= deadline
    tap.equal("receipt: the oracle's deadlines", (461, 654, 62, 1), (kept, due, waiting, backwards))
    document = compare.measure("M-03 M-07", "--map", "xes", path)
    wanted = dict(share(kept, due), excluded={"open-before-deadline": waiting,
                                              "end-before-start": backwards})
    tap.check("receipt: deadlines kept",
              compare.differences(wanted, compare.find(document, "M-07", "computed")))
    wanted = dict(durations(to_end),
                  excluded={"no-resolution-time": 78, "end-before-start": backwards})
    tap.check("receipt: start to end", compare.differences(
        wanted, compare.find(document, "M-03", "reported")))


def check_without_instants(tap):
    """Nine tickets whose times are no instants: nothing can be measured, which is no success."""
    path = compare.data("event-logs", "tickets.xes.gz")
    status, out, err = compare.run("measure", "M-03", "--map", "xes", "--format", "json", path)
    tap.equal("tickets: not a pass", True, status in (2, 3))
    tap.equal("tickets: says why", True, bool(err.strip()))


def main():
    tap = compare.Tap()
    check_problems(tap)
    check_receipt(tap)
    check_log(tap, "bpic2012.xes.gz", 13087, 262200, 668)
    check_log(tap, "sepsis_1t_per_variant.xes.gz", 846, 13775, 114)
    check_log(tap, "roadtraffic100traces.xes.gz", 100, 390, 67)
    check_log(tap, "reviewing.xes.gz", 100, 3730, 90)
    check_log(tap, "interval_event_log.xes.gz", 1266, 8109, 0)
    check_log(tap, "running-example.xes", 6, 42, 0)
    check_without_instants(tap)
    tap.finish()


if __name__ == "__main__":
    main()
