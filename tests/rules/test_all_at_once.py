"""One run tells everything: a document that the schema refuses at one place is looked at by the rules
of its loader all the same, and they say of the rest nothing that is not true of the whole.

Each bad fixture of a rule is changed at some of its elements: an attribute that nobody knows is put
in, and each finding must be there as before; an attribute that must be there is taken out, and the
loader may say less, never more."""

import pathlib
import re
import shutil
import sys
import tempfile

from real.compare import Tap
from rules.test_rules import FOLDER, arguments_of, cases, is_text, validate

TOP = FOLDER.parent.parent
TAG = re.compile(r"<([a-z][a-z-]*)((?:\s+[A-Za-z:-]+=(?:\"[^\"]*\"|'[^']*'))*)\s*(/?)>")
ATTRIBUTE = re.compile(r"\s+(?!xmlns)([a-z-]+)=(?:\"[^\"]*\"|'[^']*')")
ELEMENTS = 2  # of one fixture that are changed
# Said where a document meets others: only of one that the schema has nothing against.
ACROSS = ("action-before-finding", "action-check-overdue", "action-evidence", "action-lost",
          "action-missing", "action-nonconformity", "action-overdue", "action-question",
          "answer-differs", "answer-early", "answer-evidence", "answer-figure-later", "answer-gate",
          "answer-grade", "answer-grade-basis", "answer-interview-alone", "answer-left-out",
          "answer-no-evidence", "answer-override", "answer-question", "answer-stranger",
          "answer-weak-evidence", "document-twice", "evidence-audit", "evidence-document",
          "evidence-map", "result-actions", "result-answers", "result-checklist",
          "result-evidence")
# What stands behind a missing element in the same parent is not looked at.
LEFT_OUT = ("xml-root", "xml-doctype", "xml-syntax", "xml-missing")


def loader_rules():
    """Those that are not looked for in the tree, whatever the schema says."""
    text = (TOP / "tools/base/rules.def").read_text("utf-8")
    return {name for name in re.findall(r'^RULE\(\w+, "([^"]+)"', text, re.MULTILINE)
            if not name.startswith("xml-")}


def without_columns(lines):
    return sorted(re.sub(r"^([^:]+:\d+):\d+:", r"\1:", line) for line in lines
                  if not line.startswith("    "))


def of_rules(lines, rules):
    """Line and rule of each."""
    told = {(line.split(":")[1], re.search(r"\[([^]]+)\]$", line).group(1)) for line in lines}
    return {(line, rule) for line, rule in told if rule in rules}


def some(found):
    """The first, the last and some between."""
    if len(found) <= ELEMENTS:
        return found
    return [found[i * (len(found) - 1) // (ELEMENTS - 1)] for i in range(ELEMENTS)]


def say(folder, text, arguments):
    (folder / "bad.xml").write_text(text, "utf-8")
    status, lines, words = validate(folder, "bad.xml", arguments)
    return without_columns(lines) if status in (0, 1) else ["status %d: %s" % (status, words)]


def strange_troubles(folder, text, arguments, before):
    """An attribute that nobody knows, at some elements."""
    troubles = []
    for tag in some(list(TAG.finditer(text))):
        end = tag.end() - 1 - len(tag.group(3))
        lines = say(folder, text[:end] + ' zz="1"' + text[end:], arguments)
        told = [line for line in lines if "has no attribute 'zz'" in line]
        rest = [line for line in lines if "has no attribute 'zz'" not in line]
        if len(told) != 1:
            troubles.append("%s: zz is told %d times" % (tag.group(1), len(told)))
        troubles += ["%s: lost %s" % (tag.group(1), line) for line in before
                     if line not in rest and not line.endswith(tuple("[%s]" % rule for rule in ACROSS))]
        troubles += ["%s: new %s" % (tag.group(1), line) for line in rest if line not in before]
    return troubles


def missing_troubles(folder, text, arguments, before, rules):
    """Without an attribute that must be there."""
    troubles = []
    for tag in some(list(TAG.finditer(text))):
        for attribute in ATTRIBUTE.finditer(tag.group(2)):
            start = tag.start(2) + attribute.start()
            end = tag.start(2) + attribute.end()
            lines = say(folder, text[:start] + text[end:], arguments)
            if not any("missing: attribute '%s'" % attribute.group(1) in line for line in lines):
                continue
            said = of_rules(lines, rules) - of_rules(before, rules)
            troubles += ["%s without %s: line %s: %s" % (tag.group(1), attribute.group(1), *place)
                         for place in sorted(said)]
    return troubles


def main():
    tap = Tap()
    rules = loader_rules()
    for case in cases():
        stored = (case / "bad.xml").read_bytes()
        if not is_text(stored) or case.name in LEFT_OUT:
            continue
        with tempfile.TemporaryDirectory(prefix="cfaudit-at-once-") as name:
            folder = pathlib.Path(name) / "case"
            shutil.copytree(case, folder)
            text = stored.decode("utf-8")
            arguments = arguments_of(case)
            before = say(folder, text, arguments)
            tap.check(case.name + ": with something strange",
                      strange_troubles(folder, text, arguments, before))
            if case.name in rules:
                tap.check(case.name + ": with something missing",
                          missing_troubles(folder, text, arguments, before, rules))
    tap.finish()


if __name__ == "__main__":
    sys.dont_write_bytecode = True
    main()
