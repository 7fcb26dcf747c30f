"""Good practice and conformity never mix: whatever the good-practice questions get, every output says
the same of conformity, and the other way round; no gap against good practice fails anything.

One small audit by all checklists is answered three times: everything well; good practice badly;
requirements and policies badly."""

import csv
import html
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
import zipfile

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
NS = "{urn:cfaudit:1}"
CHECKLISTS = ["iso9001-5.1.2", "five-roles", "kanban-service", "fair-exchange", "trust-account",
              "inverted-pyramid"]
FORMS = {"json": "a.json", "markdown": "a.md", "html": "a.html", "junit": "a.junit.xml",
         "sarif": "a.sarif", "csv": "a.csv", "text": "a.txt"}


def questions():
    """id -> basis, of everything that the edition asks."""
    found = {}
    for name in CHECKLISTS:
        root = xml.parse(TOP / "checklists" / (name + ".xml")).getroot()
        for question in root.iter(NS + "question"):
            if question.get("since") is None:
                found[question.get("id")] = question.get("basis")
    return found


def write_audit(folder):
    lists = "".join('<checklist name="%s"/>' % name for name in CHECKLISTS)
    (folder / "audit.xml").write_text(
        '<audit xmlns="urn:cfaudit:1" id="apart" zone="UTC" as-of="2026-01-01">'
        '<title lang="en">Apart</title><title lang="it">Separati</title>'
        "<organization>Example Ltd</organization>%s"
        '<source id="tickets" map="generic-ticket"><file>tickets.csv</file></source></audit>' % lists,
        "utf-8")
    (folder / "tickets.csv").write_text(
        "Id,Created,Resolved,Group,Updated\n" +
        "".join("T-%d,2025-01-%02dT09:00:00Z,2025-01-%02dT10:00:00Z,desk,2025-01-%02dT09:30:00Z\n" %
                (day, day, day, day) for day in range(1, 6)), "utf-8")


def write_answers(folder, asked, requirement, practice):
    rows = []
    for name, basis in asked.items():
        points = practice if basis == "good-practice" else requirement
        rows.append('<answer question="%s" status="scored" points="%d" by="A1" on="2026-01-02">'
                    '<reason>Seen.</reason><evidence kind="record" source="external" direct="true" '
                    'original="true" ref="S-%s"/></answer>' % (name, points, name))
    (folder / "answers.xml").write_text(
        '<answers xmlns="urn:cfaudit:1" audit="apart">%s</answers>' % "".join(rows), "utf-8")


