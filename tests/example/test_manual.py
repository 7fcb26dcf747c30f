"""The manual's examples hold: its commands are commands, its map reads its rows, and its figures are
those the program computes."""

import json
import os
import pathlib
import re
import shlex
import subprocess
import tempfile

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
MAN = TOP / "tools/man"
HEADER = "id,opened,resolved,closed,status,group,updated,due,sla met\n"


def cfaudit(arguments, data=b"", folder=None):
    return subprocess.run([os.environ["CFAUDIT"], *arguments], input=data, cwd=folder,
                          capture_output=True, check=False)


# --- commands ---

def commands():
    """(page, arguments) of every command line shown."""
    for path in sorted(MAN.glob("*.[157]")):
        text = path.read_text("utf-8").replace("\\e\n", " ")
        for line in re.findall(r"^(?:\.Dl )?(?:\.\.\. \| )?(cfaudit [^|>\n]*)", text, re.M):
            yield path.name, shlex.split(line)[1:]


def check_commands(tap):
    """What needs no files is run, the rest only read by the option parser."""
    for page, arguments in commands():
        if arguments[0] not in ("list", "explain", "--completion") or arguments[-1].endswith(".xml"):
            arguments = arguments + ["--help"]
        ended = cfaudit(arguments)
        tap.check("%s: cfaudit %s" % (page, " ".join(arguments)),
                  [] if ended.returncode == 0 and ended.stdout else [ended.stderr.decode()])


# --- the source map worked through ---

def literal(page, start):
    """The literal block that begins with a text."""
    text = (MAN / page).read_text("utf-8")
    block = text[text.index("\n" + start) + 1:]
    return block[:block.index("\n.Ed")] + "\n"


def check_map(tap):
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "my-desk.xml").write_text(
            literal("cfaudit-formats.5", "<source-map"), "utf-8")
        pathlib.Path(folder, "export.csv").write_text(
            literal("cfaudit-formats.5", "Nr|When"), "utf-8")
        ended = cfaudit(["measure", "M-03", "M-07", "--map", "./my-desk.xml", "--format", "json",
                         "export.csv"], folder=folder)
        if ended.returncode != 0:
            tap.check("cfaudit-formats.5: the source map", [ended.stderr.decode()])
            return
        document = json.loads(ended.stdout)
    tap.equal("cfaudit-formats.5: the map's rows", (2, 2, 1),
              tuple(document["accounting"][0][key] for key in ("rows_read", "rows_used", "cases")))
    tap.equal("cfaudit-formats.5: and its figures", (30480, 1),
              (figure(document, "M-03", "by-events")["value"],
               figure(document, "M-07", "computed")["value"]))


# --- JSON ---

def check_json(tap):
    """Every member that is written stands in the manual."""
    text = (MAN / "cfaudit-formats.5").read_text("utf-8")
    text = text[text.index(".Sh JSON"):text.index(".Sh LIMITS")]
    told = set(re.findall(r"\w+", " ".join(re.findall(r"^\.(?:It )?Cm (.*)$", text, re.M))))
    document = measure("M-07", [{"id": 1, "opened": hour(0), "due": hour(2), "status": "Open"}])
    written = set(document) | set(document["accounting"][0]) | set(document["figures"][0])
    written |= set(document["figures"][0]["quantiles"]) | set(document["exit"])
    tap.equal("cfaudit-formats.5: members of the JSON", [], sorted(written - told))
    tap.equal("cfaudit-formats.5: and none that are not written",
              ["by", "captures", "column", "columns", "field", "filtered", "first", "from",
               "frozen", "hits", "id", "key", "kind", "last", "length", "limits", "line", "metric",
               "named", "notes", "offset", "orphans", "p", "parent", "patron", "person", "place",
               "provisional", "records", "refusal", "revision", "rows", "rows_left_out", "rule",
               "rules", "s", "severity", "share", "signals", "sla", "slope", "spread", "stopped",
               "tables", "text", "title", "to", "type", "unanswered", "until", "used", "warning",
               "year_turns", "years_found", "z"],
              sorted(told - written))  # members of the lists and objects inside, or of logs


