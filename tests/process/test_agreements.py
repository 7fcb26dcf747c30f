"""M-33 and M-35 on random lists: work that is in the log, in a list of hours, in both or in neither
one's case, and agreements that cover some of the customers, against counts of another make."""

import datetime
import math
import os
import pathlib
import random
import subprocess
import tempfile
import xml.etree.ElementTree as tree

from real.compare import Tap

RUNS = 15
START = datetime.datetime(2025, 1, 1, tzinfo=datetime.timezone.utc)
AS_OF = START + datetime.timedelta(days=200)
DAY = datetime.timedelta(days=1)

MAP = """<source-map xmlns="urn:cfaudit:1" id="log" revision="1" reader="delimited" zone="UTC">
 <title lang="en">Log</title>
 <record kind="ticket">
  <field name="id" required="true"><column>id</column></field>
  <field name="customer"><column>customer</column></field>
  <field name="service"><column>service</column></field>
  <field name="group"><column>group</column></field>
  <field name="opened"><column>opened</column></field>
  <field name="closed"><column>closed</column></field>
 </record>
</source-map>
"""
AUDIT = """<audit xmlns="urn:cfaudit:1" id="lists" zone="UTC" as-of="%s">
 <title lang="en">Lists</title><organization>Sample</organization>
 <checklist name="iso9001-5.1.2"/>
 <source id="log" map="log.xml"><file>log.csv</file></source>
 <source id="hours" map="generic-effort" zone="UTC"><file>effort.csv</file></source>
 <source id="agreed" map="generic-sla" zone="UTC"><file>sla.csv</file></source>
</audit>
""" % AS_OF.strftime("%Y-%m-%dT%H:%M:%SZ")


def text(moment):
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ") if moment else ""


def table(path, columns, rows):
    lines = [",".join(columns)]
    lines += [",".join(str(row.get(column) or "") for column in columns) for row in rows]
    path.write_text("\n".join(lines) + "\n", "utf-8")


def tickets(rng):
    rows = []
    for number in range(rng.randrange(5, 40)):
        opened = START + datetime.timedelta(hours=rng.randrange(0, 24 * 150))
        closed = opened + datetime.timedelta(hours=rng.randrange(1, 24 * 8))
        rows.append({"id": "T-%02d" % number, "customer": rng.choice(["", "A", "B", "C", "D"]),
                     "service": rng.choice(["mail", "web"]), "group": rng.choice(["desk", "desk", ""]),
                     "opened": opened, "closed": closed if rng.random() < 0.8 else None})
    return rows


def hours(rng, cases):
    rows = []
    for _ in range(rng.randrange(3, 60)):
        ticket = ""
        if rng.random() < 0.3:
            ticket = rng.choice([case["id"] for case in cases] + ["T-99"])
        rows.append({"date": START + datetime.timedelta(hours=rng.randrange(0, 24 * 160)),
                     "customer": rng.choice(["A", "B", "C", "E"]), "hours": 1, "ticket": ticket})
    return rows


def agreements(rng):
    rows = []
    for number in range(rng.randrange(1, 7)):
        begins = START + datetime.timedelta(days=rng.randrange(-50, 100))
        rows.append({"id": "L%d" % number, "customer-or-class": rng.choice("ABCD"),
                     "metric": "resolution", "target-seconds": rng.randrange(1, 20) * 3600,
                     "calendar": "24x7", "valid-from": begins,
                     "valid-to": begins + rng.randrange(20, 200) * DAY if rng.random() < 0.5 else None,
                     "type": rng.choice(["SLA", "SLA", "OLA", "UC"]),
                     "service": rng.choice(["", "mail"]),
                     "parent": "L%d" % rng.randrange(0, number) if number and rng.random() < 0.6 else ""})
    return rows


# --- counted again ---

def traceability(cases, entries):
    """(n1, n2, m, pieces of work without a case)"""
    tracked = [case for case in cases if case["customer"] and case["group"]]
    seen, loose = set(), {}
    for entry in entries:
        found = None
        if entry["ticket"]:
            found = next((case for case in tracked if case["id"] == entry["ticket"]), None)
        else:
            open_ = [case for case in tracked if case["customer"] == entry["customer"] and
                     case["opened"] - DAY <= entry["date"] <= (case["closed"] or AS_OF) + DAY]
            if open_:
                found = min(open_, key=lambda case: (case["opened"], case["id"]))
        if found:
            seen.add(found["id"])
        else:
            loose.setdefault(entry["customer"], []).append(entry["date"])
    pieces = 0
    for dates in loose.values():
        dates.sort()
        pieces += 1 + sum(later - before > DAY for before, later in zip(dates, dates[1:]))
    return len(tracked), len(seen) + pieces, len(seen), pieces


def pairs(cases, agreed):
    """{(customer, service): covered}"""
    found = {}
    for case in cases:
        if not case["customer"]:
            continue
        is_covered = any(row["type"] == "SLA" and row["customer-or-class"] == case["customer"] and
                         row["service"] in ("", case["service"]) and row["valid-from"] <= case["opened"] and
                         (not row["valid-to"] or case["opened"] < row["valid-to"]) for row in agreed)
        pair = case["customer"], case["service"]
        found[pair] = found.get(pair, False) or is_covered
    return found


