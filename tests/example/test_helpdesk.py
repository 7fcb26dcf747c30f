"""The shipped example: its export is what the generator writes, the program finds the planted
facts, the auditors' answers make it complete, and without them it is not."""

import hashlib
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
EXAMPLE = TOP / "checklists/examples/helpdesk"
FACTS = json.loads((TOP / "tests/generate/helpdesk.facts.json").read_text("utf-8"))
NS = {"cf": "urn:cfaudit:1"}


def cfaudit(*arguments):
    ended = subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True,
                           check=False)
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


def find(figures, measure, variant):
    """n and k or quantiles of a figure, in the form of the facts."""
    return next(f for f in figures if f["measure"] == measure and f["variant"] == variant)


def share(figure):
    return {"n": figure["n"], "k": round(figure["value"] * figure["n"]) if figure["n"] else 0}


def duration(figure):
    return {"n": figure["n"]} | {p: figure["quantiles"][p] for p in ("p50", "p85", "p90", "p95")}


def only(facts, *keys):
    return {key: facts[key] for key in keys}


def check_measures(tap):
    counted = FACTS["counted"]
    facts = counted["whole"]
    status, out, err = cfaudit("measure", "M-03", "M-07", "M-10", "M-11", "M-12", "--map",
                               "generic-ticket", "--zone", "Europe/Rome", "--as-of",
                               "2026-01-15T00:00:00+01:00", "--by", "customer", "--format", "json",
                               EXAMPLE / "ticket-2025-1.csv", EXAMPLE / "ticket-2025-2.csv.gz")
    if status != 0:
        raise SystemExit("# measure: status %d\n# %s" % (status, err.replace("\n", "\n# ")))
    document = json.loads(out)
    figures = document["figures"]
    tap.equal("rows of both files", [
        tuple(source[key] for key in ("rows_read", "rows_used", "rows_rejected", "cases"))
        for source in counted["accounting"]], [
        tuple(source[key] for key in ("rows_read", "rows_used", "rows_rejected", "cases"))
        for source in document["accounting"]])
    for variant in ("reported", "by-events"):
        tap.equal("M-03 " + variant, only(facts["M-03 " + variant], "n", "p50", "p85", "p90", "p95"),
                  duration(find(figures, "M-03", variant)))
    tap.equal("M-07 reported", facts["M-07 reported"], share(find(figures, "M-07", "reported")))
    computed = find(figures, "M-07", "computed")
    tap.equal("M-07 computed", only(facts["M-07 computed"], "n", "k"), share(computed))
    tap.equal("M-07 computed by customer",
              {key: value for key, value in facts["M-07 computed"]["by customer"].items()
               if value["n"]},
              {row["key"]: share(row) for row in computed["breakdown"] if row["n"]})
    tap.equal("M-07 computed by month", facts["M-07 computed"]["by month"],
              {row["key"]: share(row) for row in computed["series"] if row["n"]})
    tap.equal("M-10 open", facts["M-10"]["open"], find(figures, "M-10", "open")["value"])
    tap.equal("M-11", facts["M-11"], share(find(figures, "M-11", "within-14-days")))
    tap.equal("M-12 ping-pong", only(facts["M-12"], "n", "k"),
              share(find(figures, "M-12", "ping-pong")))
    tap.equal("M-12 changes", facts["M-12"]["changes"],
              round(find(figures, "M-12", "changes")["value"] * facts["M-12"]["n"]))


def audit_facts(root):
    """n and k of the figures in an evidence document."""
    found = {}
    for figure in root.findall("cf:figure", NS):
        key = "%s %s" % (figure.get("measure"), figure.get("variant"))
        found[key] = {"n": int(figure.get("n")), "k": int(figure.get("k", "0"))}
    return found


def cited(root):
    """What the answers' references to figures stand for."""
    names = {figure.get("id"): "%s %s" % (figure.get("measure"), figure.get("variant"))
             for figure in root.findall("cf:figure", NS)}
    answers = xml.parse(EXAMPLE / "answers.xml").getroot()
    return {answer.get("question"): [names.get(item.get("ref")) for item in
                                     answer.findall("cf:evidence", NS)
                                     if item.get("ref").startswith("EV-")]
            for answer in answers.findall("cf:answer", NS)}


def differences(root):
    """How many cases the document counts, by reason, because flag and deadline disagree."""
    figure = next(f for f in root.findall("cf:figure", NS)
                  if (f.get("measure"), f.get("variant")) == ("M-07", "computed"))
    return {item.get("reason"): int(item.get("n")) for item in figure.findall("cf:difference", NS)}


def digests(folder):
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest()
            for path in sorted(pathlib.Path(folder).iterdir())}


def check_valid(tap, folder, *names):
    """Documents against the schema, by another program's eyes."""
    for name in names:
        checked = subprocess.run(["xmllint", "--noout", "--schema",
                                  str(TOP / "schemas/cfaudit.xsd"), str(folder / name)],
                                 capture_output=True, check=False)
        tap.check(name + " is valid", [] if checked.returncode == 0
                  else checked.stderr.decode().splitlines()[:3])


