#!/usr/bin/env python3
"""Everything that comes in kinds is a row in one table. For each row this demands what a user, a
maintainer and a tester need: manual, source, cases. Prints what is missing; status 1 if anything is.
"""

import glob
import os
import re
import sys

TOP = os.path.join(os.path.dirname(os.path.realpath(__file__)), "..", "..")
OPTION = re.compile(r'^\s*\{"([a-z0-9-]+)", (?:\'(.)\'|0),', re.MULTILINE)
troubles = []


def trouble(text, *values):
    troubles.append(text % values)


def read(*path):
    with open(os.path.join(TOP, *path), encoding="utf-8", errors="replace") as file:
        return file.read()


def read_all(pattern):
    return {os.path.relpath(path, TOP): read(path)
            for path in sorted(glob.glob(os.path.join(TOP, pattern), recursive=True))
            if os.path.isfile(path)}


def table(path, prefix):
    """The names in an ordered table of pointers: `&measure_reopen, ...`."""
    return re.findall(r"&%s(\w+)" % prefix, read(path)) if os.path.exists(
        os.path.join(TOP, path)) else []


def definition(sources, symbol):
    """The initializer of a constant, from whichever file holds it."""
    for path, text in sources.items():
        match = re.search(r"\b%s = \{(.*?)\};" % symbol, text, re.DOTALL)
        if match:
            return path, match.group(1)
    trouble("%s: in a table and defined nowhere", symbol)
    return None, ""


def member(body, name):
    """The string of a member, with adjacent literals joined."""
    match = re.search(r"\.%s =\s*((?:\"(?:[^\"\\]|\\.)*\"\s*)+)" % name, body)
    if not match and name in ("id", "name"):  # no designators: the name comes first
        match = re.match(r'\s*("(?:[^"\\]|\\.)*")', body)
    return "".join(re.findall(r'"((?:[^"\\]|\\.)*)"', match.group(1))) if match else ""


def manual(name):
    path = os.path.join("tools", "man", name)
    if not os.path.exists(os.path.join(TOP, path)):
        trouble("no manual page %s", path)
        return None
    return read(path)


class Cases:
    """The command-line cases."""

    def __init__(self):
        self.commands = read_all("tests/cli/*/cmd")

    def mention(self, text):
        pattern = re.compile(r"(?<![\w-])" + re.escape(text) + r"(?![\w-])")
        return [path for path, cmd in self.commands.items() if pattern.search(cmd)]

    def fail(self, command):
        """Cases of a command that expect a failure."""
        return [path for path in self.mention("$CFAUDIT " + command)
                if re.match(r"[1-9]", read_or_empty(os.path.dirname(path), "status"))]


def read_or_empty(*path):
    return read(*path) if os.path.exists(os.path.join(TOP, *path)) else ""


def check_options(owner, rows, page, cases):
    for name, _ in rows:
        if page is not None and not re.search(r"Fl (?:\w , )?-%s\b" % re.escape(name), page):
            trouble("option --%s of %s is not in the manual", name, owner)
        if not cases.mention("--" + name):
            trouble("option --%s of %s is in no command-line case", name, owner)


def check_commands(cases):
    sources = read_all("tools/cmd/*.c")
    for symbol in table("tools/cmd/command_table.c", "command_"):
        path, body = definition(sources, "command_" + symbol)
        if not path:
            continue
        name = member(body, "name")
        page = manual("cfaudit-%s.1" % name)
        for section in ("EXIT STATUS", "DIAGNOSTICS", "EXAMPLES", "STANDARDS"):
            if page is not None and ".Sh " + section not in page:
                trouble("cfaudit-%s.1 has no section %s", name, section)
        if not cases.mention("$CFAUDIT %s --help" % name):
            trouble("command %s has no case for its help", name)
        if not cases.fail(name):
            trouble("command %s has no case for its failure", name)
        check_options(name, OPTION.findall(sources[path]), page, cases)
    if "tools/cmd/args.c" in sources:
        check_options("every command", OPTION.findall(sources["tools/cmd/args.c"]),
                      manual("cfaudit.1"), cases)


def check_measures(cases):
    sources = read_all("tools/measure/*.c")
    page = manual("cfaudit-measures.7")
    tests = "".join({**read_all("tests/unit/*.c"), **read_all("tests/real/*.py"),
                     **read_all("tests/registers/*.py"),
                     **read_all("tests/process/*.py")}.values())
    for symbol in table("tools/measure/measure_table.c", "measure_"):
        path, body = definition(sources, "measure_" + symbol)
        if not path:
            continue
        name = member(body, "id")
        for what in ("name", "formula", "fields", "source"):
            if not member(body, what):
                trouble("measure %s says no %s", name, what)
        if page is not None and not re.search(r"^\.Ss %s\b" % name, page, re.MULTILINE):
            trouble("measure %s has no section in the manual", name)
        if not cases.mention(name):
            trouble("measure %s is in no command-line case", name)
        if name not in tests:
            trouble("measure %s is checked by no unit test and no oracle", name)


