"""Reads the Test Anything Protocol, which unit programs and test scripts print."""

import re

from harness.process import tail, text
from harness.result import FAILED, PASSED, SKIPPED, Result

LINE = re.compile(r"^(not )?ok\b(?: +\d+)?(?: +-)? *(.*)$")
SKIP = re.compile(r"^(.*?) *# *SKIP\b *(.*)$", re.IGNORECASE)
PLAN = re.compile(r"^1\.\.(\d+)(?: *# *SKIP *(.*))?$", re.IGNORECASE)


def results(name, ended):
    """Results of a program that prints TAP. A program without any line counts by its status."""
    found = []
    planned = 0
    skip_all = None
    for line in text(ended.stdout).splitlines():
        plan = PLAN.match(line)
        if plan:
            planned += int(plan.group(1))
            if plan.group(2) is not None:
                skip_all = plan.group(2)
            continue
        match = LINE.match(line)
        if match:
            found.append(one(name, match))
        elif line.startswith("#") and found and found[-1].outcome == FAILED:
            found[-1].detail += "    " + line[1:].strip() + "\n"
    failed = any(result.outcome == FAILED for result in found)
    if skip_all is not None and not found and ended.status == 0:
        return [Result(name, SKIPPED, skip_all)]
    trouble = None
    if ended.timed_out or (ended.status != 0 and not failed):
        trouble = ended.explain()
    elif ended.status == 0 and failed:
        trouble = "reports a failure and ends with status 0"
    elif len(found) < planned:
        trouble = "planned %d checks and reported %d" % (planned, len(found))
    elif not found:
        found.append(Result(name, PASSED))
    if trouble:
        found.append(Result(name, FAILED, trouble))
    if failed or trouble:
        last = [result for result in found if result.outcome == FAILED][-1]
        last.detail = "\n".join(filter(None, [last.detail.rstrip("\n"), tail(ended.stderr)]))
    return found


def one(name, match):
    title = match.group(2)
    skip = SKIP.match(title)
    if skip and not skip.group(1):  # cmocka: "not ok 3 # SKIP name"
        return Result("%s: %s" % (name, skip.group(2)), SKIPPED)
    if skip:
        return Result("%s: %s" % (name, skip.group(1).strip()), SKIPPED, skip.group(2))
    if match.group(1):
        return Result("%s: %s" % (name, title), FAILED)
    return Result("%s: %s" % (name, title), PASSED)
