"""M-52: answers to surveys of thirty months, with bad ones among them, and reactions of every sort:
of the audit, in a register and of management, too early, in time, too late, after the as-of instant
and about something else. Signals and reactions are found again with lists and loops."""

import datetime
import pathlib
import xml.etree.ElementTree as xml

from real import control
from real.compare import Tap
from real.oracle import share, wilson
from registers.register_bench import DAY, Bench, instant

AS_OF = 1767225600  # 2026-01-01, a Thursday
CF = "{urn:cfaudit:1}"
TARGET = 0.75
AUDIT = """<audit xmlns="urn:cfaudit:1" id="a" zone="UTC" as-of="%s" calendar="weekdays.xml">
 <title lang="en">A</title>
 <organization>Example</organization>
 <checklist name="iso9001-5.1.2"/>
 <target measure="M-22" variant="top-two" value="%s" source="policy" document="P"/>
%s <source id="ticket" map="generic-ticket"><file>ticket.csv</file></source>
 <source id="survey" map="generic-survey"><file>survey.csv</file></source>
 <source id="register" map="generic-register"><file>register.csv</file></source>
 <source id="mgmt" map="generic-mgmt"><file>mgmt.csv</file></source>
</audit>
"""
REACTION = ' <reaction measure="M-22"%s period="%s" on="%s">done</reaction>\n'
WEEKDAYS = """<calendar xmlns="urn:cfaudit:1" id="weekdays" zone="UTC">
 <title lang="en">Monday to Friday</title>
 <week>
%s </week>
</calendar>
""" % "".join('  <day name="%s"><window from="09:00" to="17:00"/></day>\n' % day
              for day in ("monday", "tuesday", "wednesday", "thursday", "friday"))


def months():
    """(key, begin, end) of the thirty months before the as-of instant."""
    starts = [datetime.datetime(2023 + (6 + i) // 12, (6 + i) % 12 + 1, 1,
                                tzinfo=datetime.timezone.utc) for i in range(31)]
    return [(start.strftime("%Y-%m"), int(start.timestamp()), int(end.timestamp()))
            for start, end in zip(starts, starts[1:])]


def react_before(end):
    """The midnight after the 15th working day behind the last day of the period."""
    at, left = end - DAY, 15  # the last day itself does not count
    while left:
        at += DAY
        left -= datetime.datetime.fromtimestamp(at, datetime.timezone.utc).weekday() < 5
    return at + DAY


def make_answers(random):
    """Mostly good, but three months are dreadful, one is splendid, and some miss the target."""
    table = []
    for number, (key, begin, end) in enumerate(months()):
        good = {5: 150, 22: 995, 25: 300, 29: 350}.get(number, 700 if number % 3 == 1 else 780)
        for _ in range(random.between(70, 110)):
            happy = random.chance(good)
            table.append({"month": key, "at": begin + random.below(end - begin),
                          "score": random.pick([4, 5]) if happy else random.between(1, 3)})
    return table


def signals_of(answers):
    """{(variant, month): what} of both shares: control limits of the first 24 months, then target."""
    found = {}
    for variant, boxes in (("top-two", (4, 5)), ("bottom-two", (1, 2))):
        pairs = []
        for key, _, _ in months():
            scores = [answer["score"] for answer in answers if answer["month"] == key]
            pairs.append((sum(score in boxes for score in scores), len(scores)))
        chart, _ = control.share_chart(pairs[:24])
        scale = chart["spread"] if chart["spread"] > 1.2 else 1.0
        centre = chart["centre"]
        limits = [(max(0, centre - 3 * scale * (centre * (1 - centre) / n) ** 0.5),
                   min(1, centre + 3 * scale * (centre * (1 - centre) / n) ** 0.5))
                  for _, n in pairs]
        alarms = control.signals(pairs, centre, limits)
        for at, ((key, _, _), (k, n)) in enumerate(zip(months(), pairs)):
            if at in alarms:
                found[variant, key] = alarms[at]
            elif variant == "top-two" and k / n < TARGET:
                found[variant, key] = "target-missed"
    return found


def make_reactions(random):
    """Rows of each sort about any month: (where, month, variant or None, at, counts at all)."""
    made = []
    for key, begin, end in months()[:-1]:  # for the last signal there is time yet
        for where in ("audit-plan", "register", "management"):
            if not random.chance(400):
                continue
            at = random.pick([begin - random.between(1, 20) * DAY, begin + random.below(end - begin),
                              end + random.below(20 * DAY), end + random.below(20 * DAY),
                              end + random.between(25, 60) * DAY])
            if where == "audit-plan":  # one before its period is refused when the audit is read
                at = max(at, begin)
            made.append({"where": where, "month": key, "at": at // DAY * DAY,
                         "variant": random.pick([None, "top-two"]) if where == "audit-plan" else None,
                         "about": where == "audit-plan" or random.chance(800)})
    return made


