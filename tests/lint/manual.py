#!/usr/bin/env python3
"""The manual says what the program does, and nothing else: every command, option, rule, measure,
variant and exclusion reason of the sources is in its page, and the pages name none that is gone.

usage: manual.py    (from anywhere; prints what differs, one line each, and ends with 1 if anything)
"""

import pathlib
import re
import subprocess
import sys
from xml.etree import ElementTree

TOP = pathlib.Path(__file__).resolve().parents[2]
MAN = TOP / "tools/man"
SECTIONS = ["NAME", "DESCRIPTION", "EXIT STATUS", "EXAMPLES", "DIAGNOSTICS", "SEE ALSO", "STANDARDS"]
STRING = r'"((?:[^"\\]|\\.)*)"'
problems = []


def say(place, text):
    problems.append("%s: %s" % (place, text))


def source(path):
    """C text without comments, with neighbouring string literals joined."""
    text = (TOP / path).read_text("utf-8")
    text = re.sub(r"/\*.*?\*/", " ", text, flags=re.S)
    return re.sub(r'"\s*\n\s*"', "", text)


def page(name):
    path = MAN / name
    return path.read_text("utf-8") if path.exists() else None


def both_ways(place, what, wanted, found):
    for name in sorted(set(wanted) - set(found)):
        say(place, "%s '%s' is missing" % (what, name))
    for name in sorted(set(found) - set(wanted)):
        say(place, "%s '%s' is not in the program" % (what, name))


# --- options ---

def option_rows(text, array):
    """name -> (letter, value name) of the rows of one array."""
    found = re.search(r"struct option_row %s\[\] = \{(.*?)\n\};" % array, text, re.S)
    rows = re.findall(r"\{%s, (0|'.'), (?:%s|NULL), (?:true|false)," % (STRING, STRING),
                      found.group(1)) if found else []
    return {name: (letter.strip("'0"), value) for name, letter, value in rows}


def page_options(text):
    """name -> (letter, value name) of the items that are options."""
    rows = {}
    for line in re.findall(r"^\.It Fl (.*)$", text, re.M):
        match = re.fullmatch(r"(?:(\w) , )?-([a-z-]+)(?: Ar (.*))?", line)
        if match:
            rows[match.group(2)] = (match.group(1) or "", match.group(3) or "")
        else:
            say("manual", "'.It Fl %s' has another form than '.It Fl o , -output Ar FILE'" % line)
    return rows


def check_options(name, rows, text):
    found = page_options(text)
    both_ways(name, "option", rows, found)
    for option in sorted(set(rows) & set(found)):
        if rows[option] != found[option]:
            say(name, "option '%s' is %s in the program and %s here" %
                (option, rows[option], found[option]))


def check_commands():
    names = []
    for path in sorted((TOP / "tools/cmd").glob("cmd_*.c")):
        text = source(path.relative_to(TOP))
        command = re.search(r"const struct command command_\w+ = \{.*?\.name = " + STRING, text, re.S)
        if not command:
            continue
        name = command.group(1)
        names.append(name)
        manual = page("cfaudit-%s.1" % name)
        if manual is None:
            say("tools/man", "no page for the command '%s'" % name)
            continue
        check_options("cfaudit-%s.1" % name, option_rows(text, "options"), manual)
    top = page("cfaudit.1")
    if (TOP / "tools/cmd/args.c").exists():
        common = option_rows(source("tools/cmd/args.c"), "common_options")
        program = option_rows(source("tools/cmd/main.c"), "program_options")
        check_options("cfaudit.1", common | program, top)
    if names:
        both_ways("cfaudit.1", "command", names, re.findall(r"^\.It Xr cfaudit-(\w+) 1", top, re.M))
        both_ways("tools/man", "page of", names,
                  [p.name[8:-2] for p in MAN.glob("cfaudit-*.1")])
    return names


def check_lists():
    path = TOP / "tools/cmd/cmd_list.c"
    if path.exists():
        rows = re.findall(r"\{%s, list_\w+\}" % STRING, source("tools/cmd/cmd_list.c"))
        both_ways("cfaudit-list.1", "list", rows, re.findall(r"^\.It Cm ([a-z]+)$",
                                                             page("cfaudit-list.1"), re.M))


# --- rules ---

