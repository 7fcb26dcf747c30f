"""Forms for programs: JSON by its schema, JUnit by what two schemas allow, SARIF by its own rules;
each says the same of every question, and is complete however the command ends."""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml
from fractions import Fraction

import jsonschema
from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
EXAMPLE = TOP / "checklists/examples/helpdesk"
NS = "{urn:cfaudit:1}"
SCHEMA = json.loads((TOP / "schemas/result-1.schema.json").read_text("utf-8"))
SARIF_SCHEMA = json.loads((TOP / "tests/data/forms/sarif.schema.json").read_text("utf-8"))
# grade or state -> kind and level of SARIF
KINDS = {"major": ("fail", "error"), "minor": ("fail", "warning"), "fail": ("fail", "warning"),
         "observation": ("review", "none"), "opportunity": ("informational", "none"),
         "pass": ("pass", "none"), "notapplicable": ("notApplicable", "none"),
         "notchecked": ("open", "none"), "unknown": ("open", "none"),
         "informational": ("informational", "none")}


def cfaudit(*arguments):
    return subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True,
                          check=False)


def schema_troubles(document, schema=SCHEMA):
    checker = jsonschema.Draft202012Validator(schema)
    return ["/".join(map(str, error.path)) + ": " + error.message[:120]
            for error in checker.iter_errors(document)]


def json_troubles(document, result):
    """Against the result document: every number and every word again."""
    troubles = []

    def expect(what, expected, got):
        if expected != got:
            troubles.append("%s: expected %r, got %r" % (what, expected, got))

    root = xml.fromstring(result)
    for index, told in zip(root.findall(NS + "index"), document["indexes"]):
        for name in ("score", "low", "high", "coverage"):
            text = index.find(NS + "all").get(name)
            expect(name, text and Fraction(text),
                   told[name] and Fraction(told[name]["exact"]))
        expect("band", index.get("restricted").replace("-", "") or None, told["band"])
    scores = root.findall(NS + "score")
    told = [(index["index"], model) for index in document["indexes"] for model in index["models"]]
    expect("models", [(score.get("index"), score.get("model"), score.get("value"))
                      for score in scores],
           [(index, model["model"], model["score"] and model["score"]["exact"])
            for index, model in told])
    for question, said in zip(root.findall(NS + "question"), document["questions"]):
        given = question.find(NS + "assessment")
        points = given.get("points")
        expect(question.get("id"), (given.get("status"), points and int(points),
                                    given.get("grade")),
               (said["status"], said["points"], said["grade"]))
        expect(question.get("id") + " evidence",
               [use.get("ref") for use in given.findall(NS + "evidence")], said["evidence"])
    levels = {}
    for fact in document["maturity"][0]["facts"]:
        levels[fact["fact"]] = fact["level"]
    for section in document["maturity"]:
        # the highest level up to which everything holds; level 1 needs nothing
        missing = [fact["level"] for fact in section["facts"] if not fact["holds"]]
        expect("maturity of " + section["section"],
               min(missing, default=6) - 1 if section["facts"] else 0, section["level"])
        expect("facts of " + section["section"], levels if section["facts"] else {},
               {fact["fact"]: fact["level"] for fact in section["facts"]})
    expect("sections with a maturity", [part["section"] for part in
                                        document["indexes"][0]["sections"]],
           [section["section"] for section in document["maturity"]])
    expect("gates", [gate.get("id") for gate in root.findall(NS + "gate")
                     if gate.get("triggered") == "true"],
           [gate["id"] for gate in document["gates"] if gate["triggered"]])
    return troubles


def junit_troubles(text, document, folder):
    (folder / "j.xml").write_bytes(text)
    checked = subprocess.run(["xmllint", "--noout", "--schema", TOP / "tests/data/forms/junit.xsd",
                              folder / "j.xml"], capture_output=True, text=True, check=False)
    troubles = [] if checked.returncode == 0 else checked.stderr.splitlines()
    told = {}
    for suite in xml.fromstring(text):
        tests = suite.findall("testcase")
        for name, wanted in (("tests", "."), ("failures", "failure"), ("skipped", "skipped")):
            count = sum(wanted == "." or test.find(wanted) is not None for test in tests)
            if int(suite.get(name)) != count:
                troubles.append("%s of %s: %s, there are %d" % (name, suite.get("name"),
                                                                suite.get(name), count))
        for test in tests:
            outcome = [child.tag for child in test]
            told[test.get("name").split()[0]] = outcome[0] if outcome else "passed"
    words = {"pass": "passed", "informational": "passed", "fail": "failure"}
    expected = {question["id"]: words.get(question["state"], "skipped")
                for question in document["questions"] if question["state"] != "notselected"}
    if told != expected:
        troubles.append("outcomes: expected %s, got %s" % (expected, told))
    return troubles


