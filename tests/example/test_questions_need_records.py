"""Every question that figures can answer is answered in the example, and none by a constant: what
figures say of it comes from records, and goes with them.

The example of the service firm has every kind of record: questions that need no judgement are scored
there, the others have points proposed, and `list questions --audit` finds nothing missing. Those that
are held up stand in questions_held_up.json with the reason that the result gives; one that is held up
without standing there fails, and so does one that stands there and has its points.

For each question the kinds are collected
that its measures read; the audit is run again without the sources that give any of them, and the
question must stand there as not checked, with no points proposed and no case behind any figure.
`list questions --audit` must then name the kinds as lacking.
"""

import collections
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as xml

from real.compare import Tap

TOP = pathlib.Path(os.environ["TOP"])
EXAMPLE = TOP / "checklists/examples/coffee-service"
HELD_UP = TOP / "tests/example/questions_held_up.json"
NS = "{urn:cfaudit:1}"
# records that tickets bring along, whatever source they come from
TICKETS = {"ticket", "event", "messages", "service", "levels"}


def cfaudit(folder, *arguments, statuses=(0, 3)):
    done = subprocess.run([os.environ["CFAUDIT"], *arguments], cwd=folder, capture_output=True,
                          text=True, check=False)
    if done.returncode not in statuses:
        raise SystemExit("%s: %d\n%s" % (" ".join(arguments), done.returncode, done.stderr))
    return done.stdout


def kinds_of_maps(root):
    """source id -> kinds of records that its map gives."""
    kinds = {}
    for source in root.iter(NS + "source"):
        text = cfaudit(TOP, "explain", source.get("map"), "--source") \
            if "/" not in source.get("map") and not source.get("map").endswith(".xml") \
            else (EXAMPLE / source.get("map")).read_text("utf-8")
        given = {record.get("kind") for record in xml.fromstring(text).iter(NS + "record")}
        kinds[source.get("id")] = {"ticket" if kind in TICKETS | {None} else kind
                                   for kind in given} or {"ticket"}
    return kinds


def kinds_of_measure(measure, seen={}):
    """What it reads, as its explanation says; nothing: it is not computed."""
    if measure not in seen:
        found = re.search(r"^fields +(.*)$",
                          cfaudit(TOP, "explain", measure, statuses=(0, 2)), re.M)
        words = re.split(r"[ ;,]+", found.group(1)) if found else []
        kinds = {word.partition(".")[0] for word in words if "." in word}
        seen[measure] = {"ticket" if kind in TICKETS else kind for kind in kinds}
    return seen[measure]


def questions():
    """id -> (mode, measures)"""
    found = {}
    for path in sorted((TOP / "checklists").glob("*.xml")):
        for question in xml.parse(path).getroot().iter(NS + "question"):
            found[question.get("id")] = (question.get("mode"), question.get("basis"),
                                         [binding.get("measure")
                                          for binding in question.iter(NS + "binding")])
    return found


def audit_without(folder, dropped):
    """The example's audit in another file, without these sources; one that is empty stands in."""
    tree = xml.parse(EXAMPLE / "audit.xml")
    root = tree.getroot()
    for source in list(root.iter(NS + "source")):
        if source.get("id") in dropped:
            root.remove(source)
    if root.find(NS + "source") is None:
        raise SystemExit("nothing is left")
    xml.register_namespace("", NS[1:-1])
    tree.write(folder / "less.xml", "utf-8", xml_declaration=True)


def told(folder, audit):
    """id -> question of the result, of the audit without anybody's answers."""
    cfaudit(folder, "gather", audit, "-o", "less.evidence.xml", "--quiet", "--force")
    cfaudit(folder, "score", audit, "-e", "less.evidence.xml", "-o", "less.result.xml", "--quiet",
            "--force")
    tree = json.loads(cfaudit(folder, "report", "-e", "less.evidence.xml", "-r", "less.result.xml",
                              "-f", "json", "--quiet"))
    cases = {"%s %s" % (figure["measure"], figure["variant"]): figure["n"]
             for figure in tree["figures"]}
    return {question["id"]: question for question in tree["questions"]}, cases


def lacking(folder, audit):
    """id -> what list says of it."""
    said = {}
    text = cfaudit(folder, "list", "questions", "--audit", audit, "--quiet")
    for block in re.split(r"\n(?=\S)", text):
        said[block.split(" ", 1)[0]] = block
    return said


