"""The receipt phase of a municipality (CoSeLoG) against a process declared here: fitness, shares and
every deviation beside those of a replay of another kind. On the closed problems of Volvo IT the cases
that come back to a group they had left, and those that wait several times, by organization."""

import collections
import pathlib
import tempfile

from compare import Tap, data, measure
from process import replay
from process.replay import Block
from xes_log import traces as traces_of

STEPS = ["Confirmation of receipt", "T02 Check confirmation of receipt",
         "T04 Determine confirmation of receipt", "T05 Print and send confirmation of receipt",
         "T06 Determine necessity of stop advice", "T10 Determine necessity to stop indication"]
CHECK, SEND = 1, 3


def step(number):
    return Block("step", step=number, mandatory=number != CHECK)


# The letter goes out before the advice is looked for; whether it is checked is left to the clerk.
FLOW = Block("sequence", [step(0), Block("parallel", [
    Block("sequence", [step(1), step(2), step(3)]), step(4)]), step(5)])


def written(block):
    if block.kind == "step":
        return '<step id="s%d" mandatory="%s" approval="%s"><activity>%s</activity></step>' % (
            block.step, str(block.mandatory).lower(), str(block.step == SEND).lower(), STEPS[block.step])
    return "<%s>%s</%s>" % (block.kind, "".join(map(written, block.parts)), block.kind)


def document():
    return ('<process xmlns="urn:cfaudit:1" id="receipt" version="1" from="2010-01-01">'
            '<title lang="en">Receipt</title><flow>%s</flow></process>' %
            "".join(map(written, FLOW.parts)))


def conformance(tap, log):
    words = sorted(replay.language(FLOW, len(STEPS)))
    net = replay.Net(FLOW)
    traces = {case: tuple(STEPS.index(name) if name in STEPS else replay.UNKNOWN
                          for name in names) for case, names in log.items()}
    told = {trace: (replay.nearest(trace, words), replay.tokens(net, trace))
            for trace in set(traces.values())}
    times, cases = collections.Counter(), collections.defaultdict(set)
    for case, names in log.items():
        for kind, number, event in replay.deviations(told[traces[case]][0][1], {SEND}):
            key = kind, names[event] if number == -1 else "s%d" % number
            times[key] += 1
            cases[key].add(case)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "process.xml")
        path.write_text(document(), "utf-8")
        figures = {figure["variant"]: figure for figure in measure(
            "M-34", "--map", "xes", "--process", str(path), data("event-logs/receipt_part1.xes.gz"))["figures"]}
    n = len(traces)
    shortest = min(map(len, words))
    fitness = sum(replay.token_fitness(*told[trace][1]) for trace in traces.values()) / n
    nearest = sum(1 - told[trace][0][0] / (len(trace) + shortest) for trace in traces.values()) / n
    for name, expected in (("fitness", fitness), ("nearest", nearest)):
        got = figures[name]
        tap.check("receipt: %s of %d cases" % (name, n),
                  [] if got["n"] == n and abs(got["value"] - expected) < 1e-6 else
                  ["%r, %r is not %r" % (got["n"], got["value"], expected)])
    tap.equal("receipt: cases that fit", (n, sum(told[t][0][0] == 0 for t in traces.values())),
              (figures["fitting"]["n"], figures["fitting"]["k"]))
    tap.equal("receipt: activities of no step",
              (sum(map(len, traces.values())), sum(t.count(replay.UNKNOWN) for t in traces.values())),
              (figures["unknown-activities"]["n"], figures["unknown-activities"]["k"]))
    rows = next(t for t in figures["fitness"]["tables"] if t["id"] == "process")["rows"]
    tap.equal("receipt: deviations, how often, in how many cases",
              sorted((*key, times[key], len(cases[key])) for key in times),
              sorted((r["kind"], r["what"], r["occurrences"], r["cases"]) for r in rows))


# --- Volvo IT ---

WAITS = ("Wait", "Wait - User", "Wait - Customer", "Wait - Implementation", "Wait - Vendor")
SUB_STATUS, TEAM = "lifecycle:transition", "organization involved"


def comes_back(groups):
    """A group has the case again after another one."""
    collapsed = [group for place, group in enumerate(groups) if place == 0 or groups[place - 1] != group]
    return len(set(collapsed)) < len(collapsed)


def pauses(names):
    """How often the case begins to wait, for the customer or for somebody else."""
    kinds = [None if name not in WAITS else "user" if name in WAITS[1:3] else "other" for name in names]
    return sum(kind is not None and (place == 0 or kinds[place - 1] != kind)
               for place, kind in enumerate(kinds))


def ping_pong(tap):
    back, waits, listed = collections.defaultdict(list), collections.defaultdict(list), []
    for trace in traces_of(data("event-logs/bpic2013_closed_problems.xes.gz")):
        order = sorted(range(len(trace.events)), key=lambda i, t=trace: (t.instants[i], i))
        events = [trace.events[i] for i in order]
        team = events[-1].get(TEAM)
        groups = [event["org:group"] for event in events if event.get("org:group") not in (None, "UNKNOWN")]
        if groups:
            back[team].append(comes_back(groups))
            if back[team][-1]:
                listed.append((trace.name, team))
        count = pauses([event[SUB_STATUS] for event in events])
        if count:
            waits[team].append(count >= 3)
    figures = {(figure["measure"], figure["variant"]): figure for figure in measure(
        "M-12 M-06", "--map", "vinst", "--by", "team", "--seed", "list",
        data("event-logs/bpic2013_closed_problems.xes.gz"))["figures"]}
    for name, expected in ((("M-12", "ping-pong"), back), (("M-06", "three-or-more-pauses"), waits)):
        tap.equal("closed problems: %s by organization" % name[1],
                  {team: (len(cases), sum(cases)) for team, cases in expected.items()},
                  {row["key"]: (row["n"], row["k"]) for row in figures[name]["breakdown"]
                   if row["n"]})
    table = next(t for t in figures["M-12", "ping-pong"]["tables"] if t["id"] == "ping-pong")
    tap.equal("closed problems: the list of cases", sorted(listed),
              sorted((row["case"], row["by"]) for row in table["rows"]))


def main():
    tap = Tap()
    log = {}
    for trace in traces_of(data("event-logs/receipt_part1.xes.gz")):
        order = sorted(range(len(trace.events)), key=lambda i, t=trace: (t.instants[i], i))
        log[trace.name] = [trace.events[i]["concept:name"] for i in order]
    conformance(tap, log)
    ping_pong(tap)
    tap.finish()


if __name__ == "__main__":
    main()
