"""Small logs that each break or keep one rule of the standard: read, or refused with a place;
none crashes the program, invents an event, or passes with nothing assessed."""

import json
import os
import re

import compare
from xes_log import traces

FOLDER = compare.data("event-logs", "xes-conformance")


def troubles(path):
    status, out, err = compare.run("measure", "M-03", "--map", "xes", "--format", "json", path)
    if status == 2:
        # Refused: one located line, no half output.
        located = re.search(re.escape(path) + r":\d+(:\d+)?: (error|fatal): ", err)
        found = [] if located else ["refused without a place: " + err.strip()]
        return found + (["refused, yet wrote to standard output"] if out else [])
    if status != 3:
        return ["status %d; no file here holds a duration" % status, err.strip()]
    document = json.loads(out)
    source = document["accounting"][0]
    log = list(traces(path))
    found = compare.accounting_troubles(document)
    if source["rows_read"] != sum(len(trace.events) for trace in log):
        found.append("%d rows read of %d events" %
                     (source["rows_read"], sum(len(trace.events) for trace in log)))
    if source["cases"] > len(log):
        found.append("%d cases of %d traces" % (source["cases"], len(log)))
    if any(figure["n"] for figure in document["figures"]):
        found.append("a figure with n > 0 out of nothing")
    if document["exit"]["code"] != 3:
        found.append("exit code %r in the document" % document["exit"]["code"])
    return found


def main():
    tap = compare.Tap()
    names = sorted(os.listdir(FOLDER))
    tap.equal("all files are there", 37, len(names))
    for name in names:
        tap.check(name, troubles(os.path.join(FOLDER, name)))
    status, _, _ = compare.run("measure", "M-03", "--map", "xes", FOLDER)
    tap.equal("the whole folder is no pass", True, status in (2, 3))
    tap.finish()


if __name__ == "__main__":
    main()