def check_readers():
    sources = read_all("tools/reader/*.c")
    tests = "".join(read_all("tests/unit/*.c").values())
    for symbol in table("tools/reader/reader_table.c", "reader_"):
        _, body = definition(sources, "reader_" + symbol)
        name = member(body, "name") or symbol
        if not os.path.exists(os.path.join(TOP, "tests", "fuzz", "fuzz_%s.c" % name)):
            trouble("reader %s has no fuzz target", name)
        if not glob.glob(os.path.join(TOP, "tests", "fuzz", "corpus", name, "*")):
            trouble("reader %s has no corpus", name)
        if "bid" not in tests or '"%s"' % name not in tests:
            trouble("reader %s has no unit test that names it and its bid", name)


def check_sheets():
    books = "".join(text for path, text in read_all("tests/books/**").items()
                    if path.endswith((".py", ".txt", ".xml")))
    sources = read_all("tools/report/*.c")
    for symbol in table("tools/report/sheet_table.c", "sheet_"):
        _, body = definition(sources, "sheet_" + symbol)
        name = member(body, "id")
        # in defined names a hyphen is an underscore
        if name and name not in books and name.replace("-", "_") not in books:
            trouble("sheet %s is looked at by nothing in tests/books", name)


def check_writers(cases):
    """Forms of a report, of pages and without: a manual entry, a test, a command-line case."""
    page = (manual("cfaudit-report.1") or "") + (manual("cfaudit-validate.1") or "")
    tests = "".join({**read_all("tests/unit/test_writer*.c"), **read_all("tests/books/*.py")}.values())
    for folder, path, prefix in (("writer", "tools/writer/writer_table.c", "writer_"),
                                 ("report", "tools/report/form_table.c", "form_")):
        sources = read_all("tools/%s/*.c" % folder)
        for symbol in table(path, prefix):
            _, body = definition(sources, prefix + symbol)
            name, ending = member(body, "name"), member(body, "ending")
            if not re.search(r"^\.It Cm %s$\n[^\n]*\n?\.?[^\n]*%s\b" %
                             (re.escape(name), re.escape(ending)), page, re.MULTILINE):
                trouble("form %s and its ending %s are not in the manual", name, ending)
            if folder == "writer" and '"%s"' % name not in tests:
                trouble("form %s is tested by nothing", name)
            if not any(re.search(r"-f %s\b|-o [^ ]*%s\b" % (re.escape(name), re.escape(ending)), cmd)
                       for cmd in cases.commands.values()):
                trouble("form %s is made by no command-line case", name)


def check_models():
    tests = "".join({**read_all("tests/unit/test_score_model.c"),
                     **read_all("tests/example/test_models.py")}.values())
    page = manual("cfaudit-score.1")
    sources = read_all("tools/score/*.c")
    for symbol in table("tools/score/score_table.c", "model_"):
        _, body = definition(sources, "model_" + symbol)
        name = member(body, "name")
        if page is not None and ".It Cm " + name + "\n" not in page:
            trouble("model %s is not in the manual", name)
        if '"%s"' % name not in tests:
            trouble("model %s has no worked example", name)


# Rooms whose rules "cfaudit validate" reports about documents.
LOADERS = "xml checklist plan answer evidence score lint".split()
# What these rooms report and no place in a single document shows: why, and so what has no fixture.
WITHOUT_FIXTURE = {
    "document-invalid": "said by commands that use documents",
    "document-unknown": "no document is there",
    "document-foreign": "it is no document of ours",
    "document-id": "documents of the library, by their bare names",
    "xml-schema": "the schema itself is broken",
    "xml-rule": "what the checker says and nobody has translated",
    "since-unused": "about what was named beside the documents",
    "source-open": "about a name, not a document",
    "fix-refused": "said of fixes that are tried; tests/cli has some",
    "part-document": "of gather --partial",
    "clause-table": "about a table of clauses, told where it is used",
    "map-field": "of maps that are used; map-field-unknown says it here",
    "zone-unknown": "of commands; plan-zone says it here",
    "answer-audit": "answers of another audit are not held against this one",
    "question-twice": "audit-question-twice says it here",
    "action-audit": "actions of another audit are not held against this one",
    "earlier-checklist": "needs both results", "earlier-model": "needs both results",
    "earlier-order": "needs both results",
}