def check_rules():
    text = (TOP / "tools/base/rules.def").read_text("utf-8")
    rows = re.findall(r"^(?:RULE\(|LINT\(\w+, )\w+, %s, SEVERITY_(\w+), %s,\s*%s\)" %
                      (STRING, STRING, STRING), text, re.M)
    if len(rows) != len(re.findall(r"^(?:RULE|LINT)\(", text, re.M)):
        say("rules.def", "a row has another form than this check reads")
    manual = page("cfaudit-rules.7") or ""
    found = {name: (severity, message) for name, severity, message in
             re.findall(r"^\.It Sy ([a-z-]+) Pq (\w+)\n(.*)\.$", manual, re.M)}
    for name, severity, message, explanation in rows:
        if name not in found:
            say("cfaudit-rules.7", "rule '%s' is missing:\n.It Sy %s Pq %s\n%s.\n%s" % (
                name, name, severity.lower(), message.replace("\\\\", "\\e"),
                explanation.replace("\\\\", "\\e").replace(". ", ".\n")))
        elif found[name] != (severity.lower(), message.replace("\\\\", "\\e")):
            say("cfaudit-rules.7", "rule '%s' is %s, '%s' in the program" %
                (name, severity.lower(), message))
    for name in sorted(set(found) - {row[0] for row in rows}):
        say("cfaudit-rules.7", "rule '%s' is not in the program" % name)
    for name in sorted(set(re.findall(r"^\.Cm ([a-z]+(?:-[a-z]+)*)$", manual, re.M))):
        if name not in found:
            say("cfaudit-rules.7", "'%s' is named and no rule" % name)
    check_fixes(dict(re.findall(r"^(?:RULE\(|LINT\(\w+, )(\w+), %s," % STRING, text, re.M)), manual)


def check_fixes(rules, manual):
    """What --fix does stands with each rule it does it for, in the program's own words."""
    about = {}
    for path in sorted((TOP / "tools/lint").glob("fix_*.c")):
        about.update(re.findall(r"const struct fix (fix_\w+) = \{\s*\.about = " + STRING,
                                source(path.relative_to(TOP))))
    rows = re.findall(r"\{RULE_(\w+), &(fix_\w+)\}", source("tools/lint/fix_table.c"))
    wanted = {rules[rule]: about.get(fix) for rule, fix in rows}
    entries = re.findall(r"^\.It Sy ([a-z-]+) Pq \w+\n(.*?)(?=^\.It |^\.El)", manual, re.M | re.S)
    found = {}
    for name, entry in entries:
        mark = re.search(r"^\.Fl -fix\n(.*)\.$", entry, re.M)
        if mark:
            found[name] = mark.group(1)
    both_ways("cfaudit-rules.7", "fix of", wanted, found)
    for name in sorted(set(wanted) & set(found)):
        if wanted[name] != found[name]:
            say("cfaudit-rules.7", "the fix of '%s' is '%s' in the program" % (name, wanted[name]))


# --- measures ---

def measure_entries(manual):
    """id -> (name, text) of the section MEASURES."""
    part = re.search(r"^\.Sh MEASURES\n(.*?)^\.Sh ", manual, re.M | re.S).group(1)
    pieces = re.split(r"^\.Ss (M-\d+) (\S+)\n", part, flags=re.M)
    return {pieces[i]: (pieces[i + 1], pieces[i + 2]) for i in range(1, len(pieces), 3)}


def with_parts(path):
    """A measure with the files of its room that it includes and that say reasons for it."""
    text = source(path.relative_to(TOP))
    names = re.findall(r'#include "measure/(\w+)\.h"', text)
    for name in names:
        if name in ("measure_table", "observe"):
            continue
        for part in (path.with_name(name + ".c"), path.with_name(name + ".h")):
            if part.exists():
                more = source(part.relative_to(TOP))
                text += more
                names += [other for other in re.findall(r'#include "measure/(\w+_judge)\.h"', more)
                          if other not in names]
    return text


