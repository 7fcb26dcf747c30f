"""What --fix makes of documents, byte by byte: nothing but what was wrong is another.

A folder is named after a rule and holds before.xml and after.xml; what else is needed stands beside
them; `args` has further arguments, one a line. Each is mended as it is, with CRLF, with a byte order
mark, in UTF-16 of either order, and in windows-1252 where that has its characters. A second time there
is nothing to do; --dry-run touches no file, and its changes made by hand give the same. Every document
of tests/rules is mended, too: no warning and no error may come that was not there.

usage: test_fixes.py            as a test
       test_fixes.py --write [RULE...]    rewrites after.xml; read the diff like code
"""

import codecs
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

from harness.served import Served
from real.compare import Tap

PROGRAM = Served()
FOLDER = pathlib.Path(__file__).resolve().parent
RULES = FOLDER.parent / "rules"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
DECLARED = re.compile(r'(<\?xml[^>]*encoding=")[^"]*(")')


def declared(text, encoding):
    return DECLARED.sub(r"\g<1>%s\2" % encoding, text)


def windows_1252(text):
    """What it has; the rest as references, as the program writes them."""
    def refer(error):
        return "".join("&#x%X;" % ord(c) for c in error.object[error.start:error.end]), error.end
    codecs.register_error("references", refer)
    return declared(text, "windows-1252").encode("cp1252", "references")


VARIANTS = (("as it is", lambda text: text.encode("utf-8")),
            ("with CRLF", lambda text: text.replace("\n", "\r\n").encode("utf-8")),
            ("with a byte order mark", lambda text: BYTE_ORDER_MARK + text.encode("utf-8")),
            ("in UTF-16", lambda text: declared(text, "UTF-16").encode("utf-16")),
            ("in UTF-16, the other order",
             lambda text: b"\xfe\xff" + declared(text, "UTF-16").encode("utf-16-be")))


def validate(folder, *arguments):
    return PROGRAM.run(["validate", *arguments], folder)


def arguments_of(case):
    path = case / "args"
    return path.read_text("utf-8").split("\n")[:-1] if path.exists() else []


def changed_by(before, diff):
    """The lines of a text after the changes that `diff -u` writes; None: they are of another one."""
    before = before.removeprefix(BYTE_ORDER_MARK)
    lines = before.splitlines(keepends=True)
    after, at = [], 0
    for line in diff.splitlines(keepends=True)[2:]:
        if line.startswith(b"@@"):
            match = re.match(rb"@@ -(\d+)(,0 )?", line)
            start = int(match.group(1)) - (0 if match.group(2) else 1)
            after += lines[at:start]
            at = start
        elif line[:1] in b" -":
            if lines[at] != line[1:]:
                return None
            if line[:1] == b" ":
                after.append(lines[at])
            at += 1
        elif line[:1] == b"+":
            after.append(line[1:])
    return b"".join(after + lines[at:])


def check_pair(folder, arguments, before, after, is_utf8):
    path = folder / "document.xml"
    path.write_bytes(before)
    os.chmod(path, 0o640)
    troubles = []
    shown = validate(folder, "--fix", "--dry-run", "document.xml", *arguments)
    if path.read_bytes() != before:
        troubles.append("--dry-run wrote to the file")
    if is_utf8 and changed_by(before, shown.stdout) != after.removeprefix(BYTE_ORDER_MARK):
        troubles.append("the changes shown are others: %r" % shown.stdout)
    ended = validate(folder, "--fix", "document.xml", *arguments)
    if path.read_bytes() != after:
        troubles.append("got: %r" % path.read_bytes())
    if ended.returncode != shown.returncode or ended.returncode > 1:
        troubles.append("status %d, %d shown: %s" % (ended.returncode, shown.returncode,
                                                     ended.stderr.decode("utf-8")))
    if os.stat(path).st_mode & 0o777 != 0o640:
        troubles.append("the mode is another")
    again = validate(folder, "--fix", "document.xml", *arguments)
    if path.read_bytes() != after or b" mended" in again.stdout or \
            again.returncode != ended.returncode:
        troubles.append("a second time: %r" % again.stdout)
    piped = subprocess.run([os.environ["CFAUDIT"], "validate", "--fix", "-", *arguments],
                           cwd=folder, input=before, capture_output=True, check=False)
    if piped.stdout != after:
        troubles.append("through a pipe: %r" % piped.stdout)
    return troubles


def check_case(tap, case):
    before = (case / "before.xml").read_text("utf-8")
    after = (case / "after.xml").read_text("utf-8")
    variants = VARIANTS
    if not any(c in before for c in "\u200b\u00ad\u2028\u0092\u00c3"):
        variants += (("in windows-1252", windows_1252),)
    with tempfile.TemporaryDirectory(prefix="cfaudit-fixes-") as name:
        folder = pathlib.Path(name) / "case"
        shutil.copytree(case, folder)
        for words, change in variants:
            tap.check("%s: %s" % (case.name, words),
                      check_pair(folder, arguments_of(case), change(before), change(after),
                                 "UTF" not in words and "1252" not in words))


# --- whatever is wrong ---

def findings(folder, name, arguments):
    report = json.loads(validate(folder, "--show", "warning", "-f", "json", name, *arguments).stdout)
    counts = {}
    for document in report["documents"]:
        for message in document["messages"]:
            counts[message["rule"]] = counts.get(message["rule"], 0) + 1
    return counts


def check_no_worse(case, folder):
    shutil.copytree(case, folder)
    arguments = arguments_of(case)
    before = findings(folder, "bad.xml", arguments)
    validate(folder, "--fix", "bad.xml", *arguments)
    after = findings(folder, "bad.xml", arguments)
    # what the schema refuses is not looked at by every rule; a value that is right now may be
    # worth a note
    hidden = any(rule.startswith("xml-") for rule in before)
    return ["%s: %d, and %d after" % (rule, before.get(rule, 0), count)
            for rule, count in after.items()
            if count > before.get(rule, 0) and not (hidden and not rule.startswith("xml-"))]


def cases():
    return [folder for folder in sorted(FOLDER.iterdir()) if (folder / "before.xml").exists()]


def check_every_rule():
    listed = subprocess.run([os.environ["CFAUDIT"], "list", "rules"], capture_output=True,
                            check=True).stdout.decode("utf-8").splitlines()
    wanted = {line.split()[0] for line in listed if line.endswith("(--fix)")}
    return ["no folder for " + rule for rule in sorted(wanted - {case.name for case in cases()})]


def write(names):
    for case in cases():
        if names and case.name not in names:
            continue
        shutil.copy(case / "before.xml", case / "after.xml")
        validate(case, "--fix", "after.xml", *arguments_of(case))


def main():
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2:])
        return
    tap = Tap()
    tap.check("every fix has a folder", check_every_rule())
    for case in cases():
        check_case(tap, case)
    for case in sorted(RULES.iterdir()):
        if (case / "bad.xml").exists():
            with tempfile.TemporaryDirectory(prefix="cfaudit-fixes-") as name:
                tap.check("no worse: " + case.name,
                          check_no_worse(case, pathlib.Path(name) / "case"))
    tap.finish()


if __name__ == "__main__":
    main()
