"""The shipped example of a service firm: its files are what the generator writes, and the figures
that an audit makes of them are those counted from the bytes by another program."""

import datetime
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
sys.path[:0] = [str(TOP / "tests/generate")]

import coffee_service_facts
import rome
import trust_account

EXAMPLE = TOP / "checklists/examples/coffee-service"
FACTS = json.loads((TOP / "tests/generate/coffee_service.facts.json").read_text("utf-8"))
COUNTED = FACTS["counted"]
AS_OF = "2026-01-31T18:00:00+01:00"
NS = {"cf": "urn:cfaudit:1"}


def cfaudit(*arguments):
    ended = subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True,
                           check=False)
    return ended.returncode, ended.stdout.decode(), ended.stderr.decode()


def check_generator(tap):
    ended = subprocess.run([sys.executable, TOP / "tests/generate/coffee_service.py", "--check"],
                           capture_output=True, check=False)
    tap.check("the files are what the generator writes",
              (ended.stdout + ended.stderr).decode().splitlines())
    size = sum(path.stat().st_size for path in EXAMPLE.iterdir())
    tap.check("they are small", [] if size < 1 << 20 else ["%d bytes" % size])


def figures_of(path):
    return {"%s %s" % (figure.get("measure"), figure.get("variant")): figure
            for figure in xml.parse(path).getroot().findall("cf:figure", NS)}


def share(figure):
    return {"n": int(figure.get("n")), "k": int(figure.get("k"))}


def of_tickets():
    """Figures that are shares, and what was counted."""
    desk = COUNTED["desk"]
    return {"M-11 within-14-days": desk["reopened"],
            "M-12 ping-pong": {"n": desk["tickets"] - desk["solved later"],
                               "k": len(desk["ping-pong"])},
            "M-15 same-cause": desk["causes of returns"]["same"],
            "M-18 for-authority": {"n": sum(desk["escalated"].values()),
                                   "k": desk["escalated"]["authority"]}} | {
        "M-15 within-%s-days" % days: {"n": found["n"], "k": found["k"]}
        for days, found in desk["recurrence"].items()}


def of_customers():
    said, complaints = COUNTED["perception"], COUNTED["complaints"]
    nps = said["nps"]
    return {"M-19 kept": COUNTED["promises"]["kept"],
            "M-21 acknowledged-in-2-days": complaints["acknowledged in two days"],
            "M-21 answered-in-limit": complaints["answered in limit"],
            "M-21 closed": complaints["closed"], "M-21 upheld": complaints["upheld"],
            "M-21 reopened": complaints["reopened"], "M-21 cause-found": complaints["cause found"],
            "M-21 gone-outside": complaints["gone outside"],
            "M-22 top-two": said["csat"], "M-22 bottom-two": said["csat bottom"],
            "M-23 promoters": {"n": nps["n"], "k": nps["promoters"]},
            "M-23 detractors": {"n": nps["n"], "k": nps["detractors"]},
            "M-24 easy": said["ces"], "M-25 response": said["answered of invited"]}


def of_registers():
    kept, changes = COUNTED["registers"], COUNTED["registers"]["unauthorised changes"]
    customers = len(COUNTED["money"]["net value"])
    return {"M-37 unauthorised": {"n": changes["all"],
                                  "k": sum(changes.values()) - changes["all"]},
            "M-38 customer-rightly-presumed": {
                "n": COUNTED["desk"]["presumed customer fault"]["n"],
                "k": COUNTED["desk"]["presumed customer fault"]["right"]},
            "M-47 requirements-current": {
                "n": customers,
                "k": customers - len(kept["customers without current requirements"])},
            "M-48 on-time": kept["actions on time"], "M-48 effect-verified": kept["effect verified"],
            "M-50 above-estimate": {"n": COUNTED["money"]["invoices"],
                               "k": len(COUNTED["money"]["cost surprises"])},
            "M-51 reviewed-before": kept["orders reviewed first"],
            "M-53 customer-informed": kept["customers informed"],
            "M-55 held": kept["meetings held"],
            "M-56 settled-in-time": kept["disputes settled in time"],
            "M-57 documented": kept["goodwill documented"],
            "M-58 checked-within-90-days": kept["referrals checked"]}


def check_figures(tap, figures):
    for name, counted in (of_tickets() | of_customers() | of_registers()).items():
        tap.equal(name, counted, share(figures[name]) if name in figures else "no such figure")


def check_standing(tap, figures):
    """Below ten a share says too little, below thirty it is no more than a hint."""
    troubles = []
    for name, figure in figures.items():
        n = int(figure.get("n"))
        wanted = "insufficient" if n < 10 else "indicative" if n < 30 else None
        if figure.get("method") == "wilson" and figure.get("standing") != wanted:
            troubles.append("%s of %d: %s" % (name, n, figure.get("standing")))
    tap.check("shares stand by how many they are of", troubles)


def check_parts(tap, figures):
    """Parts of hours; agreements behind a promise that take longer than the promise allows."""
    money = COUNTED["money"]
    for name, part in (("M-39 unbilled", "unbilled"), ("M-39 out-of-scope", "out of scope")):
        tap.check(name, [] if abs(float(figures[name].get("value")) -
                                  money[part] / money["quarter hours"]) < 1e-9 else
                  ["%d of %d quarters of an hour, told %s" % (
                      money[part], money["quarter hours"], figures[name].get("value"))])
    chains = {row["promise"]: row["verdict"] for row in table_of(figures, "M-35 chain", "sla-chain")}
    tap.equal("one chain of agreements does not add up",
              {"SLA-P2": "needs-longer", "SLA-P3": "leaves-time"}, chains)
    tap.check("work for the clinic that is in no ticket", [] if "Clinica di Fantasia" in {
        row["customer"] for row in table_of(figures, "M-33 observed", "shadow-work")} else ["none"])