def check_fixtures(rows):
    """Rules that a document alone can break have a folder with exact places."""
    sources = "".join("".join(read_all("tools/%s/*.c" % room).values()) for room in LOADERS)
    reported = set(re.findall(r"\bRULE_(\w+)\b", sources))
    names = {name for body, identifier, name, _, _, _ in rows if identifier in reported and not body}
    for name in sorted(names):
        has_fixture = os.path.exists(os.path.join(TOP, "tests", "rules", name, "expected"))
        if not has_fixture and name not in WITHOUT_FIXTURE:
            trouble("rule %s is said of documents and has no tests/rules/%s", name, name)
        if has_fixture and name in WITHOUT_FIXTURE:
            trouble("rule %s has a fixture and is said to have none", name)
    for name in sorted(set(WITHOUT_FIXTURE) - names):
        trouble("rule %s is said to have no fixture, and no room of documents reports it", name)


def check_lint(name, body, identifier):
    """A rule about documents: a file of its own, and fixtures."""
    if body != "lint_" + identifier.lower():
        trouble("rule %s has the body %s", name, body)
    if not os.path.exists(os.path.join(TOP, "tools", "lint", body + ".c")):
        trouble("rule %s has no file tools/lint/%s.c", name, body)
    for fixture in ("good.xml", "bad.xml", "expected"):
        if not os.path.exists(os.path.join(TOP, "tests", "rules", name, fixture)):
            trouble("rule %s has no tests/rules/%s/%s", name, name, fixture)


def check_rules():
    text = read("tools/base/rules.def")
    rows = re.findall(r'^(?:RULE\(|LINT\((\w+), )(\w+), "([^"]*)", SEVERITY_(\w+),\s*"([^"]*)",'
                      r'\s*((?:"(?:[^"\\]|\\.)*"\s*)+)\)', text, re.MULTILINE)
    if len(rows) != len(re.findall(r"^(?:RULE|LINT)\(", text, re.MULTILINE)):
        trouble("rules.def: a row that is neither RULE(ID, name, severity, message, explanation) nor "
                "LINT(body, ID, ...)")
    tests = "".join({**read_all("tests/unit/*.c"), **read_all("tests/cli/*/std*"),
                     **read_all("tests/limits/*.py"), **read_all("tests/rules/**"),
                     **read_all("tests/data/xsd/*.cases"),
                     **read_all("tests/real/*.py"), **read_all("tests/cli/*/cmd"),
                     **read_all("schemas/sources/*.xml")}.values())
    tools = "".join(read_all("tools/*/*.c").values())
    check_fixtures(rows)
    seen = set()
    for body, identifier, name, _, message, explanation in rows:
        if name in seen:
            trouble("rule %s stands twice", name)
        seen.add(name)
        if identifier.lower().replace("_", "-") != name:
            trouble("rule %s is called %s", identifier, name)
        if message.endswith(".") or (message[:1].isupper() and not message[1:2].isupper()):
            trouble("rule %s: messages begin small and end without a full stop", name)
        if not re.search(r'\."\s*$', explanation):
            trouble("rule %s: the explanation is no sentence", name)
        if body:
            check_lint(name, body, identifier)
        elif "RULE_" + identifier not in tools:
            trouble("rule %s is reported by nothing", name)
        if not re.search(r"RULE_%s\b|(?<![\w-])%s(?![\w-])" % (identifier, name), tests):
            trouble("rule %s is made to happen by no test", name)


def check_maps(cases):
    for path, text in read_all("schemas/sources/*.xml").items():
        name = os.path.splitext(os.path.basename(path))[0]
        for answer in ("true", "false"):
            if '<sample read="%s"' % answer not in text:
                trouble("%s has no sample that is read=%s", path, answer)
        reals = "".join({**read_all("tests/real/*.py"), **read_all("tests/maps/*.py")}.values())
        if not cases.mention("--map " + name) and '"%s"' % name not in reals:
            trouble("source map %s is used by no test", name)


def check_limits():
    tools = "".join(text for path, text in read_all("tools/*/*.[ch]").items()
                    if not path.endswith("limits.h"))
    for name in re.findall(r"\b(LIMIT_\w+) =", read("tools/base/limits.h")):
        if not re.search(r"\b%s\b" % name, tools):
            trouble("limit %s is kept by nothing", name)


def main():
    cases = Cases()
    check_commands(cases)
    check_measures(cases)
    check_readers()
    check_sheets()
    check_models()
    check_writers(cases)
    check_rules()
    check_maps(cases)
    check_limits()
    for text in troubles:
        print("tables: " + text)
    return 1 if troubles else 0


if __name__ == "__main__":
    sys.exit(main())