def check_measures():
    manual = page("cfaudit-measures.7")
    entries = measure_entries(manual)
    ids = {}
    for path in sorted((TOP / "tools/measure").glob("measure_*.c")):
        text = with_parts(path)
        head = re.search(r'\.id = "(M-\d+)",\s*\.name = ' + STRING, text)
        if not head:
            continue
        ids[head.group(1)] = path
        place = "cfaudit-measures.7, " + head.group(1)
        if head.group(1) not in entries:
            continue
        name, entry = entries[head.group(1)]
        if name != head.group(2):
            say(place, "is called '%s' in the program" % head.group(2))
        variants = re.findall(r"(?:\] = )?\{%s, VARIANT_" % STRING, text)
        both_ways(place, "variant", variants, re.findall(r"^\.It (\S+)$", entry, re.M))
        words = set(re.findall(r'"([a-z]+(?:-[a-z0-9]+)+)"', text))
        reasons = words - set(variants) - {name, head.group(2)}
        for reason in sorted(reasons):
            if not re.search(r"Em %s(?![a-z-])" % re.escape(reason), entry):
                say(place, "reason '%s' is missing" % reason)
        excluded = re.search(r"^Excluded:\n(.*?)^\.Pp", entry, re.M | re.S)
        for reason in re.findall(r"Em ([a-z-]+)", excluded.group(1) if excluded else ""):
            if '"%s"' % reason not in text and reason != "outside-period":
                say(place, "reason '%s' is not in the program" % reason)
        if "Example." not in entry:
            say(place, "has no worked example")
    both_ways("cfaudit-measures.7", "measure", ids, entries)
    return set(ids)


def check_checklists(computed):
    """Every measure a shipped checklist names is computed, or listed as not computed, never both."""
    manual = page("cfaudit-measures.7")
    part = re.search(r"^\.Sh MEASURES NOT COMPUTED\n(.*?)^\.Sh ", manual, re.M | re.S).group(1)
    told = re.findall(r"^\.It (M-\d+)$", part, re.M)
    bound = {m for path in sorted((TOP / "checklists").glob("*.xml"))
             for m in re.findall(r'<binding measure="(M-\d+)"', path.read_text("utf-8"))}
    both_ways("cfaudit-measures.7, MEASURES NOT COMPUTED", "measure", bound - computed, told)


# --- all pages ---

def check_pages():
    for path in sorted(MAN.glob("*.[157]")):
        text = path.read_text("utf-8")
        found = re.findall(r"^\.Sh (.*)$", text, re.M)
        for name in SECTIONS:
            if name not in found:
                say(path.name, "section %s is missing" % name)
        for name, section in re.findall(r"^\.(?:It )?Xr (cfaudit\S*) (\d)", text, re.M):
            if not (MAN / ("%s.%s" % (name, section))).exists():
                say(path.name, "refers to %s(%s), which does not exist" % (name, section))


def check_sizing():
    """The figures of the section are those that were measured and kept."""
    ended = subprocess.run([sys.executable, str(TOP / "tests/bench/sizing.py"), "--check"],
                           capture_output=True, text=True, check=False)
    if ended.returncode != 0:
        say("cfaudit-cluster.7", (ended.stdout + ended.stderr).strip())


def check_questions():
    """Each question of the shipped checklists stands in their page, with the facts that it has there."""
    text = page("cfaudit-checklists.7")
    told = dict(re.findall(r"^\.It Cm (CF-\S+)\n((?:[^.].*\n)+)", text, re.M))
    asked = {}
    for path in sorted((TOP / "checklists").glob("*.xml")):
        for question in ElementTree.parse(path).getroot().iter("{urn:cfaudit:1}question"):
            asked[question.get("id")] = question
    both_ways("cfaudit-checklists.7", "question", asked, told)
    for name in sorted(set(asked) & set(told)):
        question = asked[name]
        words = [element.text for element in question if element.get("lang") == "en"][0]
        measures = {binding.get("measure") for binding in question.iter("{urn:cfaudit:1}binding")}
        facts = told[name].lower()
        for wanted in [words.lower(), question.get("mode"), question.get("basis"),
                       "weight " + question.get("weight")]:
            if wanted not in facts:
                say("cfaudit-checklists.7, " + name, "'%s' is missing" % wanted)
        both_ways("cfaudit-checklists.7, " + name, "measure", measures,
                  re.findall(r"M-\d+", told[name]))
        if (question.get("gate") == "yes") != (", gate" in facts):
            say("cfaudit-checklists.7, " + name, "gate differs")


def main():
    check_pages()
    check_sizing()
    check_commands()
    check_lists()
    check_rules()
    check_checklists(check_measures())
    check_questions()
    for line in problems:
        print("manual: " + line)
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