# --- worked examples of measures ---

def measure(name, rows, as_of="2025-06-30T12:00:00Z", *options):
    """Rows are dictionaries of the columns of HEADER."""
    columns = HEADER.strip().split(",")
    lines = [",".join(str(row.get(column, "")) for column in columns) for row in rows]
    data = (HEADER + "\n".join(lines) + "\n").encode()
    ended = cfaudit(["measure", name, "--map", "generic-ticket", "--as-of", as_of, "--format",
                     "json", *options, "-"], data)
    if ended.returncode not in (0, 3):
        raise SystemExit("# %s: %s" % (name, ended.stderr.decode()))
    return json.loads(ended.stdout)


def figure(document, name, variant):
    return next(f for f in document["figures"] if f["measure"] == name and f["variant"] == variant)


def rounded(values, digits=4):
    return tuple(None if value is None else round(value, digits) for value in values)


def hour(number, day=1):
    """Hours after midnight of a day in June 2025; may exceed 24."""
    return "2025-06-%02dT%02d:00:00Z" % (day + number // 24, number % 24)


def check_resolution(tap):
    hours = [3, 7, 8, 12, 15, 21, 22, 30, 47, 120]
    found = figure(measure("M-03", [{"id": h, "opened": hour(0), "resolved": hour(h),
                                     "status": "Resolved"} for h in hours]), "M-03", "reported")
    tap.equal("M-03: ten cases", (15, 47, 47, 120, 7, 47),
              tuple(found["quantiles"][p] / 3600 for p in ("p50", "p85", "p90", "p95")) +
              (found["low"] / 3600, found["high"] / 3600))
    rows = [{"id": h, "opened": hour(12 - h, 30), "resolved": hour(12, 30), "status": "Resolved"}
            for h in (2, 9)]
    rows += [{"id": 10 + h, "opened": hour(12 - h, 30), "status": "Open"} for h in (5, 7)]
    found = figure(measure("M-03", rows), "M-03", "reported")
    tap.equal("M-03: two ended, two open", (2, 9),
              (found["value"] / 3600, found["km_median"] / 3600))


def check_attainment(tap):
    late = {44: 0, 45: 1, 46: 2, 47: 3, 48: 4}
    rows = [{"id": i, "opened": hour(0), "due": hour(24), "status": "Resolved",
             "resolved": hour(20 if i < 44 else 24 + late[i])} for i in range(49)]
    rows.append({"id": 49, "opened": hour(0), "due": hour(24), "status": "Open"})
    found = figure(measure("M-07", rows, "2025-06-30T12:00:00Z", "--target", "0.95"), "M-07",
                   "computed")
    tap.equal("M-07: fifty cases", (50, 0.9, 0.7864, 0.9565, "breached"),
              (found["n"],) + rounded((found["value"], found["low"], found["high"])) +
              (found["verdict"],))


def check_backlog(tap):
    rows = [{"id": 1, "opened": hour(6, 30), "due": hour(10, 30), "status": "Open"},
            {"id": 2, "opened": hour(8, 30), "due": hour(14, 30), "status": "Open"},
            {"id": 3, "opened": hour(11, 30), "status": "Open"},
            {"id": 4, "opened": hour(5, 30), "resolved": hour(7, 30), "status": "Resolved"}]
    document = measure("M-10", rows)
    tap.equal("M-10: three open", (3, 4, 2, 0.5),
              (figure(document, "M-10", "open")["value"],
               figure(document, "M-10", "age")["value"] / 3600,
               figure(document, "M-10", "overdue")["n"],
               figure(document, "M-10", "overdue")["value"]))


def history(number, steps):
    """Rows of one case from (day of May, status, group)."""
    return [{"id": number, "opened": "2025-05-01T00:00:00Z", "status": status, "group": group,
             "updated": "2025-05-%02dT00:00:00Z" % day} for day, status, group in steps]


def check_reopening(tap):
    rows = history(1, [(1, "Open", "a"), (2, "Solved", "a"), (5, "Reopened", "a")])
    rows += history(2, [(1, "Open", "a"), (2, "Solved", "a"), (22, "Reopened", "a")])
    rows += history(3, [(1, "Open", "a"), (2, "Solved", "a"), (7, "Closed", "a")])
    rows += history(4, [(1, "Open", "a"), (9, "Solved", "a")])
    found = figure(measure("M-11", rows), "M-11", "within-14-days")
    tap.equal("M-11: four solved", (4, 0.25, 0.0456, 0.6994),
              (found["n"],) + rounded((found["value"], found["low"], found["high"])))


def check_reassignment(tap):
    rows = history(1, [(1, "Open", "desk"), (2, "Open", "desk"), (3, "Open", ""),
                       (4, "Open", "network"), (5, "Open", "desk")])
    rows += history(2, [(1, "Open", "desk"), (2, "Open", "network"), (3, "Open", "network"),
                        (4, "Open", "servers")])
    document = measure("M-12", rows)
    tap.equal("M-12: two cases", (2, 0.5),
              (figure(document, "M-12", "changes")["value"],
               figure(document, "M-12", "ping-pong")["value"]))


def check_quality(tap):
    rows = [{"id": i, "opened": hour(0), "resolved": hour(1), "closed": hour(2),
             "status": "Closed", "updated": hour(2)} for i in range(200)]
    rows[0]["closed"] = hour(0)
    rows[0]["opened"] = hour(1)
    rows += [dict(rows[i], updated="yesterday") for i in (0, 1)]
    document = measure("M-49", rows)
    tap.equal("M-49: two hundred cases", (0.99, 0.99, 0.995),
              tuple(figure(document, "M-49", variant)["value"]
                    for variant in ("records", "readable", "times-in-order")))


def check_charts(tap):
    rows = [{"id": month, "opened": "2024-%02d-05T00:00:00Z" % month, "status": "Resolved",
             "resolved": "2024-%02d-%02dT%02d:00:00Z" % (month, 5 + h // 24, h % 24)}
            for month, h in enumerate((12, 15, 11, 14, 13, 40, 12, 16, 14, 13), 1)]
    found = figure(measure("M-03", rows), "M-03", "reported")
    tap.equal("charts: ten medians", ("xmr", 16, 8.1111, True, 1, 0, 37.5756, "beyond-limits"),
              (found["chart"]["kind"],) +
              rounded((found["chart"]["centre"] / 3600, found["chart"]["spread"] / 3600)) +
              (found["chart"]["provisional"], found["chart"]["unanswered"],
               found["series"][5]["lower"]) +
              rounded((found["series"][5]["upper"] / 3600,)) + (found["series"][5]["signal"],))
    tap.equal("charts: their trend", (6, 0.6508, 0.1667),
              (found["trend"]["s"],) + rounded((found["trend"]["p"],
                                                found["trend"]["slope"] / 3600)))
    kept = (90, 94, 86, 93, 87, 92, 95, 85, 93, 78)
    rows = [{"id": 100 * month + i, "opened": "2024-%02d-05T00:00:00Z" % month,
             "resolved": "2024-%02d-05T%02d:00:00Z" % (month, 1 if i < k else 3),
             "due": "2024-%02d-05T02:00:00Z" % month, "status": "Resolved"}
            for month, k in enumerate(kept, 1) for i in range(100)]
    found = figure(measure("M-07", rows), "M-07", "computed")
    tap.equal("charts: ten shares", ("laney-p", 0.893, 2.1032, 0.698, 0),
              (found["chart"]["kind"],) +
              rounded((found["chart"]["centre"], found["chart"]["spread"],
                       found["series"][9]["lower"])) + (found["chart"]["signals"],))


def main():
    tap = Tap()
    check_commands(tap)
    check_map(tap)
    check_json(tap)
    check_resolution(tap)
    check_attainment(tap)
    check_backlog(tap)
    check_reopening(tap)
    check_reassignment(tap)
    check_quality(tap)
    check_charts(tap)
    tap.finish()


if __name__ == "__main__":
    main()
