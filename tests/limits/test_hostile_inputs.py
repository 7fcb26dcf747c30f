"""Deep, long, many, hostile: every input ends within its time, with a status that fits and a word
about where; nothing crashes and nothing is believed that was not there."""

import gzip
import json
import os
import re
import subprocess
import sys
import tempfile

LIMIT = 20  # seconds; under valgrind and sanitizers everything is slower, hence generous
HEADER = b"id,opened,resolved,status\n"
ROW = b"%d,2025-03-03T09:00:00Z,2025-03-03T11:00:00Z,Closed\n"
TRACE = ('<trace><string key="concept:name" value="%s"/>%s</trace>')
EVENT = '<event><date key="time:timestamp" value="2025-03-03T09:00:00Z"/></event>'


def log(inner):
    return ('<?xml version="1.0"?><log xmlns="http://www.xes-standard.org/">%s</log>' %
            inner).encode()


def cases():
    """(name, file, map, expected status, cases expected or None, what standard error must show)."""
    located = r"in\.\w+(\.gz)?:\d+"
    yield "one line of 64 MiB", HEADER + b"1," + b"x" * (64 << 20), "generic-ticket", (2, 3), 0, ""
    yield ("a quote that never closes in 32 MiB", HEADER + b'1,"' + ROW * (1 << 19) % ((1,) * (1 << 19)),
           "generic-ticket", (0, 2, 3), None, "csv-cell-too-large")
    yield "20,000 columns", b",".join(b"c%d" % i for i in range(20000)) + b"\n", "generic-ticket", (2,), None, "csv-columns"
    yield "a million empty lines", HEADER + b"\n" * 1000000 + ROW % 1, "generic-ticket", (0,), 1, ""
    yield "nothing but commas", HEADER + b",,,\n" * 200000, "generic-ticket", (3,), 0, ""
    yield "nothing but zero bytes", b"\0" * (1 << 20), "generic-ticket", (2, 3), 0, ""
    yield "bytes that are no text", bytes(range(256)) * 4096, "generic-ticket", (2, 3), 0, ""
    yield ("the same id 200,000 times", HEADER + (ROW % 7) * 200000, "generic-ticket", (0,), 1, "")
    yield ("a bomb of zeros", gzip.compress(b"\0" * (80 << 20), 9), "generic-ticket", (2, 3), 0, "")
    yield ("packed twice", gzip.compress(gzip.compress(HEADER + ROW % 1)), "generic-ticket", (2, 3), 0, "")
    yield ("attributes nested 100,000 deep",
           log(TRACE % ("1", '<list key="a">' * 100000 + "</list>" * 100000)), "xes", (2,), None,
           located)
    yield ("a trace of 200,000 events", log(TRACE % ("1", EVENT * 200000)), "xes", (0,), 1, "")
    yield ("50,000 empty traces", log("<trace/>" * 50000), "xes", (2, 3), None, "")
    yield ("an entity that doubles itself",
           b'<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
           b"<log><trace>&b;</trace></log>", "xes", (2,), None, located)
    yield ("an external entity", b'<?xml version="1.0"?><!DOCTYPE log [<!ENTITY a SYSTEM '
           b'"file:///etc/passwd">]><log><trace><string key="concept:name" value="&a;"/></trace></log>',
           "xes", (2,), None, located)
    yield ("a tag with 100,000 attributes",
           log("<trace %s/>" % " ".join('a%d="x"' % i for i in range(100000))), "xes", (2,), None,
           located)
    yield ("a log that ends in the middle", log(TRACE % ("1", EVENT * 10))[:-40], "xes", (2, 3), None,
           located)
    yield ("a name of 8 MiB", log(TRACE % ("n" * (8 << 20), EVENT)), "xes", (2, 3), None, "")


def run(path, source_map):
    try:
        return subprocess.run([os.environ["CFAUDIT"], "measure", "M-03", "--map", source_map,
                               "--format", "json", path], capture_output=True, timeout=LIMIT,
                              check=False)
    except subprocess.TimeoutExpired:
        return None


def troubles(ended, statuses, wanted_cases, shown):
    if ended is None:
        return ["took more than %d s" % LIMIT]
    err = ended.stderr.decode("utf-8", "backslashreplace")
    found = []
    if ended.returncode not in statuses:
        found.append("status %d, expected %s: %s" % (ended.returncode, statuses, err[:300]))
    if not re.search(shown, err):
        found.append("standard error does not show %s: %s" % (shown, err[:300]))
    if ended.returncode == 2:
        if ended.stdout:
            found.append("refused, yet wrote to standard output")
        if err.count(": fatal: ") != 1:
            found.append("%d fatal diagnostics: %s" % (err.count(": fatal: "), err[:300]))
    elif ended.returncode in (0, 3):
        document = json.loads(ended.stdout)
        source = document["accounting"][0]
        if source["rows_read"] != (source["rows_used"] + source["rows_filtered"]
                                   + source["rows_rejected"]):
            found.append("rows do not add up")
        n = max((figure["n"] for figure in document["figures"]), default=0)
        if wanted_cases is not None and n != wanted_cases:
            found.append("n is %d, expected %d" % (n, wanted_cases))
    if len(err) > 20000:
        found.append("%d bytes of diagnostics" % len(err))
    return found


def main():
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        for name, content, source_map, statuses, wanted_cases, shown in cases():
            ending = ".xes" if source_map == "xes" else ".csv"
            path = os.path.join(folder, "in" + ending + (".gz" if content[:2] == b"\x1f\x8b" else ""))
            with open(path, "wb") as file:
                file.write(content)
            found = troubles(run(path, source_map), statuses, wanted_cases, shown)
            os.remove(path)
            failed = failed or bool(found)
            print("%s - %s" % ("not ok" if found else "ok", name))
            for trouble in found:
                print("# " + trouble)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
