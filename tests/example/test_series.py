"""Series of months, weeks and quarters, their charts, trends and distributions, worked out a second
time from the rows: weeks by Python's isocalendar, limits after Wheeler and Laney, trend after Mann,
Kendall and Sen."""

import datetime
import json
import math
import os
import pathlib
import random
import statistics
import subprocess
import tempfile
import xml.etree.ElementTree as tree
import zoneinfo

from real.compare import Tap

ROME = zoneinfo.ZoneInfo("Europe/Rome")
UTC = datetime.timezone.utc
NS = "{urn:cfaudit:1}"
START = datetime.datetime(2023, 12, 18, 7, 30, tzinfo=UTC)
AS_OF = datetime.datetime(2026, 1, 14, 12, tzinfo=UTC)
EDGES = [0, 900, 1800, 3600, 7200, 14400, 28800, 86400, 172800, 259200, 604800, 1209600, 2592000,
         7776000, math.inf]
TOLERANCE = 1e-9


# --- data ---

def make_cases(seed):
    """Two years of cases; the deadline is missed more often in two stretches of weeks."""
    draw = random.Random(seed)
    cases = []
    for number in range(2600):
        opened = START + datetime.timedelta(minutes=draw.randrange(0, 756 * 1440))
        seconds = int(60 * math.exp(draw.gauss(6.0, 1.6)))
        week = (opened - START).days // 7
        bad = 0.55 if week in range(24, 28) or week in range(80, 92) else 0.12
        ended = opened + datetime.timedelta(seconds=seconds)
        due = ended + datetime.timedelta(seconds=-60 if draw.random() < bad else 60)
        cases.append({"id": "C%04d" % number, "opened": opened, "ended": ended, "due": due,
                      "priority": "P%d" % (1 + number % 3)})
    # gaps: a month without any case, and an end exactly on an edge
    cases = [c for c in cases if not (c["ended"].year == 2024 and c["ended"].month == 8)]
    cases[0]["ended"] = cases[0]["opened"] + datetime.timedelta(hours=8)
    return [c for c in cases if c["ended"] <= AS_OF]


def write(cases, path):
    rows = ["id,opened,resolved,status,priority,due"]
    for case in cases:
        rows.append(",".join([case["id"], *("%s" % case[k].strftime("%Y-%m-%dT%H:%M:%SZ")
                                            for k in ("opened", "ended")),
                              "Closed", case["priority"],
                              case["due"].strftime("%Y-%m-%dT%H:%M:%SZ")]))
    path.write_text("\n".join(rows) + "\n", "utf-8")


# --- periods ---

