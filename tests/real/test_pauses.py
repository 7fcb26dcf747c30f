"""BPI Challenge 2013: how long problems wait, and which pauses stop a clock without a reason that
the log shows, for each organization involved; from the events of every case, one by one."""

import os

import compare
from oracle import grouped, share_of
from xes_log import traces

HERE = os.path.dirname(os.path.realpath(__file__))
SECOND = 1000000
CUSTOMER = {"Wait - User", "Wait - Customer"}
OTHERS = {"Wait", "Wait - Implementation", "Wait - Vendor"}
OVER = {"In Call", "Resolved", "Closed", "Cancelled"}
TARGET = 720 * 3600 * SECOND


def kind(event):
    """What a sub-status says of the clock."""
    word = event["lifecycle:transition"]
    return ("customer" if word in CUSTOMER else "others" if word in OTHERS
            else "over" if word in OVER else "work")


class Problem:
    def __init__(self, trace, as_of):
        ordered = sorted(range(len(trace.events)), key=lambda i: (trace.instants[i], i))
        steps = [(trace.instants[i], kind(trace.events[i])) for i in ordered]
        ends = [at for at, _ in steps[1:]] + [as_of]
        self.pieces = [(at, until, what) for (at, what), until in zip(steps, ends)]
        self.name = trace.name
        self.team = trace.events[ordered[-1]].get("organization involved")
        self.time = {name: sum(until - at for at, until, what in self.pieces if what == name)
                     for name in ("customer", "others", "work", "over")}
        self.whole = self.time["customer"] + self.time["others"] + self.time["work"]
        self.waiting = self.time["customer"] + self.time["others"]
        self.pauses = self.find_pauses()

    def find_pauses(self):
        """(begin, end, what came after it, work until then); waits one after the other are one."""
        found = []
        worked = 0
        begin = None
        for at, until, what in self.pieces:
            waits = what in ("customer", "others")
            if waits and begin is None:
                begin = at
            if not waits and begin is not None:
                found.append((begin, at, what, worked))
                begin = None
            if what == "work":
                worked += until - at
        if begin is not None:
            found.append((begin, None, None, worked))
        return [pause for pause in found if pause[0] != pause[1]]


def part(problems, time):
    """Sum over sum."""
    whole = sum(problem.whole for problem in problems)
    return {"n": len(problems), "value": sum(map(time, problems)) / whole}


def check(tap, name, figure, wanted, values, make):
    """A figure, its row for the one service level, and its rows by team."""
    rows = grouped(values, make)
    levels = [row for row in figure["breakdown"] if row["by"] == "level"]
    tap.check(name, compare.differences(wanted, figure)
              + compare.rows_differ(rows, [row for row in figure["breakdown"]
                                           if row["by"] == "team"], "breakdown ")
              + [trouble for row in levels
                 for trouble in compare.differences({"key": "problem", "n": wanted["n"],
                                                     "value": wanted["value"]}, row, "level ")])


def check_hold(tap, problems, document):
    counted = [problem for problem in problems if problem.whole]
    teams = [(problem.team, problem) for problem in counted]
    left = len(problems) - len(counted)
    for variant, time in (("waiting", lambda problem: problem.waiting),
                          ("for-the-customer", lambda problem: problem.time["customer"]),
                          ("for-others", lambda problem: problem.time["others"])):
        wanted = dict(part(counted, time), excluded={"no-working-time": left})
        check(tap, "M-05 " + variant, compare.find(document, "M-05", variant), wanted, teams,
              lambda rows, time=time: part(rows, time))
    above = [(problem.team, problem.waiting > 0.4 * problem.whole) for problem in counted]
    check(tap, "M-05 above 40 %", compare.find(document, "M-05", "above-40-percent"),
          share_of([flag for _, flag in above]), above, share_of)
    tap.equal("cases that wait more than they are worked on", True,
              0 < sum(flag for _, flag in above) < len(above))


def check_abuse(tap, problems, document):
    ended = [(problem.team, after == "over") for problem in problems
             for _, _, after, _ in problem.pauses if after is not None]
    check(tap, "M-06 ended by the solution",
          compare.find(document, "M-06", "ended-by-solution"),
          share_of([flag for _, flag in ended]), ended, share_of)
    late = [(problem.team, 0.9 * TARGET <= worked <= TARGET) for problem in problems
            for _, _, _, worked in problem.pauses]
    check(tap, "M-06 in the last tenth", compare.find(document, "M-06", "in-last-tenth"),
          share_of([flag for _, flag in late]), late, share_of)
    several = [(problem.team, len(problem.pauses) >= 3) for problem in problems if problem.pauses]
    wanted = dict(share_of([flag for _, flag in several]),
                  excluded={"no-pause": len(problems) - len(several)})
    check(tap, "M-06 three or more", compare.find(document, "M-06", "three-or-more-pauses"),
          wanted, several, share_of)
    check_list(tap, problems, compare.find(document, "M-06", "ended-by-solution")["tables"])
    tap.equal("pauses of every kind occur", [True] * 3,
              [0 < sum(flag for _, flag in flags) < len(flags) for flags in (ended, late, several)])


def check_list(tap, problems, tables):
    """Every case with a sign, or with three pauses, in the order of teams and signs."""
    wanted = []
    for problem in problems:
        late = sum(0.9 * TARGET <= worked <= TARGET for _, _, _, worked in problem.pauses)
        ended = sum(after == "over" for _, _, after, _ in problem.pauses)
        if late or ended or len(problem.pauses) >= 3:
            wanted.append((problem.team, -late - ended, problem.name, len(problem.pauses), late,
                           ended, problem.waiting / SECOND))
    wanted.sort(key=lambda row: (row[0].encode(), row[1], row[2]))
    table, = tables
    tap.equal("the list of cases", ("pauses", 0), (table["id"], table["rows_left_out"]))
    tap.equal("every listed case with its numbers", wanted,
              [(row["by"], -row["signs"], row["case"], row["pauses"], row["in-last-tenth"],
                row["ended-by-solution"], row["waited"]) for row in table["rows"]])
    tap.equal("without messages nobody says that nothing was asked", {None},
              {row["without-question"] for row in table["rows"]})
    tap.equal("each stands where its record is", [row["case"] for row in table["rows"]],
              [row["place"]["case"] for row in table["rows"]])


def main():
    tap = compare.Tap()
    path = compare.data("event-logs", "bpic2013_closed_problems.xes.gz")
    log = list(traces(path))
    as_of = max(at for trace in log for at in trace.instants)
    problems = [Problem(trace, as_of) for trace in log]
    document = compare.measure("M-05 M-06", "--map", "vinst", "--by", "team", "--seed", "list", "--sla",
                               os.path.join(HERE, "problems_agreement.xml"), path)
    tap.equal("organizations", sorted({problem.team for problem in problems if problem.team}),
              [row["key"] for row in compare.find(document, "M-05", "waiting")["breakdown"]
               if row["n"]])
    check_hold(tap, problems, document)
    check_abuse(tap, problems, document)
    tap.finish()


if __name__ == "__main__":
    main()
