"""Fails the nth allocation and the nth write of whole commands. Each time, however early or late,
one of two things happens: status 2, exactly one fatal diagnostic and no output; or the outputs are
those of a run without a fault, byte by byte. (The status may be 2 then, too: when all files were in
their places and the summary could not be printed.) A file that a command changes is, after a fault,
the one before or the one of a run without a fault, and nothing lies beside it."""

import os
import re
import subprocess
import sys
import tempfile

TOP = os.environ["TOP"]
PROGRAM = os.path.join(os.environ["BUILD"], "tests", "faults", "faults")
AUDIT = os.path.join(TOP, "checklists", "examples", "helpdesk", "audit.xml")
ANSWERS = os.path.join(TOP, "checklists", "examples", "helpdesk", "answers.xml")
EARLIER = os.path.join(TOP, "checklists", "examples", "helpdesk", "earlier.answers.xml")
TICKETS = os.path.join(TOP, "tests", "data", "tickets.csv")
LOG = os.path.join(TOP, "tests", "data", "log.xes")
QUEUE = os.path.join(TOP, "tests", "data", "queue_log")
TALK = [os.path.join(TOP, "tests", "data", "conversation", name)
        for name in ("ticket.csv", "message.csv")]
MESSAGES = os.path.join(TOP, "tests", "data", "messages.csv")
LABELLED = os.path.join(TOP, "tests", "data", "labelled.csv")
DOCUMENTS = ["schemas/sources/generic-ticket.xml", "schemas/calendars/us-boston.xml",
             "schemas/slas/four-priorities.xml", "schemas/lexicons/labels-en.xml", "tests/rules/wording-double/good.xml"]
WRONG = ["map-value", "map-column-shared", "map-sample", "calendar-clock-twice",
         "calendar-holiday-twice", "sla-calendar", "sla-overlap", "ladder-unit", "audit-map"]
MENDED = {"bad-%s.xml" % rule: os.path.join(TOP, "tests", "fixes", rule, "before.xml")
          for rule in ("xml-type", "text-garbled")}
RUNS = 400  # of one command and one kind of fault


def make_part():
    """A part of the example, to be merged: its path, in a folder that goes when the tests end."""
    folder = tempfile.TemporaryDirectory()
    path = os.path.join(folder.name, "part.cfap")
    subprocess.run([os.environ["CFAUDIT"], "gather", AUDIT, "--partial", "-q", "-o", path],
                   capture_output=True, check=True)
    return folder, path


FOLDER, PART = make_part()

COMMANDS = {
    "gather a part": ["gather", AUDIT, "--partial", "-q", "-o", "part.cfap"],
    "gather a part as lines": ["gather", AUDIT, "--partial", "-q", "-f", "lines", "-o", "lines"],
    "merge to a part": ["merge", PART, "-q", "-o", "joined.cfap"],
    "merge to a ledger": ["merge", PART, "-q", "-o", "joined.xml"],
    "measure a table": ["measure", "M-03", "M-07", "M-12", "--map", "generic-ticket", "--by",
                        "priority", "--format", "json", "-o", "out.json", TICKETS],
    "measure a log": ["measure", "M-03", "M-12", "--map", "xes", "--format", "csv", "-o", "out.csv",
                      LOG],
    "measure a text log": ["measure", "M-01", "M-03", "--map", "asterisk-queue-log", "--format", "json",
                           "-o", "out.json", QUEUE],
    "measure a conversation": ["measure", "M-01", "M-02", "M-04", "M-32", "--map", "generic-ticket",
                               "--zone", "Europe/Rome", "--calendar", "it-office", "--seed", "s",
                               "--format", "json", "-o", "out.json", *TALK],
    "run an audit": ["run", AUDIT, "--answers", ANSWERS, "-o", "out.xlsx", "-f", "html:out.html",
                     "-f", "markdown:out.md", "-f", "csv:tables/"],
    "detect in messages": ["detect", "refusal", "--map", "generic-ticket", "--with-text",
                           "-o", "out.json", MESSAGES],
    "calibrate detectors": ["calibrate", LABELLED, "-o", "calibration.xml"],
    "tell what files are": ["info", TICKETS, LOG, QUEUE, ANSWERS],
    "compare documents": ["diff", EARLIER, ANSWERS],
    "look at documents": ["validate", "-f", "json:out.json", "-f", "sarif:out.sarif",
                          *[os.path.join(TOP, path) for path in DOCUMENTS]],
    "look at wrong documents": ["validate", "-f", "junit:out.xml",
                                *[os.path.join(TOP, "tests", "rules", rule, "bad.xml")
                                  for rule in WRONG]],
    "mend documents": ["validate", "--fix", *MENDED],
}


