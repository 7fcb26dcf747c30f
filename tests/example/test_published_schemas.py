"""SARIF by the schema that is published for it, as it comes with a package of npm; skipped where
there is no npm or no way to the registry. (The rules of its own that every run checks stand in
tests/data/forms/sarif.schema.json, see test_forms.py; those of JUnit, of which two schemas are in
use, in junit.xsd beside it.)"""

import hashlib
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tarfile
import tempfile

import jsonschema
from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
EXAMPLE = TOP / "checklists/examples/helpdesk"
PACKAGE = "@microsoft/jest-sarif@1.0.0-beta.0"
MEMBER = "package/lib/schemas/sarif-2.1.0-rtm.5.json"
SHA256 = "2d99159ae54a3eea97f81781cff48780548657c35949f4b7f25e99a2ba4de4f8"
SECONDS = 60


def published_schema(folder):
    """The schema, or in words why there is none."""
    if not shutil.which("npm"):
        return None, "there is no npm"
    try:
        done = subprocess.run(["npm", "pack", "--silent", "--fetch-retries=0", PACKAGE],
                              cwd=folder, capture_output=True, text=True, timeout=SECONDS,
                              check=False)
    except subprocess.TimeoutExpired:
        return None, "npm does not answer"
    packed = sorted(folder.glob("*.tgz"))
    if done.returncode != 0 or not packed:
        return None, "npm could not fetch %s" % PACKAGE
    with tarfile.open(packed[0]) as archive:
        text = archive.extractfile(MEMBER).read()
    if hashlib.sha256(text).hexdigest() != SHA256:
        return None, "%s is another one" % MEMBER
    return json.loads(text), None


def troubles(schema, path):
    checker = jsonschema.Draft4Validator(schema, format_checker=jsonschema.FormatChecker())
    return ["/".join(map(str, error.path)) + ": " + error.message[:120]
            for error in checker.iter_errors(json.loads(path.read_text("utf-8")))]


def cfaudit(out, *arguments):
    """What the program writes to `out`, which is not there before."""
    out.unlink(missing_ok=True)
    subprocess.run([os.environ["CFAUDIT"], *map(str, arguments)], capture_output=True, check=False)


def main():
    tap = Tap()
    with tempfile.TemporaryDirectory() as scratch:
        folder = pathlib.Path(scratch)
        schema, reason = published_schema(folder)
        if not schema:
            print("1..0 # SKIP " + reason)
            return
        out = folder / "r.sarif"
        out.write_text('{"version": "2.1.0", "runs": [{"results": []}]}', "utf-8")
        tap.check("the schema refuses a run without a tool",
                  [] if troubles(schema, out) else ["nothing"])
        for name, arguments in (
                ("answered", ("--answers", EXAMPLE / "answers.xml", "--actions",
                              EXAMPLE / "actions.xml", "--previous",
                              EXAMPLE / "earlier.result.xml")),
                ("nothing answered", ()),
                ("in Italian, for the client", ("--answers", EXAMPLE / "answers.xml", "--lang",
                                                "it", "--client-copy"))):
            cfaudit(out, "run", EXAMPLE / "audit.xml", *arguments, "-o", folder / "r.md", "--force",
                    "-f", "sarif:%s" % out)
            tap.check("SARIF, " + name, troubles(schema, out))
        bad = folder / "bad.xml"
        bad.write_text('<audit xmlns="urn:cfaudit:1" id="x"><nonsense/></audit>\n', "utf-8")
        cfaudit(out, "validate", bad, TOP / "checklists", "-f", "sarif", "-o", out, "--force")
        tap.check("SARIF of diagnostics", troubles(schema, out))
    tap.finish()


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