def check_attention(tap, figures):
    """Who is answered first, and of whom nobody hears."""
    rows = {row["group"]: row["reading"] for row in table_of(figures, "M-42 median-ratio", "parity")}
    tap.equal("a boss answered first; a group too small is not told of",
              {"Assistenza": "classic-pyramid"}, rows)
    silent = {row["segment"] for row in table_of(figures, "M-45 on-time-floor", "segments")
              if row["voice"] == "silent"}
    tap.equal("the segment without a voice", {"associazioni"}, silent)


def table_of(figures, name, table):
    """Rows of a table of a figure, by names of columns."""
    found = figures[name].find("cf:tables/cf:table[@id='%s']" % table, NS)
    if found is None:
        found = figures[name].find(".//cf:table[@id='%s']" % table, NS)
    columns = [column.get("name") for column in found.findall("cf:column", NS)]
    return [dict(zip(columns, [cell.get("value") for cell in row]))
            for row in found.findall("cf:row", NS)]


def local_day(text):
    at = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    return rome.to_local(round(at.timestamp()) // 60).strftime("%Y-%m-%d")


def check_account(tap, folder, customer):
    """The account by its statement, computed anew; and the events that one record each decides."""
    cfaudit("run", EXAMPLE / "audit.xml", "-q", "--force", "--statement", customer, "-o",
            folder / "s.xlsx")
    figures = figures_of(folder / "s.evidence.xml")
    told = next(row for row in table_of(figures, "M-44 adequate-or-better", "customers")
                if row["customer"] == customer)
    statement = table_of(figures, "M-44 adequate-or-better", "statement")
    as_of = coffee_service_facts.instant(AS_OF)
    events = []
    for row in statement:
        at = datetime.datetime.fromisoformat(row["at"].replace("Z", "+00:00"))
        if row["fate"] == "counted":
            events.append(((as_of - at.timestamp() / 60) / 1440, 1 if row["class"][0] == "D" else -1,
                           float(row["mass"])))
    account = trust_account.balance(events)
    wrong = ["%s %s, computed %r" % (name, told[name], account[name]) for name in account
             if abs(float(told[name]) - account[name]) > 1e-6]
    tap.check("account of %s" % customer, wrong)
    tap.equal("its band", trust_account.band(account), told["band"])
    tap.equal("its promises, surprises and complaints", COUNTED["account events"][customer],
              sorted([local_day(row["at"]), row["class"]] for row in statement
                     if row["class"] in ("D3", "W1", "W2", "W10")))


def check_quadrants(tap, figures):
    """Who gets more than is paid for, who pays and is let down, of whom nothing is known."""
    rows = {row["customer"]: row for row in table_of(figures, "M-44 adequate-or-better", "customers")}
    tap.equal("the account is checked by hand-worked numbers", True, trust_account.check())
    tap.equal("volunteering", ["Clinica di Fantasia"], sorted(
        name for name, row in rows.items() if row["quadrant"] == "volunteering"))
    tap.check("extraction", [] if rows["Bar Segnaposto"]["quadrant"] == "extraction" and
              rows["Bar Segnaposto"]["band"] == "overdrawn" else [str(rows["Bar Segnaposto"])])
    tap.equal("silent customers have no band", {"insufficient"},
              {rows[name]["band"] for name in COUNTED["silent customers"]})
    tap.equal("net value of every customer", COUNTED["money"]["net value"],
              {name: float(row["net-value"]) for name, row in rows.items()})


def check_process(tap, figures):
    """Deviations from the declared process, case by case; a quotation without its acceptance is the
    one that the nearest allowed sequence explains otherwise: as a quotation not foreseen."""
    done = COUNTED["interventions"]
    wrong = sorted({case for name in ("without test", "before acceptance", "without acceptance",
                                      "undocumented", "repeated") for case in done[name]})
    planted = {"M-34 omitted-steps": done["without test"], "M-34 four-eyes": done["same person"],
               "M-34 unknown-activities": done["undocumented"], "M-34 fitting": wrong,
               "M-34 out-of-order": sorted(done["before acceptance"] + done["without acceptance"] +
                                           done["repeated"]),
               "M-34 other-version": done["other version"], "M-34 skipped-approvals": []}
    for name, cases in planted.items():
        tap.equal(name, cases, sorted({case.get("id") for case in
                                       figures[name].findall("cf:worst/*", NS)}))
    tap.equal("a step that nobody ever did", ["call-back"], [
        row["step"] for row in table_of(figures, "M-34 fitness", "process-steps")
        if row["state"] == "never-done"])


def check_run(tap, folder):
    status, out, err = cfaudit("run", EXAMPLE / "audit.xml", "-o", folder / "a.xlsx")
    tap.equal("without answers it is incomplete", 3, status)
    if status != 3:
        print("# " + err.replace("\n", "\n# "))
        return
    tap.check("and says so", [] if "incomplete" in out else [out])
    status, _, err = cfaudit("run", EXAMPLE / "audit.xml", "--answers", EXAMPLE / "answers.xml",
                             "-q", "-o", folder / "b.xlsx")
    tap.equal("with the auditors' answers it is complete", (0, ""), (status, err))
    figures = figures_of(folder / "a.evidence.xml")
    check_standing(tap, figures)
    check_figures(tap, figures)
    check_quadrants(tap, figures)
    check_process(tap, figures)
    check_parts(tap, figures)
    check_attention(tap, figures)
    for customer in COUNTED["account events"]:
        check_account(tap, folder, customer)


def main():
    tap = Tap()
    check_generator(tap)
    with tempfile.TemporaryDirectory() as folder:
        check_run(tap, pathlib.Path(folder))
    tap.finish()


if __name__ == "__main__":
    main()