def read(path):
    with open(path, "rb") as file:
        return file.read()


# command -> {file that is there before: its bytes}
BEFORE = {"mend documents": {name: read(path) for name, path in MENDED.items()}}


def go(kind, nth, arguments, before):
    """(status, standard error, {file left: its bytes}, how many calls there were)."""
    with tempfile.TemporaryDirectory() as folder:
        report = os.path.join(folder, "report")
        work = os.path.join(folder, "work")
        os.mkdir(work)
        for name, text in before.items():
            with open(os.path.join(work, name), "wb") as file:
                file.write(text)
        env = dict(os.environ, LC_ALL="C.UTF-8", TZ="UTC")
        ended = subprocess.run([PROGRAM, kind, str(nth), report, *arguments], cwd=work, env=env,
                               capture_output=True, timeout=60, check=False)
        count = 0
        if os.path.exists(report):
            with open(report, encoding="ascii") as file:
                count = int(file.read())
        left = {}
        for below, folders, names in os.walk(work):
            for name in sorted(names):
                left[os.path.relpath(os.path.join(below, name), work)] = read(
                    os.path.join(below, name))
            left.update({os.path.relpath(os.path.join(below, name), work) + "/": b""
                         for name in folders})
        return ended.returncode, ended.stderr.decode("utf-8", "backslashreplace"), left, count


def places(count):
    """Every one of the first and last, and an even choice of those between."""
    if count <= RUNS:
        return range(1, count + 1)
    edge = RUNS // 4
    step = (count - 2 * edge) / (RUNS - 2 * edge)
    between = {edge + int(i * step) for i in range(RUNS - 2 * edge)}
    return sorted(set(range(1, edge + 1)) | between | set(range(count - edge, count + 1)))


def is_sound(left, before, whole):
    """Nothing new, or all of it; each file that was there as it was, or as it should be."""
    if left == whole:
        return True
    return set(left) == set(before) and all(left[name] in (before[name], whole[name])
                                            for name in left)


def troubles(kind, arguments, before):
    status, err, whole, count = go(kind, 0, arguments, before)
    without_fault = status
    if status not in (0, 1, 3):
        return ["without a fault: status %d: %s" % (status, err)], 0
    if count == 0:
        return ["nothing was counted"], 0
    if any(whole[name] == text for name, text in before.items()):
        return ["a file was not changed"], count
    found = []
    for nth in places(count):
        status, err, left, _ = go(kind, nth, arguments, before)
        if status == without_fault and left == whole:
            continue  # what failed did not matter, such as the sync of a folder
        fatal = len(re.findall(r"(?:^|: )fatal: ", err, re.MULTILINE))
        if status != 2 or fatal != 1 or not is_sound(left, before, whole):
            found.append("%s %d of %d: status %d, %d fatal, left %s: %s" %
                         (kind, nth, count, status, fatal, list(left), err.strip()[-200:]))
    return found, count


def main():
    failed = False
    for name, arguments in COMMANDS.items():
        for kind in ("alloc", "write"):
            found, count = troubles(kind, arguments, BEFORE.get(name, {}))
            failed = failed or bool(found)
            print("%s - %s, failing %s (%d)" % ("not ok" if found else "ok", name, kind, count))
            for trouble in found[:20]:
                print("# " + trouble.replace("\n", " | "))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