def key_of(grid, day):
    if grid == "week":
        return "%d-W%02d" % day.isocalendar()[:2]
    if grid == "quarter":
        return "%d-Q%d" % (day.year, (day.month + 2) // 3)
    return "%d-%02d" % (day.year, day.month)


def keys_between(grid, first, last):
    """Every period from one day's to another's, and the day behind each."""
    keys = []
    day = first
    while key_of(grid, day) != key_of(grid, last):
        if not keys or keys[-1][0] != key_of(grid, day):
            keys.append([key_of(grid, day), None])
        day += datetime.timedelta(days=1)
        keys[-1][1] = day
    if not keys or keys[-1][0] != key_of(grid, last):
        keys.append([key_of(grid, last), None])
    day = last
    while key_of(grid, day) == key_of(grid, last):
        day += datetime.timedelta(days=1)
    keys[-1][1] = day
    return keys


def series_of(grid, cases, as_of=AS_OF):
    """key -> (cases, whether the period is over)"""
    days = [c["ended"].astimezone(ROME).date() for c in cases]
    found = {}
    for key, end in keys_between(grid, min(days), max(days)):
        midnight = datetime.datetime.combine(end, datetime.time(), ROME)
        found[key] = ([], (midnight.astimezone(UTC) - as_of).total_seconds() <= 60)
    for case, day in zip(cases, days):
        found[key_of(grid, day)][0].append(case)
    return found


# --- statistics ---

def nearest_rank(values, percent):
    values = sorted(values)
    return values[max(1, math.ceil(len(values) * percent / 100)) - 1] if values else None


def xmr(values, baseline):
    there = [v for v in (values[i] for i in baseline) if v is not None]
    if len(there) < 10:
        return None
    centre = statistics.fmean(there)
    spread = statistics.fmean(abs(b - a) for a, b in zip(there, there[1:]))
    return centre, spread, [(max(0.0, centre - 2.66 * spread), centre + 2.66 * spread)] * len(values)


def p_chart(pairs, baseline):
    there = [pairs[i] for i in baseline if pairs[i][1]]
    if len(there) < 10:
        return None
    centre = sum(k for k, _ in there) / sum(n for _, n in there)
    sigma = [math.sqrt(centre * (1 - centre) / n) if n else None for _, n in pairs]
    z = [(k / n - centre) / math.sqrt(centre * (1 - centre) / n) for k, n in there]
    spread = statistics.fmean(abs(b - a) for a, b in zip(z, z[1:])) / 1.128
    width = 3 * (spread if spread > 1.2 else 1.0)
    return centre, spread, [(max(0.0, centre - width * s), min(1.0, centre + width * s))
                            if s is not None else (None, None) for s in sigma]


def signals(values, centre, limits, runs_from, with_runs=True):
    found = {}
    sides = []
    for i in range(runs_from, len(values)):
        if values[i] is None:
            continue
        sides.append((values[i] > centre) - (values[i] < centre))
        if not limits[i][0] <= values[i] <= limits[i][1]:
            found[i] = "beyond-limits"
        elif with_runs and len(sides) >= 8 and abs(sum(sides[-8:])) == 8:
            found[i] = "run-of-eight"
    return found


def has_runs(pairs):
    """Less than one case a period on the rarer side: runs are not looked for."""
    k, n = sum(k for k, _ in pairs), sum(n for _, n in pairs)
    return min(k, n - k) >= sum(n > 0 for _, n in pairs)


def trend(values):
    there = [(i, v) for i, v in enumerate(values) if v is not None]
    pairs = [(b - a, j - i) for n, (i, a) in enumerate(there) for j, b in there[n + 1:]]
    s = sum((rise > 0) - (rise < 0) for rise, _ in pairs)
    return len(there), s, statistics.median(rise / gap for rise, gap in pairs)


# --- comparing ---

def differs(name, expected, got):
    if expected is None or got is None:
        return [] if expected is got else ["%s: expected %r, got %r" % (name, expected, got)]
    if isinstance(expected, float) or isinstance(got, float):
        close = math.isclose(expected, got, rel_tol=TOLERANCE, abs_tol=TOLERANCE)
        return [] if close else ["%s: expected %r, got %r" % (name, expected, got)]
    return [] if expected == got else ["%s: expected %r, got %r" % (name, expected, got)]


def check_chart(tap, name, figure, expected, is_share):
    """expected: the series as key -> (cases, is over)."""
    rows = figure["series"]
    tap.equal(name + ": periods", list(expected), [row["key"] for row in rows])
    tap.equal(name + ": of which cut short", [key for key, (_, over) in expected.items() if not over],
              [row["key"] for row in rows if row["partial"]])
    troubles = []
    values = []
    pairs = []
    for (key, (cases, over)), row in zip(expected.items(), rows):
        kept = sum(c["ended"] <= c["due"] for c in cases)
        times = [(c["ended"] - c["opened"]).total_seconds() for c in cases]
        value = (kept / len(cases) if cases else None) if is_share else nearest_rank(times, 50)
        troubles += differs(key + " n", len(cases), row["n"]) + differs(key, value, row["value"])
        troubles += differs(key + " standing", "insufficient" if len(cases) < 10 else
                            "indicative" if len(cases) < 30 else None, row["standing"])
        values.append(value if over else None)
        pairs.append((kept, len(cases)) if over else (0, 0))
    first = [i for i, v in enumerate(values) if v is not None][:24]
    chart = p_chart(pairs, range(first[-1] + 1)) if is_share else xmr(values, range(first[-1] + 1))
    found = {}
    if chart is None:
        troubles += differs("refusal", "too-few-periods", figure["chart"]["refusal"])
        limits = [(None, None)] * len(values)
    else:
        centre, spread, limits = chart
        found = signals(values, centre, limits, 0, not is_share or has_runs(pairs))
        troubles += differs("centre", centre, figure["chart"]["centre"])
        troubles += differs("spread", spread, figure["chart"]["spread"])
        kind = ("laney-p" if spread > 1.2 else "p") if is_share else "xmr"
        troubles += differs("kind", kind, figure["chart"]["kind"])
        troubles += differs("provisional", len(first) < 20, figure["chart"]["provisional"])
    for i, row in enumerate(rows):
        troubles += differs(row["key"] + " signal", found.get(i), row["signal"])
        if values[i] is not None:
            troubles += differs(row["key"] + " lower", limits[i][0], row["lower"])
            troubles += differs(row["key"] + " upper", limits[i][1], row["upper"])
    troubles += differs("signals", len(found), figure["chart"]["signals"])
    troubles += differs("unanswered", len(found), figure["chart"]["unanswered"])
    if len([v for v in values if v is not None]) >= 8:
        for part, want in zip(("n", "s", "slope"), trend(values)):
            troubles += differs("trend " + part, want, figure["trend"][part])
    else:
        troubles += differs("trend", None, figure["trend"])
    tap.check(name + ": values, limits, signals, trend", troubles)
    return found


def check_bins(tap, figure, cases):
    times = [(c["ended"] - c["opened"]).total_seconds() for c in cases]
    expected = [[low, None if high == math.inf else high, sum(low <= t < high for t in times)]
                for low, high in zip(EDGES, EDGES[1:])]
    tap.equal("distribution of durations", expected,
              [[b["from"], b["until"], b["n"]] for b in figure["bins"]])
    tap.equal("its sum is n", figure["n"], sum(b["n"] for b in figure["bins"]))


def stamp(instant):
    return instant.strftime("%Y-%m-%dT%H:%M:%SZ")


def measure(path, *options, as_of=AS_OF):
    ended = subprocess.run(
        [os.environ["CFAUDIT"], "measure", "M-03", "M-07", "--map", "generic-ticket", "--format",
         "json", "--zone", "Europe/Rome", "--as-of", stamp(as_of),
         *options, str(path)], capture_output=True, check=False)
    if ended.returncode != 0:
        raise SystemExit("# %s" % ended.stderr.decode())
    found = json.loads(ended.stdout)["figures"]
    return (next(f for f in found if (f["measure"], f["variant"]) == ("M-03", "reported")),
            next(f for f in found if (f["measure"], f["variant"]) == ("M-07", "computed")))


# --- an audit with baselines and reactions ---

AUDIT = """<audit xmlns="urn:cfaudit:1" id="series" zone="Europe/Rome" as-of="%s">
 <title lang="en">Series</title><organization>Nobody</organization>
 %s<checklist name="iso9001-5.1.2"/>
 <baseline measure="M-07" from="%s" until="%s" reason="first contract"/>
 <baseline measure="M-07" variant="computed" from="%s" until="%s" reason="second team"/>
 <baseline measure="M-03" from="2020-01" until="2020-12" reason="before there was anything"/>
 <reaction measure="M-07" period="%s" on="2026-01-05" by="LA" document="CAPA-7">one more person</reaction>
 <source id="tickets" map="generic-ticket"><file>cases.csv</file></source>
</audit>
"""


def gather(folder, *values, period=""):
    pathlib.Path(folder, "audit.xml").write_text(AUDIT % (stamp(AS_OF), period, *values), "utf-8")
    ended = subprocess.run([os.environ["CFAUDIT"], "gather", "audit.xml", "-o", "x.evidence.xml",
                            "--force"], cwd=folder, capture_output=True, check=False)
    if ended.returncode not in (0, 3):
        raise SystemExit("# %s" % ended.stderr.decode())
    root = tree.parse(pathlib.Path(folder, "x.evidence.xml")).getroot()
    return {(f.get("measure"), f.get("variant")): f for f in root.iter(NS + "figure")
            if f.get("id")}


def check_baselines(tap, folder, expected):
    """Two frozen stretches: limits come from their own periods, runs do not cross."""
    keys = list(expected)
    pairs = [(sum(c["ended"] <= c["due"] for c in cases), len(cases)) if over else (0, 0)
             for cases, over in expected.values()]
    values = [k / n if n else None for k, n in pairs]
    one = range(0, 12)
    two = range(14, len(keys))
    first = p_chart(pairs, one)
    second = p_chart(pairs, [i for i in two if i < 25])
    found = {i: s for i, s in signals(values, first[0], first[2], 0).items() if i < 14}
    found.update(signals(values, second[0], second[2], 14))
    answered = keys[min(found)]
    figure = gather(folder, keys[0], keys[11], keys[14], keys[24], answered)[("M-07", "computed")]
    rows = figure.find(NS + "series").findall(NS + "figure")
    chart = figure.find(NS + "chart")
    troubles = differs("frozen", "true", chart.get("frozen"))
    troubles += differs("from", keys[14], chart.get("from"))
    troubles += differs("centre", second[0], float(chart.get("centre")))
    troubles += differs("signals", len(found), int(chart.get("signals")))
    troubles += differs("unanswered", len(found) - 1, int(chart.get("unanswered")))
    for i, row in enumerate(rows):
        limits = (first if i < 14 else second)[2][i]
        troubles += differs(keys[i] + " signal", found.get(i), row.get("signal"))
        if limits[0] is not None:
            troubles += differs(keys[i] + " upper", limits[1], float(row.get("upper")))
        reaction = row.find(NS + "reaction")
        troubles += differs(keys[i] + " reaction",
                            "2026-01-05, LA: one more person (CAPA-7)" if keys[i] == answered
                            else None, reaction.text if reaction is not None else None)
    tap.check("two baselines and a reaction", troubles)
    tap.check("there is something to see", [] if len(found) > 1 else ["%r" % found])
    other = gather(folder, keys[0], keys[4], keys[5], keys[24], answered)
    chart = other[("M-07", "computed")].find(NS + "series").findall(NS + "figure")
    tap.equal("a baseline of five periods gives no limits", [None] * 5,
              [row.get("upper") for row in chart[:5]])
    tap.equal("and later ones do", True, chart[6].get("upper") is not None)
    tap.equal("a baseline before the series is none", ("false", "2023-12"), (
        other[("M-03", "reported")].find(NS + "chart").get("frozen", "false"),
        other[("M-03", "reported")].find(NS + "chart").get("from")))


def check_ends(tap, path, folder, cases):
    """Which periods are whole: by the as-of instant, to the minute, and by the audit's period."""
    for minute in (58, 59):
        as_of = datetime.datetime(2025, 12, 31, 22, minute, tzinfo=UTC)
        seen = [c for c in cases if c["ended"] <= as_of]
        write(seen, path)
        check_chart(tap, "as of 23:%d on the last day" % minute, measure(path, as_of=as_of)[1],
                    series_of("month", seen, as_of), True)
        rows = measure(path, as_of=as_of)[1]["series"]
        tap.equal("23:%d on the last day" % minute, minute == 58, rows[-1]["partial"])
    write(cases, path)
    found = gather(folder, "2024-01", "2024-12", "2025-01", "2025-12", "2024-02",
                   period='<period start="2024-01-15" end="2025-12-10"/>\n ')
    rows = found[("M-07", "computed")].find(NS + "series").findall(NS + "figure")
    tap.equal("cut by the period of the audit", ["2024-01", "2025-12"],
              [row.get("key") for row in rows if row.get("partial")])
    tap.equal("and without a signal", [None, None], [rows[0].get("signal"), rows[-1].get("signal")])


def main():
    tap = Tap()
    cases = make_cases(20260114)
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "cases.csv")
        write(cases, path)
        seen = 0
        for grid in ("month", "week", "quarter"):
            expected = series_of(grid, cases)
            times, shares = measure(path, "--grid", grid, "--by", "priority")
            seen += len(check_chart(tap, "M-03 by " + grid, times, expected, False))
            seen += len(check_chart(tap, "M-07 by " + grid, shares, expected, True))
            for row in shares["breakdown"]:
                mine = [c for c in cases if c["priority"] == row["key"]]
                seen += len(check_chart(tap, "M-07 %s by %s" % (row["key"], grid), row,
                                        series_of(grid, mine), True))
        check_bins(tap, times, cases)
        sparse = [c for c in cases if c["ended"] <= c["due"] or c["id"].endswith("7")]
        write(sparse, path)
        check_chart(tap, "M-07 where nearly all are kept", measure(path, "--grid", "week")[1],
                    series_of("week", sparse), True)
        tap.equal("of which runs are not asked", False, has_runs(
            [(sum(c["ended"] <= c["due"] for c in part), len(part))
             for part, over in series_of("week", sparse).values() if over]))
        write(cases, path)
        tap.check("signals were met", [] if seen > 10 else ["only %d" % seen])
        check_ends(tap, path, folder, cases)
        check_baselines(tap, folder, series_of("month", cases))
    tap.finish()


main()
