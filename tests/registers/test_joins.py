"""Measures that look records up in one another, over the example of the service firm, counted again
from its tables."""

import csv
import datetime
import os
import pathlib
import subprocess
import tempfile
import xml.etree.ElementTree as xml

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
FOLDER = TOP / "checklists/examples/coffee-service"
CF = "{urn:cfaudit:1}"
AS_OF = datetime.datetime.fromisoformat("2026-01-31T18:00:00+01:00")


def rows(name):
    with open(FOLDER / name, encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    return [row for row in found if None not in row and None not in row.values()]


def day(text):
    moment = datetime.datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=AS_OF.tzinfo)


def figures():
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "ledger.xml")
        subprocess.run([os.environ["CFAUDIT"], "gather", str(FOLDER / "audit.xml"), "-q", "-o",
                        str(path)], check=False, capture_output=True)
        root = xml.parse(path).getroot()
    return {(f.get("measure"), f.get("variant")): (int(f.get("n")), int(f.get("k") or 0))
            for f in root.iter(CF + "figure") if f.get("id")}


def requirements():
    """M-47: customers with a requirement reviewed within a year."""
    latest = {}
    for row in rows("register.csv"):
        when = row["reviewed-at"] or row["at"]
        if row["kind"] == "requirement" and when:
            latest[row["customer"]] = max(latest.get(row["customer"], ""), when)
    customers = [row["id"] for row in rows("customer.csv")]
    return len(customers), sum(name in latest and (AS_OF - day(latest[name])).days < 365
                               for name in customers)


def management():
    """M-54: complaints that management received at once."""
    told = [row for row in rows("complaint.csv") if row["received-by"]]
    return len(told), sum(row["received-by"] == "management" for row in told)


def won():
    """M-59: customers with a dispute won a year ago or earlier; nobody left."""
    names = {row["customer"] for row in rows("register.csv")
             if row["kind"] == "dispute" and row["outcome"] == "won" and row["done"]
             and (AS_OF - day(row["done"])).days >= 365}
    return len(names & {row["id"] for row in rows("customer.csv")})


def approvals():
    """M-43: escalations for authority that were granted as asked."""
    last = {row["Id"]: row for row in rows("ticket.csv")}
    told = [row["Escalation outcome"] for row in last.values() if row["Escalated at"]
            and row["Escalation reason"] == "authority" and row["Escalation outcome"]]
    return len(told), told.count("unchanged")


def reactions():
    """M-52: rows of the register that name a measure."""
    return sum("M-" in row["reference"] for row in rows("register.csv"))


def main():
    tap = Tap()
    got = figures()
    tap.equal("M-47, requirements on record", requirements(), got["M-47", "requirements-current"])
    tap.equal("M-54, sent to management", management(), got["M-54", "sent-to-management"])
    tap.equal("M-59, disputes won", won(), got["M-59", "lost-after-winning"][0])
    tap.equal("M-21, complaints per customers", len(rows("complaint.csv")),
              got["M-21", "per-100-customers"][1])
    tap.equal("M-43, approved unchanged", approvals(), got["M-43", "approved-unchanged"])
    if reactions() == 0:
        tap.equal("M-52, nobody reacted by name", 0, got["M-52", "reacted-in-time"][1])
    tap.finish()


main()
