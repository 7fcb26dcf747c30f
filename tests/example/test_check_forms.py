"""Forms of findings about documents: JSON by its schema, JUnit by what two schemas allow, SARIF by
its own rules, and all of them, with the annotations and the text, tell the same."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import xml.etree.ElementTree as xml

import jsonschema
from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
SCHEMA = json.loads((TOP / "schemas/validate-1.schema.json").read_text("utf-8"))
LEVELS = {"fatal": "error", "error": "error", "warning": "warning", "note": "note"}
ANNOTATIONS = {"error": "error", "warning": "warning", "note": "notice"}


def validate(folder, *arguments):
    return subprocess.run([os.environ["CFAUDIT"], "validate", *arguments], cwd=folder,
                          capture_output=True, check=False)


def fixtures(folder):
    """Every bad fixture of the rules under a name with a blank, one cut off, one of others."""
    for case in sorted((TOP / "tests/rules").iterdir()):
        if (case / "bad.xml").exists():
            (folder / (case.name + " bad.xml")).write_bytes((case / "bad.xml").read_bytes())
    good = (TOP / "tests/rules/question-id-clause/good.xml").read_bytes()
    (folder / "cut.xml").write_bytes(good[:len(good) // 2])
    (folder / "other.xml").write_bytes(b"<testsuites/>")


def schema_troubles(document):
    checker = jsonschema.Draft202012Validator(SCHEMA)
    return ["/".join(map(str, error.path)) + ": " + error.message[:120]
            for error in checker.iter_errors(document)]


def count_troubles(document):
    """The totals, counted again."""
    told = document["totals"]
    outcomes = [item["outcome"].replace("-", "_") for item in document["documents"]]
    troubles = ["%s: %d told, %d there" % (name, told[name], outcomes.count(name))
                for name in ("valid", "invalid", "not_checked", "not_ours")
                if told[name] != outcomes.count(name)]
    for key, severity in (("fatal", "fatal"), ("errors", "error"), ("warnings", "warning"),
                          ("notes", "note")):
        count = sum(message["severity"] == severity for item in document["documents"]
                    for message in item["messages"])
        if count != told[key]:
            troubles.append("%s: %d told, %d there" % (key, told[key], count))
    return troubles


def messages(document):
    return [(item["name"], message) for item in document["documents"]
            for message in item["messages"]]


def sarif_troubles(text, document):
    run = json.loads(text)["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    troubles = [] if len(rules) == len(set(rules)) else ["a rule stands twice"]
    expected = messages(document)
    if len(expected) != len(run["results"]):
        return troubles + ["%d results, %d messages" % (len(run["results"]), len(expected))]
    for (name, message), result in zip(expected, run["results"]):
        place = result["locations"][0]["physicalLocation"]
        region = place.get("region", {})
        got = (result["ruleId"], result["level"], region.get("startLine"),
               region.get("startColumn"), place["artifactLocation"]["uri"].replace("%20", " "))
        want = (message["rule"], LEVELS[message["severity"]], message["line"], message["column"],
                message["source"] or name)
        if got != want or rules[result["ruleIndex"]] != result["ruleId"]:
            troubles.append("expected %s, got %s" % (want, got))
        if not result["message"]["text"].startswith(message["text"]):
            troubles.append("other words: " + result["message"]["text"])
        if not re.fullmatch("[0-9a-f]{64}", result["partialFingerprints"]["finding/v1"]):
            troubles.append("no fingerprint")
    if run["invocations"][0]["exitCode"] != document["exit"]["code"]:
        troubles.append("the exit status is another one")
    return troubles


def junit_troubles(path, document):
    checked = subprocess.run(["xmllint", "--noout", "--schema", TOP / "tests/data/forms/junit.xsd",
                              path], capture_output=True, text=True, check=False)
    troubles = [] if checked.returncode == 0 else checked.stderr.splitlines()
    words = {"valid": None, "invalid": "failure", "not-checked": "error", "not-ours": "skipped"}
    suite = xml.parse(path).getroot()[0]
    told = [(test.get("name"), test[0].tag if len(test) else None)
            for test in suite.findall("testcase")]
    expected = [(item["name"], words[item["outcome"]]) for item in document["documents"]]
    if told != expected:
        troubles.append("expected %s, got %s" % (expected, told))
    return troubles


def annotation_troubles(text, document):
    lines = [line for line in text.splitlines() if not line.startswith("::notice title=")]
    troubles = []
    for level, word in ANNOTATIONS.items():
        count = sum(LEVELS[message["severity"]] == level for _, message in messages(document))
        shown = sum(line.startswith("::%s file=" % word) for line in lines)
        if shown != min(count, 9 if level == "note" else 10):
            troubles.append("%d of %d %ss shown" % (shown, count, level))
    return troubles


def text_troubles(text, document):
    expected = ["%s: %s [%s]" % (message["severity"], message["text"], message["rule"])
                for _, message in messages(document)]
    got = [re.sub(r"^.*?: (?=(note|warning|error|fatal): )", "", line)
           for line in text.splitlines()[:-1] if not line.startswith(("    ", "missing in "))]
    return [line for line in expected if line not in got][:3] + \
        ([] if len(got) == len(expected) else ["%d lines, %d messages" % (len(got), len(expected))])


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory(prefix="cfaudit-check-forms-") as name:
        folder = pathlib.Path(name)
        fixtures(folder)
        ended = validate(folder, "--show", "note", "-f", "json:out/r.json", ".")
        tap.equal("a folder that is not there", 2, ended.returncode)
        ended = validate(folder, "--show", "note", "-f", "json:r.json", "-f", "sarif:r.sarif", "-f",
                         "junit:r.junit.txt", ".", "./nowhere.xml")
        tap.equal("exit status", 2, ended.returncode)
        document = json.loads((folder / "r.json").read_text("utf-8"))
        tap.check("json by its schema", schema_troubles(document))
        tap.check("json counts right", count_troubles(document))
        tap.check("sarif tells the same", sarif_troubles((folder / "r.sarif").read_text("utf-8"),
                                                         document))
        tap.check("junit by two schemas", junit_troubles(folder / "r.junit.txt", document))
        tap.check("text tells the same", text_troubles(ended.stdout.decode("utf-8"), document))
        ended = validate(folder, "--show", "note", "-f", "github", ".", "./nowhere.xml")
        tap.check("ten annotations of each level",
                  annotation_troubles(ended.stdout.decode("utf-8"), document))
    tap.finish()


if __name__ == "__main__":
    main()