def run(folder, asked, requirement, practice):
    write_answers(folder, asked, requirement, practice)
    outputs = [argument for form, name in FORMS.items() for argument in ("-f", form + ":" + name)]
    done = subprocess.run([os.environ["CFAUDIT"], "run", "audit.xml", "--answers", "answers.xml",
                           "-o", "a.xlsx", *outputs, "--force", "--fail-on", "gate"],
                          cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit("run: %d\n%s" % (done.returncode, done.stderr))
    both = {form: READERS[form](folder / name) for form, name in FORMS.items()
            if form in READERS}
    both["screen"] = of_screen(done.stdout)
    both["xlsx"] = of_workbook(folder / "a.xlsx")
    both["status"] = (done.returncode, None)
    both["result"] = of_result(folder / "a.result.xml")
    return both


# --- each gives (what it says of conformity, what it says of good practice) ---


def of_screen(text):
    """Labels of lines stand in a column of their own; what goes on is indented."""
    told = {}
    label = None
    for line in text.splitlines():
        match = re.match(r"(\w+) {2,}(.*)", line)
        if match:
            label = match.group(1)
            told[label] = match.group(2)
        elif line.startswith(" " * 13) and label:
            told[label] += " " + line.strip()
        else:
            label = None
    return (told["conformity"], told["letters"], told["gates"]), told["practice"]


def of_json(path):
    tree = json.loads(path.read_text("utf-8"))
    first, second = tree["indexes"]
    assert (first["index"], second["index"]) == ("conformity", "practice")
    return (first, tree["gates"]), second


def of_markdown(path):
    text = path.read_text("utf-8")
    rows = re.findall(r"^\| ([^|]+) \|(.*)$", text, re.M)
    gates = re.search(r"^## Gates\n\n(.*?)\n\n", text, re.M | re.S).group(1)
    conformity = [row for row in rows if row[0] == "Conformity index" or re.match("[abc]\\)", row[0])]
    practice = [row for row in rows if row[0] == "Practice index"]
    assert len(conformity) == 4 and len(practice) == 1
    return (conformity, gates), practice


def of_html(path):
    """The panes of the first page, their words only."""
    panes = {}
    for pane in path.read_text("utf-8").split('<h3 class="section">')[1:]:
        title, _, rest = pane.partition("</h3>")
        words = html.unescape(re.sub(r"<[^>]+>", " ", rest.partition("</table>")[0]))
        panes.setdefault(title.partition(":")[0], " ".join(words.split()))
    return panes["Conformity index"], panes["Practice index"]


def of_junit(path):
    suites = {suite.get("name"): suite for suite in xml.parse(path).getroot().iter("testsuite")}
    assert set(suites) == {"conformity", "practice"}
    return tuple((dict(suites[name].attrib),
                  sorted((test.get("name"), len(test.findall("failure")))
                         for test in suites[name].iter("testcase")),
                  [(one.get("name"), one.get("value")) for one in suites[name].iter("property")])
                 for name in ("conformity", "practice"))


def by_basis(rows):
    return (sorted(row for row in rows if row[1] != "good-practice"),
            sorted(row for row in rows if row[1] == "good-practice"))


def of_sarif(path):
    run_of = json.loads(path.read_text("utf-8"))["runs"][0]
    basis = {rule["id"]: rule["properties"]["basis"] for rule in run_of["tool"]["driver"]["rules"]}
    return by_basis([(result["ruleId"], basis[result["ruleId"]], result["kind"],
                      result.get("level")) for result in run_of["results"]])


def of_csv(path):
    with path.open(encoding="utf-8", newline="") as file:
        return by_basis([(row["id"], row["basis"].replace(" ", "-"), row["points"], row["grade"],
                          row["proposed-grade"]) for row in csv.DictReader(file)])


def of_workbook(path):
    """Cells by the names that other programs find them by."""
    with zipfile.ZipFile(path) as book:
        main = book.read("xl/workbook.xml").decode("utf-8")
        names = dict(re.findall(r'<definedName name="(cf_\w+)"[^>]*>([^<]+)<', main))
        sheets = re.findall(r'<sheet name="([^"]+)"', main)

        def value(name):
            sheet, _, cells = names[name].partition("!")
            cell = cells.replace("$", "").partition(":")[0]
            number = sheets.index(html.unescape(sheet.strip("'"))) + 1
            found = re.search(r'<c r="%s"[^>]*>.*?<v>([^<]*)</v>' % cell,
                              book.read("xl/worksheets/sheet%d.xml" % number).decode("utf-8"))
            return found.group(1)

        return tuple(tuple(value("cf_%s_%s" % (index, what))
                           for what in ("score", "low", "high", "coverage", "band"))
                     for index in ("conformity", "practice"))


def of_result(path):
    root = xml.parse(path).getroot()
    parts = {"conformity": [], "practice": []}
    for index in root.iter(NS + "index"):
        parts[index.get("kind")].append(xml.tostring(index))
    for gate in root.iter(NS + "gate"):
        parts["conformity"].append(xml.tostring(gate))
    return parts["conformity"], parts["practice"]


READERS = {"json": of_json, "markdown": of_markdown, "html": of_html, "junit": of_junit,
           "sarif": of_sarif, "csv": of_csv}


def check_grades(tap, folder, asked):
    """With good practice at its worst: nothing proposes, fails or finds a nonconformity there."""
    tree = json.loads((folder / "a.json").read_text("utf-8"))
    practice = {name for name, basis in asked.items() if basis == "good-practice"}
    named = {name for gate in tree["gates"] for name in gate["questions"]}
    tap.equal("no gate names a question of good practice", set(), named & practice)
    _, told = of_junit(folder / "a.junit.xml")
    tap.equal("junit: no failure among good practice", "0", told[0]["failures"])
    _, told = of_sarif(folder / "a.sarif")
    tap.check("sarif: nothing of good practice fails",
              [str(row) for row in told if row[2] == "fail" or row[3] != "none"])
    root = xml.parse(folder / "a.result.xml").getroot()
    proposed = {question.get("id"): grading.get("proposed") for question in root.iter(NS + "question")
                for grading in question.iter(NS + "grading")}
    wrong = sorted(name for name in practice
                   if proposed.get(name) not in ("opportunity", "observation", "strength"))
    tap.equal("good practice is asked", 58, len(practice))
    tap.check("every gap of good practice is an opportunity, and nothing worse",
              ["%s: %s" % (name, proposed.get(name)) for name in wrong])


def check_refused(tap, folder, asked):
    """A person may not state a nonconformity there, either."""
    wrong = []
    for name, basis in asked.items():
        (folder / "bad.xml").write_text(
            '<answers xmlns="urn:cfaudit:1" audit="apart"><answer question="%s" status="scored" '
            'points="0" grade="minor" by="A1" on="2026-01-02"><reason>Seen.</reason><evidence '
            'kind="record" source="external" ref="S-1"/></answer></answers>' % name, "utf-8")
        done = subprocess.run([os.environ["CFAUDIT"], "score", "audit.xml", "--answers", "bad.xml",
                               "-e", "a.evidence.xml", "-o", "bad.result.xml", "--force"],
                              cwd=folder, capture_output=True, text=True, check=False)
        if ("[answer-grade-basis]" in done.stderr) != (basis == "good-practice"):
            wrong.append("%s: %d %s" % (name, done.returncode, done.stderr[-300:]))
    tap.check("a nonconformity is refused for each of the 58, and for no other", wrong[:3])


def main():
    tap = Tap()
    asked = questions()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        write_audit(folder)
        well = run(folder, asked, 8, 10)
        low_requirements = run(folder, asked, 4, 10)
        low_practice = run(folder, asked, 8, 0)
        for form, (conformity, practice) in well.items():
            tap.equal("%s: conformity is the same whatever good practice gets" % form, conformity,
                      low_practice[form][0])
            if form == "status":
                continue
            tap.equal("%s: good practice is the same whatever requirements get" % form, practice,
                      low_requirements[form][1])
            tap.equal("%s: both are told" % form, (True, True),
                      (low_practice[form][1] != practice, low_requirements[form][0] != conformity))
        check_grades(tap, folder, asked)
        check_refused(tap, folder, asked)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