def check_question(name, asked, given, question, block, cases):
    """What is wrong with the question in an audit that has none of its records."""
    mode, _, measures = asked
    troubles = []
    if question["status"] not in ("notchecked", "informational"):
        troubles.append("%s is %s" % (name, question["status"]))
    if question["proposed"] is not None:
        troubles.append("%s: %s points are proposed" % (name, question["proposed"]))
    with_cases = [key for key, n in cases.items() if key.split(" ")[0] in measures and n]
    if with_cases:
        troubles.append("%s: %s has cases" % (name, with_cases[0]))
    wanted = {kind for measure in measures for kind in kinds_of_measure(measure)} & given
    if question["status"] == "notchecked" and mode != "human" and wanted and \
            not any(" %s." % kind in block or "event." in block for kind in wanted):
        troubles.append("%s: list names none of %s as lacking: %s" % (name, sorted(wanted), block))
    return troubles


def check_without_records(tap, folder, asked):
    kinds = kinds_of_maps(xml.parse(EXAMPLE / "audit.xml").getroot())
    groups = collections.defaultdict(list)
    for name, (_, _, measures) in asked.items():
        read = {kind for measure in measures for kind in kinds_of_measure(measure)}
        dropped = frozenset(source for source, given in kinds.items() if given & read)
        if dropped:
            groups[dropped].append(name)
    looked_at = 0
    for dropped, names in sorted(groups.items(), key=lambda group: sorted(group[0])):
        audit_without(folder, dropped)
        result, cases = told(folder, "less.xml")
        blocks = lacking(folder, "less.xml")
        given = set().union(*(kinds[source] for source in dropped))
        troubles = [trouble for name in names
                    for trouble in check_question(name, asked[name], given, result[name],
                                                  blocks[name], cases)]
        looked_at += len(names)
        tap.check("without %s: nothing is said of %d questions" %
                  (", ".join(sorted(dropped)), len(names)), troubles)
    measured = [name for name, (_, _, measures) in asked.items()
                if any(kinds_of_measure(measure) for measure in measures)]
    tap.check("every question that something measures was looked at",
              ["%d of %d" % (looked_at, len(measured))] if looked_at < len(measured) else [])


def has_points(asked, question):
    """Scored where no judgement is needed, and proposed where it is."""
    return question["status"] == "scored" if asked[0] == "auto" else question["proposed"] is not None


def check_with_records(tap, folder, asked, full):
    held_up = json.loads(HELD_UP.read_text("utf-8"))
    blocks = lacking(folder, "audit.xml")
    for mode in ("auto", "semi"):
        names = [name for name in asked if asked[name][0] == mode]
        tap.check("%d questions, %s: all have their points but those held up" % (len(names), mode),
                  ["%s: %s" % (name, full[name]["why"]) for name in names
                   if not has_points(asked[name], full[name]) and name not in held_up])
    tap.check("what is held up is held up, for the reason that is told",
              ["%s: %s" % (name, full[name]["why"]) for name, reason in held_up.items()
               if has_points(asked[name], full[name]) or reason not in full[name]["why"]])
    for name in held_up:
        print("# held up: %s: %s" % (name, held_up[name]))
    tap.check("nothing is said to be missing of what has its points",
              [blocks[name] for name in asked if has_points(asked[name], full[name]) and
               re.search("lacks|no record that counts", blocks[name])])
    tap.check("what is missing is said of the others",
              [blocks[name] for name in asked if asked[name][0] != "human" and
               not has_points(asked[name], full[name]) and full[name]["why"] not in blocks[name]])


def main():
    tap = Tap()
    asked = questions()
    tap.equal("all questions are asked", 88, len(asked))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "coffee"
        shutil.copytree(EXAMPLE, folder)
        full, _ = told(folder, "audit.xml")
        tap.check("no sentence speaks of points that there are not",
                  [question["why"] for question in full.values() if "-1 point" in question["why"]])
        check_with_records(tap, folder, asked, full)
        check_without_records(tap, folder, asked)
        empty = [name for name, (mode, _, measures) in asked.items() if mode == "human" and
                 full[name]["proposed"] is not None]
        tap.check("figures propose nothing where only people answer", empty)
    return tap.finish()


if __name__ == "__main__":
    sys.exit(main())
