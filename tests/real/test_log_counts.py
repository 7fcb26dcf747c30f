"""Every published log is read by rules, or refused with a place and a reason; what each rule takes, and
where first and last, is what grep finds. A file that the table does not have fails."""

import json
import os
import pathlib
import re
import subprocess
import tempfile
import xml.sax.saxutils as escapes

import compare
import log_table
import test_json_lines
from test_logs import content

MAP = """<?xml version="1.0" encoding="UTF-8"?>
<source-map xmlns="urn:cfaudit:1" id="own" reader="text" zone="UTC">
 <title lang="en">Own patterns</title>%s
 <log>%s</log>
 <record kind="ticket"><field name="id" required="true"><column>log:place</column></field>
 </record>%s
</source-map>
"""
EVENT = """
 <record kind="event"><field name="at"><column>time</column></field></record>"""


def root():
    return pathlib.Path(compare.data("logs"))


def own_map(entry):
    """The source map of an entry of the table. Blanks at the ends of a pattern would not count."""
    form, patterns = entry
    rules = "".join('<rule name="r%d"><match>%s</match></rule>' % (i, escapes.escape(
        re.sub("^ | $", "[ ]", pattern))) for i, pattern in enumerate(patterns))
    return MAP % ("<time><format>%s</format></time>" % form if form else "", rules,
                  EVENT if form else "")


def grep(pattern, plain):
    """The numbers of the lines that a pattern is found in."""
    ended = subprocess.run(["grep", "-a", "-n", "-o", "-E", re.sub(r"\?<\w+>", "", pattern)
                            .replace(r"\t", "\t")],
                           input=plain, capture_output=True, check=False,
                           env=dict(os.environ, LC_ALL="C"))
    numbers = [int(line.split(b":")[0]) for line in ended.stdout.splitlines()
               if re.match(rb"[0-9]+:", line)]
    return sorted(set(numbers))


def read(path, source_map, *options):
    """The accounting, whatever the figures are worth."""
    status, out, err = compare.run("measure", "M-49", "--map", str(source_map), "--format", "json",
                                   *options, str(path))
    if status not in (0, 1, 3):
        raise SystemExit("not ok - %s: status %d\n# %s" % (path, status, err))
    return json.loads(out)["accounting"][0]


def lines_of(plain):
    return plain.count(b"\n") + (plain[-1:] not in (b"", b"\n"))


def troubles(path, source_map, patterns, options):
    """What the rules take against what grep finds."""
    plain = content(path)
    account = read(path, source_map, *options)
    wrong = []
    if account["rows_read"] != lines_of(plain):
        wrong.append("%d rows of %d lines" % (account["rows_read"], lines_of(plain)))
    total = 0
    for pattern, rule in zip(patterns, account["rules"]):
        numbers = grep(pattern, plain)
        got = (rule["n"], rule["first"]["line"], rule["last"]["line"]) if rule["n"] else (0,)
        wanted = (len(numbers), numbers[0], numbers[-1]) if numbers else (0,)
        total += len(numbers)
        if got != wanted:
            wrong.append("%s: %r, grep %r" % (pattern, got, wanted))
    taken = account["rows_used"] + sum(reason["n"] for reason in account["reasons"]
                                       if reason["reason"] not in ("no-rule", "log-zero"))
    if taken != total:
        wrong.append("%d rows taken, grep finds %d lines" % (taken, total))
    if total == 0:
        wrong.append("nothing is found, which proves nothing")
    return wrong


def entries(path, source_map, start):
    """Entries against the lines that begin one; what stands before the first is one as well."""
    plain = content(path)
    wanted = len(grep(start, plain))
    wanted += not grep(start, plain.split(b"\n", 1)[0])
    account = read(path, source_map)
    taken = account["rules"][0]["n"] + account["rules"][1]["n"]
    return [] if (account["rows_read"], taken) == (wanted, wanted) else [
        "%d entries, %d taken, grep finds %d" % (account["rows_read"], taken, wanted)]


def shipped(path, name, pattern):
    """Entries that some rule of a shipped map takes."""
    plain = content(path)
    account = read(path, name, "--zone", "UTC", "--as-of", "2100-01-01T00:00:00Z")
    taken = sum(rule["n"] for rule in account["rules"])
    return [] if taken == len(grep(pattern, plain)) else [
        "%d entries are taken, grep finds %d" % (taken, len(grep(pattern, plain)))]


def refused(path, name, rule):
    status, _, err = compare.run("measure", "M-49", "--map", name, "--zone", "UTC", "--as-of",
                                 "2100-01-01T00:00:00Z", str(path))
    place = re.escape(str(path)) + r":[0-9]+(:[0-9]+)?: fatal: .* \[%s\]" % rule
    return [] if status == 2 and re.search(place, err) else ["status %d: %s" % (status, err)]


def main():
    tap = compare.Tap()
    files = {str(path.relative_to(root())) for path in root().rglob("*") if path.is_file()}
    known = set(log_table.SHIPPED) | set(log_table.RULES) | set(test_json_lines.FILES)
    tap.check("the table has every file", ["%s is not in it" % name for name in files - known] +
              ["%s is no file" % name for name in known - files])
    for name, (source_map, pattern) in sorted(log_table.SHIPPED.items()):
        tap.check("%s by %s" % (name, source_map), shipped(root() / name, source_map, pattern))
    for name, (source_map, rule) in sorted(log_table.REFUSED.items()):
        tap.check("%s by %s is refused" % (name, source_map), refused(root() / name, source_map, rule))
    with tempfile.TemporaryDirectory() as folder:
        source_map = pathlib.Path(folder) / "own.xml"
        for name, entry in sorted(log_table.RULES.items()):
            source_map.write_text(own_map(entry), encoding="utf-8")
            tap.check("%s by rules of its own" % name, troubles(
                root() / name, source_map, entry[1], log_table.OPTIONS.get(name, ())))
        for name, start in sorted(log_table.ENTRIES.items()):
            # lines within an entry are none of their own
            text = own_map((None, [start, "^"]))
            source_map.write_text(text.replace("<log>", '<log><entry start="%s"/>' % start),
                                  encoding="utf-8")
            tap.check("%s: entries of several lines" % name, entries(root() / name, source_map, start))
    tap.finish()


if __name__ == "__main__":
    main()