def chains(agreed):
    """{promise: what those below it need at most at one moment}; all that hold then add up."""
    needed = {}
    for promise in agreed:
        below = [row for row in agreed if row["parent"] == promise["id"]]
        moments = [max(row["valid-from"], promise["valid-from"]) for row in below]
        sums = []
        for moment in moments:
            if promise["valid-to"] and moment >= promise["valid-to"]:
                continue
            holding = [row["target-seconds"] for row in below if row["valid-from"] <= moment and
                       (not row["valid-to"] or moment < row["valid-to"])]
            if holding:
                sums.append(sum(holding))
        if promise["type"] == "SLA" and sums:
            needed[promise["id"]] = max(sums)
    return needed


def chapman(n1, n2, m):
    total = (n1 + 1) * (n2 + 1) / (m + 1) - 1
    variance = (n1 + 1) * (n2 + 1) * (n1 - m) * (n2 - m) / ((m + 1) ** 2 * (m + 2))
    return total, math.sqrt(variance)


CF = "{urn:cfaudit:1}"


def number_of(text_):
    return float(text_) if text_ else None


def ledger(path):
    """{(measure, variant): figure} of the totals."""
    figures = {}
    for node in tree.parse(path).getroot().findall(CF + "figure"):
        figure = {name: number_of(node.get(name)) for name in ("n", "k", "value")}
        figure["tables"] = {}
        for shown in node.findall(CF + "table"):
            names = [column.get("name") for column in shown.findall(CF + "column")]
            figure["tables"][shown.get("id")] = [
                dict(zip(names, (cell.get("value") for cell in row.findall(CF + "cell"))))
                for row in shown.findall(CF + "row")]
        figures[node.get("measure"), node.get("variant")] = figure
    return figures


def rows_of(figure, name):
    return figure["tables"][name]


def check(tap, rng, number, folder):
    cases = tickets(rng)
    entries, agreed = hours(rng, cases), agreements(rng)
    shown = [dict(case, opened=text(case["opened"]), closed=text(case["closed"])) for case in cases]
    table(folder / "log.csv", list(cases[0]), shown)
    table(folder / "effort.csv", list(entries[0]), [dict(e, date=text(e["date"])) for e in entries])
    table(folder / "sla.csv", list(agreed[0]),
          [dict(a, **{"valid-from": text(a["valid-from"]), "valid-to": text(a["valid-to"])}) for a in agreed])
    (folder / "log.xml").write_text(MAP, "utf-8")
    (folder / "audit.xml").write_text(AUDIT, "utf-8")
    ended = subprocess.run([os.environ["CFAUDIT"], "gather", "audit.xml", "-o", "out.xml", "--force", "-q"],
                           cwd=folder, capture_output=True, check=False)
    if ended.returncode not in (0, 3):
        raise SystemExit("# " + ended.stderr.decode("utf-8"))
    figures = ledger(folder / "out.xml")
    n1, n2, m, pieces = traceability(cases, entries)
    observed = figures["M-33", "observed"]
    tap.equal("%d: observed traceability" % number, (n1 + pieces, n1, pieces),
              (observed["n"], observed["k"], len(rows_of(observed, "shadow-work"))))
    estimated = figures["M-33", "estimated"]
    if m:
        total, _ = chapman(n1, n2, m)
        tap.check("%d: estimated traceability" % number,
                  [] if abs(estimated["value"] - min(1, n1 / total)) < 1e-12 else
                  ["%r of %r" % (estimated["value"], (n1, n2, m))])
    else:
        tap.equal("%d: nothing can be estimated" % number, None, estimated["value"])
    found = pairs(cases, agreed)
    coverage = figures["M-35", "coverage"]
    tap.equal("%d: pairs" % number,
              (len(found), sum(found.values()),
               sorted(pair for pair, is_covered in found.items() if not is_covered)),
              (coverage["n"], coverage["k"],
               sorted((r["customer"], r["service"]) for r in rows_of(coverage, "without-agreement"))))
    needed = chains(agreed)
    if not any(row["parent"] for row in agreed):
        return
    chain = figures["M-35", "chain"]
    targets = {row["id"]: row["target-seconds"] for row in agreed}
    tap.equal("%d: chains" % number,
              (len(needed), sum(need > targets[name] for name, need in needed.items()), needed),
              (chain["n"], chain["k"], {r["promise"]: float(r["needed"]) for r in rows_of(chain, "sla-chain")}))


def main():
    tap = Tap()
    total, error = chapman(180, 60, 45)
    tap.check("the worked example", [] if max(abs(total - 239.021739), abs(error - 14.993740),
                                              abs(180 / total - 0.753070)) < 1e-6 else
              ["%r %r" % (total, error)])
    rng = random.Random(33)
    with tempfile.TemporaryDirectory() as name:
        for number in range(RUNS):
            check(tap, rng, number, pathlib.Path(name))
    tap.finish()


if __name__ == "__main__":
    main()
