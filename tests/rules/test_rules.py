"""Every rule about documents finds what it is for, at the exact place, and nothing in its good
fixture; the same place with other line ends, a byte order mark, tabs, in UTF-16, and behind
characters of several bytes.

A folder is named after its rule and holds good.xml, bad.xml and `expected`, the lines that
"cfaudit validate --show note bad.xml" prints about bad.xml and about lists of holidays beside it. What
else is needed stands beside them; `args` has further arguments, one a line, which good.xml and bad.xml
share. Whatever is worse than a note says how it is mended.

usage: test_rules.py            as a test
       test_rules.py --write [RULE...]    rewrites `expected`; read the diff like code
"""

import pathlib
import re
import shutil
import sys
import tempfile

from harness.served import Served
from real.compare import Tap

PROGRAM = Served()
FOLDER = pathlib.Path(__file__).resolve().parent
DECLARED = re.compile(r'(<\?xml[^>]*encoding=")[^"]*(")')


def crlf(text):
    return text.replace("\n", "\r\n").encode("utf-8")


def byte_order_mark(text):
    return b"\xef\xbb\xbf" + text.encode("utf-8")


def tabs(text):
    return re.sub(r"^ +", lambda blanks: "\t" * len(blanks.group()), text,
                  flags=re.MULTILINE).encode("utf-8")


def utf_16(text):
    return DECLARED.sub(r"\1UTF-16\2", text).encode("utf-16")


COMMENT = "<!--\u00e8\u20ac\U0001f600-->"


def with_comments(text, expected):
    """A comment of characters of two, three and four bytes before the first element of each line that
    a message is about; columns behind it move by its length in characters."""
    lines = text.split("\n")
    moved = {}
    for number in {int(line.split(":")[1]) for line in expected
                   if re.match(r"bad\.xml:\d+:\d+:", line)}:
        line = lines[number - 1]
        start = len(line) - len(line.lstrip())
        if line[start:start + 1] == "<" and line[start:start + 2] not in ("<?", "</"):
            lines[number - 1] = line[:start] + COMMENT + line[start:]
            moved[number] = start
    shifted = []
    for line in expected:
        found = re.match(r"bad\.xml:(\d+):(\d+):", line)
        if found and int(found.group(1)) in moved:
            line = "bad.xml:%s:%d:%s" % (found.group(1), int(found.group(2)) + len(COMMENT),
                                         line[found.end():])
        shifted.append(line)
    return "\n".join(lines), shifted


VARIANTS = (("as it is", lambda text: text.encode("utf-8")), ("with CRLF", crlf),
            ("with a byte order mark", byte_order_mark), ("with tabs", tabs),
            ("in UTF-16", utf_16))


def validate(folder, name, arguments):
    """Status, and the lines about this file; hints go with the line above them."""
    ended = PROGRAM.run(["validate", "--show", "note", name] + arguments, folder)
    lines = []
    taken = False
    for line in ended.stdout.decode("utf-8").splitlines():
        if not line.startswith("    "):
            taken = line.startswith(name + ":") or ".ics:" in line.split(" ")[0]
        if taken:
            lines.append(line)
    return ended.returncode, lines, ended.stderr.decode("utf-8")


def arguments_of(case):
    path = case / "args"
    return path.read_text("utf-8").split("\n")[:-1] if path.exists() else []


def of_rule(lines, rule):
    return [line for line in lines if line.endswith("[%s]" % rule)]


def without_hint(lines):
    """What is worse than a note, and says nothing of how it is mended."""
    hinted = {i - 1 for i, line in enumerate(lines) if line.startswith("    ")}
    return ["says not how it is mended: " + line for i, line in enumerate(lines)
            if i not in hinted and not line.startswith("    ") and ": note: " not in line]


def check_good(case):
    status, lines, words = validate(case, "good.xml", arguments_of(case))
    found = of_rule(lines, case.name)
    return found if status in (0, 1) else found + ["status %d" % status, words]


def check_bad(case, folder, text, expected, change):
    """The fixture changed in a way that moves no character."""
    (folder / "bad.xml").write_bytes(change(text))
    status, lines, words = validate(folder, "bad.xml", arguments_of(case))
    troubles = [] if status in (0, 1) else ["status %d" % status, words]
    if not of_rule(expected, case.name):
        troubles.append("it is not about this rule")
    if lines != expected:
        troubles += ["got: " + line for line in lines if line not in expected]
        troubles += ["missing: " + line for line in expected if line not in lines]
    return troubles


def is_text(stored):
    try:
        stored.decode("utf-8")
        return True
    except UnicodeDecodeError:
        return False


def check_case(tap, case):
    tap.check(case.name + ": good", check_good(case))
    with tempfile.TemporaryDirectory(prefix="cfaudit-rules-") as name:
        folder = pathlib.Path(name) / "case"
        shutil.copytree(case, folder)
        stored = (case / "bad.xml").read_bytes()
        expected = (case / "expected").read_text("utf-8").splitlines()
        tap.check(case.name + ": bad says how it is mended", without_hint(expected))
        if not is_text(stored):
            tap.check(case.name + ": bad, bytes that are no text",
                      check_bad(case, folder, stored, expected, lambda same: same))
            return
        text = stored.decode("utf-8")
        for words, change in VARIANTS:
            tap.check("%s: bad, %s" % (case.name, words),
                      check_bad(case, folder, text, expected, change))
        text, expected = with_comments(text, expected)
        tap.check(case.name + ": bad, behind characters of several bytes",
                  check_bad(case, folder, text, expected, VARIANTS[0][1]))


def cases():
    return [folder for folder in sorted(FOLDER.iterdir()) if (folder / "bad.xml").exists()]


def write(names):
    for case in cases():
        if not names or case.name in names:
            _, lines, _ = validate(case, "bad.xml", arguments_of(case))
            (case / "expected").write_text("".join(line + "\n" for line in lines), "utf-8")


def main():
    if sys.argv[1:2] == ["--write"]:
        write(sys.argv[2:])
        return
    tap = Tap()
    for case in cases():
        check_case(tap, case)
    tap.finish()


if __name__ == "__main__":
    main()