def sarif_troubles(text, document):
    log = json.loads(text)
    run = log["runs"][0]
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    questions = {question["id"]: question for question in document["questions"]}
    troubles = schema_troubles(log, SARIF_SCHEMA)
    seen = set()
    if len(rules) != len(set(rules)):
        troubles.append("a rule stands twice")
    for result in run["results"]:
        question = questions[result["ruleId"]]
        if rules[result["ruleIndex"]] != result["ruleId"]:
            troubles.append("%s has the rule of another" % result["ruleId"])
        expected = KINDS[question["grade"] if question["grade"] in KINDS and
                         question["status"] == "scored" else question["state"]]
        if question["state"] == "notchecked" and question["proposed"] is not None:
            expected = ("review", "none")
        if (result["kind"], result["level"]) != expected:
            troubles.append("%s: expected %s, got %s" % (result["ruleId"], expected,
                                                        (result["kind"], result["level"])))
        seen.add(result["partialFingerprints"]["question/v1"])
        if not result["message"]["text"]:
            troubles.append("%s says nothing" % result["ruleId"])
        for place in result.get("relatedLocations", []):
            where = place["physicalLocation"]
            if " " in where["artifactLocation"]["uri"] or where["region"]["startLine"] < 1:
                troubles.append("%s: %s" % (result["ruleId"], where))
        if len(result.get("relatedLocations", [])) > 10:
            troubles.append("%s has too many places" % result["ruleId"])
    if len(seen) != len(run["results"]):
        troubles.append("a fingerprint stands twice")
    if run["invocations"][0]["exitCode"] != document["exit"]["code"]:
        troubles.append("the exit status is another one")
    return troubles


def check(tap, name, folder, status, *arguments):
    ended = cfaudit("run", EXAMPLE / "audit.xml", *arguments, "-o", folder / "r.md", "--force",
                    "-f", "json:%s" % (folder / "r.json"), "-f", "sarif:%s" % (folder / "r.sarif"),
                    "-f", "junit:%s" % (folder / "r.junit.xml"))
    tap.equal(name + ": exit status", status, ended.returncode)
    if ended.returncode not in (0, 1, 3):
        return
    document = json.loads((folder / "r.json").read_text("utf-8"))
    tap.check(name + ": the schema of the JSON", schema_troubles(document))
    if not document["client_copy"]:
        tap.check(name + ": the JSON is the result",
                  json_troubles(document, (folder / "r.result.xml").read_bytes()))
    tap.equal(name + ": the exit status is told", status, document["exit"]["code"])
    tap.check(name + ": JUnit", junit_troubles((folder / "r.junit.xml").read_bytes(), document, folder))
    tap.check(name + ": SARIF", sarif_troubles((folder / "r.sarif").read_bytes(), document))


def main():
    tap = Tap()
    answers = EXAMPLE / "answers.xml"
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    broken = {"schema": "urn:cfaudit:result:1"}
    tap.check("the schema refuses", [] if schema_troubles(broken) else ["nothing"])
    jsonschema.Draft202012Validator.check_schema(SARIF_SCHEMA)
    broken = {"version": "2.1.0", "runs": [{"tool": {"driver": {"name": "x", "rules": []}},
                                            "results": [{"ruleId": "a", "kind": "pass",
                                                         "level": "error",
                                                         "message": {"text": "b"}}]}]}
    tap.check("the schema of SARIF refuses a level of what passed",
              [] if schema_troubles(broken, SARIF_SCHEMA) else ["nothing"])
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        check(tap, "answered", folder, 0, "--answers", answers)
        check(tap, "a gate failed", folder, 1, "--answers", answers, "--fail-on", "gate")
        check(tap, "nothing answered", folder, 3)
        check(tap, "in Italian by another model", folder, 0, "--answers", answers, "--lang", "it",
              "--model", "xccdf-flat")
        check(tap, "for the client", folder, 0, "--answers", answers, "--client-copy")
    tap.finish()


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