def write(bench, answers, reactions):
    random = bench.random
    bench.table("ticket.csv", ["id", "opened"], [{"id": "T1", "opened": instant(AS_OF - DAY)}])
    bench.table("survey.csv", ["at", "scale", "score"],
                [{"at": instant(answer["at"]), "scale": "csat", "score": str(answer["score"])}
                 for answer in answers])
    rows = []
    for number, row in enumerate(row for row in reactions if row["where"] == "register"):
        row["id"] = "A%03d" % number
        # a risk, a day of that month, a longer number: none of them names the signal
        kind, text = ("action", "see M-22 %s, survey") if row["about"] else random.pick(
            [("risk", "M-22 %s"), ("action", "M-22 %s-15"), ("action", "M-221 %s")])
        rows.append({"id": row["id"], "kind": kind, "at": instant(row["at"]),
                     "reference": text % row["month"]})
    bench.table("register.csv", ["id", "kind", "at", "reference"], rows)
    rows = []
    for number, row in enumerate(row for row in reactions if row["where"] == "management"):
        row["id"] = "R%03d" % number
        text = "%s: M-22, what to do" if row["about"] else "%s: M-23, what to do"
        rows.append({"id": row["id"], "kind": "decision", "date": instant(row["at"]),
                     random.pick(["topic", "decision", "action"]): text % row["month"]})
    bench.table("mgmt.csv", ["id", "kind", "date", "topic", "decision", "action"], rows)
    pathlib.Path(bench.folder.name, "weekdays.xml").write_text(WEEKDAYS, "utf-8")
    path = pathlib.Path(bench.folder.name, "audit.xml")
    path.write_text(AUDIT % (instant(AS_OF), TARGET, "".join(
        REACTION % (' variant="%s"' % row["variant"] if row["variant"] else "", row["month"],
                    instant(row["at"])[:10])
        for row in reactions if row["where"] == "audit-plan")), "utf-8")
    ledger = pathlib.Path(bench.folder.name, "ledger.xml")
    bench.run("gather", path, "-q", "--force", "-o", ledger)
    return xml.parse(ledger).getroot()


ORDER = ("audit-plan", "register", "management")


def record_of(reaction):
    """The record is named by its id, in a register with its kind."""
    if not reaction or reaction["where"] == "audit-plan":
        return None
    return reaction["id"] + (" action" if reaction["where"] == "register" else "")


def expected(signals, reactions):
    """(variant, month, what, limit, reacted, where, record, reading) of every signal."""
    table = []
    for (variant, key), what in signals.items():
        begin, end = next((begin, end) for name, begin, end in months() if name == key)
        limit = react_before(end)
        fit = [(row["at"], ORDER.index(row["where"]), row) for row in reactions
               if row["month"] == key and row["about"] and row["variant"] in (None, variant)
               and row["at"] >= begin and (row["where"] == "audit-plan" or row["at"] <= AS_OF)]
        first = min(fit, key=lambda item: item[:2])[2] if fit else None
        reading = ("reacted-in-time" if first and first["at"] < limit else "reacted-late" if first
                   else "still-time" if AS_OF < limit else "no-reaction")
        table.append((variant, key, what, instant(limit), first and instant(first["at"]),
                      first and first["where"], record_of(first), reading))
    return sorted(table, key=lambda row: (["top-two", "bottom-two"].index(row[0]), row[1]))


def main():
    tap = Tap()
    bench = Bench(tap, 72)
    answers, reactions = make_answers(bench.random), make_reactions(bench.random)
    root = write(bench, answers, reactions)
    wanted = expected(signals_of(answers), reactions)
    figure, = (found for found in root.iter(CF + "figure")
               if found.get("id") and found.get("measure") == "M-52")
    rows = [[cell.get("value") for cell in row.findall(CF + "cell")] + [row.get("case")]
            for row in figure.find(CF + "table").findall(CF + "row")]
    tap.equal("signals, and what was done about each", wanted,
              [tuple(row[1:7]) + (row[8], row[7]) for row in rows if row[0] == "M-22"])
    tap.equal("no other measure has any", {"M-22"}, {row[0] for row in rows})
    readings = [row[7] for row in wanted]
    n = len(readings) - readings.count("still-time")
    k = readings.count("reacted-in-time")
    tap.equal("n and k", (n, k), (int(figure.get("n")), int(figure.get("k"))))
    low, high = wilson(k, n)
    tap.equal("value and interval", [round(number, 12) for number in (k / n, low, high)],
              [round(float(figure.get(name)), 12) for name in ("value", "low", "high")])
    tap.equal("reactions of every sort decide", [set(ORDER), {
        "reacted-in-time", "reacted-late", "no-reaction", "still-time"}], [
        {row[5] for row in wanted if row[5]}, set(readings)])
    tap.equal("signals of every sort", {"beyond-limits", "target-missed"},
              {row[2] for row in wanted} - {"run-of-eight"})
    tap.finish()


main()