def check_run(tap, folder):
    facts = FACTS["counted"]["audit"]
    arguments = ("run", EXAMPLE / "audit.xml", "--answers", EXAMPLE / "answers.xml", "-o")
    status, out, err = cfaudit(*arguments, folder / "a.xlsx")
    tap.equal("with the auditors' answers it is complete", (0, True), (status, bool(out)))
    if status != 0:
        print("# " + err.replace("\n", "\n# "))
        return
    first = digests(folder)
    status, _, _ = cfaudit(*arguments, folder / "a.xlsx")
    tap.equal("a second run gives the same bytes", (0, first), (status, digests(folder)))
    root = xml.parse(folder / "a.evidence.xml").getroot()
    found = audit_facts(root)
    tap.equal("M-07 of the audit's year", (facts["M-07 reported"],
                                           only(facts["M-07 computed"], "n", "k")),
              (found["M-07 reported"], found["M-07 computed"]))
    tap.equal("M-11 and M-12 of the audit's year",
              (facts["M-11"], only(facts["M-12"], "n", "k")),
              (found["M-11 within-14-days"], found["M-12 ping-pong"]))
    tap.equal("flags that the deadlines contradict",
              {"flag-met-but-ended-late": len(facts["M-07 disagreements"]),
               "no-flag-open-past-deadline": facts["M-10"]["past deadline"]}, differences(root))
    tap.equal("answers cite the figures they mean", {
        "CF-COR-11": ["M-07 computed"], "CF-COR-19": ["M-10 open", "M-10 overdue"],
        "CF-COR-18": ["M-07 reported", "M-07 computed", "M-11 within-14-days"]},
              {question: names for question, names in cited(root).items() if names})
    root = xml.parse(folder / "a.result.xml").getroot()
    origins = {question.get("id"): question.find("cf:assessment", NS).get("origin")
               for question in root.findall("cf:question", NS)}
    tap.equal("the figure scores what the contract settles", "figure", origins["CF-COR-05"])
    tap.equal("people score the rest, two questions are open", (15, 1),
              (sum(origin == "person" for origin in origins.values()) - 2,
               sum(origin == "none" for origin in origins.values()) - 1))
    check_valid(tap, folder, "a.evidence.xml", "a.result.xml")


def parts(root):
    """A result without what depends on the time zone database of the machine: the digest of its
    evidence, in which that database is named."""
    root.attrib.pop("evidence-sha256")
    return xml.tostring(root)


def check_earlier(tap, folder):
    """The earlier result is what the program makes of the earlier audit. With --write it is put
    into the example anew."""
    status, _, err = cfaudit("run", EXAMPLE / "earlier.audit.xml", "--answers",
                             EXAMPLE / "earlier.answers.xml", "--actions",
                             EXAMPLE / "earlier.actions.xml", "-q", "-o", folder / "then.xlsx")
    tap.equal("the earlier audit runs", (0, ""), (status, err))
    if sys.argv[1:] == ["--write"]:
        (EXAMPLE / "earlier.result.xml").write_bytes((folder / "then.result.xml").read_bytes())
    made, shipped = (parts(xml.parse(path).getroot()) for path in
                     (folder / "then.result.xml", EXAMPLE / "earlier.result.xml"))
    tap.check("its result is the one shipped (test_helpdesk.py --write)",
              [] if made == shipped else ["they differ"])


def check_documents(tap, folder):
    """Actions and the earlier result: who is late, what became better and worse."""
    status, _, err = cfaudit("run", EXAMPLE / "audit.xml", "--answers", EXAMPLE / "answers.xml",
                             "--actions", EXAMPLE / "actions.xml", "--previous",
                             EXAMPLE / "earlier.result.xml", "-q", "-o", folder / "b.xlsx")
    tap.equal("with actions and the earlier result it is complete, too", (0, ""), (status, err))
    if status != 0:
        return
    check_valid(tap, folder, "then.result.xml", "b.evidence.xml", "b.result.xml")
    root = xml.parse(folder / "b.result.xml").getroot()
    late = [action.get("id") for action in root.findall("cf:action", NS)
            if action.get("status") in ("open", "in-progress") and action.get("due") < "2026-01-15"]
    tap.equal("one action is late", ["CA-2025-04"], late)
    changes = {question.get("id"): question.find("cf:earlier", NS).get("change")
               for question in root.findall("cf:question", NS)}
    tap.equal("the nonconformity of the earlier audit is dealt with", "better", changes["CF-COR-02"])
    tap.equal("reactions to missed months became worse", "worse", changes["CF-COR-11"])
    digest = hashlib.sha256((EXAMPLE / "earlier.result.xml").read_bytes()).hexdigest()
    tap.equal("the earlier result is named by its bytes", digest,
              root.find("cf:earlier", NS).get("sha256"))
    months = FACTS["counted"]["whole"]["M-07 computed"]["by month"]
    missed = [month for month, count in months.items()
              if month < "2026" and count["k"] < 0.95 * count["n"]]
    tap.equal("months below the agreed level, as the nonconformity says",
              ["2025-%02d" % month for month in (2, 6, 7, 9, 10, 11)], missed)


def check_open(tap, folder):
    status, out, _ = cfaudit("run", EXAMPLE / "audit.xml", "-o", folder / "open.xlsx")
    tap.equal("without answers it is incomplete", 3, status)
    tap.check("and says so, with what comes next",
              [word for word in ("incomplete", "next", "CF-COR-") if word not in out])
    tap.equal("with --allow-incomplete that is no failure", 0,
              cfaudit("run", EXAMPLE / "audit.xml", "-o", folder / "open.xlsx", "--allow-incomplete",
                      "--quiet")[0])


def main():
    tap = Tap()
    checked = subprocess.run([sys.executable, str(TOP / "tests/generate/helpdesk.py"), "--check"],
                             capture_output=True, check=False)
    tap.check("the export is what its generator writes", checked.stderr.decode().splitlines())
    check_measures(tap)
    with tempfile.TemporaryDirectory() as folder:
        check_run(tap, pathlib.Path(folder))
        check_earlier(tap, pathlib.Path(folder))
        check_documents(tap, pathlib.Path(folder))
    with tempfile.TemporaryDirectory() as folder:
        check_open(tap, pathlib.Path(folder))
    tap.finish()


if __name__ == "__main__":
    main()
